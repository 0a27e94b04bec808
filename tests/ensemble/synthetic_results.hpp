#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "conflict/replication.hpp"
#include "ensemble/ensemble.hpp"

namespace firebreak {

inline const std::vector<std::int32_t> synthetic_checkpoints{100, 200, 300, 400};

/// Results that look like a replication's, made from keyed draws: the regime shifts every chance,
/// and regimes share their luck. Expectations are coarse so that brute force can compare exactly.
inline ReplicationResult synthetic_result(std::uint32_t regime, ReplicationId replication,
                                          const Draws& draws) {
    ReplicationResult result;
    for (std::uint32_t outcome = 0; outcome < outcome_count; ++outcome) {
        const DrawAddress address{replication.value(), outcome, Purpose::design_sample, 0, 0};
        const double luck = draws.uniform(address);
        const double day = 1000.0 * luck * (1.0 + 0.1 * static_cast<double>(regime));
        if (day < 400.0) result.first_day.day[outcome] = static_cast<std::int32_t>(day);
        double expected = 0.0;
        for (std::size_t checkpoint = 0; checkpoint < synthetic_checkpoints.size(); ++checkpoint) {
            expected += luck < 0.5 ? 0.125 / static_cast<double>(regime + 1) : 0.0;
            result.expectation[outcome][checkpoint] = expected;
            result.violations[checkpoint] = {static_cast<std::int64_t>(day), regime};
            result.interval_days[checkpoint] = 100;
        }
    }
    if (result.first_day.happened(OutcomeKind::clash)) {
        result.path = Path::accidental;
        result.source = Source::stray;
    }
    for (std::uint32_t measure = 0; measure < measure_count; ++measure) {
        const auto number = static_cast<std::uint32_t>(outcome_count) + measure;
        const double luck =
            draws.uniform({replication.value(), number, Purpose::design_sample, 0, 0});
        result.measures[measure] = luck * (1.0 + 0.1 * static_cast<double>(regime));
    }
    result.events[1] = 2;
    result.ceasefire_days = 400;
    return result;
}

/// Points of regimes whose fake results are told apart by the settings' titles' lengths.
inline DesignPoint synthetic_point(std::uint32_t regimes) {
    DesignPoint point;
    for (std::uint32_t regime = 0; regime < regimes; ++regime) {
        Setting setting;
        setting.scenario.title = std::string(regime, 'x');
        setting.scenario.horizon = 20;
        setting.scenario.checkpoints = synthetic_checkpoints;
        setting.scenario.parameters.line.sectors = 2.0;
        // Every second regime has other luck on the line, so that two groups share their noise.
        setting.scenario.parameters.line.frailty_shape = regime % 2 == 0 ? 1.0 : 2.0;
        point.regimes.push_back(setting);
    }
    return point;
}

inline ReplicationResult simulate_synthetic(const Setting& setting, const Noise& noise,
                                            ReplicationId replication, const Draws& draws) {
    ReplicationResult result = synthetic_result(
        static_cast<std::uint32_t>(setting.scenario.title.size()), replication, draws);
    // The noise must be the replication's and the regime's own, whoever used the buffer before.
    result.expectation[0][0] = static_cast<double>(noise.frailty(0, SectorId(1))) / 16;
    result.expectation[0][1] = static_cast<double>(noise.activity(3, SectorId(0))) / 16;
    return result;
}

}  // namespace firebreak
