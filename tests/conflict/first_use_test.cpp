// Fixed seeds; statistical claims allow 4.5 standard errors and fail by chance once in 150,000
// comparisons, of which there are fewer than 10.
#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include "conflict/expectation.hpp"
#include "conflict/response.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

const Draws draws(1948);
const State in_force = state_of_ceasefire(true);

Scenario with_clause(Scenario scenario, double exclusion, double accuracy) {
    scenario.commitment.first_use_exclusion = exclusion;
    scenario.parameters.investigation.first_use_accuracy = accuracy;
    return scenario;
}

/// A strike of Russia's on the rear, in answer to a raid.
Incident strike_after_raid() {
    Incident strike = fire_on_the_line(Side::russia, true, 100.0);
    strike.kind = IncidentKind::retaliation;
    strike.place = Place::ukrainian_rear;
    strike.sector.reset();
    strike.after_raid = true;
    return strike;
}

Response answer(const Scenario& scenario, const Incident& incident, std::uint32_t replication) {
    const Setting setting = lay_out(scenario);
    Cast cast;
    cast.resolve.assign(scenario.allies.size(), 0.0);
    Judgement judgement;
    judgement.probability_russia = 0.98;
    return respond(setting, cast, in_force, incident, judgement, ReplicationId(replication), draws);
}

TEST(FirstUse, is_ukraines_if_it_raided_or_fired_on_purpose) {
    EXPECT_TRUE(did_ukraine_fire_first(strike_after_raid()));
    EXPECT_TRUE(did_ukraine_fire_first(fire_on_the_line(Side::ukraine, true, 1.0)));
    EXPECT_TRUE(did_ukraine_fire_first(offensive_by(Side::ukraine, 100.0)));
    EXPECT_FALSE(did_ukraine_fire_first(fire_on_the_line(Side::ukraine, false, 1.0)));
    EXPECT_FALSE(did_ukraine_fire_first(fire_on_the_line(Side::russia, true, 1.0)));
    EXPECT_FALSE(did_ukraine_fire_first(offensive_by(Side::russia, 100.0)));
}

TEST(FirstUse, is_not_asked_for_without_a_clause_and_no_accuracy_of_it_matters) {
    for (std::uint32_t n = 0; n < 300; ++n) {
        const Response plain =
            answer(with_clause(treaty_scenario(), 0.0, 0.0), strike_after_raid(), n);
        const Response other =
            answer(with_clause(treaty_scenario(), 0.0, 1.0), strike_after_raid(), n);
        EXPECT_FALSE(plain.held_ukraine_first);
        EXPECT_EQ(plain.level, other.level);
        EXPECT_EQ(plain.invoked, other.invoked);
        EXPECT_TRUE(plain.truly_triggered);
    }
}

TEST(FirstUse, judged_without_error_it_voids_the_duty_after_a_raid_and_leaves_all_else) {
    const Scenario strict = with_clause(treaty_scenario(), 1.0, 1.0);
    for (std::uint32_t n = 0; n < 300; ++n) {
        const Response void_duty = answer(strict, strike_after_raid(), n);
        EXPECT_TRUE(void_duty.held_ukraine_first.value());
        EXPECT_FALSE(void_duty.obligation_in_force);
        EXPECT_FALSE(void_duty.invoked);
        EXPECT_FALSE(void_duty.truly_triggered);
        const Response kept = answer(strict, offensive_by(Side::russia, 2000.0), n);
        const Response plain = answer(treaty_scenario(), offensive_by(Side::russia, 2000.0), n);
        EXPECT_FALSE(kept.held_ukraine_first.value());
        EXPECT_EQ(kept.level, plain.level);
        EXPECT_EQ(kept.invoked, plain.invoked);
    }
}

TEST(FirstUse, judged_always_wrongly_it_gives_an_offensive_a_pretext_and_its_target_a_broken_word) {
    const Scenario wrong = with_clause(treaty_scenario(), 1.0, 0.0);
    const Response response = answer(wrong, offensive_by(Side::russia, 2000.0), 1);
    EXPECT_TRUE(response.held_ukraine_first.value());
    EXPECT_FALSE(response.invoked);
    EXPECT_TRUE(response.truly_triggered);
    EXPECT_FALSE(answer(wrong, strike_after_raid(), 1).held_ukraine_first.value());
}

TEST(FirstUse, does_not_touch_what_the_allies_owe_each_other) {
    const Scenario strict = with_clause(treaty_scenario(), 1.0, 0.0);
    Incident stray = stray_in_poland(Actor::russia, 100.0);
    stray.after_raid = true;
    const Response response = answer(strict, stray, 1);
    EXPECT_FALSE(response.held_ukraine_first);
    EXPECT_TRUE(response.obligation_in_force);
}

TEST(FirstUse, is_judged_rightly_as_often_as_stated) {
    constexpr std::uint32_t count = 4000;
    const Scenario scenario = with_clause(treaty_scenario(), 0.5, 0.7);
    int right = 0;
    for (std::uint32_t n = 0; n < count; ++n) {
        right += *answer(scenario, strike_after_raid(), n).held_ukraine_first ? 1 : 0;
    }
    EXPECT_NEAR(right, 0.7 * count, 4.5 * std::sqrt(0.21 * count));
}

TEST(FirstUse, a_greater_exclusion_never_raises_the_answer) {
    for (std::uint32_t n = 0; n < 300; ++n) {
        ResponseLevel last = ResponseLevel::general_force;
        for (const double exclusion : {0.0, 0.3, 0.7, 1.0}) {
            const ResponseLevel now =
                answer(with_clause(tripwire_scenario(), exclusion, 0.6), strike_after_raid(), n)
                    .level;
            EXPECT_LE(now, last);
            last = now;
        }
    }
}

/// A single ally leads, whose choice is an ordered logit.
Scenario lead_nation() {
    Scenario scenario = tripwire_scenario();
    scenario.commitment.rule = ResponseRule::lead_nation;
    scenario.commitment.exposure = 0.0;
    scenario.commitment.obligation = 0.4;
    scenario.parameters.response.gravity_sd = 0.0;
    scenario.parameters.response.peer_weight = 0.0;
    scenario.parameters.response.resolve_spread = 0.0;
    scenario.parameters.incidents.offensive_deaths_sd = 0.0;
    return scenario;
}

double belief(Scenario scenario, double count) {
    scenario.parameters.response.belief_draws = count;
    return estimate_starting_belief(lay_out(std::move(scenario)), draws).table[1][0];
}

TEST(FirstUse, lowers_the_starting_belief_to_a_mixture_of_duty_and_what_is_left_of_it) {
    Scenario scenario = lead_nation();
    const ResponseParameters& p = scenario.parameters.response;
    const Ally& lead = scenario.allies[scenario.commitment.protectors.front().value()];
    const auto force = [&](double obligation) {
        const double propensity =
            0.98 * (p.severity_weight * std::log1p(2000.0) + p.obligation_weight * obligation +
                    p.stake_weight * lead.stake) +
            lead.resolve_offset;
        return chance_of_level(p, propensity, p.nuclear_aversion * lead.nuclear_aversion,
                               ResponseLevel::limited_force);
    };
    constexpr double count = 20'000;
    for (const double accuracy : {0.5, 0.8, 1.0}) {
        const double exact = accuracy * force(0.4) + (1.0 - accuracy) * force(0.4 * 0.3);
        EXPECT_NEAR(belief(with_clause(scenario, 0.7, accuracy), count), exact,
                    4.5 * std::sqrt(exact * (1.0 - exact) / count) + 1e-4)
            << accuracy;
    }
}

TEST(FirstUse, the_starting_belief_falls_with_the_exclusion_and_rises_with_the_accuracy) {
    const auto at = [](double exclusion, double accuracy) {
        return belief(with_clause(treaty_scenario(), exclusion, accuracy), 2000);
    };
    EXPECT_EQ(at(0.0, 0.5), at(0.0, 0.9));
    EXPECT_EQ(at(1.0, 1.0), at(0.0, 1.0));
    EXPECT_GT(at(0.0, 0.8), at(0.5, 0.8));
    EXPECT_GT(at(0.5, 0.8), at(1.0, 0.8));
    EXPECT_GT(at(1.0, 0.9), at(1.0, 0.6));
}

}  // namespace
}  // namespace firebreak
