#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "conflict/measure.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// Takes the measures of one history while it is simulated.
class Measurement {
  public:
    /// `setting` outlives it.
    explicit Measurement(const Setting& setting);

    /// A day of ceasefire has ended in `state`, with this fire by side.
    void day_of_fire(std::int32_t day, const std::array<std::int32_t, side_count>& fire,
                     const State& state);

    /// A change has led to `state`.
    void recorded(std::int32_t day, const Change& change, const State& state);

    /// The measures of the history, which has ended in `end`; the delay before it is not among
    /// them. Per day or year of a ceasefire that did not last a day: 0.
    Measures measures(const State& end) const;

  private:
    static constexpr std::size_t small_numbers = 4096;
    using SmallLogs = std::array<double, small_numbers>;

    /// log(1 + n) of small n: it is asked for every day.
    static const SmallLogs& small_logs();

    static double log_of(std::int64_t violations);

    /// The lead ally's politics are adverse, or the supporters are tired.
    bool is_cohesion_low(std::int32_t day, const State& state) const {
        return day >= fatigued_from_ || state.is_adverse(lead_[state.in_force ? 1 : 0]);
    }

    const Setting* setting_;
    const double* small_logs_;
    const CalmEffects* calm_effects_;       ///< by day, without a settlement
    std::array<AllyId, 2> lead_;            ///< by whether a commitment is in force
    std::int32_t fatigued_from_;            ///< first day on which the supporters are tired [d]
    double log_sum_ = 0.0;                  ///< of log(1 + violations) - log(calm)
    double log_squares_ = 0.0;              ///< the same, squared
    std::int64_t low_cohesion_ = 0;         ///< days of ceasefire
    bool decided_in_low_cohesion_ = false;  ///< the offensive decided on last
    bool collapse_in_low_cohesion_ = false;
};

// Here and not in the source, because it is called every day of every history.
inline void Measurement::day_of_fire(std::int32_t day,
                                     const std::array<std::int32_t, side_count>& fire,
                                     const State& state) {
    const std::int64_t total = std::int64_t{fire[0]} + fire[1];
    const CalmEffects& effects = state.is_settled() ? setting_->settled_effects
                                                    : calm_effects_[static_cast<std::size_t>(day)];
    const bool is_small = total < static_cast<std::int64_t>(small_numbers);
    const double log_fire =
        (is_small ? small_logs_[total] : log_of(total)) - static_cast<double>(effects.log_calm);
    log_sum_ += log_fire;
    log_squares_ += log_fire * log_fire;
    low_cohesion_ += is_cohesion_low(day, state) ? 1 : 0;
}

}  // namespace firebreak
