#include "conflict/toll.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "conflict/setting.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

Scenario shielded(double intercept_share) {
    Scenario scenario = treaty_scenario();
    scenario.commitment.air_shield = 1.0;
    scenario.parameters.incidents.shield_intercept_share = intercept_share;
    return scenario;
}

Episode retaliation() {
    Episode episode;
    episode.incident = fire_on_the_line(Side::russia, true, 3.0);
    episode.incident.kind = IncidentKind::retaliation;
    episode.incident.place = Place::ukrainian_rear;
    return episode;
}

/// The toll of `days` days on which each side fires `fire`, at one calm.
Toll toll_of_days(const Scenario& scenario, int days, std::int32_t fire, double calm) {
    State state = state_of_ceasefire(false);
    for (int day = 0; day < days; ++day) {
        end_day(state, {1.0, 0.1}, {fire, fire}, calm_effects(scenario.parameters, calm));
    }
    return toll_of(scenario, state);
}

TEST(Toll, of_a_silent_line_is_nothing) {
    const Toll toll = toll_of_days(status_quo_scenario(), 50, 0, 0.15);
    EXPECT_EQ(toll.civilian_casualties, 0.0);
    EXPECT_EQ(toll.soldiers_killed, 0.0);
    EXPECT_EQ(toll.heavy_violations, 0.0);
}

TEST(Toll, where_no_restraint_is_left_is_so_much_a_violation) {
    const Toll toll = toll_of_days(status_quo_scenario(), 50, 40, 1.0);
    EXPECT_NEAR(toll.civilian_casualties, 1.2e-3 * 4000, 1e-12);
    EXPECT_NEAR(toll.soldiers_killed, 3e-4 * 4000, 1e-12);
    EXPECT_NEAR(toll.heavy_violations, 0.083 * 4000, 1e-9);
}

TEST(Toll, of_a_truce_is_deadlier_and_less_heavy_a_violation) {
    const Toll truce = toll_of_days(status_quo_scenario(), 50, 40, 0.15);
    // Calm 0.15 to the powers -1/4 and 0.3; the factors are single precision.
    EXPECT_NEAR(truce.civilian_casualties, 4.8 * std::pow(0.15, -0.25), 1e-5);
    EXPECT_NEAR(truce.soldiers_killed, 1.2 * std::pow(0.15, -0.25), 1e-5);
    EXPECT_NEAR(truce.heavy_violations, 332.0 * std::pow(0.15, 0.3), 1e-3);
}

TEST(Toll, grows_with_every_violation) {
    double before = 0.0;
    for (const std::int32_t fire : {1, 10, 100}) {
        const double casualties =
            toll_of_days(status_quo_scenario(), 5, fire, 0.4).civilian_casualties;
        EXPECT_GT(casualties, before);
        before = casualties;
    }
}

TEST(Toll, counts_the_salvo_of_a_retaliation_and_of_nothing_else) {
    const Scenario scenario = status_quo_scenario();
    State state = state_of_ceasefire(false);
    apply(state, scenario, 10, retaliation());
    EXPECT_NEAR(toll_of(scenario, state).civilian_casualties, 5.0, 1e-15);
    apply(state, scenario, 11, retaliation());
    EXPECT_NEAR(toll_of(scenario, state).civilian_casualties, 10.0, 1e-15);
    Episode raid = retaliation();
    raid.incident.kind = IncidentKind::raid;
    apply(state, scenario, 12, raid);
    EXPECT_NEAR(toll_of(scenario, state).civilian_casualties, 10.0, 1e-15);
}

TEST(Salvo, kills_in_proportion_to_its_size) {
    Scenario scenario = status_quo_scenario();
    for (const double size : {0.0, 10000.0, 60000.0}) {
        scenario.parameters.incidents.retaliation_salvo = size;
        EXPECT_NEAR(salvo_deaths(scenario, false), 5.0 * size / 20000.0, 1e-15);
    }
}

TEST(Salvo, meets_a_shield_only_once_it_is_active) {
    EXPECT_EQ(salvo_deaths(shielded(0.5), false), 5.0);
    EXPECT_EQ(salvo_deaths(shielded(0.5), true), 2.5);
    EXPECT_EQ(salvo_deaths(treaty_scenario(), true), 5.0);
}

TEST(Salvo, kills_nobody_behind_a_perfect_shield_and_all_behind_none) {
    EXPECT_EQ(salvo_deaths(shielded(1.0), true), 0.0);
    EXPECT_EQ(salvo_deaths(shielded(0.0), true), 5.0);
}

TEST(Salvo, kills_fewer_the_more_the_shield_stops) {
    double before = 6.0;
    for (const double share : {0.1, 0.5, 0.9}) {
        EXPECT_LT(salvo_deaths(shielded(share), true), before);
        before = salvo_deaths(shielded(share), true);
    }
}

}  // namespace
}  // namespace firebreak
