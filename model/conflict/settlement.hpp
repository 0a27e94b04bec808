#pragma once

#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// Hazard of a permanent peace [1/30d] (prototype mend 47).
double settlement_hazard(const Setting& setting, const State& state);

/// P(peace is signed within a politics step).
double settlement_chance(const Setting& setting, const State& state);

}  // namespace firebreak
