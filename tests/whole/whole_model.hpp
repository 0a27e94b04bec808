#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "conflict/noise.hpp"
#include "conflict/replication.hpp"
#include "conflict/setting.hpp"
#include "ensemble/ensemble.hpp"
#include "ensemble/parallel.hpp"
#include "ensemble/shared_noise.hpp"
#include "io/config.hpp"

/// The whole model on the shipped configuration, for tests of what it does as a whole.
namespace firebreak::whole {

/// A mean and its standard error.
struct Mean {
    double value{};
    double error{};
};

inline Mean mean_of(const std::vector<double>& values) {
    const auto count = static_cast<double>(values.size());
    double sum = 0.0;
    for (const double value : values) {
        sum += value;
    }
    const double mean = sum / count;
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return {mean, std::sqrt(squares / (count - 1.0) / count)};
}

/// A shipped study with one scenario per regime of the list, changed by `change`.
inline std::vector<Scenario> scenarios_of(const std::string& study,
                                          const std::vector<std::string>& regimes,
                                          const std::function<void(Scenario&)>& change = {}) {
    Overrides overrides;
    overrides.regimes = regimes;
    const std::filesystem::path root = FIREBREAK_SOURCE_DIR;
    std::vector<Scenario> scenarios =
        load_study(root / "configs/studies" / (study + ".toml"), overrides).scenarios;
    if (change) {
        for (Scenario& scenario : scenarios) {
            change(scenario);
        }
    }
    return scenarios;
}

/// Replications 0 to count - 1 of one scenario, on all processors.
inline std::vector<ReplicationResult> simulate(const Scenario& scenario, std::uint32_t count,
                                               std::uint64_t seed = 20221115) {
    const Draws draws(seed);
    const DesignPoint point = make_design_point(0, std::vector<Scenario>{scenario}, draws);
    const Setting& setting = point.regimes.front();
    const NoiseShape shape = noise_shape(setting.scenario);
    std::vector<ReplicationResult> results(count);
    constexpr std::uint32_t block = 32;
    for_each_index((count + block - 1) / block, 0, [&](std::size_t index) {
        Noise noise;
        for (auto i = static_cast<std::uint32_t>(index) * block;
             i < std::min((static_cast<std::uint32_t>(index) + 1) * block, count); ++i) {
            make_noise(noise, shape, ReplicationId(i), draws);
            results[i] = replicate(setting, noise, ReplicationId(i), draws);
        }
    });
    return results;
}

/// Share of the results in which `kind` happened.
inline double share(const std::vector<ReplicationResult>& results, OutcomeKind kind) {
    double hits = 0.0;
    for (const ReplicationResult& result : results) {
        hits += result.first_day.happened(kind) ? 1.0 : 0.0;
    }
    return hits / static_cast<double>(results.size());
}

/// Mean of the weighted expectation of `kind` at the horizon.
inline Mean expected(const std::vector<ReplicationResult>& results, OutcomeKind kind) {
    std::vector<double> values;
    for (const ReplicationResult& result : results) {
        values.push_back(result.expectation[index_of(kind)][19]);
    }
    return mean_of(values);
}

/// Mean over replications of (weighted expectation - indicator) by checkpoint `index`.
inline Mean estimator_gap(const std::vector<ReplicationResult>& results, OutcomeKind kind,
                          std::size_t index, const std::vector<std::int32_t>& checkpoints) {
    std::vector<double> gaps;
    for (const ReplicationResult& result : results) {
        const std::int32_t day = result.first_day[kind];
        const bool happened = day != FirstDays::never && day < checkpoints[index];
        gaps.push_back(result.expectation[index_of(kind)][index] - (happened ? 1.0 : 0.0));
    }
    return mean_of(gaps);
}

}  // namespace firebreak::whole
