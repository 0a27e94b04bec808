#pragma once

#include <cstdint>

#include "conflict/setting.hpp"
#include "conflict/state.hpp"
#include "regime/line_of_contact.hpp"

namespace firebreak {

/// Factor of a posture on the fire of `side` that answers nobody [x] (prototype mend 9).
double posture_factor(const LineOfContact& line, Side side, Posture posture);

/// The same, calm included, for a side whose offensive begins in `days_left` days, 1 or more, and
/// which otherwise has the factor `harassing`: a constant growth a day over the last
/// `preparation_days`, to `preparation_posture` on the day before. Source: docs/model.md §4.
double preparation_factor(const LineOfContact& line, double harassing, std::int32_t days_left);

/// Factor of protector troops on the fire of both sides [x]: 1 where none stand, less the more of
/// the line they hold, and 1 against a side that leads in escalation at will.
double enforcement_factor(const Setting& setting, const State& state);

/// Posture times calm of `side` on `day`: the factor on its fire that answers nobody [x].
double fire_factor(const LineOfContact& line, const State& state, Side side, double calm,
                   std::int32_t day);

}  // namespace firebreak
