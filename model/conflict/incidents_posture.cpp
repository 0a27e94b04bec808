#include <algorithm>
#include <cmath>

#include "base/elementary.hpp"
#include "base/quantity.hpp"
#include "conflict/ally_choice.hpp"
#include "conflict/credibility.hpp"
#include "conflict/incidents.hpp"
#include "conflict/incidents_today.hpp"

namespace firebreak {
namespace {

/// Share of the probes that are aimed at allied territory: doubt about the members' treaties raises
/// its odds as it raises those of probing at all.
double allied_share(const Today& today) {
    const double share = today.parameters().probe_ally_share;
    const CapitalParameters& capitals = today.setting.scenario.parameters.capitals;
    const double doubt = doubt_about_members(capitals, today.state);
    if (doubt == 0.0) return share;
    const double weight = share * exponential(capitals.rationality * capitals.probe_gain * doubt);
    return weight / (weight + (1.0 - share));
}

Incident probe(const Today& today) {
    Incident incident{.day = today.day,
                      .kind = IncidentKind::probe,
                      .origin = Actor::russia,
                      .victim = Actor::ukraine,
                      .deliberate = true,
                      .place = Place::ukrainian_rear};
    const IncidentParameters& parameters = today.parameters();
    const double troops = has_exposed_troops(today.setting, today.state)
                              ? std::min(1.0, 0.5 * today.commitment().exposure)
                              : 0.0;
    const double ally_share = allied_share(today);
    // One uniform, cut in three, so that troops within reach draw probes from the rear alone.
    const double aim = today.detail(incident, Detail::whom);
    if (aim < ally_share) {
        incident.victim = Actor::ally;
        incident.place = Place::allied_territory;
        incident.territory = ally_by_share(today.setting.scenario.allies, &Ally::probe_share,
                                           today.detail(incident, Detail::where));
    } else if (aim < ally_share + (1.0 - ally_share) * troops) {
        incident.victim = Actor::ally;
        incident.place = Place::line;
        incident.troops_hit = true;
    }
    if (today.detail(incident, Detail::fatal) < parameters.probe_fatal_share) {
        incident.deaths = today.deaths(incident);
    }
    return incident;
}

void draw_raid(const Today& today, std::vector<Incident>& incidents) {
    const IncidentParameters& parameters = today.parameters();
    Incident raid{.day = today.day,
                  .kind = IncidentKind::raid,
                  .origin = Actor::ukraine,
                  .victim = Actor::russia,
                  .deliberate = true,
                  .place = Place::russian_territory};
    raid.deaths = today.deaths(raid);
    incidents.push_back(raid);

    const auto answer = today.draws.words(today.address(Purpose::incident_retaliation, 0));
    if (uniform_of(answer[0], answer[1]) >= parameters.retaliation_share) return;
    Incident retaliation{.day = today.day,
                         .kind = IncidentKind::retaliation,
                         .origin = Actor::russia,
                         .victim = Actor::ukraine,
                         .deliberate = true,
                         .place = Place::ukrainian_rear,
                         .after_raid = true};
    retaliation.deaths = today.deaths(retaliation);
    incidents.push_back(retaliation);

    const auto salvo = today.draws.words(today.address(Purpose::incident_stray, 0));
    const double russia = parameters.retaliation_salvo * parameters.stray_rate_russia *
                          shield_factor(today.setting, today.state);
    const double ukraine = parameters.retaliation_salvo * parameters.stray_rate_ukraine;
    if (happens(uniform_of(salvo[0], salvo[1]), russia)) {
        incidents.push_back(draw_stray(today, Actor::russia, salvo_stray_of_russia, true));
    }
    if (happens(uniform_of(salvo[2], salvo[3]), ukraine)) {
        incidents.push_back(draw_stray(today, Actor::ukraine, salvo_stray_of_ukraine, true));
    }
}

}  // namespace

void draw_posture_incidents(const Setting& setting, const State& state, std::int32_t day,
                            ReplicationId replication, const Draws& draws,
                            std::vector<Incident>& incidents) {
    const Today today{setting, state, day, replication, draws};
    const IncidentParameters& parameters = today.parameters();
    if (state.posture[index_of(Side::russia)] == Posture::probe &&
        happens(draws.uniform(today.address(Purpose::incident_probe, 0)),
                parameters.probe_rate / days_per_month)) {
        incidents.push_back(probe(today));
    }
    if (state.posture[index_of(Side::ukraine)] == Posture::raid &&
        happens(draws.uniform(today.address(Purpose::incident_raid, 0)),
                parameters.raid_rate / days_per_month)) {
        draw_raid(today, incidents);
    }
}

Incident draw_offensive(const Setting& setting, const State& state, Side side, std::int32_t day,
                        ReplicationId replication, const Draws& draws) {
    const Today today{setting, state, day, replication, draws};
    const IncidentParameters& parameters = today.parameters();
    Incident incident{.day = day,
                      .kind = IncidentKind::offensive,
                      .number = static_cast<std::uint32_t>(side),
                      .origin = actor_of(side),
                      .victim = actor_of(opponent_of(side)),
                      .deliberate = true,
                      .place = Place::line};
    const double z = draws.normal(today.address(Purpose::incident_offensive, subject_of(incident)));
    incident.deaths =
        std::floor(parameters.offensive_deaths * exponential(parameters.offensive_deaths_sd * z));
    incident.troops_hit =
        side == Side::russia && has_exposed_troops(setting, state) &&
        today.detail(incident, Detail::whom) < std::min(1.0, today.commitment().exposure);
    return incident;
}

}  // namespace firebreak
