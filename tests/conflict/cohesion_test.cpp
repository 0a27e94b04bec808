#include "conflict/cohesion.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "politics_setting.hpp"

namespace firebreak {
namespace {

TEST(Cohesion, fatigue_grows_from_nothing_to_one) {
    const CohesionParameters cohesion = politics_setting().scenario.parameters.cohesion;
    EXPECT_EQ(fatigue(cohesion, 0), 0.0);
    EXPECT_NEAR(fatigue(cohesion, 1500), 1.0 - std::exp(-1.0), 1e-15);
    EXPECT_NEAR(fatigue(cohesion, 1'000'000), 1.0, 1e-15);
}

TEST(Cohesion, aid_starts_at_its_present_value_and_fades_with_fatigue) {
    Setting setting = politics_setting();
    const State state = calm_state();
    EXPECT_EQ(aid(setting, state, 0), 0.25);
    EXPECT_NEAR(aid(setting, state, 1500), 0.25 * (1.0 - 0.5 * (1.0 - std::exp(-1.0))), 1e-15);
    EXPECT_NEAR(aid(setting, state, 1'000'000), 0.125, 1e-15);
    setting.scenario.commitment.aid_factor = 0.0;
    EXPECT_EQ(aid(setting, state, 500), 0.0);
}

TEST(Cohesion, only_the_united_states_take_their_aid_along) {
    const Setting setting = politics_setting();
    State state = calm_state();
    state.adverse = 0b1110;
    EXPECT_EQ(aid(setting, state, 0), 0.25);
    state.adverse = 0b0001;
    EXPECT_NEAR(aid(setting, state, 0), 0.25 * 0.6, 1e-15);
}

TEST(Cohesion, an_alliance_without_the_united_states_loses_no_aid_to_their_politics) {
    Setting setting = politics_setting();
    setting.scenario.allies[0].iso3 = "CAN";
    State state = calm_state();
    state.adverse = 0b1111;
    EXPECT_EQ(aid(setting, state, 0), 0.25);
}

TEST(Elections, two_half_steps_without_return_are_a_whole_one) {
    Setting setting = politics_setting();
    for (const bool adverse : {false, true}) {
        setting.scenario.parameters.capitals.politics_step = 30;
        const double whole = election_chance(setting, adverse);
        setting.scenario.parameters.capitals.politics_step = 15;
        const double half = election_chance(setting, adverse);
        EXPECT_NEAR(1.0 - (1.0 - half) * (1.0 - half), whole, 1e-15);
    }
    setting.scenario.parameters.capitals.politics_step = 365.25;
    EXPECT_NEAR(election_chance(setting, false), 1.0 - std::exp(-0.12), 1e-15);
    EXPECT_NEAR(election_chance(setting, true), 1.0 - std::exp(-0.25), 1e-15);
}

/// Who turned on a day.
std::vector<Election> elections_on(const Setting& setting, const State& state, std::int32_t day,
                                   std::uint32_t replication, const Draws& draws) {
    std::vector<Election> elections;
    draw_elections(setting, state, day, ReplicationId(replication), draws, elections);
    return elections;
}

TEST(Elections, without_rates_nobody_turns) {
    Setting setting = politics_setting();
    setting.scenario.parameters.cohesion.adverse_rate = 0.0;
    setting.scenario.parameters.cohesion.return_rate = 0.0;
    State state = calm_state();
    state.adverse = 0b0010;
    for (std::uint32_t replication = 0; replication < 500; ++replication) {
        EXPECT_TRUE(elections_on(setting, state, 30, replication, Draws(1)).empty());
    }
}

TEST(Elections, with_great_rates_all_key_allies_turn_and_no_others) {
    Setting setting = politics_setting();
    setting.scenario.parameters.cohesion.adverse_rate = 1e6;
    setting.scenario.parameters.cohesion.return_rate = 1e6;
    State state = calm_state();
    state.adverse = 0b1010;
    const auto elections = elections_on(setting, state, 30, 7, Draws(1));
    ASSERT_EQ(elections.size(), 3U);
    EXPECT_EQ(elections[0].ally, AllyId(0));
    EXPECT_TRUE(elections[0].adverse);
    EXPECT_EQ(elections[1].ally, AllyId(1));
    EXPECT_FALSE(elections[1].adverse);
    EXPECT_EQ(elections[2].ally, AllyId(2));
    EXPECT_TRUE(elections[2].adverse);
}

TEST(Elections, in_the_long_run_politics_are_adverse_for_the_stationary_share) {
    Setting setting = politics_setting();
    setting.scenario.parameters.cohesion.adverse_rate = 3.0;
    setting.scenario.parameters.cohesion.return_rate = 6.0;
    const double turn = election_chance(setting, false);
    const double back = election_chance(setting, true);
    const double share = turn / (turn + back);
    const Draws draws(42);
    // The end of independent chains long after they forgot their start: 0.5^24 is left of it.
    constexpr int chains = 10'000;
    std::vector<int> adverse(setting.scenario.allies.size());
    for (std::uint32_t replication = 0; replication < chains; ++replication) {
        State state = calm_state();
        for (std::int32_t day = 30; day <= 900; day += 30) {
            for (const Election& election : elections_on(setting, state, day, replication, draws)) {
                state.adverse ^= std::uint64_t{1} << election.ally.value();
                EXPECT_EQ(state.is_adverse(election.ally), election.adverse);
            }
        }
        for (std::uint32_t ally = 0; ally < adverse.size(); ++ally) {
            adverse[ally] += state.is_adverse(AllyId(ally)) ? 1 : 0;
        }
    }
    // Five standard errors: one false alarm in 1.7 million per ally.
    const double tolerance = 5.0 * std::sqrt(chains * share * (1.0 - share));
    for (const std::size_t ally : {0U, 1U, 2U}) {
        EXPECT_NEAR(adverse[ally], chains * share, tolerance);
    }
    EXPECT_EQ(adverse[3], 0);
}

TEST(Elections, a_higher_rate_keeps_every_turn_of_a_lower_one) {
    Setting seldom = politics_setting();
    Setting often = politics_setting();
    often.scenario.parameters.cohesion.adverse_rate = 1.2;
    std::size_t few = 0;
    std::size_t many = 0;
    for (std::uint32_t replication = 0; replication < 3000; ++replication) {
        const State state = calm_state();
        const auto lower = elections_on(seldom, state, 60, replication, Draws(9));
        const auto higher = elections_on(often, state, 60, replication, Draws(9));
        for (const Election& election : lower) {
            EXPECT_TRUE(std::ranges::any_of(
                higher, [&](const Election& other) { return other.ally == election.ally; }));
        }
        few += lower.size();
        many += higher.size();
    }
    EXPECT_GT(many, few);
}

}  // namespace
}  // namespace firebreak
