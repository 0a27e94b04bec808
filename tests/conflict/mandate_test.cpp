#include <cmath>

#include <gtest/gtest.h>

#include "conflict/response.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

// Who decides, under which duty, and the chances of one ally: no draws.

TEST(Mandate, ordered_logit_has_its_middle_at_the_cut) {
    const ResponseParameters p = status_quo_scenario().parameters.response;
    EXPECT_EQ(chance_of_level(p, -50.0, 1.0, ResponseLevel::none), 1.0);
    EXPECT_DOUBLE_EQ(chance_of_level(p, p.cut_consult, 1.0, ResponseLevel::consult), 0.5);
    EXPECT_DOUBLE_EQ(
        chance_of_level(p, p.cut_limited_force + 1.3, 1.3, ResponseLevel::limited_force), 0.5);
    // One error scale above the cut: 1 / (1 + 1/e).
    EXPECT_NEAR(
        chance_of_level(p, p.cut_reinforce + p.own_error_scale, 0.0, ResponseLevel::reinforce),
        1.0 / (1.0 + std::exp(-1.0)), 1e-12);
    ResponseParameters certain = p;
    certain.own_error_scale = 0.0;
    EXPECT_EQ(chance_of_level(certain, p.cut_reinforce, 0.0, ResponseLevel::reinforce), 1.0);
    EXPECT_EQ(chance_of_level(certain, p.cut_reinforce - 1e-9, 0.0, ResponseLevel::reinforce), 0.0);
}

TEST(Mandate, allied_territory_is_defended_by_all_in_every_regime) {
    for (const Scenario& scenario :
         {status_quo_scenario(), treaty_scenario(), tripwire_scenario()}) {
        const Setting setting = lay_out(scenario);
        for (const bool in_force : {false, true}) {
            const Mandate mandate = mandate_for(setting, state_of_ceasefire(in_force),
                                                stray_in_poland(Actor::russia, 2.0));
            EXPECT_EQ(mandate.deciding, &setting.everybody);
            EXPECT_EQ(mandate.rule, ResponseRule::consensus);
            EXPECT_EQ(mandate.obligation, 1.0);
            EXPECT_TRUE(mandate.obligation_in_force);
        }
    }
}

TEST(Mandate, who_decides_in_ukraine_depends_on_what_is_in_force) {
    const Setting setting = lay_out(tripwire_scenario());
    const Incident line = fire_on_the_line(Side::russia, true, 40.0);
    const Mandate before = mandate_for(setting, state_of_ceasefire(false), line);
    EXPECT_EQ(before.deciding, &setting.everybody);
    EXPECT_EQ(before.rule, ResponseRule::coalition);
    EXPECT_EQ(before.obligation, 0.0);
    EXPECT_FALSE(before.obligation_in_force);
    const Mandate after = mandate_for(setting, state_of_ceasefire(true), line);
    EXPECT_EQ(after.deciding, &setting.protectors);
    EXPECT_DOUBLE_EQ(after.obligation, 0.5 * 0.7);
    EXPECT_DOUBLE_EQ(
        mandate_for(setting, state_of_ceasefire(true), offensive_by(Side::russia, 1)).obligation,
        0.5);
}

TEST(Mandate, scope_is_a_mask_over_sectors_and_places) {
    Scenario scenario = treaty_scenario();
    scenario.commitment.covered_sectors = {0, 1, 2};
    scenario.commitment.rear_weight = 0.4;
    const Setting setting = lay_out(scenario);
    const State state = state_of_ceasefire(true);
    Incident incident = fire_on_the_line(Side::russia, true, 40.0);
    EXPECT_FALSE(mandate_for(setting, state, incident).obligation_in_force);
    incident.sector = SectorId(2);
    EXPECT_DOUBLE_EQ(mandate_for(setting, state, incident).obligation, 1.0);
    incident.place = Place::ukrainian_rear;
    EXPECT_DOUBLE_EQ(mandate_for(setting, state, incident).obligation, 0.4);
    incident.place = Place::russian_territory;
    EXPECT_FALSE(mandate_for(setting, state, incident).obligation_in_force);
}

TEST(Mandate, the_trigger_asks_for_culprit_victim_and_size) {
    const Setting setting = lay_out(treaty_scenario());
    const double threshold = setting.scenario.parameters.response.trigger_deaths;
    EXPECT_TRUE(is_triggered(setting, fire_on_the_line(Side::russia, true, threshold), true));
    EXPECT_FALSE(is_triggered(setting, fire_on_the_line(Side::russia, true, threshold - 1), true));
    EXPECT_FALSE(is_triggered(setting, fire_on_the_line(Side::russia, true, threshold), false));
    EXPECT_FALSE(is_triggered(setting, fire_on_the_line(Side::ukraine, true, threshold), true));
    EXPECT_TRUE(is_triggered(setting, offensive_by(Side::russia, 0.0), true));
}

TEST(Mandate, the_discount_for_an_accident_fades_with_the_deaths) {
    ResponseParameters p = status_quo_scenario().parameters.response;
    const Incident small = stray_in_poland(Actor::russia, 0.0);
    EXPECT_NEAR(perceived_intent(p, small, -50.0), p.accidental_discount, 1e-12);
    EXPECT_NEAR(perceived_intent(p, small, 50.0), p.deliberate_discount, 1e-12);
    double before = 0.0;
    for (const double deaths : {0.0, 1.0, 10.0, 100.0, 1e4}) {
        const double intent = perceived_intent(p, stray_in_poland(Actor::russia, deaths), -1.0);
        EXPECT_GT(intent, before);
        EXPECT_LE(intent, 1.0);
        before = intent;
    }
    EXPECT_EQ(perceived_intent(p, offensive_by(Side::russia, 10.0), -50.0), 1.0);
    p.discount_fading = 0.0;
    EXPECT_NEAR(perceived_intent(p, stray_in_poland(Actor::russia, 300.0), -50.0),
                p.accidental_discount, 1e-12);
}

TEST(Mandate, veto_habits_and_adverse_politics_make_hold_outs_stubborn) {
    Scenario scenario = treaty_scenario();
    scenario.parameters.response.silence = 0.8;
    scenario.parameters.accession.veto_scale = 0.5;
    scenario.parameters.cohesion.adverse_loss = 1.5;
    const AllyId lithuania(21);
    const AllyId hungary(18);
    EXPECT_DOUBLE_EQ(chance_of_giving_way(scenario, lithuania, false), 0.8);
    EXPECT_DOUBLE_EQ(chance_of_giving_way(scenario, hungary, false), 0.8 * 0.7);
    // Odds of 4 divided by e^1.5.
    const double odds = 4.0 * std::exp(-1.5);
    EXPECT_NEAR(chance_of_giving_way(scenario, lithuania, true), odds / (1.0 + odds), 1e-12);
    scenario.parameters.response.silence = 0.0;
    EXPECT_EQ(chance_of_giving_way(scenario, lithuania, true), 0.0);
    scenario.parameters.response.silence = 1.0;
    EXPECT_EQ(chance_of_giving_way(scenario, lithuania, true), 1.0);
}

}  // namespace
}  // namespace firebreak
