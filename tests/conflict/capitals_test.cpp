#include "conflict/capitals.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "conflict/credibility.hpp"
#include "politics_setting.hpp"

namespace firebreak {
namespace {

TEST(Capitals, at_the_anchor_the_hazards_are_the_ones_given) {
    const Setting setting = politics_setting();
    const State state = ordinary_state();
    const Outlook view = anchored_outlook();
    EXPECT_NEAR(war_hazard(Side::russia, setting, Cast{}, state, view), 0.006, 1e-15);
    EXPECT_NEAR(war_hazard(Side::ukraine, setting, Cast{}, state, view), 0.0003, 1e-16);
}

TEST(Capitals, a_worked_example_of_russias_hazard) {
    Setting setting = committed_setting();
    setting.obliged_capability = 0.25;
    State state = in_force_state();
    state.grievance[index_of(Side::russia)] = 20.0;
    Outlook view = anchored_outlook();
    view.win_russia = 0.5;
    view.alignment = 1.0;
    view.prize_factor = 0.9;
    view.belief_russia = 0.8;
    view.belief_next = 0.8;
    const Cast cast{.leader_type_russia = 0.3};
    // prize, alignment, intervention by those with a quarter of the means, leader, grievance
    const double utility = 6.0 * (0.9 * 0.5 - 0.35) + 0.7 - 10.0 * 0.5 * 0.8 + 10.0 * 0.03 + 0.3 +
                           0.5 * (std::log(3.0) - 0.6);
    EXPECT_NEAR(war_hazard(Side::russia, setting, cast, state, view), 0.006 * std::exp(utility),
                1e-15);
}

TEST(Capitals, a_worked_example_of_ukraines_hazard) {
    Setting setting = committed_setting();
    setting.scenario.commitment.conditionality_factor = 1.5;
    Outlook view = anchored_outlook();
    view.win_ukraine = 0.25;
    view.belief = 0.9;
    const Cast cast{.leader_type_ukraine = -0.2};
    const double utility = 6.0 * -0.1 + 0.9 - 0.5 - 0.2;
    EXPECT_NEAR(war_hazard(Side::ukraine, setting, cast, in_force_state(), view),
                0.0003 * std::exp(utility), 1e-16);
}

/// One outlook per kind of regime, as different as can be.
std::vector<Setting> every_kind_of_regime() {
    std::vector<Setting> settings{politics_setting(), committed_setting()};
    for (const Timing timing : {Timing::promised, Timing::after_settlement, Timing::after_quiet,
                                Timing::immediate, Timing::activation}) {
        Setting setting = committed_setting();
        setting.scenario.commitment.timing = timing;
        setting.scenario.commitment.alignment.fill(0.9);
        setting.scenario.commitment.armament = 0.6;
        setting.scenario.commitment.aid_factor = 0.1;
        setting.scenario.commitment.prize_factor = 0.8;
        setting.scenario.commitment.conditionality_factor = 2.0;
        setting.scenario.commitment.exposure = 1.0;
        settings.push_back(setting);
    }
    return settings;
}

TEST(Capitals, without_rationality_every_regime_has_the_same_war_hazard) {
    for (Setting setting : every_kind_of_regime()) {
        setting.scenario.parameters.capitals.rationality = 0.0;
        for (State state : {calm_state(), in_force_state()}) {
            for (const std::int32_t day : {0, 30, 1500}) {
                state.settled_day = day == 30 ? 10 : FirstDays::never;
                const Cast cast{.leader_type_russia = 2.0, .leader_type_ukraine = -1.0};
                const Outlook view = outlook(setting, cast, state, day, 0.25, false);
                EXPECT_EQ(war_hazard(Side::russia, setting, cast, state, view), 0.006);
                EXPECT_EQ(war_hazard(Side::ukraine, setting, cast, state, view), 0.0003);
            }
        }
    }
}

TEST(Capitals, with_rationality_regimes_differ) {
    const Setting none = politics_setting();
    const Setting treaty = committed_setting();
    const State open = ordinary_state();
    const State committed = in_force_state();
    const double without =
        war_hazard(Side::russia, none, Cast{}, open, outlook(none, Cast{}, open, 400, 0.2, false));
    const double with = war_hazard(Side::russia, treaty, Cast{}, committed,
                                   outlook(treaty, Cast{}, committed, 400, 0.2, false));
    EXPECT_LT(with, 0.01 * without);
}

TEST(Capitals, a_side_that_has_no_hazard_never_attacks) {
    Setting setting = politics_setting();
    setting.scenario.parameters.capitals.war_hazard_russia = 0.0;
    const Cast fanatic{.leader_type_russia = 1e6};
    EXPECT_EQ(war_hazard(Side::russia, setting, fanatic, calm_state(), anchored_outlook()), 0.0);
    EXPECT_EQ(war_chance(Side::russia, setting, fanatic, calm_state(), anchored_outlook()), 0.0);
}

TEST(Capitals, no_hazard_exceeds_half_a_war_a_month) {
    const Setting setting = politics_setting();
    const Cast fanatic{.leader_type_russia = 1e6, .leader_type_ukraine = 50.0};
    const State state = calm_state();
    EXPECT_EQ(war_hazard(Side::russia, setting, fanatic, state, anchored_outlook()), 0.5);
    EXPECT_EQ(war_hazard(Side::ukraine, setting, fanatic, state, anchored_outlook()), 0.5);
}

TEST(Capitals, halving_the_politics_step_changes_nothing) {
    Setting setting = politics_setting();
    const State state = ordinary_state();
    const Cast hawk{.leader_type_russia = 2.0};
    const Outlook view = anchored_outlook();
    const double whole = war_chance(Side::russia, setting, hawk, state, view);
    setting.scenario.parameters.capitals.politics_step = 15;
    const double half = war_chance(Side::russia, setting, hawk, state, view);
    EXPECT_NEAR(1.0 - (1.0 - half) * (1.0 - half), whole, 1e-15);
    EXPECT_NEAR(whole, 1.0 - std::exp(-0.006 * std::exp(2.0)), 1e-14);
}

TEST(Capitals, an_unwanted_prize_makes_the_odds_of_winning_irrelevant) {
    Setting setting = politics_setting();
    setting.scenario.parameters.capitals.prize = 0.0;
    Outlook likely = anchored_outlook();
    likely.win_russia = 0.95;
    EXPECT_EQ(war_hazard(Side::russia, setting, Cast{}, calm_state(), likely),
              war_hazard(Side::russia, setting, Cast{}, calm_state(), anchored_outlook()));
}

TEST(Capitals, a_dearer_intervention_deters_where_force_is_expected) {
    Setting setting = committed_setting();
    const State state = in_force_state();
    const Outlook view = outlook(setting, Cast{}, state, 100, 0.2, false);
    double previous = 1.0;
    for (const double cost : {0.0, 3.0, 6.0, 10.0, 14.0}) {
        setting.scenario.parameters.capitals.intervention_cost = cost;
        const double hazard = war_hazard(Side::russia, setting, Cast{}, state, view);
        EXPECT_LT(hazard, previous);
        previous = hazard;
    }
}

TEST(Capitals, without_commitment_the_cost_of_intervention_does_not_matter) {
    Setting setting = politics_setting();
    const State state = ordinary_state();
    const Outlook view = outlook(setting, Cast{.perception = 0.7}, state, 0, 0.25, false);
    EXPECT_EQ(view.belief_russia, view.belief_anchor);
    const double dear = war_hazard(Side::russia, setting, Cast{}, state, view);
    setting.scenario.parameters.capitals.intervention_cost = 0.0;
    EXPECT_NEAR(dear, war_hazard(Side::russia, setting, Cast{}, state, view), 1e-16);
}

TEST(Capitals, few_means_deter_less_unless_means_do_not_count) {
    Setting setting = committed_setting();
    const State state = in_force_state();
    const Outlook view = outlook(setting, Cast{}, state, 100, 0.2, false);
    const double whole = war_hazard(Side::russia, setting, Cast{}, state, view);
    setting.obliged_capability = 0.3;
    EXPECT_GT(war_hazard(Side::russia, setting, Cast{}, state, view), whole);
    setting.scenario.parameters.capitals.capability_exponent = 0.0;
    EXPECT_EQ(war_hazard(Side::russia, setting, Cast{}, state, view), whole);
}

TEST(Capitals, breaking_a_settlement_costs_both_sides) {
    Setting setting = politics_setting();
    setting.scenario.parameters.settlement.prize_factor = 1.0;
    const State open = ordinary_state();
    State settled = open;
    settled.settled_day = 100;
    const Outlook view = anchored_outlook();
    for (const Side side : {Side::russia, Side::ukraine}) {
        EXPECT_NEAR(war_hazard(side, setting, Cast{}, settled, view) /
                        war_hazard(side, setting, Cast{}, open, view),
                    std::exp(-2.0), 1e-12);
    }
}

TEST(Capitals, a_conceded_prize_lowers_the_hazard_whatever_the_odds) {
    const Setting setting = politics_setting();
    for (const double odds : {0.05, 0.35, 0.9}) {
        Outlook view = anchored_outlook();
        view.win_russia = odds;
        Outlook conceded = view;
        conceded.prize_factor = 0.9;
        EXPECT_NEAR(war_hazard(Side::russia, setting, Cast{}, ordinary_state(), conceded) /
                        war_hazard(Side::russia, setting, Cast{}, ordinary_state(), view),
                    std::exp(-6.0 * 0.1 * odds), 1e-12);
    }
    Setting regime = politics_setting();
    regime.scenario.commitment.prize_factor = 0.9;
    EXPECT_EQ(outlook(regime, Cast{}, calm_state(), 100, 0.2, false).prize_factor, 0.9);
}

TEST(Capitals, readiness_rebuilds_from_start_to_full) {
    const CapitalParameters capitals = politics_setting().scenario.parameters.capitals;
    EXPECT_NEAR(readiness(capitals, Side::russia, 0), 0.5, 1e-15);
    EXPECT_NEAR(readiness(capitals, Side::russia, 700), 1.1 - 0.6 * std::exp(-1.0), 1e-14);
    EXPECT_NEAR(readiness(capitals, Side::ukraine, 100'000), 1.0, 1e-14);
}

TEST(Capitals, the_odds_of_winning_follow_the_balance_of_readiness) {
    Setting setting = politics_setting();
    const State state = ordinary_state();
    const Outlook even = outlook(setting, Cast{}, state, 0, 0.0, false);
    // Balanced forces: only the attacker's handicap counts, for either.
    EXPECT_NEAR(even.win_russia, 1.0 / (1.0 + std::exp(3.0 * 0.15)), 1e-14);
    EXPECT_EQ(even.win_russia, even.win_ukraine);

    const Outlook aided = outlook(setting, Cast{}, state, 0, 0.25, false);
    EXPECT_LT(aided.win_russia, even.win_russia);
    EXPECT_GT(aided.win_ukraine, even.win_ukraine);
    setting.scenario.commitment.armament = 1.3;
    const Outlook armed = outlook(setting, Cast{}, state, 0, 0.0, false);
    EXPECT_LT(armed.win_russia, even.win_russia);
    EXPECT_GT(armed.win_ukraine, even.win_ukraine);
}

TEST(Capitals, deployed_troops_defend_once_they_are_there) {
    Setting setting = committed_setting();
    setting.scenario.commitment.exposure = 1.0;
    const Outlook before = outlook(setting, Cast{}, ordinary_state(), 0, 0.0, false);
    const Outlook after = outlook(setting, Cast{}, in_force_state(), 0, 0.0, false);
    EXPECT_NEAR(after.win_russia, 1.0 / (1.0 + std::exp(3.0 * 0.25)), 1e-14);
    EXPECT_GT(before.win_russia, after.win_russia);
    EXPECT_EQ(before.win_ukraine, after.win_ukraine);
}

TEST(Capitals, alignment_follows_the_phase) {
    const Setting setting = committed_setting();
    State state = ordinary_state();
    const std::array<double, phase_count> expected{0.3, 0.6, 0.75, 0.85, 1.0};
    for (std::size_t phase = 0; phase < phase_count; ++phase) {
        state.phase = static_cast<Phase>(phase);
        EXPECT_EQ(outlook(setting, Cast{}, state, 0, 0.2, false).alignment, expected[phase]);
    }
}

TEST(Capitals, more_provocation_raises_the_hazard_of_an_aligned_neighbour_only) {
    Setting setting = politics_setting();
    Outlook aligned = anchored_outlook();
    aligned.alignment = 0.9;
    const State state = ordinary_state();
    const double before = war_hazard(Side::russia, setting, Cast{}, state, aligned);
    setting.scenario.parameters.capitals.provocation = 3.0;
    EXPECT_NEAR(war_hazard(Side::russia, setting, Cast{}, state, aligned) / before,
                std::exp(2.0 * 0.6), 1e-12);
    EXPECT_NEAR(war_hazard(Side::russia, setting, Cast{}, state, anchored_outlook()), 0.006, 1e-15);
}

TEST(UpdatedBelief, without_a_record_it_is_the_starting_belief) {
    EXPECT_EQ(updated_belief(0.25, 16.0, 0.0, 0.0), 0.25);
}

TEST(UpdatedBelief, it_is_the_mean_of_the_beta_posterior) {
    // Prior Beta(k B0, k (1 - B0)), then h successes and f failures.
    for (const double starting : {0.0, 0.04, 0.5, 0.91, 1.0}) {
        for (const double honoured : {0.0, 1.0, 3.2}) {
            for (const double failed : {0.0, 0.3, 5.0}) {
                const double a = 15.0 * starting + honoured;
                const double b = 15.0 * (1.0 - starting) + failed;
                EXPECT_NEAR(updated_belief(starting, 15.0, honoured, failed), a / (a + b), 1e-15);
            }
        }
    }
}

TEST(UpdatedBelief, honour_raises_it_and_failure_lowers_it) {
    EXPECT_GT(updated_belief(0.5, 15.0, 1.0, 0.0), 0.5);
    EXPECT_LT(updated_belief(0.5, 15.0, 0.0, 1.0), 0.5);
    EXPECT_NEAR(updated_belief(0.9, 15.0, 0.0, 1e9), 0.0, 1e-7);
}

TEST(UpdatedBelief, commitment_and_the_politics_of_its_leader_choose_the_starting_belief) {
    const Setting setting = committed_setting();
    State state = ordinary_state();
    EXPECT_EQ(outlook(setting, Cast{}, state, 0, 0.2, false).belief, 0.04);
    state.adverse = 0b0001;
    EXPECT_EQ(outlook(setting, Cast{}, state, 0, 0.2, false).belief, 0.02);
    state.in_force = true;
    EXPECT_EQ(outlook(setting, Cast{}, state, 0, 0.2, false).belief, 0.6);
    state.adverse = 0b0110;  // others than the leader
    EXPECT_EQ(outlook(setting, Cast{}, state, 0, 0.2, false).belief, 0.9);
}

TEST(UpdatedBelief, the_anchor_does_not_follow_the_leaders_politics) {
    const Setting setting = committed_setting();
    State state = ordinary_state();
    state.adverse = 0b0001;
    EXPECT_NEAR(outlook(setting, Cast{}, state, 0, 0.2, false).belief_anchor, 0.04, 1e-15);
}

TEST(UpdatedBelief, before_a_commitment_is_in_force_the_largest_ally_leads) {
    Setting setting = committed_setting();
    std::swap(setting.protectors.members[0], setting.protectors.members[2]);  // Poland's pledge
    State state = ordinary_state();
    state.phase = Phase::ratifying;
    // belief_next looks at the politics of the lead to come.
    const auto beliefs = [&](std::uint64_t adverse) {
        state.adverse = adverse;
        const Outlook view = outlook(setting, Cast{}, state, 0, 0.2, false);
        return std::pair(view.belief, view.belief_next);
    };
    const auto near = [](std::pair<double, double> seen, double now, double next) {
        EXPECT_NEAR(seen.first, now, 1e-15);
        EXPECT_NEAR(seen.second, next, 1e-15);
    };
    near(beliefs(0b0000), 0.04, 0.9);
    near(beliefs(0b0001), 0.02, 0.9);
    near(beliefs(0b0100), 0.04, 0.6);
    near(beliefs(0b0101), 0.02, 0.6);
}

TEST(UpdatedBelief, perception_shifts_russias_view_in_log_odds_and_not_ukraines) {
    const Setting setting = committed_setting();
    const State state = in_force_state();
    const Outlook view = outlook(setting, Cast{.perception = -0.4}, state, 0, 0.2, false);
    EXPECT_EQ(view.belief, 0.9);
    EXPECT_NEAR(view.belief_russia, 1.0 / (1.0 + std::exp(0.4) / 9.0), 1e-14);
    EXPECT_NEAR(view.belief_anchor, 1.0 / (1.0 + std::exp(0.4) * 24.0), 1e-14);
}

TEST(UpdatedBelief, certainty_survives_any_perception) {
    Setting setting = committed_setting();
    setting.starting_belief.table = {{{0.0, 0.0}, {1.0, 1.0}}};
    const Outlook view = outlook(setting, Cast{.perception = 3.0}, in_force_state(), 0, 0.2, false);
    EXPECT_EQ(view.belief_russia, 1.0);
    EXPECT_EQ(view.belief_anchor, 0.0);
}

TEST(PreventiveMotive, it_acts_only_while_an_accession_is_near) {
    Setting setting = committed_setting();
    State state = ordinary_state();
    for (const Phase phase : {Phase::none, Phase::promised, Phase::in_force}) {
        state.phase = phase;
        state.in_force = phase == Phase::in_force;
        const Outlook view = outlook(setting, Cast{}, state, 0, 0.2, false);
        EXPECT_EQ(view.belief_next, view.belief_russia);
    }
    state.in_force = false;
    for (const Phase phase : {Phase::invited, Phase::ratifying}) {
        state.phase = phase;
        const Outlook view = outlook(setting, Cast{}, state, 0, 0.2, false);
        EXPECT_NEAR(view.belief_next, 0.9, 1e-15);
        const double with = war_hazard(Side::russia, setting, Cast{}, state, view);
        setting.scenario.parameters.capitals.preventive_motive = 0.0;
        const double without = war_hazard(Side::russia, setting, Cast{}, state, view);
        setting.scenario.parameters.capitals.preventive_motive = 0.5;
        EXPECT_NEAR(with / without, std::exp(0.5 * (0.9 - 0.04)), 1e-12);
    }
    // A pledge that is not active yet gives no motive: nobody sees its day come nearer.
    setting.scenario.commitment.timing = Timing::activation;
    state.phase = Phase::none;
    const Outlook pledged = outlook(setting, Cast{}, state, 0, 0.2, false);
    EXPECT_EQ(pledged.belief_next, pledged.belief_russia);
}

}  // namespace
}  // namespace firebreak
