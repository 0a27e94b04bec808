#include "io/reproduction.hpp"

#include "base/number_text.hpp"

namespace firebreak {
namespace {

/// A word as a shell reads it back.
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

}  // namespace

std::string reproducing_command(const std::filesystem::path& path, const Study& study,
                                std::span<const std::string> set, std::int64_t replications,
                                const IntervalChoice& intervals) {
    std::string text = "firebreak run " + shell_word(path.generic_string()) + " --replications " +
                       std::to_string(replications) + " --seed " + std::to_string(study.run.seed) +
                       " --horizon " + std::to_string(study.run.horizon);
    for (const std::string& regime : study.run.regimes) {
        text += " --regime " + regime;
    }
    for (const std::string& change : set) {
        text += " --set " + shell_word(change);
    }
    const IntervalChoice usual;
    if (intervals.proportion != usual.proportion) {
        text += " --interval ";
        text += proportion_interval_names[static_cast<std::size_t>(intervals.proportion)];
    }
    if (intervals.confidence != usual.confidence) {
        text += " --confidence " + number_text(intervals.confidence);
    }
    return text + (study.run.histories ? " --histories" : "");
}

}  // namespace firebreak
