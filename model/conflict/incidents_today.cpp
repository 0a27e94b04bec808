#include "conflict/incidents_today.hpp"

#include "base/elementary.hpp"
#include "conflict/ally_choice.hpp"

namespace firebreak {

DrawAddress Today::address(Purpose purpose, std::uint32_t subject, std::uint16_t index) const {
    return {.replication = replication.value(),
            .day = static_cast<std::uint32_t>(day),
            .purpose = purpose,
            .index = index,
            .subject = subject};
}

double Today::detail(const Incident& incident, Detail detail) const {
    return draws.uniform(address(Purpose::incident_details, subject_of(incident),
                                 static_cast<std::uint16_t>(detail)));
}

double Today::deaths(const Incident& incident) const {
    return draws.power_law_deaths(deaths_exponent(parameters(), incident.kind),
                                  parameters().deaths_cap,
                                  address(Purpose::incident_deaths, subject_of(incident)));
}

double deaths_exponent(const IncidentParameters& parameters, IncidentKind kind) {
    const bool stray = kind == IncidentKind::stray || kind == IncidentKind::war_stray;
    return stray ? parameters.stray_deaths_exponent : parameters.deaths_exponent;
}

bool happens(double u, double rate) { return u < rate && u < -exponential_minus_one(-rate); }

bool has_exposed_troops(const Setting& setting, const State& state) {
    return state.in_force && setting.scenario.commitment.exposure > 0.0;
}

double air_shield(const Setting& setting, const State& state) {
    return state.in_force ? setting.scenario.commitment.air_shield : 0.0;
}

double shield_factor(const Setting& setting, const State& state) {
    const double factor = setting.scenario.parameters.incidents.shield_stray_factor;
    return 1.0 + air_shield(setting, state) * (factor - 1.0);
}

Incident draw_stray(const Today& today, Actor origin, std::uint32_t number, bool after_raid) {
    Incident incident{.day = today.day,
                      .kind = IncidentKind::stray,
                      .number = number,
                      .origin = origin,
                      .victim = Actor::ally,
                      .place = Place::allied_territory,
                      .after_raid = after_raid};
    incident.territory = ally_by_share(today.setting.scenario.allies, &Ally::stray_share,
                                       today.detail(incident, Detail::where));
    incident.deaths = today.deaths(incident);
    return incident;
}

}  // namespace firebreak
