#include "command/campaign_runner.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <limits>

#include "base/error.hpp"
#include "command/claims_command.hpp"
#include "command/terminal.hpp"
#include "conflict/noise.hpp"
#include "ensemble/parallel.hpp"
#include "io/campaign_results.hpp"
#include "io/reproduction.hpp"
#include "io/results_reader.hpp"
#include "io/text.hpp"

namespace firebreak {
namespace {

/// Says which points failed and how to look into the first failure.
void report_failures(const Undertaking& undertaking, const Campaign& campaign) {
    if (campaign.failed().empty()) return;
    const std::uint64_t point = *campaign.failed().begin();
    const PointReport report = campaign.report(point);
    const PointFailure& failure = *report.outcome.failure;
    std::cerr << campaign.failed().size() << " of " << undertaking.study.design.points()
              << " design points failed and have no result; the first is " << point << ": "
              << failure.reason << "\n";
    if (failure.replication) {
        std::cerr << "  "
                  << replaying_command(undertaking.study, undertaking.request, point,
                                       failure.regime, *failure.replication)
                  << "\n";
    }
}

void tell_how_to_go_on(const Undertaking& undertaking, const Journal& journal) {
    if (undertaking.output.empty()) return;
    std::cerr << "Go on with:\n  firebreak resume "
              << shell_word(std::filesystem::absolute(journal.path()).string()) << "\n";
}

/// Runs the blocks of a study, the same on all ranks.
class StudyWork {
  public:
    StudyWork(const Study& study, int threads)
        : draws_(study.run.seed),
          cache_(scenarios_of(study), draws_, 2 * static_cast<std::size_t>(threads)),
          keeping_{reference_positions(study), study.run.histories} {}

    BlockOutcome operator()(const Task& task) {
        const auto found = cache_.get(task.block.design_point, task.beliefs);
        if (const auto* failure = std::get_if<PointFailure>(&found)) return *failure;
        return run_block(*std::get<PointCache::Point>(found), task.block, draws_, keeping_);
    }

    /// Where points are few, all threads make one before they share its replications.
    void make_few(Campaign& campaign, int threads) {
        const std::uint64_t points = campaign.shape().plan.points;
        if (points >= static_cast<std::uint64_t>(threads)) return;
        for (std::uint64_t id = 0; id < points; ++id) {
            const auto made = cache_.get(id, campaign.beliefs_of(id), threads);
            const auto* point = std::get_if<PointCache::Point>(&made);
            if (point != nullptr) campaign.learn(id, beliefs_of(**point));
        }
    }

  private:
    Draws draws_;
    PointCache cache_;
    Keeping keeping_;
};

/// Threads of this rank.
int threads_of(const Ranks& ranks, const Arguments& arguments) {
    return threads_used(std::numeric_limits<std::size_t>::max(), ranks.threads(arguments.threads));
}

}  // namespace

void check_accepted(const std::vector<Problem>& changes, bool accepted,
                    const std::filesystem::path& path) {
    if (changes.empty()) return;
    std::vector<Problem> problems = changes;
    if (!std::ranges::all_of(changes, can_be_accepted)) {
        problems.push_back({path.string(), "cannot go on", "what was done has another shape"});
    } else if (!accepted) {
        problems.push_back({path.string(), "cannot go on as it is",
                            "--accept-changes goes on all the same, and the result says so"});
    } else {
        return;
    }
    throw InputError(std::move(problems));
}

void finish(const Undertaking& undertaking, const Campaign& campaign,
            const std::vector<std::string>& notes, const RuntimeNotes& runtime,
            const Arguments& arguments) {
    const Study& study = undertaking.study;
    const ResultHeading heading = campaign_heading(study, undertaking.request, campaign, notes);
    const PointSource points = campaign_points(study, campaign);
    report_failures(undertaking, campaign);
    if (!undertaking.output.empty()) {
        write_results(undertaking.output, heading, points, runtime, true);
    }
    if (arguments.claims) {
        tell_claims({undertaking.output}, arguments);
        return;
    }
    if (arguments.quiet) return;
    if (study.design.points() == 1) {
        std::cout << results_text({heading, estimate_point(heading, points(0))});
    } else if (!undertaking.output.empty()) {
        std::cout << points_summary_text(ResultsReader(undertaking.output));
    }
    if (!undertaking.output.empty()) {
        std::cout << "\nWritten to " << undertaking.output.string() << "\n";
    }
}

int carry_out(Ranks& ranks, const Undertaking& undertaking, Journal& journal, JournalEntries known,
              const Arguments& arguments) {
    const Study& study = undertaking.study;
    const std::string started = utc_now();
    const auto begin = std::chrono::steady_clock::now();
    ProgressDisplay display(arguments.quiet);
    CampaignChoice choice;
    choice.fail_fast = arguments.fail_fast;
    choice.progress = [&](const RunProgress& progress) { display.show(progress); };
    const std::uint32_t block = block_in(journal.state().head, journal.path());
    const CampaignShape shape = campaign_shape(study, undertaking.request, block);
    std::vector<Campaign::Source> sources(1);
    sources.front() = {&journal, std::move(known)};
    Campaign campaign(shape, std::move(sources), choice);

    if (campaign.is_complete() && undertaking.is_written) {
        if (!arguments.quiet) std::cout << "Nothing is left to do.\n";
        return success;
    }
    const int threads = threads_of(ranks, arguments);
    StudyWork work(study, threads);
    work.make_few(campaign, threads);
    const auto broken_off = [&](const std::exception& error) -> int {
        display.close();
        std::cerr << "firebreak: " << error.what() << "\n";
        if (!undertaking.output.empty()) {
            std::cerr << "What was finished is safe in the journal. ";
        }
        tell_how_to_go_on(undertaking, journal);
        return failure;
    };
    try {
        run_on_ranks(ranks, &campaign,
                     {std::ref(work), shape.tally, shaping_checksum(journal.state().head)}, threads,
                     &stop_requested());
        journal.sync();
    } catch (const RunFailed& failed) {
        display.close();
        journal.sync();
        std::cerr << "firebreak: " << failed.what() << "\n";
        report_failures(undertaking, campaign);
        tell_how_to_go_on(undertaking, journal);
        return failure;
    } catch (const SystemError& error) {
        return broken_off(error);
    } catch (const RankFailed& error) {
        return broken_off(error);
    }
    display.close();

    if (!campaign.is_complete()) {
        std::cerr << "Interrupted after " << campaign.plan().replications_done() << " of "
                  << campaign.plan().replications_wanted() << " replications.\n";
        tell_how_to_go_on(undertaking, journal);
        return interrupted;
    }
    if (undertaking.request.shard.count > 1) {
        report_failures(undertaking, campaign);
        if (!arguments.quiet) std::cout << "Done: " << journal.path().string() << "\n";
        return success;
    }
    RuntimeNotes runtime;
    runtime.host = host_name();
    runtime.started = started;
    runtime.finished = utc_now();
    runtime.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    runtime.threads = threads * ranks.size();
    runtime.kernel = std::string(kernel_name());
    // A point that failed after all takes what was found of it along.
    const std::uint64_t done = campaign.plan().replications_done();
    runtime.replications_per_second =
        static_cast<double>(done - std::min(done, campaign.replications_found())) *
        static_cast<double>(study.scenarios.size()) / runtime.seconds;
    try {
        finish(undertaking, campaign, journal.state().notes, runtime, arguments);
    } catch (const SystemError& error) {
        std::cerr << "firebreak: " << error.what() << "\nAll is done and safe in the journal. ";
        tell_how_to_go_on(undertaking, journal);
        return failure;
    }
    return success;
}

void assist(Ranks& ranks, const Study& study, const RunRequest& request,
            const Arguments& arguments) {
    const int threads = threads_of(ranks, arguments);
    StudyWork work(study, threads);
    const CampaignShape shape = campaign_shape(study, request, 1);
    const std::uint32_t identity = shaping_checksum(journal_head(request, study));
    run_on_ranks(ranks, nullptr, {std::ref(work), shape.tally, identity}, threads,
                 &stop_requested());
}

}  // namespace firebreak
