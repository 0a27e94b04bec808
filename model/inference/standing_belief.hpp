#pragma once

#include "base/random.hpp"
#include "conflict/setting.hpp"

namespace firebreak {

/// Lays out a scenario for a play of `days` days, with its starting belief from `belief_draws`
/// draws: fewer than a study takes, which is noise like any other here.
Setting lay_out_with_belief(Scenario scenario, int days, int belief_draws, const Draws& draws);

/// Deaths that leave no grievance beyond that of an ordinary month of ceasefire [deaths]:
/// 10 (e^0.6 - 1), docs/model.md §8.
double ordinary_deaths();

}  // namespace firebreak
