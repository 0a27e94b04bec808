#include "conflict/settlement.hpp"

#include <algorithm>

#include "base/elementary.hpp"
#include "base/quantity.hpp"
#include "conflict/concessions.hpp"

namespace firebreak {
namespace {

/// Time base of the settlement hazard [d].
constexpr double hazard_days = 30.0;

}  // namespace

double settlement_hazard(const Setting& setting, const State& state) {
    if (state.is_settled() || state.at_war) return 0.0;
    const SettlementParameters& settlement = setting.scenario.parameters.settlement;
    const Commitment& commitment = setting.scenario.commitment;
    const double leverage =
        terms_seen(setting.scenario, state.in_force ? Phase::in_force : state.phase).leverage;
    const double quiet = 1.0 - std::min(1.0, state.recent_violations / settlement.quiet_reference);
    const double holding = state.in_force ? commitment.holding : 0.0;
    return settlement.hazard *
           exponential(settlement.leverage_effect * leverage + settlement.calm_effect * quiet -
                       settlement.holding_effect * holding +
                       settlement.conditionality_effect * (commitment.conditionality_factor - 1.0));
}

double settlement_chance(const Setting& setting, const State& state) {
    const Rate rate(settlement_hazard(setting, state) / hazard_days);
    return chance_within(rate, setting.scenario.parameters.capitals.politics_step).value();
}

}  // namespace firebreak
