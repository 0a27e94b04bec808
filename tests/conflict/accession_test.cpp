#include "conflict/accession.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "politics_setting.hpp"

namespace firebreak {
namespace {

Scenario scenario_with(double ratification_days, double veto_scale, double veto_lift_days) {
    Scenario scenario = committed_setting().scenario;
    scenario.parameters.accession = {.invitation_days = 30,
                                     .ratification_days = ratification_days,
                                     .veto_scale = veto_scale,
                                     .veto_lift_days = veto_lift_days};
    return scenario;
}

TEST(Ratification, without_vetoes_the_law_is_that_of_a_maximum_of_exponentials) {
    const Scenario scenario = scenario_with(60, 0.0, 700);
    for (const double days : {1.0, 60.0, 200.0}) {
        EXPECT_NEAR(ratified_by(scenario, days), std::pow(1.0 - std::exp(-days / 60.0), 4), 1e-14);
    }
}

TEST(Ratification, nobody_has_ratified_before_it_starts_and_all_have_in_the_end) {
    const Scenario scenario = scenario_with(60, 1.0, 700);
    EXPECT_EQ(ratified_by(scenario, -1.0), 0.0);
    EXPECT_EQ(ratified_by(scenario, 0.0), 0.0);
    EXPECT_NEAR(ratified_by(scenario, 1e6), 1.0, 1e-14);
}

TEST(Ratification, it_takes_no_time_where_no_time_is_needed) {
    const Scenario scenario = scenario_with(0.0, 0.0, 700);
    EXPECT_EQ(ratified_by(scenario, 0.0), 1.0);
    EXPECT_EQ(draw_timetable(scenario, ReplicationId(3), Draws(1)).in_force_after, 30);
}

TEST(Ratification, an_eternal_veto_leaves_the_chance_that_nobody_has_one) {
    const Scenario scenario = scenario_with(1.0, 1.0, 1e12);
    EXPECT_NEAR(ratified_by(scenario, 1000.0), 0.6 * 1.0 * 0.8 * 0.2, 1e-8);
}

TEST(Ratification, one_reluctant_ally_follows_the_sum_of_two_exponentials) {
    Scenario scenario = scenario_with(60, 1.0, 700);
    scenario.allies = {{.iso3 = "HUN", .name = "Hungary", .veto_propensity = 1.0}};
    for (const double days : {1.0, 100.0, 900.0}) {
        const double expected =
            1.0 - (700.0 * std::exp(-days / 700.0) - 60.0 * std::exp(-days / 60.0)) / 640.0;
        EXPECT_NEAR(ratified_by(scenario, days), expected, 1e-14);
    }
}

TEST(Ratification, equal_means_are_no_exception) {
    Scenario scenario = scenario_with(100, 1.0, 100);
    scenario.allies = {{.iso3 = "HUN", .name = "Hungary", .veto_propensity = 1.0}};
    const double gamma = 1.0 - (1.0 + 2.5) * std::exp(-2.5);
    EXPECT_NEAR(ratified_by(scenario, 250.0), gamma, 1e-14);
    for (const double nearly : {100.0 * (1.0 + 1e-12), 100.0 * (1.0 - 1e-7)}) {
        scenario.parameters.accession.veto_lift_days = nearly;
        EXPECT_NEAR(ratified_by(scenario, 250.0), gamma, 1e-6);
    }
}

TEST(Ratification, no_veto_is_more_likely_than_certain) {
    const Scenario scenario = scenario_with(60, 5.0, 700);
    EXPECT_EQ(veto_chance(scenario, scenario.allies[0]), 1.0);
    EXPECT_EQ(veto_chance(scenario, scenario.allies[1]), 0.0);
    EXPECT_EQ(veto_chance(scenario, scenario.allies[2]), 1.0);
}

TEST(Ratification, drawn_timetables_follow_the_closed_form) {
    const Scenario scenario = scenario_with(60, 0.5, 700);
    const Draws draws(17);
    constexpr int samples = 20'000;
    std::vector<int> delays;
    for (std::uint32_t replication = 0; replication < samples; ++replication) {
        const Timetable timetable = draw_timetable(scenario, ReplicationId(replication), draws);
        EXPECT_EQ(timetable.ratifying_after, 30);
        delays.push_back(timetable.in_force_after - timetable.ratifying_after);
    }
    std::ranges::sort(delays);
    // Days are whole, so that the law of the drawn delay is exact at every day. Dvoretzky,
    // Kiefer and Wolfowitz: a gap of 0.019 has a chance of 2 exp(-2 n 0.019^2) = 1e-6.
    for (int day = 1; day < 3000; day += 7) {
        const auto by_then = std::ranges::upper_bound(delays, day) - delays.begin();
        EXPECT_NEAR(static_cast<double>(by_then) / samples, ratified_by(scenario, day), 0.019)
            << "day " << day;
    }
}

TEST(Ratification, the_same_luck_is_never_faster_with_more_vetoes_or_slower_allies) {
    const Draws draws(23);
    for (std::uint32_t replication = 0; replication < 1000; ++replication) {
        const ReplicationId id(replication);
        const auto delay = [&](const Scenario& scenario) {
            return draw_timetable(scenario, id, draws).in_force_after;
        };
        const std::int32_t usual = delay(scenario_with(60, 0.3, 700));
        EXPECT_GE(delay(scenario_with(60, 0.9, 700)), usual);
        EXPECT_GE(delay(scenario_with(120, 0.3, 700)), usual);
        EXPECT_LE(delay(scenario_with(60, 0.0, 700)), usual);
    }
}

TEST(Ratification, an_invitation_takes_whole_days) {
    Scenario scenario = scenario_with(60, 0.3, 700);
    scenario.parameters.accession.invitation_days = 12.2;
    const Timetable timetable = draw_timetable(scenario, ReplicationId(1), Draws(2));
    EXPECT_EQ(timetable.ratifying_after, 13);
    EXPECT_GT(timetable.in_force_after, 13);
}

TEST(Ratification, a_delay_beyond_all_days_stays_a_day) {
    const Scenario scenario = scenario_with(1e18, 0.0, 1.0);
    const Timetable timetable = draw_timetable(scenario, ReplicationId(1), Draws(2));
    EXPECT_LE(timetable.in_force_after, std::numeric_limits<std::int32_t>::max() - 100'000);
    EXPECT_GT(timetable.in_force_after, 100'000);
}

Phase phase_of(Timing timing, std::int32_t day, const State& state = calm_state()) {
    Scenario scenario = committed_setting().scenario;
    scenario.commitment.timing = timing;
    const Cast cast{.timetable = {.ratifying_after = 30, .in_force_after = 200},
                    .activation_day = 45};
    return phase_on(scenario, cast, state, day);
}

TEST(Accession, some_timings_never_move) {
    for (const std::int32_t day : {0, 45, 100'000}) {
        EXPECT_EQ(phase_of(Timing::never, day), Phase::none);
        EXPECT_EQ(phase_of(Timing::promised, day), Phase::promised);
        EXPECT_EQ(phase_of(Timing::immediate, day), Phase::in_force);
    }
}

TEST(Accession, from_the_ceasefire_it_passes_its_phases_on_their_days) {
    EXPECT_EQ(phase_of(Timing::at_ceasefire, 0), Phase::invited);
    EXPECT_EQ(phase_of(Timing::at_ceasefire, 29), Phase::invited);
    EXPECT_EQ(phase_of(Timing::at_ceasefire, 30), Phase::ratifying);
    EXPECT_EQ(phase_of(Timing::at_ceasefire, 199), Phase::ratifying);
    EXPECT_EQ(phase_of(Timing::at_ceasefire, 200), Phase::in_force);
}

TEST(Accession, after_settlement_its_clock_starts_with_the_peace) {
    State state = calm_state();
    EXPECT_EQ(phase_of(Timing::after_settlement, 5000, state), Phase::promised);
    state.settled_day = 400;
    EXPECT_EQ(phase_of(Timing::after_settlement, 400, state), Phase::invited);
    EXPECT_EQ(phase_of(Timing::after_settlement, 430, state), Phase::ratifying);
    EXPECT_EQ(phase_of(Timing::after_settlement, 599, state), Phase::ratifying);
    EXPECT_EQ(phase_of(Timing::after_settlement, 600, state), Phase::in_force);
}

TEST(Accession, a_pledge_is_in_force_from_its_activation) {
    EXPECT_EQ(phase_of(Timing::activation, 44), Phase::none);
    EXPECT_EQ(phase_of(Timing::activation, 45), Phase::in_force);
}

TEST(Accession, only_one_that_follows_peace_waits_for_it) {
    Scenario scenario = committed_setting().scenario;
    State state = calm_state();
    EXPECT_FALSE(accession_waits_for_peace(scenario, state));
    scenario.commitment.timing = Timing::after_settlement;
    EXPECT_TRUE(accession_waits_for_peace(scenario, state));
    state.settled_day = 12;
    EXPECT_FALSE(accession_waits_for_peace(scenario, state));
}

}  // namespace
}  // namespace firebreak
