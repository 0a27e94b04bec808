#pragma once

#include "base/random.hpp"
#include "regime/scenario.hpp"

namespace firebreak {

/// Hazard of a first ceasefire before day 0 [1/30d]: lower where more alignment is announced, and
/// changed by the conditionality of aid.
double ceasefire_hazard(const Scenario& scenario);

/// How long the war goes on before a first ceasefire under what the regime announces [d]:
/// exponential, with the same luck in every regime. It changes nothing in the history that follows.
double ceasefire_delay(const Scenario& scenario, ReplicationId replication, const Draws& draws);

}  // namespace firebreak
