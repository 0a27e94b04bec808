#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "conflict/capitals.hpp"
#include "conflict/cohesion.hpp"
#include "inference/historical_settings.hpp"
#include "inference/sample_luck.hpp"
#include "inference/standing_belief.hpp"

namespace firebreak {
namespace {

constexpr int belief_draws = 200;
constexpr std::uint32_t casts = 16;
constexpr std::array<std::int32_t, 5> days{180, 540, 900, 1260, 1620};

/// Chances that a month without hostility ends in a dispute, a use of force, a war.
struct Onsets {
    double dispute{};
    double force{};
    double war{};
};

Onsets onsets(const Setting& setting, ReplicationId replication, const Draws& draws) {
    State state = opening_state(setting.scenario, Line{});
    state.grievance.fill(ordinary_deaths());
    Onsets sum;
    for (std::uint32_t n = 0; n < casts; ++n) {
        const ReplicationId luck(replication.value() * casts + n);
        const Cast cast = draw_cast(setting.scenario, luck, draws);
        for (const std::int32_t day : days) {
            const Outlook view =
                outlook(setting, cast, state, day, aid(setting, state, day), false);
            const std::array<double, 3> chance =
                posture_chances(Side::russia, setting, state, view);
            sum.dispute += 1.0 - chance[0];
            sum.force += chance[1];
            sum.war += war_chance(Side::russia, setting, cast, state, view);
        }
    }
    return sum;
}

/// Onsets of a kind in two samples of pairs of states.
struct Counts {
    double with_pact{};
    double without{};
    double years_with{};
    double years_without{};
};

Counts counts_of(const Evidence& evidence, std::string_view id, const std::string& kind) {
    return {evidence.sample(id, kind + "_with"), evidence.sample(id, kind + "_without"),
            evidence.sample(id, "years_with"), evidence.sample(id, "years_without")};
}

/// Half an onset is added to both, so that none in a sample is no rate of nil.
double ratio_of(const Counts& counts) {
    return (counts.with_pact + 0.5) / counts.years_with /
           ((counts.without + 0.5) / counts.years_without);
}

/// The ratio in samples as large as the observed ones.
double sampled(const Counts& observed, double ratio, SampleLuck& luck) {
    if (std::isnan(observed.without)) return no_value;
    Counts counts = observed;
    counts.without = luck.poisson(observed.without);
    counts.with_pact =
        luck.poisson(observed.without * ratio * observed.years_with / observed.years_without);
    return ratio_of(counts);
}

double over(double with_pact, double without) { return without > 0.0 ? with_pact / without : 0.0; }

std::vector<double> run(const Worlds& worlds, const Evidence& evidence, ReplicationId replication,
                        const Draws& draws) {
    const Setting member = lay_out_with_belief(worlds.member, 1, belief_draws, draws);
    Scenario unprotected = worlds.unprotected;
    unprotected.horizon = 1;
    Setting alone = lay_out(std::move(unprotected));
    alone.starting_belief = member.starting_belief;
    const Onsets with_pact = onsets(member, replication, draws);
    const Onsets without = onsets(alone, replication, draws);
    const double force = over(with_pact.force, without.force);
    SampleLuck luck(draws, replication, SampleSubject::pacts);
    SampleLuck luck_russia(draws, replication, SampleSubject::pacts_russia);
    const std::string_view all = "pact-rate-ratio";
    return {sampled(counts_of(evidence, all, "disputes"), over(with_pact.dispute, without.dispute),
                    luck),
            sampled(counts_of(evidence, all, "force"), force, luck),
            sampled(counts_of(evidence, all, "wars"), over(with_pact.war, without.war), luck),
            sampled(counts_of(evidence, "pact-rate-ratio-russia", "force"), force, luck_russia)};
}

std::vector<double> observe(const Evidence& evidence) {
    const std::string_view all = "pact-rate-ratio";
    return {ratio_of(counts_of(evidence, all, "disputes")),
            ratio_of(counts_of(evidence, all, "force")), ratio_of(counts_of(evidence, all, "wars")),
            ratio_of(counts_of(evidence, "pact-rate-ratio-russia", "force"))};
}

}  // namespace

Reenactment reenact_pacts() {
    return {
        "pacts", {"dispute_ratio", "force_ratio", "war_ratio", "force_ratio_russia"}, run, observe};
}

}  // namespace firebreak
