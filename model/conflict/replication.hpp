#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "conflict/measure.hpp"
#include "conflict/noise.hpp"
#include "conflict/outcome.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "regime/scenario.hpp"

namespace firebreak {

/// One number per outcome and checkpoint, cumulative in time.
using OutcomeCurve = std::array<std::array<double, max_checkpoints>, outcome_count>;

/// What happened in one replication under one regime: two estimates of the same probabilities.
struct ReplicationResult {
    FirstDays first_day;                             ///< analog: what happened first, and when
    std::optional<Path> path;                        ///< of the first clash
    std::optional<Source> source;                    ///< of the first clash
    std::array<std::int32_t, event_count> events{};  ///< during the ceasefire
    std::int32_t ceasefire_days{};                   ///< days of ceasefire observed
    std::array<std::array<std::int64_t, side_count>, max_checkpoints>
        violations{};                                           ///< per interval
    std::array<std::int32_t, max_checkpoints> interval_days{};  ///< ceasefire days per interval
    Measures measures{};                                        ///< of the analog history
    /// Survival-weighted conditional expectation of each outcome by each checkpoint: its mean over
    /// replications is the same probability as the analog's, with less variance for war and force.
    OutcomeCurve expectation{};
};

/// Simulates replication `replication` under one regime. Pure: the same arguments, the same
/// result, on any machine. `noise` is the replication's, shared by all regimes.
ReplicationResult replicate(const Setting& setting, const Noise& noise, ReplicationId replication,
                            const Draws& draws);

/// The violations of one day of ceasefire, by side.
struct DayOfFire {
    std::int32_t day{};
    std::array<std::int32_t, side_count> violations{};
};

/// The same history told: its dated records and its days of fire in order, and its analog result.
struct Told {
    std::vector<Record> records;
    std::vector<DayOfFire> fire;
    ReplicationResult result;
};

Told tell(const Setting& setting, const Noise& noise, ReplicationId replication,
          const Draws& draws);

}  // namespace firebreak
