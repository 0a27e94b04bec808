#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "conflict/line.hpp"
#include "conflict/noise.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// Rates at which a day's fire thins into incidents under given postures and commitment: but for
/// one factor they do not change from day to day.
struct ThinningRates {
    double line{};                            ///< before the local factor [1/violation]
    std::array<double, side_count> troops{};  ///< by the side that fires [1/violation]
    double stray_russia{};                    ///< [1/Russian violation]
    double stray_ukraine{};                   ///< [1/Russian violation]
    double stray_ally{};                      ///< air shield only [1/Russian violation]
    double long_range = 1.0;                  ///< factor of the day on all three strays [x]
    double salience_exponent{};               ///< eta [1]
    double salience_cap{};                    ///< cap of the local factor [x]
    double intensity_scale{};                 ///< 1 over the intensity of local factor 1 [d]
};

/// The thinning rates in force given postures and commitment.
ThinningRates thinning_rates(const Setting& setting, const State& state);

/// Factor on the salience of a violation where a command's intensity is `intensity`:
/// min(cap, (intensity / reference)^eta). Source: assumption, docs/model.md §5.
double local_salience(const ThinningRates& rates, double intensity);

/// Expected salient line incidents that `side` causes on a day: the rate of the stream.
double line_incident_rate(const ThinningRates& rates, const LineDay& fire, int sectors, Side side);

/// True if today's uniforms can give no incident at all: the cheap test of nearly every day.
/// 1 - exp(-x) <= x, so a uniform above every bound on a rate rules them all out.
bool is_quiet_day(const ThinningRates& rates, const Noise& noise, std::int32_t day,
                  const LineDay& fire);

/// Incidents of the day's fire in their fixed order: line R, line U, troops R, troops U, stray R,
/// stray U, stray ally (prototype mend 5); appended to `incidents`.
///
/// Each stream has one uniform u a day and brings an incident if u < 1 - exp(-rate), so that more
/// fire never takes an incident away. At most one incident a stream and day: of a Poisson number
/// with a mean of rate, this forgets the second, which comes with probability rate^2 / 2.
void draw_fire_incidents(const Setting& setting, const State& state, const ThinningRates& rates,
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
