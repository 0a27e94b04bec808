// How long a whole replication takes, and where the time goes: five years at the baseline, both
// estimators. Each benchmark first checks its answer: a history simulated alone is the one that a
// block of all regimes counted. The share of a part is what a run without it saves.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "conflict/replication.hpp"
#include "conflict/violations.hpp"
#include "ensemble/ensemble.hpp"
#include "ensemble/in_memory.hpp"
#include "ensemble/plan.hpp"
#include "ensemble/shared_noise.hpp"
#include "io/config.hpp"

namespace {

using namespace firebreak;

constexpr std::uint32_t replications = 32;
const Draws draws(20221115);

using Change = std::function<void(Scenario&)>;

Study baseline() {
    const std::filesystem::path root = FIREBREAK_SOURCE_DIR;
    return load_study(root / "configs/studies/baseline.toml");
}

DesignPoint point_of(const std::vector<std::string>& regimes, const Change& change = {}) {
    std::vector<Scenario> chosen;
    for (Scenario& scenario : baseline().scenarios) {
        if (regimes.empty() || scenario.regime == regimes.front()) {
            if (change) change(scenario);
            chosen.push_back(scenario);
        }
    }
    return make_design_point(0, chosen, draws);
}

/// True where every regime of `point` has the histories that it has alone.
bool is_right(const DesignPoint& point) {
    const Tally all =
        std::get<BlockResult>(run_block(point, {0, 0, replications}, draws, keep_all(point))).tally;
    for (std::size_t regime = 0; regime < point.regimes.size(); ++regime) {
        const Setting& setting = point.regimes[regime];
        Noise noise;
        std::int64_t collapses = 0;
        for (std::uint32_t i = 0; i < replications; ++i) {
            make_noise(noise, noise_shape(setting.scenario), ReplicationId(i), draws);
            const ReplicationResult result = replicate(setting, noise, ReplicationId(i), draws);
            const std::int32_t day = result.first_day[OutcomeKind::collapse];
            collapses += day != FirstDays::never && day < setting.scenario.horizon ? 1 : 0;
        }
        if (collapses !=
            all.hits(regime, OutcomeKind::collapse, setting.scenario.checkpoints.size() - 1)) {
            return false;
        }
    }
    return true;
}

void report(benchmark::State& state, std::size_t regimes) {
    using benchmark::Counter;
    const auto runs =
        static_cast<double>(state.iterations()) * replications * static_cast<double>(regimes);
    state.counters["histories_per_s"] = Counter(runs, Counter::kIsRate);
    state.counters["per_history"] = Counter(runs, Counter::kIsRate | Counter::kInvert);
}

void run_point(benchmark::State& state, const DesignPoint& point) {
    if (!is_right(point)) {
        state.SkipWithError("a block differs from its histories run alone");
        return;
    }
    for ([[maybe_unused]] auto turn : state) {
        benchmark::DoNotOptimize(run_block(point, {0, 0, replications}, draws, keep_all(point)));
    }
    report(state, point.regimes.size());
}

void twelve_regimes(benchmark::State& state) { run_point(state, point_of({})); }

void one_regime(benchmark::State& state, const std::string& regime, const Change& change) {
    run_point(state, point_of({regime}, change));
}

/// The noise of a replication, which all its regimes share.
void noise_alone(benchmark::State& state) {
    const DesignPoint point = point_of({"status-quo"});
    const NoiseShape shape = noise_shape(point.regimes.front().scenario);
    Noise noise;
    for ([[maybe_unused]] auto turn : state) {
        for (std::uint32_t i = 0; i < replications; ++i) {
            make_noise(noise, shape, ReplicationId(i), draws);
            benchmark::DoNotOptimize(noise);
        }
    }
    report(state, 1);
}

/// The fire of the line alone, from noise made before.
void line_alone(benchmark::State& state) {
    const DesignPoint point = point_of({"status-quo"});
    const Scenario& scenario = point.regimes.front().scenario;
    const LineOfContact& parameters = scenario.parameters.line;
    const LineSettings settings{static_cast<float>(parameters.own_excitation),
                                static_cast<float>(parameters.cross_excitation),
                                static_cast<float>(parameters.neighbour_excitation),
                                static_cast<float>(parameters.memory_persistence)};
    std::vector<Noise> noises(replications);
    for (std::uint32_t i = 0; i < replications; ++i) {
        make_noise(noises[i], noise_shape(scenario), ReplicationId(i), draws);
    }
    for ([[maybe_unused]] auto turn : state) {
        for (const Noise& noise : noises) {
            Line line = start_line(noise, settings, static_cast<float>(parameters.immigrant_rate),
                                   static_cast<float>(parameters.initial_restraint));
            LineDay today;
            for (std::int32_t day = 0; day < scenario.horizon; ++day) {
                const float calm = point.regimes.front().calm[static_cast<std::size_t>(day)];
                fire(noise, day, line, {calm, calm}, today);
            }
            benchmark::DoNotOptimize(line);
        }
    }
    report(state, 1);
}

void without_incidents(Scenario& s) {
    s.parameters.incidents.line_salience = 0.0;
    s.parameters.incidents.stray_rate_russia = 0.0;
    s.parameters.incidents.stray_rate_ukraine = 0.0;
    s.parameters.incidents.probe_rate = 0.0;
    s.parameters.incidents.raid_rate = 0.0;
}

void without_war(Scenario& s) {
    s.parameters.capitals.war_hazard_russia = 0.0;
    s.parameters.capitals.war_hazard_ukraine = 0.0;
}

void without_investigation(Scenario& s) { s.parameters.investigation.settling_threshold = 0.0; }

void with_one_politics_day(Scenario& s) { s.parameters.capitals.politics_step = s.horizon - 1; }

void only_the_line(Scenario& s) {
    without_incidents(s);
    without_war(s);
    with_one_politics_day(s);
}

BENCHMARK(twelve_regimes)->Unit(benchmark::kMillisecond);
BENCHMARK(noise_alone)->Unit(benchmark::kMillisecond);
BENCHMARK(line_alone)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(one_regime, status_quo, "status-quo", {})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(one_regime, membership, "membership", {})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(one_regime, membership_without_incidents, "membership", without_incidents)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(one_regime, membership_without_investigation, "membership", without_investigation)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(one_regime, membership_without_war, "membership", without_war)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(one_regime, membership_with_one_politics_day, "membership", with_one_politics_day)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(one_regime, membership_only_the_line, "membership", only_the_line)
    ->Unit(benchmark::kMillisecond);

/// The ensemble on several threads, wall time.
void threads(benchmark::State& state) {
    const DesignPoint point = point_of({});
    const std::vector<DesignPoint> points{point};
    for ([[maybe_unused]] auto turn : state) {
        benchmark::DoNotOptimize(
            run_in_memory(points, 8 * replications, draws, static_cast<int>(state.range(0))));
    }
    state.counters["histories_per_s"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * 8 * replications * 12,
                           benchmark::Counter::kIsRate);
}

BENCHMARK(threads)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
