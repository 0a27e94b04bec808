#pragma once

#include <cstdint>

#include "conflict/state.hpp"
#include "regime/line_of_contact.hpp"

namespace firebreak {

/// Factor of a posture on the fire of `side` that answers nobody [x] (prototype mend 9).
double posture_factor(const LineOfContact& line, Side side, Posture posture);

/// The same, calm included, for a side whose offensive begins in `days_left` days, 1 or more, and
/// which otherwise has the factor `harassing`: a constant growth a day over the last
/// `preparation_days`, to `preparation_posture` on the day before. Source: docs/model.md §4.
double preparation_factor(const LineOfContact& line, double harassing, std::int32_t days_left);

/// Posture times calm of `side` on `day`: the factor on its fire that answers nobody [x].
double fire_factor(const LineOfContact& line, const State& state, Side side, double calm,
                   std::int32_t day);

}  // namespace firebreak
