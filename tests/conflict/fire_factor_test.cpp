#include "conflict/fire_factor.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "scenario_builder.hpp"

namespace firebreak {
namespace {

LineOfContact usual_line() { return status_quo_scenario().parameters.line; }

/// Russia will strike on `start_day`.
State planned_by_russia(std::int32_t start_day) {
    State state = state_of_ceasefire(false);
    state.posture[index_of(Side::russia)] = Posture::harass;
    state.planned = PlannedOffensive{Side::russia, start_day};
    return state;
}

TEST(Preparation, without_a_plan_fire_is_posture_times_calm) {
    const LineOfContact line = usual_line();
    State state = state_of_ceasefire(false);
    EXPECT_EQ(fire_factor(line, state, Side::russia, 0.4, 7), 0.4);
    state.posture[index_of(Side::russia)] = Posture::harass;
    EXPECT_EQ(fire_factor(line, state, Side::russia, 0.4, 7), 0.4 * 2.5);
    EXPECT_EQ(fire_factor(line, state, Side::ukraine, 0.4, 7), 0.4);
}

TEST(Preparation, leaves_the_other_side_and_the_days_before_alone) {
    const LineOfContact line = usual_line();
    const State state = planned_by_russia(100);
    for (std::int32_t day = 70; day < 100; ++day) {
        EXPECT_EQ(fire_factor(line, state, Side::ukraine, 0.4, day), 0.4);
    }
    for (std::int32_t day = 70; day < 95; ++day) {
        EXPECT_EQ(fire_factor(line, state, Side::russia, 0.4, day), 0.4 * 2.5);
    }
}

TEST(Preparation, reaches_its_posture_on_the_day_before_whatever_the_calm) {
    const LineOfContact line = usual_line();
    const State state = planned_by_russia(100);
    for (const double calm : {0.05, 0.4, 1.0}) {
        EXPECT_NEAR(fire_factor(line, state, Side::russia, calm, 99), 10.0, 1e-13);
    }
}

TEST(Preparation, grows_by_the_same_factor_each_day) {
    const LineOfContact line = usual_line();
    const State state = planned_by_russia(100);
    // From 0.4 x 2.5 = 1 to 10 in five days: a fifth of a decade a day.
    for (std::int32_t day = 95; day < 100; ++day) {
        EXPECT_NEAR(fire_factor(line, state, Side::russia, 0.4, day),
                    std::pow(10.0, (day - 94) / 5.0), 1e-12);
    }
}

TEST(Preparation, of_no_more_than_harassment_changes_nothing) {
    LineOfContact line = usual_line();
    for (const double posture : {0.0, 1.0, 2.5}) {
        line.preparation_posture = posture;
        for (std::int32_t left = 1; left < 10; ++left) {
            EXPECT_EQ(preparation_factor(line, 2.5, left), 2.5) << posture << " " << left;
        }
    }
}

TEST(Preparation, of_one_day_is_that_day_alone) {
    LineOfContact line = usual_line();
    line.preparation_days = 1;
    EXPECT_NEAR(preparation_factor(line, 2.5, 1), 10.0, 1e-13);
    EXPECT_EQ(preparation_factor(line, 2.5, 2), 2.5);
}

TEST(Preparation, never_falls_as_the_day_comes_nearer_or_the_posture_is_greater) {
    LineOfContact line = usual_line();
    for (const double days : {1.0, 2.0, 4.5, 14.0}) {
        line.preparation_days = days;
        double nearer = 0.0;
        for (std::int32_t left = 20; left >= 1; --left) {
            line.preparation_posture = 10.0;
            const double factor = preparation_factor(line, 0.3, left);
            EXPECT_GE(factor, nearer);
            nearer = factor;
            line.preparation_posture = 20.0;
            EXPECT_GE(preparation_factor(line, 0.3, left), factor);
        }
        EXPECT_NEAR(nearer, 10.0, 1e-13);
    }
}

/// Factor of the troops of a coalition at the line, changed by `change`.
template <class Change>
double enforced(bool in_force, Change change) {
    Scenario scenario = tripwire_scenario();
    change(scenario);
    return enforcement_factor(lay_out(scenario), state_of_ceasefire(in_force));
}

constexpr auto as_it_is = [](Scenario&) {};

TEST(Enforcement, needs_troops_that_are_there_and_prevent_fire) {
    EXPECT_EQ(enforced(false, as_it_is), 1.0);
    EXPECT_EQ(enforced(true, [](Scenario& s) { s.commitment.exposure = 0.0; }), 1.0);
    EXPECT_EQ(enforced(true, [](Scenario& s) { s.parameters.line.enforcement = 0.0; }), 1.0);
    EXPECT_EQ(enforced(true, [](Scenario& s) { s.parameters.capitals.escalation_dominance = 1.0; }),
              1.0);
    EXPECT_EQ(enforcement_factor(lay_out(treaty_scenario()), state_of_ceasefire(true)), 1.0);
}

TEST(Enforcement, a_worked_example) {
    // A third of the line, 0.3 of the fire, 0.7 of it against Russia's lead in escalation.
    EXPECT_NEAR(enforced(true, as_it_is), 1.0 - 0.3 * (8.0 / 24.0) * 0.7, 1e-15);
}

TEST(Enforcement, everywhere_and_complete_leaves_no_fire) {
    const auto complete = [](Scenario& s) {
        s.parameters.line.enforcement = 1.0;
        s.parameters.capitals.escalation_dominance = 0.0;
        s.commitment.troop_sectors = {};
    };
    EXPECT_EQ(enforced(true, complete), 0.0);
    EXPECT_EQ(enforced(true,
                       [&](Scenario& s) {
                           complete(s);
                           s.commitment.exposure = 1.5;
                       }),
              0.0);
}

TEST(Enforcement, prevents_less_the_more_russia_leads_in_escalation) {
    double before = 0.0;
    for (const double dominance : {0.0, 0.3, 0.6, 0.9}) {
        const double factor = enforced(
            true, [&](Scenario& s) { s.parameters.capitals.escalation_dominance = dominance; });
        EXPECT_GT(factor, before);
        before = factor;
    }
}

}  // namespace
}  // namespace firebreak
