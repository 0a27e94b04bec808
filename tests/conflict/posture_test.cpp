#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "conflict/capitals.hpp"
#include "politics_setting.hpp"

namespace firebreak {
namespace {

TEST(Posture, a_worked_example_for_russia) {
    const Setting setting = committed_setting();
    State state = in_force_state();
    state.grievance[index_of(Side::russia)] = 0.0;
    state.posture[index_of(Side::russia)] = Posture::probe;
    Outlook view = anchored_outlook();
    view.alignment = 1.0;
    view.belief_russia = 0.8;
    view.accession_waits = true;
    const auto utility = posture_utilities(Side::russia, setting, state, view);
    EXPECT_EQ(utility[0], 0.0);
    EXPECT_NEAR(utility[1], -0.6 + 1.5 - 0.3, 1e-15);
    EXPECT_NEAR(utility[2], 1.5 * 0.2 + 0.8 - 3.2 + 1.2, 1e-15);
}

TEST(Posture, a_worked_example_for_ukraine) {
    const Setting setting = committed_setting();
    State state = in_force_state();
    state.settled_day = 3;
    state.posture[index_of(Side::ukraine)] = Posture::comply;
    Outlook view = anchored_outlook();
    view.belief = 0.8;
    const auto utility = posture_utilities(Side::ukraine, setting, state, view);
    EXPECT_NEAR(utility[0], 1.2, 1e-15);
    EXPECT_NEAR(utility[1], -1.2 + 0.4 - 2.0, 1e-15);
    EXPECT_NEAR(utility[2], -2.2 + 0.8 - 1.0 - 2.0, 1e-15);
}

TEST(Posture, only_a_commitment_in_force_can_be_tested) {
    const Setting none = politics_setting();
    const Setting treaty = committed_setting();
    const Outlook view = anchored_outlook();
    const double never = posture_utilities(Side::russia, none, ordinary_state(), view)[2];
    State waiting = ordinary_state();
    for (const Phase phase : {Phase::promised, Phase::invited, Phase::ratifying}) {
        waiting.phase = phase;
        EXPECT_EQ(posture_utilities(Side::russia, treaty, waiting, view)[2], never);
    }
    EXPECT_NEAR(posture_utilities(Side::russia, treaty, in_force_state(), view)[2] - never,
                1.5 * 0.97, 1e-14);
}

TEST(Posture, the_surer_the_answer_the_less_a_test_is_worth) {
    const Setting treaty = committed_setting();
    Outlook view = anchored_outlook();
    double previous = 1e9;
    for (const double belief : {0.0, 0.3, 0.7, 1.0}) {
        view.belief_russia = belief;
        const double probing = posture_utilities(Side::russia, treaty, in_force_state(), view)[2];
        EXPECT_LT(probing, previous);
        previous = probing;
    }
    // Where it is certain, it is worth nothing.
    EXPECT_NEAR(previous, posture_utilities(Side::russia, treaty, ordinary_state(), view)[2],
                1e-15);
}

TEST(Posture, without_rationality_all_three_are_as_likely) {
    Setting setting = politics_setting();
    setting.scenario.parameters.capitals.rationality = 0.0;
    for (const Side side : {Side::russia, Side::ukraine}) {
        for (const double chance :
             posture_chances(side, setting, calm_state(), anchored_outlook())) {
            EXPECT_NEAR(chance, 1.0 / 3.0, 1e-15);
        }
    }
}

TEST(Posture, with_perfect_rationality_the_best_is_certain) {
    Setting setting = politics_setting();
    setting.scenario.parameters.capitals.rationality = 1e4;
    setting.scenario.parameters.capitals.raid_gain = 5.0;
    EXPECT_EQ(posture_chances(Side::russia, setting, calm_state(), anchored_outlook())[0], 1.0);
    EXPECT_EQ(posture_chances(Side::ukraine, setting, calm_state(), anchored_outlook())[2], 1.0);
    const Draws draws(5);
    for (std::uint32_t replication = 0; replication < 100; ++replication) {
        const ReplicationId id(replication);
        EXPECT_EQ(
            choose_posture(Side::russia, setting, calm_state(), anchored_outlook(), 30, id, draws),
            Posture::comply);
        EXPECT_EQ(
            choose_posture(Side::ukraine, setting, calm_state(), anchored_outlook(), 30, id, draws),
            Posture::raid);
    }
}

TEST(Posture, choices_follow_their_chances) {
    const Setting setting = politics_setting();
    const State state = calm_state();
    const Outlook view = anchored_outlook();
    const Draws draws(11);
    constexpr int samples = 40'000;
    for (const Side side : {Side::russia, Side::ukraine}) {
        const auto chances = posture_chances(side, setting, state, view);
        std::array<int, 4> count{};
        for (std::uint32_t replication = 0; replication < samples; ++replication) {
            const Posture chosen =
                choose_posture(side, setting, state, view, 60, ReplicationId(replication), draws);
            ++count[static_cast<std::size_t>(chosen)];
        }
        const std::size_t severe = side == Side::russia ? 2 : 3;
        EXPECT_EQ(count[5 - severe], 0);
        // Five standard errors: one false alarm in 1.7 million per comparison.
        const auto within = [&](int observed, double chance) {
            EXPECT_NEAR(observed, samples * chance,
                        5.0 * std::sqrt(samples * chance * (1.0 - chance)));
        };
        within(count[0], chances[0]);
        within(count[1], chances[1]);
        within(count[severe], chances[2]);
    }
}

TEST(Posture, more_to_gain_never_makes_the_same_luck_milder) {
    const Setting setting = committed_setting();
    const State state = calm_state();
    Outlook waiting = anchored_outlook();
    waiting.accession_waits = true;
    const Draws draws(3);
    int harsher = 0;
    for (std::uint32_t replication = 0; replication < 2000; ++replication) {
        const auto choose = [&](const Outlook& view) {
            return choose_posture(Side::russia, setting, state, view, 90,
                                  ReplicationId(replication), draws);
        };
        if (choose(anchored_outlook()) == Posture::harass) {
            EXPECT_NE(choose(waiting), Posture::comply);
        }
        harsher +=
            choose(anchored_outlook()) == Posture::comply && choose(waiting) == Posture::harass;
    }
    EXPECT_GT(harsher, 0);
}

}  // namespace
}  // namespace firebreak
