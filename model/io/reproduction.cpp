#include "io/reproduction.hpp"

#include "base/number_text.hpp"

namespace firebreak {
namespace {

/// What makes the scenarios.
std::string changes_of(const Study& study, const RunRequest& request) {
    std::string text = " --seed " + std::to_string(study.run.seed) + " --horizon " +
                       std::to_string(study.run.horizon);
    for (const auto& [path, value] : request.overrides.set) {
        std::string setting = path;
        setting.append("=").append(value);
        text.append(" --set ").append(shell_word(setting));
    }
    return text;
}

}  // namespace

std::string shell_word(const std::string& word) {
    if (!word.empty() && word.find_first_of(" \t\n\"'`$&|;<>()[]{}*?!#~\\") == std::string::npos) {
        return word;
    }
    std::string quoted;
    for (const char c : word) {
        quoted += c == '\'' ? std::string(R"('\'')") : std::string(1, c);
    }
    return "'" + quoted + "'";
}

std::string reproducing_command(const Study& study, const RunRequest& request) {
    std::string text = "firebreak run " + shell_word(request.study.generic_string()) +
                       " --replications " + std::to_string(study.run.replications) +
                       changes_of(study, request);
    for (const std::string& regime : study.run.regimes) {
        text += " --regime " + regime;
    }
    const IntervalChoice usual;
    if (request.intervals.proportion != usual.proportion) {
        text += " --interval ";
        text += proportion_interval_names[static_cast<std::size_t>(request.intervals.proportion)];
    }
    if (request.intervals.confidence != usual.confidence) {
        text += " --confidence " + number_text(request.intervals.confidence);
    }
    if (const auto& rule = request.stopping) {
        if (rule->absolute) text += " --target-halfwidth " + number_text(*rule->absolute);
        if (rule->relative) text += " --target-relative " + number_text(*rule->relative);
        for (const OutcomeKind outcome : rule->outcomes) {
            text += " --target-outcome " + std::string(outcome_names[index_of(outcome)]);
        }
        if (rule->differences) text += " --target-differences";
    }
    return text + (study.run.histories ? " --histories" : "");
}

std::string replaying_command(const Study& study, const RunRequest& request, std::uint64_t point,
                              const std::string& regime, std::uint32_t replication) {
    std::string text = "firebreak replay " + shell_word(request.study.generic_string()) +
                       changes_of(study, request) + " --regime " + regime + " --replication " +
                       std::to_string(replication);
    if (study.design.points() > 1) text += " --point " + std::to_string(point);
    for (const std::string& one : request.overrides.regimes) text += " --of " + one;
    return text;
}

}  // namespace firebreak
