#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <random>

#include <unistd.h>

#include "base/error.hpp"
#include "command/campaign_runner.hpp"
#include "command/commands.hpp"
#include "command/terminal.hpp"
#include "io/atomic_file.hpp"
#include "io/claim_report.hpp"
#include "io/results.hpp"

namespace firebreak {
namespace {

[[noreturn]] void refuse(const std::string& where, const std::string& what,
                         const std::string& why) {
    throw InputError(Problem{where, what, why});
}

std::uint64_t environment_number(const char* name, const std::string& text) {
    const char* value = std::getenv(name);
    std::uint64_t number = 0;
    const std::string_view digits = value == nullptr ? "" : value;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
        refuse("--shard", text,
               std::string("needs the number in ") + name +
                   ", which Slurm sets in the tasks of an array job");
    }
    return number;
}

/// `I/N` with I from 1 to N; `slurm/N`: I is the number of this task of an array job; `slurm`: so
/// is N, which needs an array from 1 without gaps.
Shard parse_shard(const std::string& text) {
    if (text.empty()) return {};
    Shard shard;
    std::uint64_t number = 0;
    const std::size_t slash = text.find('/');
    const std::string first = text.substr(0, slash);
    const auto whole = [&](const std::string& digits) {
        std::uint64_t value = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
            refuse("--shard", text, "must be I/N such as 3/16, slurm/N or slurm");
        }
        return value;
    };
    if (slash != std::string::npos) shard.count = whole(text.substr(slash + 1));
    if (first == "slurm") {
        number = environment_number("SLURM_ARRAY_TASK_ID", text);
        if (slash == std::string::npos) {
            shard.count = environment_number("SLURM_ARRAY_TASK_COUNT", text);
            if (environment_number("SLURM_ARRAY_TASK_MIN", text) != 1 ||
                environment_number("SLURM_ARRAY_TASK_MAX", text) != shard.count) {
                refuse("--shard", text,
                       "needs an array from 1 without gaps, such as --array=1-16; for a part of "
                       "an array name the number of shards: slurm/16");
            }
        }
    } else if (slash == std::string::npos) {
        refuse("--shard", text, "must be I/N such as 3/16, slurm/N or slurm");
    } else {
        number = whole(first);
    }
    if (number < 1 || number > shard.count) {
        refuse("--shard", text, "the number of the shard must be from 1 to their number");
    }
    shard.index = number - 1;
    return shard;
}

std::optional<StoppingRule> parse_stopping(const Arguments& arguments, const Study& study) {
    if (!arguments.target_halfwidth && !arguments.target_relative) {
        if (!arguments.target_outcomes.empty() || arguments.target_differences) {
            refuse("--target-outcome, --target-differences", "",
                   "need --target-halfwidth or --target-relative");
        }
        return std::nullopt;
    }
    StoppingRule rule;
    rule.absolute = arguments.target_halfwidth;
    rule.relative = arguments.target_relative;
    rule.differences = arguments.target_differences;
    rule.confidence = arguments.intervals.confidence;
    rule.most = static_cast<std::uint32_t>(study.run.replications);
    std::vector<std::string> names = arguments.target_outcomes;
    if (names.empty()) names = {"collapse", "clash"};
    for (const std::string& name : names) {
        const auto found = std::ranges::find(outcome_names, name);
        if (found == outcome_names.end()) {
            std::string all;
            for (const std::string_view one : outcome_names) all += " " + std::string(one);
            refuse("--target-outcome", name, "must be one of" + all);
        }
        rule.outcomes.push_back(static_cast<OutcomeKind>(found - outcome_names.begin()));
    }
    return rule;
}

void check_size(const Study& study, const Arguments& arguments) {
    if (study.design.points() <= many_points || arguments.yes) return;
    refuse(arguments.study.string(), std::to_string(study.design.points()) + " design points",
           "are more than " + std::to_string(many_points) +
               ": see what they cost with `firebreak plan`, and run them with --yes");
}

/// Where to keep the journal of a run whose results are only shown.
std::filesystem::path scratch_journal() {
    return std::filesystem::temp_directory_path() /
           ("firebreak-" + std::to_string(::getpid()) + "-" +
            std::to_string(std::random_device{}()) + ".journal");
}

/// The result file that a journal lies beside.
std::filesystem::path output_of(const std::filesystem::path& journal, const Shard& shard) {
    const std::string plain = journal_path("").string();
    std::string suffix = journal_path("", shard).string();
    std::string name = journal.string();
    if (!name.ends_with(suffix)) suffix = plain;
    return name.substr(0, name.size() - suffix.size());
}

int run_on(Ranks& ranks, Arguments& arguments) {
    const Study study = read_study(arguments);
    if (arguments.claims) {
        // Before hours of work, not after.
        claims_to_judge(study.configuration, arguments.study, arguments.claims_file);
        if (!arguments.csv.empty()) check_output_path(arguments.csv, arguments.force);
    }
    RunRequest request{arguments.study, arguments.overrides, arguments.intervals,
                       parse_stopping(arguments, study), parse_shard(arguments.shard)};
    const Undertaking undertaking{study, request, arguments.output, false};
    check_size(study, arguments);
    if (request.stopping && !shards_are_points(study.design.points(), request.shard)) {
        refuse("--shard", arguments.shard,
               "with a target, shards must be whole design points: there are only " +
                   std::to_string(study.design.points()));
    }
    stop_at_signals();  // before there is a journal, so that whoever sees one can stop the run
    if (!ranks.is_first()) {
        assist(ranks, study, request, arguments);
        return success;
    }
    if (arguments.output.empty()) {
        if (study.design.points() > 1 || request.shard.count > 1) {
            refuse("--output", "", "a design or a shard needs a file for its results: -o FILE");
        }
        Journal journal = Journal::create(scratch_journal(), journal_head(request, study), true);
        journal.make_nameless();
        return carry_out(ranks, undertaking, journal, {}, arguments);
    }
    if (request.shard.count == 1) check_result_path(arguments.output, arguments.force);
    const std::filesystem::path path = journal_path(arguments.output, request.shard);
    if (std::filesystem::exists(path) && !arguments.force) {
        refuse(path.string(), "is there already",
               "`firebreak resume` goes on with it, --force begins anew");
    }
    Journal journal = Journal::create(path, journal_head(request, study), arguments.force);
    return carry_out(ranks, undertaking, journal, {}, arguments);
}

int resume_on(Ranks& ranks, Arguments& arguments) {
    std::filesystem::path path = std::filesystem::absolute(arguments.input);
    if (path.extension() != ".journal") path = journal_path(path);
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        refuse(path.string(), "no such file",
               "a run is resumed from the journal beside its result");
    }
    const auto journalled = std::filesystem::last_write_time(path, error);
    JournalEntries known;
    const auto keep = [&](const JournalEntry& entry) { known.push_back(entry); };
    // The first rank alone writes, and the others learn from the journal what is being run.
    stop_at_signals();
    Journal journal = ranks.is_first() ? Journal::open_to_append(path, keep)
                                       : Journal::open_to_read(path, [](const JournalEntry&) {});
    const JournalState found = journal.state();
    RunRequest request = run_request(found.head, path);
    const std::filesystem::path output = output_of(path, request.shard);
    const auto written = std::filesystem::last_write_time(output, error);
    const bool is_written = !error && written >= journalled;
    const std::uint64_t before = *request.overrides.replications;
    if (arguments.overrides.replications) {
        if (*arguments.overrides.replications < before) {
            refuse("--replications", std::to_string(*arguments.overrides.replications),
                   "must be at least the " + std::to_string(before) + " that were asked for");
        }
        request.overrides.replications = arguments.overrides.replications;
    }
    const Study study = study_of(found.head, request);
    if (request.stopping) {
        request.stopping->most = static_cast<std::uint32_t>(study.run.replications);
    }
    if (!ranks.is_first()) {
        assist(ranks, study, request, arguments);
        return success;
    }
    const JournalHead now = journal_head(request, study);
    const std::vector<Problem> changes = differences(found.head, now, path);
    check_accepted(changes, arguments.accept_changes, path);
    for (const Problem& change : changes) {
        journal.note("resumed on " + utc_now() + " although " + change.why +
                     "; outcomes, starting beliefs and failures recorded before are kept");
    }
    // All of it, lest the first head be damaged later; blocks and paths go on as they were.
    JournalHead kept = now;
    for (const char* name : {"block", "folder"}) kept.set(name, std::string(found.head[name]));
    const bool is_as_it_was = changes.empty() && study.run.replications == before;
    if (!is_as_it_was) journal.change(kept);
    if (!arguments.quiet && found.cut_off > 0) {
        std::cerr << "A block that was being written is cut off and done again.\n";
    }
    if (found.damaged > 0) {
        std::cerr << found.damaged << " damaged places in " << path.string()
                  << " are passed over; their blocks are done again.\n";
    }
    const Undertaking undertaking{study, request, output, is_written && is_as_it_was};
    return carry_out(ranks, undertaking, journal, std::move(known), arguments);
}

/// Calls a command on each rank; what goes wrong on any but the first is told there, and said once.
int on_all_ranks(int (*command)(Ranks&, Arguments&), Arguments& arguments) {
    Ranks ranks;
    if (ranks.is_first()) return command(ranks, arguments);
    try {
        return command(ranks, arguments);
    } catch (const std::exception& error) {
        ranks.leave(error.what());
        return success;
    }
}

}  // namespace

int run(Arguments& arguments) { return on_all_ranks(run_on, arguments); }

int resume(Arguments& arguments) { return on_all_ranks(resume_on, arguments); }

}  // namespace firebreak
