// What the experiment engine costs beside the histories themselves: plan, journal, merge, result
// file, and how that changes with the number of design points. `benchmarks/experiments.sh` runs it;
// run.sh leaves it out, as its answers are shares and not times against peers.
//
// Each benchmark checks its answer before it is timed. `share_of_run` is the cost divided by the
// processor time of the histories that go with it.

#include <ctime>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <unistd.h>

#include "ensemble/ensemble.hpp"
#include "io/campaign.hpp"
#include "io/campaign_results.hpp"
#include "io/config.hpp"
#include "io/results.hpp"

namespace {

using namespace firebreak;

constexpr std::uint32_t replications = 256;

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// A study of twelve regimes and five checkpoints, its first point, and what a block of it gives.
struct Sample {
    Study study;
    RunRequest request;
    std::uint32_t block = block_size(replications);
    BlockOutcome outcome;
    double point_seconds{};
    double block_seconds{};

    explicit Sample(std::uint64_t points) {
        const std::filesystem::path root = FIREBREAK_SOURCE_DIR;
        Overrides overrides;
        overrides.replications = replications;
        study = load_study(root / "configs/studies/baseline.toml", overrides);
        study.run.references = {study.run.reference};
        std::vector<Factor> factors(1);
        factors[0].path = "line.immigrant_rate";
        factors[0].prior = {Distribution::uniform, 4.0, 5.0};
        DesignSettings settings;
        settings.method = DesignMethod::sobol;
        settings.sample = points;
        study.design = Design(factors, settings);
        for (Scenario& scenario : study.scenarios) {
            scenario.checkpoints = {365, 730, 1096, 1461, 1826};
        }
        const Draws draws(study.run.seed);
        double begin = processor_seconds();
        const DesignPoint point = make_design_point(0, study.scenarios, draws, {}, 1);
        point_seconds = processor_seconds() - begin;
        const Keeping keeping{reference_positions(study), false};
        begin = processor_seconds();
        outcome = run_block(point, {0, 0, block}, draws, keeping);
        block_seconds = processor_seconds() - begin;
    }

    CampaignShape shape() const { return campaign_shape(study, request, block); }

    /// Of all histories of a point, and of making it ready.
    double run_seconds() const { return point_seconds + block_seconds * replications / block; }
};

/// A sample of some points, made once for each number of them.
const Sample& sample(std::uint64_t points) {
    static std::map<std::uint64_t, Sample> samples;
    return samples.try_emplace(points, points).first->second;
}

std::filesystem::path scratch(const char* ending) {
    return std::filesystem::temp_directory_path() /
           ("firebreak_experiments_" + std::to_string(::getpid()) + ending);
}

Journal fresh_journal(const Sample& of) {
    return Journal::create(scratch(".journal"), journal_head(of.request, of.study), true);
}

/// Hands out and takes every block of a campaign.
void run_through(Campaign& campaign, const Sample& of) {
    while (const auto task = campaign.next()) campaign.take(task->block, of.outcome);
}

/// Plan and journal, per block.
void plan_and_journal(benchmark::State& state) {
    const auto points = static_cast<std::uint64_t>(state.range(0));
    const Sample& of = sample(points);
    double seconds = 0.0;
    for ([[maybe_unused]] auto turn : state) {
        Journal journal = fresh_journal(of);
        const double begin = processor_seconds();
        Campaign campaign(of.shape(), {{&journal, {}}});
        run_through(campaign, of);
        seconds += processor_seconds() - begin;
        if (!campaign.is_complete()) state.SkipWithError("blocks are missing");
    }
    const double per_point = seconds / static_cast<double>(state.iterations() * points);
    state.counters["us_per_point"] = 1e6 * per_point;
    state.counters["share_of_run"] = per_point / of.run_seconds();
    std::filesystem::remove(scratch(".journal"));
}

/// Merge and result file, per point.
void merge_and_write(benchmark::State& state) {
    const auto points = static_cast<std::uint64_t>(state.range(0));
    const Sample& of = sample(points);
    Journal journal = fresh_journal(of);
    Campaign campaign(of.shape(), {{&journal, {}}});
    run_through(campaign, of);
    if (campaign.report(points - 1).outcome.tally.replications() != replications) {
        state.SkipWithError("replications are missing");
    }
    double seconds = 0.0;
    for ([[maybe_unused]] auto turn : state) {
        const double begin = processor_seconds();
        write_results(scratch(".h5"), campaign_heading(of.study, of.request, campaign, {}),
                      campaign_points(of.study, campaign), {}, true);
        seconds += processor_seconds() - begin;
    }
    const double per_point = seconds / static_cast<double>(state.iterations() * points);
    state.counters["us_per_point"] = 1e6 * per_point;
    state.counters["share_of_run"] = per_point / of.run_seconds();
    std::filesystem::remove(scratch(".journal"));
    std::filesystem::remove(scratch(".h5"));
}

BENCHMARK(plan_and_journal)->RangeMultiplier(10)->Range(1, 10'000)->Unit(benchmark::kMillisecond);
BENCHMARK(merge_and_write)->RangeMultiplier(10)->Range(1, 1'000)->Unit(benchmark::kMillisecond);

}  // namespace
