#include "inference/standing_belief.hpp"

#include <utility>

#include "base/elementary.hpp"
#include "conflict/expectation.hpp"

namespace firebreak {

Setting lay_out_with_belief(Scenario scenario, int days, int belief_draws, const Draws& draws) {
    scenario.horizon = days;
    scenario.checkpoints = {days};
    scenario.parameters.response.belief_draws = belief_draws;
    Setting setting = lay_out(std::move(scenario));
    setting.starting_belief = estimate_starting_belief(setting, draws);
    return setting;
}

double ordinary_deaths() { return 10.0 * exponential_minus_one(0.6); }

}  // namespace firebreak
