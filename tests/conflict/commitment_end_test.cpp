#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "conflict/accession.hpp"
#include "conflict/cast.hpp"
#include "conflict/incidents_today.hpp"
#include "conflict/response.hpp"
#include "conflict/settlement.hpp"
#include "politics_setting.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

Scenario committed(double term_days, double withdrawal_hazard) {
    Scenario scenario = committed_setting().scenario;
    scenario.commitment.term_days = term_days;
    scenario.commitment.withdrawal_hazard = withdrawal_hazard;
    return scenario;
}

Cast timetabled_cast() {
    return {.timetable = {.ratifying_after = 30, .in_force_after = 200}, .activation_day = 45};
}

/// In force since day 100.
State in_force_since_100(const Scenario& scenario) {
    State state = calm_state();
    apply(state, scenario, 100, PhaseChange{Phase::in_force});
    return state;
}

TEST(CommitmentEnd, never_comes_without_a_term_and_a_withdrawal) {
    const Scenario scenario = committed(0, 0);
    const Cast cast = draw_cast(scenario, ReplicationId(1), Draws(1));
    const State state = in_force_since_100(scenario);
    for (const std::int32_t day : {100, 101, 100'000, 2'000'000'000}) {
        EXPECT_FALSE(end_of_commitment(scenario, cast, state, day)) << day;
    }
}

TEST(CommitmentEnd, of_a_term_comes_after_its_days_in_force) {
    const Scenario scenario = committed(365, 0);
    const State state = in_force_since_100(scenario);
    EXPECT_FALSE(end_of_commitment(scenario, {}, state, 464));
    const auto end = end_of_commitment(scenario, {}, state, 465);
    ASSERT_TRUE(end);
    EXPECT_FALSE(end->withdrawn);
    EXPECT_FALSE(end_of_commitment(scenario, {}, calm_state(), 465));
}

TEST(CommitmentEnd, is_a_withdrawal_if_that_comes_before_the_term) {
    const Scenario scenario = committed(365, 1);
    const State state = in_force_since_100(scenario);
    const Cast early{.withdrawal_after = 200};
    EXPECT_FALSE(end_of_commitment(scenario, early, state, 299));
    EXPECT_TRUE(end_of_commitment(scenario, early, state, 300)->withdrawn);
    // Due at once when the line thaws after a crisis: the earlier cause counts.
    EXPECT_TRUE(end_of_commitment(scenario, early, state, 470)->withdrawn);
    const Cast late{.withdrawal_after = 370};
    EXPECT_FALSE(end_of_commitment(scenario, late, state, 470)->withdrawn);
}

TEST(CommitmentEnd, by_a_withdrawal_that_is_certain_comes_on_the_next_day) {
    const Scenario scenario = committed(0, 50);
    Scenario sudden = scenario;
    sudden.commitment.withdrawal_hazard = 1e12;
    for (std::uint32_t replication = 0; replication < 100; ++replication) {
        EXPECT_EQ(draw_cast(sudden, ReplicationId(replication), Draws(3)).withdrawal_after, 1);
    }
}

TEST(CommitmentEnd, by_withdrawal_follows_the_exponential_law_and_hastens_with_its_hazard) {
    const Draws draws(11);
    constexpr int samples = 20'000;
    int within_two_years = 0;
    for (std::uint32_t replication = 0; replication < samples; ++replication) {
        const ReplicationId id(replication);
        const std::int32_t days = draw_cast(committed(0, 0.3), id, draws).withdrawal_after;
        if (days <= 730) ++within_two_years;
        EXPECT_LE(draw_cast(committed(0, 0.6), id, draws).withdrawal_after, days);
    }
    const double expected = 1.0 - std::exp(-0.3 * 730 / 365.25);
    // Five standard errors: a false alarm in about 6e-7.
    const double error = std::sqrt(expected * (1.0 - expected) / samples);
    EXPECT_NEAR(within_two_years / static_cast<double>(samples), expected, 5.0 * error);
}

TEST(CommitmentEnd, meets_the_same_luck_in_every_regime) {
    Scenario other = tripwire_scenario();
    other.commitment.withdrawal_hazard = 0.3;
    for (std::uint32_t replication = 0; replication < 20; ++replication) {
        const ReplicationId id(replication);
        EXPECT_EQ(draw_cast(committed(0, 0.3), id, Draws(2)).withdrawal_after,
                  draw_cast(other, id, Draws(2)).withdrawal_after);
    }
}

TEST(CommitmentEnd, leaves_everything_as_without_a_commitment) {
    Setting setting = committed_setting();
    Commitment& commitment = setting.scenario.commitment;
    commitment.exposure = 1.0;
    commitment.air_shield = 1.0;
    commitment.line_weight = 1.0;
    commitment.alignment.fill(0.7);
    setting.scenario.parameters.incidents.shield_stray_factor = 0.6;
    State state = in_force_since_100(setting.scenario);
    EXPECT_TRUE(has_exposed_troops(setting, state));
    apply(state, setting.scenario, 500, CommitmentEnded{false});
    const State before = calm_state();
    EXPECT_EQ(state.phase, Phase::none);
    EXPECT_FALSE(has_exposed_troops(setting, state));
    EXPECT_EQ(air_shield(setting, state), 0.0);
    EXPECT_EQ(settlement_hazard(setting, state), settlement_hazard(setting, before));
    const Outlook after = outlook(setting, timetabled_cast(), state, 500, 0.2, false);
    const Outlook without = outlook(setting, timetabled_cast(), before, 500, 0.2, false);
    EXPECT_EQ(after.belief_russia, without.belief_russia);
    EXPECT_EQ(after.belief_next, without.belief_next);
    EXPECT_NE(after.alignment, without.alignment) << "without: a pledge not active yet";
    EXPECT_EQ(after.alignment, setting.scenario.parameters.capitals.reference_alignment);
    EXPECT_EQ(after.win_russia, without.win_russia);
    const Incident fire = fire_on_the_line(Side::russia, true, 100.0);
    EXPECT_FALSE(mandate_for(setting, state, fire).obligation_in_force);
}

TEST(CommitmentEnd, is_final_whatever_the_timing) {
    for (const Timing timing : {Timing::at_ceasefire, Timing::after_settlement, Timing::after_quiet,
                                Timing::immediate, Timing::activation}) {
        Scenario scenario = committed(365, 0);
        scenario.commitment.timing = timing;
        State state = calm_state();
        state.settled_day = 0;
        state.quiet_day = 0;
        apply(state, scenario, 500, CommitmentEnded{true});
        EXPECT_EQ(phase_on(scenario, timetabled_cast(), state, 5000), Phase::none);
    }
}

}  // namespace
}  // namespace firebreak
