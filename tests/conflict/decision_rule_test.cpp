#include "conflict/decision_rule.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

using enum ResponseLevel;

DecidingSet set_of(std::vector<double> shares) {
    DecidingSet set;
    for (std::uint32_t i = 0; i < shares.size(); ++i) set.members.push_back(AllyId(i));
    set.share = std::move(shares);
    return set;
}

const ResponseParameters parameters = status_quo_scenario().parameters.response;

Collective agree(ResponseRule rule, const DecidingSet& set,
                 const std::vector<ResponseLevel>& levels, bool silent = true,
                 Consultation consultation = Consultation::by_any_member) {
    const std::vector<std::uint8_t> gives_way(levels.size(), silent ? 1 : 0);
    return decide(rule, consultation, parameters, set, levels, gives_way);
}

constexpr std::array all_rules{ResponseRule::consensus, ResponseRule::qualified_majority,
                               ResponseRule::coalition, ResponseRule::lead_nation};

const DecidingSet five = set_of({0.5, 0.2, 0.1, 0.1, 0.1});

TEST(DecisionRule, nobody_wants_anything_and_nothing_happens) {
    for (const ResponseRule rule : all_rules) {
        EXPECT_EQ(agree(rule, five, std::vector(5, none)), (Collective{none, false}));
    }
}

TEST(DecisionRule, everybody_wants_war_and_war_it_is) {
    for (const ResponseRule rule : all_rules) {
        EXPECT_EQ(agree(rule, five, std::vector(5, general_force), false),
                  (Collective{general_force, true}));
    }
}

TEST(DecisionRule, one_hold_out_blocks_a_consensus) {
    ResponseParameters strict = parameters;
    strict.fallback_share = 1.1;  // no coalition of the willing
    const std::vector levels{limited_force, limited_force, limited_force, limited_force, consult};
    std::vector<std::uint8_t> gives_way(5, 0);
    EXPECT_EQ(decide(ResponseRule::consensus, Consultation::by_any_member, strict, five, levels,
                     gives_way),
              (Collective{consult, false}));
    gives_way[4] = 1;
    EXPECT_EQ(decide(ResponseRule::consensus, Consultation::by_any_member, strict, five, levels,
                     gives_way),
              (Collective{limited_force, true}));
}

TEST(DecisionRule, silence_is_asked_of_a_minority_of_heads_only) {
    // kappa = 0.6 of five heads: three are enough, two are not, whatever they weigh.
    EXPECT_TRUE(agree(ResponseRule::consensus, five, {none, none, reinforce, reinforce, reinforce})
                    .invoked);
    EXPECT_FALSE(
        agree(ResponseRule::consensus, five, {reinforce, reinforce, none, none, none}).invoked);
}

TEST(DecisionRule, force_after_an_invocation_needs_capability) {
    // Limited force by 0.2 + 0.1 >= 0.25, general force by 0.1 alone.
    EXPECT_EQ(agree(ResponseRule::consensus, five,
                    {reinforce, limited_force, general_force, reinforce, reinforce}),
              (Collective{limited_force, true}));
    EXPECT_EQ(agree(ResponseRule::consensus, five,
                    {reinforce, reinforce, general_force, general_force, reinforce}),
              (Collective{reinforce, true}));
}

TEST(DecisionRule, without_consensus_the_willing_may_still_act) {
    // 0.5 + 0.2 >= 0.6, though two heads of five are no consensus.
    EXPECT_EQ(
        agree(ResponseRule::consensus, five, {limited_force, limited_force, none, none, none}),
        (Collective{limited_force, false}));
    EXPECT_EQ(agree(ResponseRule::consensus, five, {limited_force, none, none, none, none}),
              (Collective{consult, false}));
}

TEST(DecisionRule, a_qualified_majority_weighs_capability) {
    EXPECT_TRUE(agree(ResponseRule::qualified_majority, five,
                      {reinforce, reinforce, none, none, none}, false)
                    .invoked);
    EXPECT_FALSE(agree(ResponseRule::qualified_majority, five,
                       {reinforce, none, reinforce, none, none}, false)
                     .invoked);
}

TEST(DecisionRule, without_a_majority_the_willing_may_still_act) {
    // Level 2 is wanted by 0.6: less than the majority of 0.65, and as much as the willing need.
    const std::vector levels{reinforce, none, limited_force, none, none};
    EXPECT_EQ(agree(ResponseRule::qualified_majority, five, levels),
              (Collective{reinforce, false}));
    EXPECT_EQ(agree(ResponseRule::qualified_majority, five,
                    {limited_force, none, general_force, none, none}),
              (Collective{limited_force, false}));
    ResponseParameters strict = parameters;
    strict.fallback_share = 1.1;  // no coalition of the willing
    EXPECT_EQ(decide(ResponseRule::qualified_majority, Consultation::by_any_member, strict, five,
                     levels, {}),
              (Collective{consult, false}));
}

TEST(DecisionRule, a_failed_majority_does_what_a_failed_consensus_does) {
    const Draws draws(34);
    int failed = 0;
    for (std::uint32_t n = 0; n < 4'000; ++n) {
        std::vector<ResponseLevel> levels;
        for (std::uint16_t i = 0; i < 5; ++i) {
            const double u = draws.uniform({.replication = n, .index = i});
            levels.push_back(static_cast<ResponseLevel>(static_cast<int>(u * 5.0)));
        }
        const Collective majority = agree(ResponseRule::qualified_majority, five, levels, false);
        const Collective consensus = agree(ResponseRule::consensus, five, levels, false);
        if (majority.invoked || consensus.invoked) continue;
        ++failed;
        EXPECT_EQ(majority, consensus);
    }
    EXPECT_GT(failed, 1'000);
}

TEST(DecisionRule, a_coalition_is_whoever_is_able) {
    EXPECT_EQ(agree(ResponseRule::coalition, five, {none, limited_force, reinforce, none, none}),
              (Collective{reinforce, true}));
    EXPECT_EQ(agree(ResponseRule::coalition, five, {none, limited_force, none, none, none}),
              (Collective{consult, false}));
}

TEST(DecisionRule, the_lead_nation_decides_alone) {
    for (const ResponseLevel level : {reinforce, limited_force, general_force}) {
        EXPECT_EQ(agree(ResponseRule::lead_nation, five, {level, none, none, none, none}),
                  (Collective{level, true}));
    }
    EXPECT_EQ(
        agree(ResponseRule::lead_nation, five, {none, general_force, general_force, none, none}),
        (Collective{consult, false}));
}

TEST(DecisionRule, one_member_calls_a_consultation_only_where_it_may) {
    const std::vector levels{none, none, none, none, consult};
    EXPECT_EQ(agree(ResponseRule::coalition, five, levels).level, consult);
    EXPECT_EQ(agree(ResponseRule::coalition, five, levels, true, Consultation::by_coalition).level,
              none);
}

TEST(DecisionRule, a_share_that_is_met_on_paper_is_met) {
    // Ten times 0.1 three times is 0.30000000000000004 or less by one bit, depending on order.
    ResponseParameters third = parameters;
    third.force_share = 0.3;
    const DecidingSet ten = set_of(std::vector(10, 0.1));
    std::vector levels(10, none);
    std::fill_n(levels.begin(), 3, limited_force);
    EXPECT_EQ(
        decide(ResponseRule::coalition, Consultation::by_any_member, third, ten, levels, {}).level,
        limited_force);
}

TEST(DecisionRule, more_will_never_means_less_action) {
    const Draws draws(7);
    for (std::uint32_t n = 0; n < 4'000; ++n) {
        std::vector<ResponseLevel> levels;
        for (std::uint16_t i = 0; i < 5; ++i) {
            const double u = draws.uniform({.replication = n, .index = i});
            levels.push_back(static_cast<ResponseLevel>(static_cast<int>(u * 5.0)));
        }
        const std::size_t raised = n % 5;
        std::vector<ResponseLevel> more = levels;
        more[raised] = std::max(levels[raised], limited_force);
        for (const ResponseRule rule : all_rules) {
            const bool silent = n % 2 == 0;
            EXPECT_LE(agree(rule, five, levels, silent).level,
                      agree(rule, five, more, silent).level);
        }
    }
}

TEST(DecisionRule, support_counts_a_level_and_all_above) {
    const auto support =
        support_by_level(five, std::vector{general_force, consult, none, reinforce, none});
    EXPECT_NEAR(support[0], 1.0, 1e-12);
    EXPECT_NEAR(support[1], 0.8, 1e-12);
    EXPECT_NEAR(support[2], 0.6, 1e-12);
    EXPECT_NEAR(support[3], 0.5, 1e-12);
    EXPECT_NEAR(support[4], 0.5, 1e-12);
}

}  // namespace
}  // namespace firebreak
