#include "conflict/settlement.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "politics_setting.hpp"

namespace firebreak {
namespace {

State loud_state() {
    State state = calm_state();
    state.recent_violations = 800;
    return state;
}

TEST(Settlement, where_nothing_is_in_force_and_the_line_is_loud_only_leverage_counts) {
    const Setting setting = politics_setting();
    EXPECT_NEAR(settlement_hazard(setting, loud_state()), 0.002 * std::exp(0.5 * 0.3), 1e-16);
}

TEST(Settlement, a_worked_example_in_force) {
    const Setting setting = committed_setting();
    State state = calm_state();
    state.in_force = true;
    state.recent_violations = 200;
    // leverage is spent, three quarters of calm, all land held
    EXPECT_NEAR(settlement_hazard(setting, state), 0.002 * std::exp(0.75 - 0.5), 1e-16);
}

TEST(Settlement, conditions_on_aid_beyond_todays_count_by_their_effect) {
    Setting setting = politics_setting();
    Commitment& commitment = setting.scenario.commitment;
    const auto at = [&](double factor, double effect) {
        commitment.conditionality_factor = factor;
        setting.scenario.parameters.settlement.conditionality_effect = effect;
        return settlement_hazard(setting, loud_state());
    };
    const double plain = at(1.0, 0.0);
    EXPECT_EQ(at(1.0, 2.0), plain);
    EXPECT_EQ(at(1.5, 0.0), plain);
    EXPECT_NEAR(at(1.5, 0.6), plain * std::exp(0.3), 1e-16);
    EXPECT_GT(at(2.0, 0.6), at(1.5, 0.6));
    EXPECT_LT(at(2.0, -0.6), plain);
}

TEST(Settlement, more_violations_than_the_reference_make_no_difference) {
    const Setting setting = politics_setting();
    State louder = loud_state();
    louder.recent_violations = 5000;
    EXPECT_EQ(settlement_hazard(setting, louder), settlement_hazard(setting, loud_state()));
}

TEST(Settlement, a_quieter_line_brings_peace_nearer) {
    const Setting setting = politics_setting();
    State state = calm_state();
    double previous = 1.0;
    for (const double violations : {0.0, 100.0, 400.0, 799.0}) {
        state.recent_violations = violations;
        const double hazard = settlement_hazard(setting, state);
        EXPECT_LT(hazard, previous);
        previous = hazard;
    }
}

TEST(Settlement, there_is_one_peace_and_none_during_war) {
    const Setting setting = politics_setting();
    State settled = calm_state();
    settled.settled_day = 0;
    EXPECT_EQ(settlement_chance(setting, settled), 0.0);
    State war = calm_state();
    war.at_war = true;
    EXPECT_EQ(settlement_chance(setting, war), 0.0);
}

TEST(Settlement, without_a_hazard_there_is_never_peace) {
    Setting setting = politics_setting();
    setting.scenario.parameters.settlement.hazard = 0.0;
    EXPECT_EQ(settlement_chance(setting, calm_state()), 0.0);
}

TEST(Settlement, the_quiet_of_the_first_day_counts_from_the_first_day) {
    Setting setting = politics_setting();
    const auto opening_quiet = [&](double restraint) {
        setting.scenario.parameters.line.initial_restraint = restraint;
        return opening_state(setting.scenario, Line{}).recent_violations;
    };
    EXPECT_EQ(opening_quiet(0.0), 0.0);
    EXPECT_EQ(opening_quiet(1.0), 800.0);
    EXPECT_NEAR(opening_quiet(0.15), 120.0, 1e-12);
    const State opening = opening_state(setting.scenario, Line{});
    EXPECT_NEAR(settlement_hazard(setting, opening), 0.002 * std::exp(0.5 * 0.3 + 0.85), 1e-16);
}

TEST(Settlement, halving_the_politics_step_changes_nothing) {
    Setting setting = politics_setting();
    const double whole = settlement_chance(setting, calm_state());
    EXPECT_NEAR(whole, 1.0 - std::exp(-settlement_hazard(setting, calm_state())), 1e-15);
    setting.scenario.parameters.capitals.politics_step = 15;
    const double half = settlement_chance(setting, calm_state());
    EXPECT_NEAR(1.0 - (1.0 - half) * (1.0 - half), whole, 1e-15);
}

}  // namespace
}  // namespace firebreak
