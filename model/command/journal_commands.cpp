#include <deque>
#include <iostream>
#include <set>

#include <sys/resource.h>

#include "base/error.hpp"
#include "command/campaign_runner.hpp"
#include "command/commands.hpp"
#include "command/terminal.hpp"
#include "conflict/noise.hpp"
#include "io/campaign.hpp"
#include "io/campaign_head.hpp"
#include "io/journal.hpp"
#include "io/results.hpp"
#include "io/results_reader.hpp"

namespace firebreak {
namespace {

/// Journals of one study that are only read.
struct OpenJournals {
    std::deque<Journal> journals;
    std::vector<Campaign::Source> sources;

    const JournalHead& head() const { return journals.front().state().head; }
};

/// Each journal stays open, and the usual limit is 1,024 files; this process may raise it.
void allow_many_files() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

OpenJournals open_journals(const std::vector<std::filesystem::path>& paths) {
    allow_many_files();
    OpenJournals open;
    for (const std::filesystem::path& path : paths) {
        JournalEntries blocks;
        open.journals.push_back(Journal::open_to_read(
            path, [&](const JournalEntry& entry) { blocks.push_back(entry); }));
        open.sources.push_back({&open.journals.back(), std::move(blocks)});
    }
    return open;
}

/// Refuses journals that are not of the same study, or shards of another number. Returns the
/// differences that were `accepted`: shards of one study by two programs, or by two versions of it.
std::vector<Problem> check_one_study(const OpenJournals& open, bool accepted) {
    std::vector<Problem> problems;
    std::vector<Problem> passed_over;
    const Journal& first = open.journals.front();
    for (const Journal& journal : open.journals) {
        const JournalHead& head = journal.state().head;
        for (Problem& problem : differences(first.state().head, head, journal.path())) {
            problem.why += " (" + first.path().string() + " is held to be right)";
            const bool passes = accepted && can_be_accepted(problem);
            (passes ? passed_over : problems).push_back(std::move(problem));
        }
        for (const char* name : {"replications", "block", "shards"}) {
            if (head[name] != first.state().head[name]) {
                problems.push_back({journal.path().string(),
                                    name + (" = " + std::string(head[name])),
                                    "differs from the " + std::string(first.state().head[name]) +
                                        " of " + first.path().string()});
            }
        }
    }
    if (!problems.empty()) throw InputError(std::move(problems));
    return passed_over;
}

/// The journals that a command is about: those named, or those beside the result file.
std::vector<std::filesystem::path> journals_of(const Arguments& arguments) {
    if (!arguments.journals.empty()) return arguments.journals;
    std::vector<std::filesystem::path> paths = shard_journals(arguments.output);
    if (paths.empty() && std::filesystem::exists(journal_path(arguments.output))) {
        paths.push_back(journal_path(arguments.output));
    }
    if (paths.empty()) {
        throw InputError(Problem{arguments.output.string(), "has no journal beside it",
                                 "name the journals, or run its shards first"});
    }
    return paths;
}

/// Refuses to judge journals by a study that is not what they were made of. Another program is as
/// good a judge.
void check_study(const OpenJournals& open, const RunRequest& request, const Study& study) {
    const JournalHead now = journal_head(request, study);
    std::vector<Problem> problems;
    for (const Journal& journal : open.journals) {
        for (Problem& problem : differences(journal.state().head, now, journal.path())) {
            if (problem.what != "program") problems.push_back(std::move(problem));
        }
    }
    if (problems.empty()) return;
    problems.push_back({request.study.string(), "is not the study that was run",
                        "put it back as it was, or `firebreak resume` the journals with it"});
    throw InputError(std::move(problems));
}

/// Numbers as Slurm's --array takes them: 2,5-7.
std::string array_text(const std::set<std::uint64_t>& numbers) {
    std::string text;
    for (auto next = numbers.begin(); next != numbers.end();) {
        const std::uint64_t first = *next;
        std::uint64_t last = first;
        while (++next != numbers.end() && *next == last + 1) last = *next;
        text += (text.empty() ? "" : ",") + std::to_string(first);
        if (last > first) text += "-" + std::to_string(last);
    }
    return text;
}

}  // namespace

int merge(Arguments& arguments) {
    const std::string started = utc_now();
    arguments.output = std::filesystem::absolute(arguments.output);
    check_result_path(arguments.output, arguments.force);
    std::vector<std::filesystem::path> paths;
    for (const auto& path : journals_of(arguments))
        paths.push_back(std::filesystem::absolute(path));
    OpenJournals open = open_journals(paths);
    std::vector<Problem> changes = check_one_study(open, arguments.accept_changes);
    RunRequest request = run_request(open.head(), paths.front());
    request.shard = {};
    const Study study = study_of(open.head(), request);
    for (Problem& change : differences(open.head(), journal_head(request, study), paths.front())) {
        changes.push_back(std::move(change));
    }
    check_accepted(changes, arguments.accept_changes, arguments.output);
    const Campaign campaign(campaign_shape(study, request, block_in(open.head(), paths.front())),
                            std::move(open.sources));
    const Plan& plan = campaign.plan();
    if (!campaign.is_complete() && !arguments.partial) {
        throw InputError(Problem{
            arguments.output.string(),
            std::to_string(plan.replications_wanted() - plan.replications_done()) + " of " +
                std::to_string(plan.replications_wanted()) + " replications are missing",
            "`firebreak missing` lists the shards to be done; --partial merges what there is"});
    }
    std::vector<std::string> notes;
    for (const Journal& journal : open.journals) {
        notes.insert(notes.end(), journal.state().notes.begin(), journal.state().notes.end());
    }
    for (const Problem& change : changes) notes.push_back("merged although " + change.why);
    RuntimeNotes runtime;
    runtime.host = host_name();
    runtime.started = started;
    runtime.finished = utc_now();
    runtime.kernel = std::string(kernel_name());
    finish({study, request, arguments.output, false}, campaign, notes, runtime, arguments);
    return success;
}

int missing(Arguments& arguments) {
    arguments.output = std::filesystem::absolute(arguments.output);
    OpenJournals open = open_journals(journals_of(arguments));
    check_one_study(open, true);
    const RunRequest first = run_request(open.head(), open.journals.front().path());
    const Study study = study_of(open.head(), first);
    check_study(open, first, study);
    std::set<std::uint64_t> numbers;
    for (std::uint64_t shard = 1; shard <= first.shard.count; ++shard) numbers.insert(shard);
    for (const Campaign::Source& source : open.sources) {
        const JournalHead& head = source.journal->state().head;
        const RunRequest request = run_request(head, source.journal->path());
        const Campaign campaign(
            campaign_shape(study, request, block_in(head, source.journal->path())), {source});
        if (campaign.is_complete()) numbers.erase(request.shard.index + 1);
    }
    if (!numbers.empty()) std::cout << array_text(numbers) << "\n";
    return success;
}

int verify(Arguments& arguments) {
    if (arguments.input.extension() != ".journal") {
        // Reading a point reads every array of the file and its checksums.
        const ResultsReader file(arguments.input);
        const std::uint64_t points = file.heading().points;
        for (std::uint64_t point = 0; point < points; ++point) file.point(point);
        std::cout << arguments.input.string() << ": sound, " << points << " design points\n";
        return success;
    }
    const std::filesystem::path path = std::filesystem::absolute(arguments.input);
    OpenJournals open = open_journals({path});
    const JournalState& state = open.journals.front().state();
    const RunRequest request = run_request(open.head(), path);
    const Study study = study_of(open.head(), request);
    check_study(open, request, study);
    const Campaign campaign(campaign_shape(study, request, block_in(open.head(), path)),
                            std::move(open.sources));
    const Plan& plan = campaign.plan();
    std::cout << arguments.input.string() << ": " << state.blocks << " sound blocks, "
              << plan.replications_done() << " of " << plan.replications_wanted()
              << " replications done";
    if (!campaign.failed().empty()) std::cout << ", failed points: " << campaign.failed().size();
    if (campaign.useless_blocks() > 0) std::cout << ", " << campaign.useless_blocks() << " useless";
    if (state.cut_off > 0) std::cout << ", " << state.cut_off << " bytes cut off at the end";
    if (state.damaged > 0) std::cout << ", damaged in " << state.damaged << " places";
    std::cout << "\n";
    return state.damaged == 0 && state.cut_off == 0 && campaign.is_complete() ? success : failure;
}

}  // namespace firebreak
