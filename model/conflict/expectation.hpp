#pragma once

#include "base/random.hpp"
#include "conflict/setting.hpp"

namespace firebreak {

/// The model's own probability that the deciding allies use force after a Russian offensive, by
/// commitment in force or not and lead adverse or not: `response.belief_draws` keyed draws of
/// deaths, exposed troops, the allies' resolve, gravity and errors, the same draws for every entry
/// and every regime (prototype mend 43). The lead is the first protector, or the first ally where
/// there is none. Standard error of an entry p: sqrt(p (1 - p) / draws).
StartingBelief estimate_starting_belief(const Setting& setting, const Draws& draws);

}  // namespace firebreak
