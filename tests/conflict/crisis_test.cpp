#include "conflict/crisis.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "politics_setting.hpp"

namespace firebreak {
namespace {

constexpr std::array<Rung, 3> live_rungs{Rung::alert, Rung::clash, Rung::general_war};
constexpr std::int32_t far_horizon = 60'000;

LadderParameters usual_ladder() { return politics_setting().scenario.parameters.ladder; }

/// A ladder so steep that its top is no rarity.
LadderParameters steep_ladder() {
    LadderParameters ladder = usual_ladder();
    ladder.alert.escalate = -1.0;
    ladder.clash.escalate = -0.5;
    ladder.general_war.escalate = -1.5;
    return ladder;
}

/// Standoffs with and without a wrong view.
std::vector<Standoff> standoffs() {
    return {{.resolve_russia = 0.0, .resolve_allies = 0.0, .probability_russia = 0.5},
            {.resolve_russia = 1.3, .resolve_allies = -0.4, .probability_russia = 0.9},
            {.resolve_russia = -0.8,
             .resolve_allies = 0.6,
             .probability_russia = 0.95,
             .misattributed = true}};
}

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// P(reach `target`) by solving (I - Q) x = r for the three rungs, Q the transitions of a steady
/// round: independent of the product formula.
std::array<double, 3> solve_absorption(const LadderParameters& ladder, const Standoff& standoff,
                                       Rung target, int round) {
    std::array<std::array<double, 4>, 3> row{};
    for (std::size_t i = 0; i < 3; ++i) {
        row[i][i] = 1.0;
        if (live_rungs[i] >= target) {
            row[i][3] = 1.0;
            continue;
        }
        const RoundChances chances = round_chances(ladder, live_rungs[i], standoff, round);
        const double hold =
            1.0 - chances.climb - chances.russia_backs_down - chances.allies_back_down;
        row[i][i] -= hold;
        if (i + 1 < 3 && live_rungs[i + 1] < target) {
            row[i][i + 1] -= chances.climb;
        } else {
            row[i][3] += chances.climb;
        }
    }
    for (std::size_t pivot = 0; pivot < 3; ++pivot) {
        for (std::size_t other = 0; other < 3; ++other) {
            if (other == pivot) continue;
            const double factor = row[other][pivot] / row[pivot][pivot];
            for (std::size_t column = 0; column < 4; ++column) {
                row[other][column] -= factor * row[pivot][column];
            }
        }
    }
    return {row[0][3] / row[0][0], row[1][3] / row[1][1], row[2][3] / row[2][2]};
}

TEST(Round, chances_are_probabilities) {
    for (const Standoff& standoff : standoffs()) {
        for (const Rung rung : live_rungs) {
            for (const int round : {1, 2, 9}) {
                const RoundChances chances = round_chances(steep_ladder(), rung, standoff, round);
                EXPECT_GE(chances.climb, 0.0);
                EXPECT_GE(chances.russia_backs_down, 0.0);
                EXPECT_GE(chances.allies_back_down, 0.0);
                EXPECT_LE(chances.climb + chances.russia_backs_down + chances.allies_back_down,
                          1.0 + 1e-15);
            }
        }
    }
}

TEST(Round, a_worked_example) {
    LadderParameters ladder = usual_ladder();
    ladder.clash = {.autonomous_climb = 0.1, .escalate = std::log(0.5), .back_down = std::log(2.0)};
    ladder.culpability_weight = 0.0;
    // Weights 1/2 : 1 : 2 for each side, that is 1/7, 2/7, 4/7.
    const RoundChances chances = round_chances(ladder, Rung::clash, {.probability_russia = 0.9}, 1);
    const double stands = 3.0 / 7.0;
    EXPECT_NEAR(chances.climb, 0.1 + 0.9 * (stands * stands - 4.0 / 49.0), 1e-14);
    EXPECT_NEAR(chances.russia_backs_down, 0.9 * (1.0 - stands * stands) / 2.0, 1e-14);
    EXPECT_NEAR(chances.allies_back_down, chances.russia_backs_down, 1e-14);
}

TEST(Round, the_chance_that_anybody_backs_down_is_split_without_rest) {
    LadderParameters ladder = steep_ladder();
    ladder.clash.autonomous_climb = 0.0;
    const Standoff standoff{
        .resolve_russia = 0.7, .resolve_allies = -0.7, .probability_russia = 0.5};
    const auto backs_down = [&](double resolve) {
        const double escalate = std::exp(-0.5 + 0.7 * resolve);
        const double back = std::exp(-1.5 - 0.7 * resolve);
        return back / (escalate + 1.0 + back);
    };
    const double russia = backs_down(0.7);
    const double allies = backs_down(-0.7);
    const RoundChances chances = round_chances(ladder, Rung::clash, standoff, 1);
    EXPECT_NEAR(chances.russia_backs_down + chances.allies_back_down,
                1.0 - (1.0 - russia) * (1.0 - allies), 1e-14);
    EXPECT_NEAR(chances.russia_backs_down,
                russia * (1.0 - allies) + russia * allies * russia / (russia + allies), 1e-14);
}

TEST(Round, an_autonomous_climb_needs_nobodys_wish) {
    LadderParameters ladder = usual_ladder();
    ladder.clash = {.autonomous_climb = 1.0, .escalate = -50.0, .back_down = 50.0};
    const RoundChances chances = round_chances(ladder, Rung::clash, Standoff{}, 1);
    EXPECT_EQ(chances.climb, 1.0);
    EXPECT_EQ(chances.russia_backs_down + chances.allies_back_down, 0.0);
}

TEST(Round, a_firmer_side_backs_down_less_and_climbs_more) {
    double back = 1.0;
    double climb = 0.0;
    for (const double resolve : {-2.0, -1.0, 0.0, 1.0, 2.0}) {
        const Standoff standoff{.resolve_russia = resolve, .probability_russia = 0.5};
        const RoundChances chances = round_chances(usual_ladder(), Rung::clash, standoff, 1);
        EXPECT_LT(chances.russia_backs_down, back);
        EXPECT_GT(chances.climb, climb);
        back = chances.russia_backs_down;
        climb = chances.climb;
    }
}

TEST(Round, the_culpable_side_backs_down_more) {
    const Standoff guilty{.probability_russia = 1.0};
    const RoundChances chances = round_chances(usual_ladder(), Rung::clash, guilty, 1);
    EXPECT_GT(chances.russia_backs_down, chances.allies_back_down);
    const Standoff innocent{.probability_russia = 0.0};
    const RoundChances mirrored = round_chances(usual_ladder(), Rung::clash, innocent, 1);
    EXPECT_NEAR(mirrored.allies_back_down, chances.russia_backs_down, 1e-15);
    EXPECT_NEAR(mirrored.climb, chances.climb, 1e-15);
}

TEST(Round, a_wrong_view_comes_out_after_the_first) {
    const Standoff right{.probability_russia = 0.95};
    const Standoff wrong{.probability_russia = 0.95, .misattributed = true};
    const Standoff corrected{
        .resolve_russia = 0.8, .resolve_allies = -0.8, .probability_russia = 0.0};
    const LadderParameters ladder = usual_ladder();
    EXPECT_EQ(round_chances(ladder, Rung::clash, wrong, 1).climb,
              round_chances(ladder, Rung::clash, right, 1).climb);
    for (const int round : {2, 3, 50}) {
        const RoundChances later = round_chances(ladder, Rung::clash, wrong, round);
        const RoundChances expected = round_chances(ladder, Rung::clash, corrected, 1);
        EXPECT_EQ(later.climb, expected.climb);
        EXPECT_EQ(later.russia_backs_down, expected.russia_backs_down);
        EXPECT_EQ(later.allies_back_down, expected.allies_back_down);
    }
    EXPECT_GT(round_chances(ladder, Rung::clash, wrong, 2).allies_back_down,
              round_chances(ladder, Rung::clash, wrong, 1).allies_back_down);
}

TEST(Round, at_alert_there_is_no_force_that_could_prove_misattributed) {
    const Standoff right{.probability_russia = 0.95};
    const Standoff wrong{.probability_russia = 0.95, .misattributed = true};
    for (const int round : {1, 2, 50}) {
        const RoundChances seen = round_chances(usual_ladder(), Rung::alert, wrong, round);
        const RoundChances expected = round_chances(usual_ladder(), Rung::alert, right, round);
        EXPECT_EQ(seen.climb, expected.climb);
        EXPECT_EQ(seen.russia_backs_down, expected.russia_backs_down);
        EXPECT_EQ(seen.allies_back_down, expected.allies_back_down);
    }
    for (const Rung rung : {Rung::clash, Rung::general_war}) {
        EXPECT_LT(round_chances(usual_ladder(), rung, wrong, 2).russia_backs_down,
                  round_chances(usual_ladder(), rung, right, 2).russia_backs_down);
    }
}

TEST(Ladder, absorption_agrees_with_the_linear_system_from_each_rung) {
    for (const LadderParameters& ladder : {usual_ladder(), steep_ladder()}) {
        for (Standoff standoff : standoffs()) {
            standoff.misattributed = false;
            for (const Rung target : {Rung::clash, Rung::general_war, Rung::nuclear_use}) {
                const auto solution = solve_absorption(ladder, standoff, target, 1);
                for (std::size_t i = 0; i < 3; ++i) {
                    EXPECT_NEAR(absorption_probability(ladder, live_rungs[i], target, standoff),
                                solution[i], 1e-14);
                }
            }
        }
    }
}

TEST(Ladder, a_rung_at_or_below_the_present_one_is_reached) {
    for (const Standoff& standoff : standoffs()) {
        EXPECT_EQ(absorption_probability(usual_ladder(), Rung::clash, Rung::clash, standoff), 1.0);
        EXPECT_EQ(absorption_probability(usual_ladder(), Rung::clash, Rung::alert, standoff), 1.0);
    }
}

TEST(Ladder, the_dated_law_sums_to_the_absorption_probability) {
    LadderLaw law;
    for (const LadderParameters& ladder : {usual_ladder(), steep_ladder()}) {
        for (const Standoff& standoff : standoffs()) {
            for (const Rung opened : live_rungs) {
                ladder_law(ladder, opened, standoff, 100, far_horizon, law);
                const auto chance = [&](Rung target) {
                    return absorption_probability(ladder, opened, target, standoff);
                };
                EXPECT_NEAR(sum(law.clash), chance(Rung::clash), 1e-13);
                EXPECT_NEAR(sum(law.general_war), chance(Rung::general_war), 1e-13);
                EXPECT_NEAR(sum(law.nuclear_use), chance(Rung::nuclear_use), 1e-13);
                EXPECT_EQ(law.clash.size(), law.general_war.size());
                EXPECT_EQ(law.clash.size(), law.nuclear_use.size());
            }
        }
    }
}

TEST(Ladder, its_law_starts_where_the_crisis_opens) {
    LadderLaw law;
    law.clash.assign(99, 7.0);
    ladder_law(usual_ladder(), Rung::alert, Standoff{}, 5, 100, law);
    EXPECT_EQ(law.clash.front(), 0.0);
    ladder_law(usual_ladder(), Rung::clash, Standoff{}, 5, 100, law);
    EXPECT_EQ(law.clash.front(), 1.0);
    EXPECT_EQ(sum(law.clash), 1.0);
    EXPECT_EQ(law.general_war.front(), 0.0);
    ladder_law(usual_ladder(), Rung::general_war, Standoff{}, 5, 100, law);
    EXPECT_EQ(law.clash.front(), 1.0);
    EXPECT_EQ(law.general_war.front(), 1.0);
    EXPECT_EQ(sum(law.general_war), 1.0);
}

TEST(Ladder, two_rounds_worked_by_hand) {
    const LadderParameters ladder = steep_ladder();
    const Standoff standoff = standoffs()[1];
    LadderLaw law;
    ladder_law(ladder, Rung::clash, standoff, 8, 10, law);
    const RoundChances clash = round_chances(ladder, Rung::clash, standoff, 1);
    const RoundChances war = round_chances(ladder, Rung::general_war, standoff, 1);
    const double hold = 1.0 - clash.climb - clash.russia_backs_down - clash.allies_back_down;
    ASSERT_EQ(law.general_war.size(), 3U);
    EXPECT_NEAR(law.general_war[1], clash.climb, 1e-15);
    EXPECT_NEAR(law.general_war[2], hold * clash.climb, 1e-15);
    EXPECT_EQ(law.nuclear_use[1], 0.0);
    EXPECT_NEAR(law.nuclear_use[2], clash.climb * war.climb, 1e-15);
}

TEST(Ladder, nothing_is_dated_after_the_horizon) {
    LadderLaw law;
    ladder_law(steep_ladder(), Rung::alert, Standoff{}, 50, 50, law);
    EXPECT_EQ(law.clash.size(), 1U);
    ladder_law(steep_ladder(), Rung::alert, Standoff{}, 50, 53, law);
    EXPECT_EQ(law.clash.size(), 4U);
}

TEST(Ladder, simulated_crises_follow_the_dated_law) {
    const LadderParameters ladder = steep_ladder();
    const Draws draws(2024);
    constexpr int samples = 60'000;
    constexpr std::int32_t day = 200;
    constexpr std::int32_t horizon = 206;
    LadderLaw law;
    for (const Standoff& standoff : standoffs()) {
        for (const Rung opened : live_rungs) {
            std::array<std::array<int, 8>, 5> count{};
            for (std::uint32_t replication = 0; replication < samples; ++replication) {
                const Crisis crisis = run_crisis(ladder, opened, standoff, day, horizon, 77,
                                                 ReplicationId(replication), draws);
                for (const Rung rung : {Rung::clash, Rung::general_war, Rung::nuclear_use}) {
                    const std::int32_t reached = crisis.day[static_cast<std::size_t>(rung)];
                    if (reached < 0) continue;
                    ASSERT_LE(reached, horizon);
                    ++count[static_cast<std::size_t>(rung)]
                           [static_cast<std::size_t>(reached - day)];
                }
            }
            ladder_law(ladder, opened, standoff, day, horizon, law);
            const auto compare = [&](Rung rung, const std::vector<double>& chances) {
                for (std::size_t k = 0; k < chances.size(); ++k) {
                    // Six standard errors and one: one false alarm in 10^8 per comparison.
                    EXPECT_NEAR(count[static_cast<std::size_t>(rung)][k], samples * chances[k],
                                1.0 + 6.0 * std::sqrt(samples * chances[k] * (1.0 - chances[k])));
                }
            };
            compare(Rung::clash, law.clash);
            compare(Rung::general_war, law.general_war);
            compare(Rung::nuclear_use, law.nuclear_use);
        }
    }
}

TEST(Crisis, a_ladder_that_only_climbs_reaches_the_top_a_rung_a_day) {
    LadderParameters ladder = usual_ladder();
    ladder.alert.autonomous_climb = 1.0;
    ladder.clash.autonomous_climb = 1.0;
    ladder.general_war.autonomous_climb = 1.0;
    const Crisis crisis =
        run_crisis(ladder, Rung::alert, Standoff{}, 10, 1000, 1, ReplicationId(4), Draws(1));
    EXPECT_EQ(crisis.opened, Rung::alert);
    EXPECT_EQ(crisis.highest, Rung::nuclear_use);
    EXPECT_EQ(crisis.day, (std::array<std::int32_t, 5>{-1, 10, 11, 12, 13}));
    EXPECT_EQ(crisis.end_day, 13);
    EXPECT_FALSE(crisis.backed_down.has_value());
}

TEST(Crisis, rungs_after_the_horizon_do_not_count_though_the_crisis_goes_on) {
    LadderParameters ladder = usual_ladder();
    ladder.alert.autonomous_climb = 1.0;
    ladder.clash.autonomous_climb = 1.0;
    ladder.general_war.autonomous_climb = 1.0;
    const Crisis crisis =
        run_crisis(ladder, Rung::alert, Standoff{}, 10, 11, 1, ReplicationId(4), Draws(1));
    EXPECT_EQ(crisis.highest, Rung::clash);
    EXPECT_EQ(crisis.day, (std::array<std::int32_t, 5>{-1, 10, 11, -1, -1}));
    EXPECT_EQ(crisis.end_day, 13);
}

TEST(Crisis, a_side_that_always_gives_way_ends_it_on_the_first_day) {
    LadderParameters ladder = usual_ladder();
    ladder.clash = {.autonomous_climb = 0.0, .escalate = 0.0, .back_down = 0.0};
    ladder.resolve_weight = 100.0;
    const Standoff weak_russia{.resolve_russia = -5.0, .resolve_allies = 5.0};
    const Crisis crisis =
        run_crisis(ladder, Rung::clash, weak_russia, 10, 1000, 1, ReplicationId(4), Draws(1));
    EXPECT_EQ(crisis.backed_down, LadderSide::russia);
    EXPECT_EQ(crisis.highest, Rung::clash);
    EXPECT_EQ(crisis.end_day, 11);
}

TEST(Crisis, general_war_is_a_clash_as_well_and_skips_the_alert) {
    const Crisis crisis = run_crisis(usual_ladder(), Rung::general_war, Standoff{}, 10, 1000, 1,
                                     ReplicationId(4), Draws(1));
    EXPECT_EQ(crisis.day[1], -1);
    EXPECT_EQ(crisis.day[2], 10);
    EXPECT_EQ(crisis.day[3], 10);
}

TEST(Crisis, a_standoff_without_end_outlasts_every_horizon) {
    LadderParameters ladder = usual_ladder();
    ladder.clash = {.autonomous_climb = 0.0, .escalate = -1e4, .back_down = -1e4};
    const Crisis crisis =
        run_crisis(ladder, Rung::clash, Standoff{}, 10, 1000, 1, ReplicationId(4), Draws(1));
    EXPECT_EQ(crisis.highest, Rung::clash);
    EXPECT_GT(crisis.end_day, 1000);
    EXPECT_FALSE(crisis.backed_down.has_value());
    EXPECT_EQ(absorption_probability(ladder, Rung::clash, Rung::general_war, Standoff{}), 0.0);
}

TEST(Crisis, who_backs_down_follows_the_chances) {
    const LadderParameters ladder = usual_ladder();
    const Standoff standoff = standoffs()[1];
    const RoundChances chances = round_chances(ladder, Rung::general_war, standoff, 1);
    const double share = chances.russia_backs_down /
                         (chances.russia_backs_down + chances.allies_back_down + chances.climb);
    constexpr int samples = 40'000;
    int russia = 0;
    for (std::uint32_t replication = 0; replication < samples; ++replication) {
        const Crisis crisis = run_crisis(ladder, Rung::general_war, standoff, 10, far_horizon, 1,
                                         ReplicationId(replication), Draws(8));
        russia += crisis.backed_down == LadderSide::russia ? 1 : 0;
    }
    // Five standard errors: one false alarm in 1.7 million.
    EXPECT_NEAR(russia, samples * share, 5.0 * std::sqrt(samples * share * (1.0 - share)));
}

}  // namespace
}  // namespace firebreak
