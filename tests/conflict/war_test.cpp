#include "conflict/war.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "conflict/attribution.hpp"
#include "politics_setting.hpp"

namespace firebreak {
namespace {

TEST(RenewedWar, it_lasts_at_least_a_day) {
    Setting setting = politics_setting();
    setting.scenario.parameters.renewed_war.mean_days = 1e-6;
    for (std::uint32_t replication = 0; replication < 50; ++replication) {
        EXPECT_EQ(draw_war_days(setting, 10, ReplicationId(replication), Draws(1)), 1);
    }
}

TEST(RenewedWar, its_length_is_exponential_in_whole_days) {
    Setting setting = politics_setting();
    setting.scenario.parameters.renewed_war.mean_days = 40;
    constexpr int samples = 20'000;
    std::vector<std::int32_t> days;
    for (std::uint32_t replication = 0; replication < samples; ++replication) {
        days.push_back(draw_war_days(setting, 10, ReplicationId(replication), Draws(5)));
    }
    std::ranges::sort(days);
    // Dvoretzky, Kiefer and Wolfowitz: a gap of 0.019 has a chance of 1e-6.
    for (std::int32_t day = 1; day < 200; ++day) {
        const auto by_then = std::ranges::upper_bound(days, day) - days.begin();
        EXPECT_NEAR(static_cast<double>(by_then) / samples, 1.0 - std::exp(-day / 40.0), 0.019);
    }
}

TEST(RenewedWar, a_longer_mean_never_shortens_the_same_war) {
    Setting shorter = politics_setting();
    Setting longer = politics_setting();
    longer.scenario.parameters.renewed_war.mean_days = 1200;
    for (std::uint32_t replication = 0; replication < 500; ++replication) {
        EXPECT_LE(draw_war_days(shorter, 10, ReplicationId(replication), Draws(5)),
                  draw_war_days(longer, 10, ReplicationId(replication), Draws(5)));
    }
}

TEST(RenewedWar, a_year_of_chances_is_a_year_of_the_rate) {
    const Setting setting = politics_setting();
    const auto in_a_year = [](double chance) { return 1.0 - std::pow(1.0 - chance, 365.25); };
    EXPECT_NEAR(in_a_year(war_chances(setting).spillover), 1.0 - std::exp(-0.02), 1e-13);
    EXPECT_NEAR(in_a_year(war_chances(setting).stray_russia), 1.0 - std::exp(-0.8), 1e-13);
    EXPECT_NEAR(in_a_year(war_chances(setting).stray_ukraine), 1.0 - std::exp(-0.6), 1e-13);
}

TEST(RenewedWar, without_rates_nothing_spills_over_and_with_great_ones_all_does) {
    Setting setting = politics_setting();
    for (const bool certain : {false, true}) {
        const double rate = certain ? 1e6 : 0.0;
        setting.scenario.parameters.renewed_war.clash_hazard = rate;
        setting.scenario.parameters.renewed_war.stray_rate_russia = rate;
        setting.scenario.parameters.renewed_war.stray_rate_ukraine = rate;
        for (std::int32_t day = 0; day < 200; ++day) {
            const WarDay events =
                draw_war_day(war_chances(setting), day, ReplicationId(2), Draws(1));
            EXPECT_EQ(events.stray_russia, certain);
            EXPECT_EQ(events.stray_ukraine, certain);
            EXPECT_EQ(events.spillover, certain);
        }
    }
}

TEST(RenewedWar, days_follow_their_chances_independently) {
    Setting setting = politics_setting();
    setting.scenario.parameters.renewed_war = {
        .mean_days = 800, .clash_hazard = 60, .stray_rate_russia = 120, .stray_rate_ukraine = 40};
    constexpr int samples = 60'000;
    int strays_russia = 0;
    int strays_ukraine = 0;
    int spillovers = 0;
    int both = 0;
    for (std::int32_t day = 0; day < samples; ++day) {
        const WarDay events = draw_war_day(war_chances(setting), day, ReplicationId(3), Draws(12));
        strays_russia += events.stray_russia ? 1 : 0;
        strays_ukraine += events.stray_ukraine ? 1 : 0;
        spillovers += events.spillover ? 1 : 0;
        both += events.stray_russia && events.spillover ? 1 : 0;
    }
    // Five standard errors: one false alarm in 1.7 million per comparison.
    const auto within = [&](int observed, double chance) {
        EXPECT_NEAR(observed, samples * chance, 5.0 * std::sqrt(samples * chance * (1.0 - chance)));
    };
    const double stray_russia = war_chances(setting).stray_russia;
    within(strays_russia, stray_russia);
    within(strays_ukraine, war_chances(setting).stray_ukraine);
    within(spillovers, war_chances(setting).spillover);
    within(both, stray_russia * war_chances(setting).spillover);
}

TEST(WarStray, it_is_an_accident_on_allied_territory) {
    const Setting setting = politics_setting();
    for (const Side side : {Side::russia, Side::ukraine}) {
        const Incident stray = draw_war_stray(setting, side, 321, ReplicationId(6), Draws(1));
        EXPECT_EQ(stray.day, 321);
        EXPECT_EQ(stray.kind, IncidentKind::war_stray);
        EXPECT_EQ(stray.origin, actor_of(side));
        EXPECT_EQ(stray.victim, Actor::ally);
        EXPECT_FALSE(stray.deliberate);
        EXPECT_EQ(stray.place, Place::allied_territory);
        EXPECT_FALSE(stray.troops_hit);
    }
}

TEST(WarStray, the_two_of_a_day_have_luck_of_their_own) {
    const Setting setting = politics_setting();
    const auto subject = [&](Side side) {
        return subject_of(draw_war_stray(setting, side, 321, ReplicationId(6), Draws(1)));
    };
    EXPECT_NE(subject(Side::russia), subject(Side::ukraine));
}

TEST(WarStray, it_lands_by_the_shares_and_kills_by_the_power_law) {
    const Setting setting = politics_setting();
    constexpr int samples = 40'000;
    int poland = 0;
    int nobody = 0;
    for (std::uint32_t replication = 0; replication < samples; ++replication) {
        const Incident stray =
            draw_war_stray(setting, Side::russia, 100, ReplicationId(replication), Draws(9));
        ASSERT_TRUE(stray.territory.has_value());
        ASSERT_GE(stray.territory->value(), 2U);
        poland += stray.territory == AllyId(2) ? 1 : 0;
        ASSERT_LE(stray.deaths, 500.0);
        nobody += stray.deaths < 2.0 ? 1 : 0;
    }
    // Five standard errors: one false alarm in 1.7 million per comparison. With exponent 2,
    // floor(1/(2u) + 1/2) < 2 means u > 1/3.
    const auto within = [&](int observed, double chance) {
        EXPECT_NEAR(observed, samples * chance, 5.0 * std::sqrt(samples * chance * (1.0 - chance)));
    };
    within(poland, 0.75);
    within(nobody, 2.0 / 3.0);
}

TEST(Spillover, is_force_between_russia_and_an_ally_for_which_both_are_seen_as_culpable) {
    const Incident spillover = spillover_incident(400);
    EXPECT_EQ(spillover.day, 400);
    EXPECT_EQ(spillover.kind, IncidentKind::war_spillover);
    EXPECT_EQ(spillover.origin, Actor::russia);
    EXPECT_EQ(spillover.victim, Actor::ally);
    EXPECT_FALSE(spillover.deliberate);
    EXPECT_FALSE(spillover.territory.has_value());
    InvestigationParameters parameters;
    parameters.overt_russia = 0.98;
    const Judgement judgement =
        investigate(parameters, 1.0, 1.0, spillover, ReplicationId(0), Draws(1));
    EXPECT_TRUE(judgement.overt);
    EXPECT_EQ(judgement.probability_russia, 0.5);
    EXPECT_FALSE(is_misattributed(spillover, judgement));
    EXPECT_FALSE(is_force_misattributed(spillover));
}

}  // namespace
}  // namespace firebreak
