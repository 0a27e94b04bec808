#include "io/campaign_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <limits>
#include <map>
#include <regex>
#include <span>
#include <sstream>

#include "base/number_text.hpp"
#include "build_info.hpp"
#include "io/checksum.hpp"

namespace firebreak {
namespace {

/// Entries in which two runs of one study must agree, and what they are to a reader.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> shaping{{
    {"program", "the program"},
    {"configuration", "the configuration"},
    {"set", "--set"},
    {"seed", "the seed"},
    {"horizon", "the horizon"},
    {"checkpoints", "the checkpoints"},
    {"regimes", "the regimes"},
    {"references", "the references"},
    {"histories", "whether histories are kept"},
    {"points", "the number of design points"},
    {"stopping", "the stopping rule"},
    {"interval", "the kind of interval"},
    {"confidence", "the confidence"},
}};

/// Lines, one for each text; none of them has a line break.
template <class Texts>
std::string lines(const Texts& texts) {
    std::string joined;
    for (const std::string& text : texts) joined += text + '\n';
    return joined;
}

std::vector<std::string> split_lines(std::string_view joined) {
    std::vector<std::string> texts;
    std::istringstream stream{std::string(joined)};
    for (std::string line; std::getline(stream, line);) texts.push_back(line);
    return texts;
}

std::string days_text(const std::vector<std::int32_t>& days) {
    std::string text;
    for (const std::int32_t day : days) text += (text.empty() ? "" : " ") + std::to_string(day);
    return text;
}

std::string stopping_text(const StoppingRule& rule) {
    std::string text = "outcomes";
    for (const OutcomeKind outcome : rule.outcomes) {
        text += ' ' + std::string(outcome_names[index_of(outcome)]);
    }
    text += rule.differences ? "\ndifferences 1" : "\ndifferences 0";
    if (rule.absolute) text += "\nabsolute " + number_text(*rule.absolute);
    if (rule.relative) text += "\nrelative " + number_text(*rule.relative);
    text += "\nfirst_look " + std::to_string(rule.first_look);
    text += "\ngrowth " + number_text(rule.growth);
    text += "\nconfidence " + number_text(rule.confidence);
    return text;
}

std::optional<StoppingRule> read_stopping(std::string_view text, std::uint32_t most) {
    if (text.empty()) return std::nullopt;
    StoppingRule rule;
    rule.most = most;
    for (const std::string& line : split_lines(text)) {
        std::istringstream words(line);
        std::string name;
        words >> name;
        if (name == "outcomes") {
            for (std::string outcome; words >> outcome;) {
                const auto found = std::ranges::find(outcome_names, outcome);
                rule.outcomes.push_back(static_cast<OutcomeKind>(found - outcome_names.begin()));
            }
            continue;
        }
        double value = 0.0;
        words >> value;
        if (name == "differences") rule.differences = value != 0.0;
        if (name == "absolute") rule.absolute = value;
        if (name == "relative") rule.relative = value;
        if (name == "first_look") rule.first_look = static_cast<std::uint32_t>(value);
        if (name == "growth") rule.growth = value;
        if (name == "confidence") rule.confidence = value;
    }
    return rule;
}

/// A number in a head; what is damaged may be anything.
std::uint64_t whole(const JournalHead& head, std::string_view name,
                    const std::filesystem::path& journal) {
    const std::string_view text = head[name];
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
        throw InputError(Problem{journal.string(), "is damaged",
                                 "its head has no number under " + std::string(name)});
    }
    return number;
}

/// A text as shown in a message: long ones are only said to differ.
std::string shown(std::string_view text) {
    std::string line(text.substr(0, text.find_last_not_of('\n') + 1));
    std::ranges::replace(line, '\n', ' ');
    return line.size() > 120 ? std::string() : line;
}

}  // namespace

std::string program_identity() {
    char checksum[16];
    std::snprintf(checksum, sizeof checksum, "%08x", file_checksum("/proc/self/exe"));
    return "firebreak " + std::string(build_info::version) + " (" +
           std::string(build_info::git_commit) + "), checksum " + checksum;
}

std::vector<std::size_t> reference_positions(const Study& study) {
    std::vector<std::size_t> positions;
    for (const std::string& name : study.run.references) {
        const auto found = std::ranges::find(study.run.regimes, name);
        positions.push_back(static_cast<std::size_t>(found - study.run.regimes.begin()));
    }
    return positions;
}

JournalHead journal_head(const RunRequest& request, const Study& study) {
    const RunSettings& run = study.run;
    std::vector<std::string> set;
    for (const auto& [path, value] : request.overrides.set) {
        set.push_back(path);
        set.back().append("=").append(value);
    }
    JournalHead head;
    head.set("program", program_identity());
    head.set("study", request.study.string());
    head.set("folder", std::filesystem::current_path().string());
    head.set("set", lines(set));
    head.set("seed", std::to_string(run.seed));
    head.set("horizon", std::to_string(run.horizon));
    head.set("checkpoints", days_text(study.scenarios.front().checkpoints));
    head.set("regimes", lines(run.regimes));
    head.set("references", lines(run.references));
    head.set("histories", run.histories ? "yes" : "no");
    head.set("points", std::to_string(study.design.points()));
    head.set("replications", std::to_string(run.replications));
    head.set("block", std::to_string(block_size(static_cast<std::uint32_t>(run.replications))));
    head.set("shard", std::to_string(request.shard.index));
    head.set("shards", std::to_string(request.shard.count));
    head.set("stopping", request.stopping ? stopping_text(*request.stopping) : "");
    head.set(
        "interval",
        std::string(
            proportion_interval_names[static_cast<std::size_t>(request.intervals.proportion)]));
    head.set("confidence", number_text(request.intervals.confidence));
    head.set("configuration", study.configuration);
    return head;
}

RunRequest run_request(const JournalHead& head, const std::filesystem::path& journal) {
    const auto number = [&](std::string_view name) { return whole(head, name, journal); };
    block_in(head, journal);
    RunRequest request;
    request.study = std::filesystem::path(head["study"]);
    request.overrides.replications = number("replications");
    request.overrides.seed = number("seed");
    request.overrides.horizon = static_cast<std::int32_t>(number("horizon"));
    request.overrides.histories = head["histories"] == "yes";
    request.overrides.regimes = split_lines(head["regimes"]);
    for (const std::string& text : split_lines(head["set"])) {
        const std::size_t equals = text.find('=');
        request.overrides.set.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    request.shard = {number("shard"), number("shards")};
    if (request.shard.index >= request.shard.count) {
        throw InputError(Problem{journal.string(), "is damaged", "no such shard"});
    }
    request.stopping = read_stopping(head["stopping"],
                                     static_cast<std::uint32_t>(*request.overrides.replications));
    request.intervals.proportion = head["interval"] == proportion_interval_names[1]
                                       ? ProportionInterval::clopper_pearson
                                       : ProportionInterval::wilson;
    request.intervals.confidence = std::stod("0" + std::string(head["confidence"]));
    return request;
}

std::uint32_t block_in(const JournalHead& head, const std::filesystem::path& journal) {
    const std::uint64_t block = whole(head, "block", journal);
    if (block == 0 || block > std::numeric_limits<std::uint32_t>::max()) {
        throw InputError(Problem{journal.string(), "is damaged",
                                 "no block has " + std::to_string(block) + " replications"});
    }
    return static_cast<std::uint32_t>(block);
}

Study study_of(const JournalHead& head, const RunRequest& request) {
    const std::filesystem::path folder(head["folder"]);
    std::error_code error;
    if (std::filesystem::exists(folder / request.study, error)) {
        std::filesystem::current_path(folder, error);
    }
    return load_study(request.study, request.overrides);
}

std::vector<Problem> differences(const JournalHead& then, const JournalHead& now,
                                 const std::filesystem::path& journal) {
    std::vector<Problem> problems;
    for (const auto& [name, meaning] : shaping) {
        if (then[name] == now[name]) continue;
        const std::string before = shown(then[name]);
        const std::string after = shown(now[name]);
        std::string why = std::string(meaning) + " has changed since";
        if (!before.empty() || !after.empty()) {
            why.append(": it was '").append(before).append("' and is '").append(after).append("'");
        }
        problems.push_back({journal.string(), std::string(name), why});
    }
    return problems;
}

std::uint32_t shaping_checksum(const JournalHead& head) {
    Checksum checksum;
    for (const auto& [name, meaning] : shaping) {
        checksum.add(std::as_bytes(std::span(head[name])));
        checksum.add(std::array{std::byte{0}});  // an entry cannot pass for part of another
    }
    return checksum.value();
}

bool can_be_accepted(const Problem& difference) {
    return difference.what == "program" || difference.what == "configuration";
}

std::filesystem::path journal_path(const std::filesystem::path& output, const Shard& shard) {
    std::string name = output.string();
    if (shard.count > 1) {
        name += ".shard-" + std::to_string(shard.index + 1) + "-of-" + std::to_string(shard.count);
    }
    return name + ".journal";
}

std::vector<std::filesystem::path> shard_journals(const std::filesystem::path& output) {
    const std::filesystem::path folder = output.has_parent_path() ? output.parent_path() : ".";
    const std::string stem = output.filename().string() + ".shard-";
    const std::regex rest(R"((\d{1,18})-of-(\d{1,18})\.journal)");
    // Journals of two numbers of shards are all named, so that nobody takes them for one study.
    std::map<std::pair<unsigned long, unsigned long>, std::filesystem::path> found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        std::smatch match;
        if (!name.starts_with(stem)) continue;
        const std::string end = name.substr(stem.size());
        if (std::regex_match(end, match, rest)) {
            found[{std::stoul(match[2]), std::stoul(match[1])}] = entry.path();
        }
    }
    std::vector<std::filesystem::path> paths;
    for (const auto& [number, path] : found) paths.push_back(path);
    return paths;
}

}  // namespace firebreak
