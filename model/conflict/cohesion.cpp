#include "conflict/cohesion.hpp"

#include <algorithm>
#include <array>

#include "base/elementary.hpp"
#include "base/quantity.hpp"

namespace firebreak {
namespace {

bool is_united_states_adverse(const Setting& setting, const State& state) {
    const Allies& allies = setting.scenario.allies;
    const auto found = std::ranges::find(allies, "USA", &Ally::iso3);
    if (found == allies.end()) return false;
    return state.is_adverse(AllyId(static_cast<std::uint32_t>(found - allies.begin())));
}

}  // namespace

double fatigue(const CohesionParameters& parameters, std::int32_t day) {
    return -exponential_minus_one(-day / parameters.fatigue_days);
}

double punishment(const Setting& setting, std::int32_t day) {
    const Scenario& scenario = setting.scenario;
    return scenario.parameters.capitals.punishment_weight * scenario.commitment.coverage *
           (1.0 - fatigue(scenario.parameters.cohesion, day));
}

std::int32_t fatigued_from(const CohesionParameters& parameters, double share,
                           std::int32_t horizon) {
    const double days = -parameters.fatigue_days * log_one_plus(-share);
    return days < horizon ? static_cast<std::int32_t>(days) + 1 : horizon;
}

double aid(const Setting& setting, const State& state, std::int32_t day) {
    const CohesionParameters& cohesion = setting.scenario.parameters.cohesion;
    const double lost_share =
        is_united_states_adverse(setting, state) ? cohesion.us_aid_share : 0.0;
    return cohesion.aid * setting.scenario.commitment.aid_factor *
           (1.0 - cohesion.aid_fatigue_share * fatigue(cohesion, day)) * (1.0 - lost_share);
}

double election_chance(const Setting& setting, bool adverse) {
    const Parameters& parameters = setting.scenario.parameters;
    const double per_year =
        adverse ? parameters.cohesion.return_rate : parameters.cohesion.adverse_rate;
    return chance_within(Rate(per_year / days_per_year), parameters.capitals.politics_step).value();
}

void draw_elections(const Setting& setting, const State& state, std::int32_t day,
                    ReplicationId replication, const Draws& draws,
                    std::vector<Election>& elections) {
    const Allies& allies = setting.scenario.allies;
    const std::array<double, 2> chance{election_chance(setting, false),
                                       election_chance(setting, true)};
    for (std::uint32_t number = 0; number < allies.size(); ++number) {
        if (!allies[number].key_election) continue;
        const AllyId ally(number);
        const bool adverse = state.is_adverse(ally);
        const bool turns =
            draws.bernoulli(chance[adverse ? 1 : 0], {.replication = replication.value(),
                                                      .day = static_cast<std::uint32_t>(day),
                                                      .purpose = Purpose::election,
                                                      .subject = number});
        if (turns) elections.push_back({ally, !adverse});
    }
}

}  // namespace firebreak
