#pragma once

#include <array>
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
    /// The lead ally's politics are adverse, or the supporters are tired.
    bool is_cohesion_low(std::int32_t day, const State& state) const;

    const Setting* setting_;
    const double* small_logs_;
    std::array<AllyId, 2> lead_;            ///< by whether a commitment is in force
    std::int32_t fatigued_from_;            ///< first day on which the supporters are tired [d]
    std::int64_t violations_ = 0;           ///< by both sides
    double log_sum_ = 0.0;                  ///< of log(1 + violations) - log(calm)
    double log_squares_ = 0.0;              ///< the same, squared
    std::int64_t low_cohesion_ = 0;         ///< days of ceasefire
    bool decided_in_low_cohesion_ = false;  ///< the offensive decided on last
    bool collapse_in_low_cohesion_ = false;
};

}  // namespace firebreak
