#include "conflict/war.hpp"

#include <algorithm>
#include <cmath>

#include "base/quantity.hpp"
#include "conflict/ally_choice.hpp"

namespace firebreak {
namespace {

/// Later than every horizon, and early enough to be added to a day.
constexpr double longest_war = 1e9;

double chance_of_day(double per_year) {
    return chance_within(Rate(per_year / days_per_year), 1.0).value();
}

/// One word as a uniform in (0, 1): coarse, and fine enough for events of some per cent a year.
double uniform_of_word(std::uint32_t word) { return (static_cast<double>(word) + 0.5) * 0x1p-32; }

}  // namespace

std::int32_t draw_war_days(const Setting& setting, std::int32_t start_day,
                           ReplicationId replication, const Draws& draws) {
    const double days = draws.exponential(setting.scenario.parameters.renewed_war.mean_days,
                                          {.replication = replication.value(),
                                           .day = static_cast<std::uint32_t>(start_day),
                                           .purpose = Purpose::war_duration});
    return static_cast<std::int32_t>(std::clamp(std::ceil(days), 1.0, longest_war));
}

WarChances war_chances(const Setting& setting) {
    const RenewedWarParameters& war = setting.scenario.parameters.renewed_war;
    return {chance_of_day(war.stray_rate_russia), chance_of_day(war.stray_rate_ukraine),
            chance_of_day(war.clash_hazard)};
}

WarDay draw_war_day(const WarChances& chances, std::int32_t day, ReplicationId replication,
                    const Draws& draws) {
    const auto words = draws.words({.replication = replication.value(),
                                    .day = static_cast<std::uint32_t>(day),
                                    .purpose = Purpose::war_stray});
    WarDay events;
    events.stray_russia = uniform_of_word(words[0]) < chances.stray_russia;
    events.stray_ukraine = uniform_of_word(words[1]) < chances.stray_ukraine;
    events.spillover = uniform_of_word(words[2]) < chances.spillover;
    return events;
}

Incident draw_war_stray(const Setting& setting, Side side, std::int32_t day,
                        ReplicationId replication, const Draws& draws) {
    const Scenario& scenario = setting.scenario;
    Incident stray;
    stray.day = day;
    stray.kind = IncidentKind::war_stray;
    stray.number = static_cast<std::uint32_t>(index_of(side));
    stray.origin = actor_of(side);
    stray.victim = Actor::ally;
    stray.place = Place::allied_territory;

    const auto address = [&](Purpose purpose) {
        return DrawAddress{.replication = replication.value(),
                           .day = static_cast<std::uint32_t>(day),
                           .purpose = purpose,
                           .subject = subject_of(stray)};
    };
    stray.deaths = draws.power_law_deaths(scenario.parameters.incidents.stray_deaths_exponent,
                                          scenario.parameters.incidents.deaths_cap,
                                          address(Purpose::incident_deaths));
    stray.territory = ally_by_share(scenario.allies, &Ally::stray_share,
                                    draws.uniform(address(Purpose::incident_details)));
    return stray;
}

Incident spillover_incident(std::int32_t day) {
    Incident spillover;
    spillover.day = day;
    spillover.kind = IncidentKind::war_spillover;
    spillover.origin = Actor::russia;
    spillover.victim = Actor::ally;
    spillover.place = Place::line;
    return spillover;
}

}  // namespace firebreak
