// How long the line of contact takes: 24 sectors, five years, mean 18 violations per command and
// day. Every benchmark first checks that its answer is right, then times it.

#include <cmath>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "conflict/line_kernel.hpp"
#include "conflict/violations.hpp"
#include "peers/naive_line.hpp"

namespace {

using namespace firebreak;

constexpr peers::LineTask task;
constexpr int commands = 2 * task.sectors;
constexpr double command_days = static_cast<double>(commands) * task.days;
constexpr int regimes = 12;
/// baseline / (1 - own - cross - near)
constexpr double expected_mean = 18.0;

void report(benchmark::State& state, double command_days_per_turn, double runs_per_turn) {
    using benchmark::Counter;
    const auto turns = static_cast<double>(state.iterations());
    state.counters["per_command_day"] =
        Counter(turns * command_days_per_turn, Counter::kIsRate | Counter::kInvert);
    if (runs_per_turn > 0.0) {
        state.counters["replications_per_s"] = Counter(turns * runs_per_turn, Counter::kIsRate);
    }
}

/// True where the mean of some replications is what theory says, within 5 standard errors.
template <class Simulate>
bool has_right_mean(const Simulate& simulate) {
    constexpr std::uint32_t count = 60;
    double sum = 0.0;
    double square = 0.0;
    for (std::uint32_t replication = 0; replication < count; ++replication) {
        double total = 0.0;
        for (const std::int32_t violations : simulate(replication)) total += violations;
        const double mean = total / command_days;
        sum += mean;
        square += mean * mean;
    }
    const double mean = sum / count;
    const double error = std::sqrt((square / count - mean * mean) / count);
    return std::fabs(mean - expected_mean) < 5.0 * error;
}

/// One history of the line from noise made before, as daily totals.
void simulate(const Noise& noise, SideFactors factors, peers::DailyTotals& totals) {
    const LineSettings settings = {static_cast<float>(task.own), static_cast<float>(task.cross),
                                   static_cast<float>(task.near), static_cast<float>(task.rho)};
    Line line = start_line(noise, settings, static_cast<float>(task.baseline), 1.0F);
    LineDay day_of_fire;
    totals.clear();
    for (int day = 0; day < task.days; ++day) {
        fire(noise, day, line, factors, day_of_fire);
        totals.push_back(day_of_fire.violations[0]);
        totals.push_back(day_of_fire.violations[1]);
    }
}

void make(Noise& noise, std::uint32_t replication, KernelTarget target,
          const LatentActivity& latent = {}) {
    make_noise(noise, Draws(1), ReplicationId(replication), task.days, task.sectors, latent,
               task.frailty_shape, target);
}

bool is_right(KernelTarget target) {
    Noise noise;
    Noise other;
    peers::DailyTotals totals;
    peers::DailyTotals other_totals;
    make(noise, 5, target);
    make(other, 5, KernelTarget::automatic);
    simulate(noise, {}, totals);
    simulate(other, {}, other_totals);
    return totals == other_totals && has_right_mean([&](std::uint32_t replication) {
               make(noise, replication, target);
               simulate(noise, {}, totals);
               return totals;
           });
}

/// The target of a benchmark's argument; ends the benchmark where it cannot run or errs.
bool prepare(benchmark::State& state, KernelTarget& target) {
    target = static_cast<KernelTarget>(state.range(0));
    if (!is_supported(target)) {
        state.SkipWithError("this processor or this build lacks the target");
        return false;
    }
    if (!is_right(target)) {
        state.SkipWithError("wrong answer");
        return false;
    }
    return true;
}

void naive_objects(benchmark::State& state) {
    const auto run = [](std::uint32_t replication) { return peers::naive_line(task, replication); };
    if (!has_right_mean(run)) state.SkipWithError("wrong answer");
    std::uint32_t replication = 0;
    for (auto turn : state) benchmark::DoNotOptimize(run(replication++));
    report(state, command_days, 1.0);
}

void scalar_inversion(benchmark::State& state) {
    const auto run = [](std::uint32_t replication) {
        return peers::scalar_line(task, 1, replication);
    };
    if (!has_right_mean(run)) state.SkipWithError("wrong answer");
    std::uint32_t replication = 0;
    for (auto turn : state) benchmark::DoNotOptimize(run(replication++));
    report(state, command_days, 1.0);
}

/// One world: its noise and its history.
void kernel_one_world(benchmark::State& state) {
    KernelTarget target{};
    if (!prepare(state, target)) return;
    Noise noise;
    peers::DailyTotals totals;
    std::uint32_t replication = 0;
    for (auto turn : state) {
        make(noise, replication++, target);
        simulate(noise, {}, totals);
        benchmark::DoNotOptimize(totals.data());
    }
    report(state, command_days, 1.0);
}

/// Twelve regimes from the noise of one replication.
void kernel_shared_noise(benchmark::State& state) {
    KernelTarget target{};
    if (!prepare(state, target)) return;
    Noise noise;
    peers::DailyTotals totals;
    std::uint32_t replication = 0;
    for (auto turn : state) {
        make(noise, replication++, target);
        for (int regime = 0; regime < regimes; ++regime) {
            simulate(noise, {1.0F, 1.0F + 0.001F * static_cast<float>(regime)}, totals);
            benchmark::DoNotOptimize(totals.data());
        }
    }
    report(state, regimes * command_days, regimes);
}

/// The fire alone, from noise made before; the argument after the target is the mean in percent of
/// the usual one, for fire dies down after a settlement.
void kernel_fire_only(benchmark::State& state) {
    KernelTarget target{};
    if (!prepare(state, target)) return;
    Noise noise;
    make(noise, 1, target);
    const float share = static_cast<float>(state.range(1)) / 100.0F;
    peers::DailyTotals totals;
    for (auto turn : state) {
        simulate(noise, {share, share}, totals);
        benchmark::DoNotOptimize(totals.data());
    }
    report(state, command_days, 1.0);
}

/// The noise alone, with every latent factor.
void kernel_noise_only(benchmark::State& state) {
    KernelTarget target{};
    if (!prepare(state, target)) return;
    LatentActivity latent;
    if (state.range(1) != 0) latent = {0.35, 0.8, 0.25, 0.5, 0.9, 0.005, 0.85, 0.1, 4.0};
    Noise noise;
    std::uint32_t replication = 0;
    for (auto turn : state) make(noise, replication++, target, latent);
    report(state, command_days, 1.0);
}

/// The floor: nothing but the uniform words, one per command and day.
void word_floor(benchmark::State& state) {
    KernelTarget target{};
    if (!prepare(state, target)) return;
    constexpr std::uint32_t groups = 32;
    std::vector<std::uint32_t> words(64 * groups);
    const Kernel& kernel = kernel_for(target);
    WordRun run = {{1, 2, 3, 4}, 0, 0, 0, groups};
    for (auto turn : state) {
        ++run.replication;
        kernel.make_words(run, words.data());
        benchmark::DoNotOptimize(words.data());
        benchmark::ClobberMemory();
    }
    report(state, static_cast<double>(words.size()), 0.0);
}

void each_target(benchmark::internal::Benchmark* benchmark) {
    for (const KernelTarget target : {KernelTarget::v2, KernelTarget::v3, KernelTarget::v4}) {
        benchmark->Arg(static_cast<int>(target));
    }
    benchmark->ArgName("target");
}

template <int first, int second>
void each_target_twice(benchmark::internal::Benchmark* benchmark) {
    for (const KernelTarget target : {KernelTarget::v2, KernelTarget::v3, KernelTarget::v4}) {
        benchmark->Args({static_cast<int>(target), first});
        benchmark->Args({static_cast<int>(target), second});
    }
}

BENCHMARK(naive_objects)->Unit(benchmark::kMicrosecond);
BENCHMARK(scalar_inversion)->Unit(benchmark::kMicrosecond);
BENCHMARK(kernel_one_world)->Apply(each_target)->Unit(benchmark::kMicrosecond);
BENCHMARK(kernel_shared_noise)->Apply(each_target)->Unit(benchmark::kMicrosecond);
BENCHMARK(kernel_fire_only)
    ->Apply(each_target_twice<100, 6>)
    ->ArgNames({"target", "percent"})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(kernel_noise_only)
    ->Apply(each_target_twice<0, 1>)
    ->ArgNames({"target", "latent"})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(word_floor)->Apply(each_target)->Unit(benchmark::kMicrosecond);

}  // namespace
