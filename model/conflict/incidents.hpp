#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "conflict/noise.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"
#include "conflict/violations.hpp"

namespace firebreak {

/// Rates at which today's fire thins into incidents, per violation [1/violation]; what does not
/// change from day to day is worked out once per posture.
struct Thinning {
    std::array<double, side_count> line{};   ///< upper bound before the local-intensity factor
    std::array<double, side_count> troops{}; ///< by the side that fires
    double stray_russia{};
    double stray_ukraine{}; ///< per Russian violation
    double stray_ally{};    ///< per Russian violation, air shield only
};

/// The thinning rates in force given postures and commitment.
Thinning thinning_rates(const Setting& setting, const State& state);

/// True if today's uniforms can give no incident at all: the cheap test of nearly every day.
/// `1 - exp(-x) <= x`, so a uniform above every rate rules them all out.
bool is_quiet_day(const Thinning& rates, const Noise& noise, std::int32_t day, const LineDay& fire,
                  double salience_bound);

/// Incidents of the day's fire in their fixed order: line R, line U, troops R, troops U, stray R,
/// stray U, stray ally (prototype mend 5); appended to `incidents`.
void draw_fire_incidents(const Setting& setting, const State& state, const Thinning& rates,
                         const Noise& noise, const LineDay& fire, std::int32_t day,
                         ReplicationId replication, const Draws& draws,
                         std::vector<Incident>& incidents);

/// Probe and raid of the day, with Russia's retaliation to the raid and its strays.
void draw_posture_incidents(const Setting& setting, const State& state, std::int32_t day,
                            ReplicationId replication, const Draws& draws,
                            std::vector<Incident>& incidents);

/// The offensive that resumes the war.
Incident draw_offensive(const Setting& setting, const State& state, Side side, std::int32_t day,
                        ReplicationId replication, const Draws& draws);

}  // namespace firebreak
