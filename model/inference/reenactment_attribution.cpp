#include "conflict/attribution.hpp"
#include "inference/examination.hpp"
#include "inference/historical_settings.hpp"

namespace firebreak {
namespace {

constexpr double hours_of_34_days = 34 * 24.0;

/// An incident on the territory of an ally; `number` keeps the luck of the cases apart.
Incident on_territory(const Allies& allies, std::string_view iso3, IncidentKind kind, Actor origin,
                      std::uint32_t number) {
    return {.kind = kind,
            .number = number,
            .origin = origin,
            .victim = Actor::ally,
            .deliberate = kind == IncidentKind::probe,
            .place = Place::allied_territory,
            .territory = ally_named(allies, iso3)};
}

double flag(bool holds) { return holds ? 1.0 : 0.0; }

double consultation(const Examination& examination) {
    return flag(examination.response.level >= ResponseLevel::consult);
}

std::vector<double> run(const Worlds& worlds, const Evidence&, ReplicationId replication,
                        const Draws& draws) {
    Scenario scenario = worlds.unprotected;
    scenario.horizon = 1;
    const Setting setting = lay_out(std::move(scenario));
    const Allies& allies = setting.scenario.allies;
    const Cast cast = draw_cast(setting.scenario, replication, draws);
    const State state;
    const auto looked_into = [&](const Incident& incident) {
        return examine(setting, cast, state, incident, replication, draws);
    };

    Incident przewodow = on_territory(allies, "POL", IncidentKind::war_stray, Actor::ukraine, 10);
    przewodow.deaths = 2.0;
    const Examination poland_2022 = looked_into(przewodow);
    const double opening = opening_log_odds(setting.scenario.parameters.investigation, przewodow,
                                            poland_2022.judgement.claim_ukraine_blames_russia);
    const Examination poland_2025 =
        looked_into(on_territory(allies, "POL", IncidentKind::probe, Actor::russia, 11));
    const Examination estonia =
        looked_into(on_territory(allies, "EST", IncidentKind::probe, Actor::russia, 12));
    const Examination zagreb =
        looked_into(on_territory(allies, "HRV", IncidentKind::war_stray, Actor::ukraine, 13));
    return {
        poland_2022.judgement.truth_hours,
        flag(opening > 0.0),
        consultation(poland_2022),
        consultation(poland_2025),
        poland_2025.judgement.decided_hours,
        consultation(estonia),
        estonia.judgement.decided_hours,
        consultation(zagreb),
        flag(zagreb.judgement.settled_hours <= hours_of_34_days),
    };
}

}  // namespace

Reenactment reenact_attribution() {
    return {"attribution",
            {"przewodow_hours", "przewodow_wrong_first", "przewodow_consultation",
             "poland_consultation", "poland_hours", "estonia_consultation", "estonia_hours",
             "zagreb_consultation", "zagreb_attributed"},
            run,
            {}};
}

}  // namespace firebreak
