#include <cmath>
#include <cstddef>
#include <cstdint>

#include "base/quantity.hpp"
#include "conflict/capitals.hpp"
#include "conflict/incidents.hpp"
#include "inference/examination.hpp"
#include "inference/historical_settings.hpp"
#include "inference/standing_belief.hpp"

namespace firebreak {
namespace {

constexpr int belief_draws = 64;

/// Somebody else reads Russia's chances, and the allies' resolve, after so many years.
constexpr int years_of_a_cast = 10;
constexpr std::uint32_t casts = 16;

/// What so many years of probing brought.
struct Probing {
    double disputes{};  ///< probes of whatever kind in the first `years` asked for
    double on_allies{};
    double consultations{};
    double invocations{};
};

/// Years of probes alone. Disputes are counted in the first `dispute_years`.
Probing play(const Setting& setting, double years, double dispute_years, std::uint32_t first_cast,
             ReplicationId replication, const Draws& draws) {
    Probing found;
    State state = opening_state(setting.scenario, Line{});
    const auto days = static_cast<std::int32_t>(std::lround(years * days_per_year));
    const double dispute_days = dispute_years * days_per_year;
    const auto days_of_a_cast = static_cast<std::int32_t>(years_of_a_cast * days_per_year);
    const auto step = static_cast<std::int32_t>(setting.scenario.parameters.capitals.politics_step);
    ReplicationId luck(replication.value() * casts + first_cast);
    Cast cast = draw_cast(setting.scenario, luck, draws);
    std::vector<Incident> incidents;
    for (std::int32_t day = 0; day < days; ++day) {
        if (day > 0 && day % days_of_a_cast == 0) {
            luck = ReplicationId(luck.value() + 1);
            cast = draw_cast(setting.scenario, luck, draws);
        }
        Posture& posture = state.posture[index_of(Side::russia)];
        if (day % step == 0) {
            const Outlook view = outlook(setting, cast, state, 0, 0.0, false);
            posture = choose_posture(Side::russia, setting, state, view, day, luck, draws);
        }
        if (posture != Posture::probe) continue;
        incidents.clear();
        draw_posture_incidents(setting, state, day, luck, draws, incidents);
        for (Incident& probe : incidents) {
            if (day < dispute_days) found.disputes += 1.0;
            if (probe.place != Place::allied_territory) continue;
            found.on_allies += 1.0;
            const Response response = examine(setting, cast, state, probe, luck, draws).response;
            if (response.level >= ResponseLevel::consult) found.consultations += 1.0;
            if (response.invoked) found.invocations += 1.0;
        }
    }
    return found;
}

/// Hours until the evidence settles on who killed 2,977 people in the United States by an act that
/// could be denied.
double hours_of_2001(const Setting& setting, ReplicationId replication, const Draws& draws) {
    const Incident attack{.kind = IncidentKind::probe,
                          .number = 20,
                          .origin = Actor::russia,
                          .victim = Actor::ally,
                          .deliberate = true,
                          .place = Place::allied_territory,
                          .deaths = 2977.0,
                          .territory = ally_named(setting.scenario.allies, "USA")};
    return examine(setting, draw_cast(setting.scenario, replication, draws),
                   opening_state(setting.scenario, Line{}), attack, replication, draws)
        .judgement.settled_hours;
}

std::vector<double> run(const Worlds& worlds, const Evidence& evidence, ReplicationId replication,
                        const Draws& draws) {
    const double disputes = evidence.sample("disputes-1949-1991", "years");
    const double record = evidence.sample("consultations-1949-2025", "years");
    const Setting member = lay_out_with_belief(worlds.member, 1, belief_draws, draws);
    const double years = std::isnan(record) ? disputes : record;
    const Probing probing =
        std::isnan(years) ? Probing{} : play(member, years, disputes, 0, replication, draws);
    std::vector<double> values{std::isnan(disputes) ? no_value : probing.disputes};
    if (std::isnan(record)) {
        values.insert(values.end(), 4, no_value);
        return values;
    }
    const Setting alone = lay_out_with_belief(worlds.unprotected, 1, belief_draws, draws);
    constexpr std::uint32_t cast_of_sabotage = 12;
    constexpr double years_of_sabotage = 3.0;
    values.insert(
        values.end(),
        {probing.consultations, probing.invocations, hours_of_2001(member, replication, draws),
         play(alone, years_of_sabotage, 0.0, cast_of_sabotage, replication, draws).on_allies});
    return values;
}

}  // namespace

Reenactment reenact_disputes() {
    return {"disputes",
            {"disputes_1949_1991", "consultations_1949_2025", "invocations_1949_2025",
             "determination_hours_2001", "sabotage_2022_2024"},
            run,
            {}};
}

}  // namespace firebreak
