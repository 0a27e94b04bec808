#include "conflict/toll.hpp"

namespace firebreak {
namespace {

/// Size of the salvo that `lethality.salvo_civilian_deaths` is about, in violations' worth.
constexpr double reference_salvo = 20000.0;

}  // namespace

Toll toll_of(const Scenario& scenario, const State& state) {
    const LethalityParameters& lethality = scenario.parameters.lethality;
    return {lethality.civilian_casualties * state.lethal_fire + state.salvo_deaths,
            lethality.soldiers_killed * state.lethal_fire,
            scenario.parameters.line.heavy_share * state.long_range_fire};
}

double salvo_deaths(const Scenario& scenario, bool in_force) {
    const IncidentParameters& incidents = scenario.parameters.incidents;
    const double shield = in_force ? scenario.commitment.air_shield : 0.0;
    return scenario.parameters.lethality.salvo_civilian_deaths *
           (incidents.retaliation_salvo / reference_salvo) *
           (1.0 - shield * incidents.shield_intercept_share);
}

}  // namespace firebreak
