#include "inference/reenactment.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "inference/historical_settings.hpp"

namespace firebreak {
namespace {

const Scenario& world(std::span<const Scenario> scenarios, std::string_view regime) {
    const auto found = std::ranges::find(scenarios, regime, &Scenario::regime);
    if (found == scenarios.end()) {
        throw LogicError("reenactments need the regime " + std::string(regime));
    }
    return *found;
}

}  // namespace

Worlds worlds_of(std::span<const Scenario> scenarios) {
    return {world(scenarios, world_regimes[0]), world(scenarios, world_regimes[1]),
            world(scenarios, world_regimes[2])};
}

const std::vector<Reenactment>& reenactments() {
    static const std::vector<Reenactment> all{
        reenact_donbas_line(),     reenact_recommitment(),
        reenact_line_of_control(), reenact_ramp(),
        reenact_airspace(),        reenact_attribution(),
        reenact_disputes(),        reenact_war_after_dispute(),
        reenact_support(),         reenact_ratification(),
        reenact_pacts(),           reenact_truces()};
    return all;
}

const Reenactment* find_reenactment(std::string_view name) {
    const auto found = std::ranges::find(reenactments(), name, &Reenactment::name);
    return found == reenactments().end() ? nullptr : &*found;
}

}  // namespace firebreak
