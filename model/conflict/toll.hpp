#pragma once

#include "conflict/state.hpp"
#include "regime/scenario.hpp"

namespace firebreak {

/// What the violence of a ceasefire costs, in the mean given its fire. No history hangs on it.
struct Toll {
    double civilian_casualties{};  ///< killed or wounded by fire, killed by retaliations [persons]
    double soldiers_killed{};      ///< of both sides [deaths]
    double heavy_violations{};     ///< violations by heavy weapons [count]
};

/// The toll of the ceasefire up to `state`.
Toll toll_of(const Scenario& scenario, const State& state);

/// Civilians that one Russian retaliation kills in the mean, less where an air shield that is in
/// force stops part of the salvo [deaths].
double salvo_deaths(const Scenario& scenario, bool in_force);

}  // namespace firebreak
