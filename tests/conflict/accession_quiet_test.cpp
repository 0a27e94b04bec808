#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include "conflict/accession.hpp"
#include "conflict/course.hpp"
#include "politics_setting.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

/// A membership that waits for `quiet_days`; from there it takes 30 and 200 days.
Scenario waiting_for(double quiet_days) {
    Scenario scenario = committed_setting().scenario;
    scenario.commitment.timing = Timing::after_quiet;
    scenario.parameters.accession.quiet_days = quiet_days;
    return scenario;
}

const Cast timetabled{.timetable = {.ratifying_after = 30, .in_force_after = 200}};

Episode incident_on(std::int32_t day) {
    Episode episode;
    episode.incident = fire_on_the_line(Side::russia, true, 1.0);
    episode.incident.day = day;
    return episode;
}

/// First day on which the phase is beyond promised, if incidents fall on `days` in `scenario`.
std::int32_t invited_on(const Scenario& scenario, const std::vector<std::int32_t>& days) {
    State state = opening_state(scenario, Line{});
    EXPECT_EQ(state.phase, Phase::promised);
    for (std::int32_t day = 0; day < 1000; ++day) {
        const Phase phase = phase_on(scenario, timetabled, state, day);
        if (phase != state.phase) {
            apply(state, scenario, day, PhaseChange{phase});
            return day;
        }
        for (const std::int32_t incident : days) {
            if (incident == day) apply(state, scenario, day, incident_on(day));
        }
    }
    return FirstDays::never;
}

TEST(Quiet, of_no_days_starts_accession_at_the_ceasefire) {
    EXPECT_EQ(invited_on(waiting_for(0), {}), 0);
}

TEST(Quiet, without_incidents_is_reached_after_its_days) {
    EXPECT_EQ(invited_on(waiting_for(60), {}), 60);
    EXPECT_EQ(invited_on(waiting_for(59.5), {}), 60);
}

TEST(Quiet, starts_anew_after_every_incident) {
    EXPECT_EQ(invited_on(waiting_for(60), {0}), 61);
    EXPECT_EQ(invited_on(waiting_for(60), {10, 59, 59}), 120);
    EXPECT_EQ(invited_on(waiting_for(60), {10, 71}), 71);
    EXPECT_EQ(invited_on(waiting_for(60), {60}), 60);
}

TEST(Quiet, that_is_broken_often_enough_is_never_reached) {
    std::vector<std::int32_t> days;
    for (std::int32_t day = 0; day < 1000; day += 50) days.push_back(day);
    EXPECT_EQ(invited_on(waiting_for(60), days), FirstDays::never);
}

TEST(Quiet, is_broken_by_the_days_of_a_crisis) {
    const Scenario scenario = waiting_for(60);
    State state = opening_state(scenario, Line{});
    Episode episode = incident_on(10);
    episode.crisis.emplace();
    episode.crisis->end_day = 14;
    episode.crisis->day.fill(FirstDays::never);
    apply(state, scenario, 10, episode);
    EXPECT_EQ(quiet_days(state, 15), 0);
    EXPECT_EQ(quiet_days(state, 75), 60);
    EXPECT_EQ(phase_on(scenario, timetabled, state, 74), Phase::promised);
    EXPECT_EQ(phase_on(scenario, timetabled, state, 75), Phase::invited);
}

TEST(Quiet, once_reached_starts_a_clock_that_later_incidents_do_not_stop) {
    const Scenario scenario = waiting_for(60);
    State state = opening_state(scenario, Line{});
    apply(state, scenario, 60, PhaseChange{Phase::invited});
    apply(state, scenario, 61, incident_on(61));
    EXPECT_EQ(phase_on(scenario, timetabled, state, 89), Phase::invited);
    EXPECT_EQ(phase_on(scenario, timetabled, state, 90), Phase::ratifying);
    EXPECT_EQ(phase_on(scenario, timetabled, state, 260), Phase::in_force);
    apply(state, scenario, 90, PhaseChange{Phase::ratifying});
    EXPECT_EQ(state.quiet_day, 60);
}

TEST(Quiet, can_be_blocked_until_it_is_reached) {
    const Scenario scenario = waiting_for(60);
    State state = opening_state(scenario, Line{});
    EXPECT_TRUE(accession_waits_for_peace(scenario, state));
    apply(state, scenario, 60, PhaseChange{Phase::invited});
    EXPECT_FALSE(accession_waits_for_peace(scenario, state));
}

/// Years with incidents and without politics; the day accession starts, or never.
std::int32_t start_of(double quiet_days, double line_salience, std::uint32_t replication) {
    Scenario scenario = status_quo_scenario();
    const Parameters politics = politics_setting().scenario.parameters;
    scenario.commitment.timing = Timing::after_quiet;
    scenario.parameters.accession.quiet_days = quiet_days;
    scenario.parameters.incidents.line_salience = line_salience;
    scenario.parameters.incidents.salience_exponent = 0.0;
    scenario.parameters.ladder = politics.ladder;
    scenario.parameters.settlement = politics.settlement;
    scenario.parameters.capitals.politics_step = 10'000;
    scenario.parameters.capitals.grievance_days = 100;
    const Draws draws(9);
    const ReplicationId id(replication);
    const Setting setting = lay_out(scenario);
    Cast cast = draw_cast(scenario, id, draws);
    cast.timetable = {.ratifying_after = 30, .in_force_after = 200};
    Noise noise;
    make_noise(noise, draws, id, scenario.horizon, 24, {}, 2.0);
    const Frame frame{setting, cast, noise, draws, id};
    Course course(frame);
    while (true) {
        const DecisionPoint point = course.advance();
        if (std::holds_alternative<std::monostate>(point)) return course.state().quiet_day;
        if (const auto* war = std::get_if<WarPoint>(&point)) course.take(*war, false);
        if (const auto* episode = std::get_if<EpisodePoint>(&point)) course.take(*episode, {});
    }
}

TEST(Quiet, in_a_history_comes_no_sooner_with_more_days_or_more_incidents) {
    int later = 0;
    for (std::uint32_t replication = 0; replication < 30; ++replication) {
        const auto day = [](std::int32_t start) {
            return start == FirstDays::never ? 9999 : start;
        };
        const std::int32_t usual = day(start_of(40, 3e-5, replication));
        EXPECT_GE(day(start_of(60, 3e-5, replication)), usual);
        // The same uniform decides whether there is an incident today, so more of them contain
        // them.
        EXPECT_GE(day(start_of(40, 9e-5, replication)), usual);
        EXPECT_EQ(start_of(40, 0.0, replication) < 60, true);
        later += day(start_of(40, 9e-5, replication)) > usual ? 1 : 0;
    }
    EXPECT_GT(later, 10);
}

}  // namespace
}  // namespace firebreak
