// What no regime may have built in, and what no step may decide.
#include <gtest/gtest.h>

#include "whole_model.hpp"

namespace firebreak {
namespace {

const std::vector<std::string> twelve{"status-quo",
                                      "open-door",
                                      "membership",
                                      "membership-controlled-territory",
                                      "membership-after-settlement",
                                      "membership-in-force",
                                      "neutrality",
                                      "neutrality-unarmed",
                                      "bilateral-guarantee",
                                      "coalition-tripwire",
                                      "coalition-rear",
                                      "air-shield"};

TEST(Politics, without_rationality_every_regime_has_the_same_collapse) {
    // The same luck decides on war under every regime; only a crisis, during which no capital
    // decides anything, can part them. 2,000 replications, a point apart at most.
    double first = 0.0;
    for (const Scenario& scenario : whole::scenarios_of(
             "baseline", twelve, [](Scenario& s) { s.parameters.capitals.rationality = 0.0; })) {
        const double collapse =
            whole::expected(whole::simulate(scenario, 2000), OutcomeKind::collapse).value;
        if (first == 0.0) {
            first = collapse;
            EXPECT_GT(collapse, 0.2);
        }
        EXPECT_NEAR(collapse, first, 0.01) << scenario.regime;
    }
}

TEST(Politics, half_the_step_leaves_the_collapse_where_it_was) {
    // Hazards, not chances per step. Stances of a month or a fortnight differ a little in what they
    // let escalate, so a point is allowed beside 4 standard errors (false alarm 6e-5).
    for (const std::string regime : {"status-quo", "membership-in-force"}) {
        std::vector<whole::Mean> collapse;
        for (const double step : {30.0, 15.0}) {
            const auto scenarios = whole::scenarios_of("baseline", {regime}, [&](Scenario& s) {
                s.parameters.capitals.politics_step = step;
            });
            collapse.push_back(
                whole::expected(whole::simulate(scenarios.front(), 4000), OutcomeKind::collapse));
        }
        EXPECT_NEAR(collapse[0].value, collapse[1].value,
                    0.01 + 4.0 * std::hypot(collapse[0].error, collapse[1].error))
            << regime;
    }
}

TEST(Politics, provocation_and_deterrence_can_each_order_membership_and_neutrality) {
    const auto difference = [](const std::string& study, OutcomeKind kind) {
        const auto scenarios = whole::scenarios_of(study, {"membership", "neutrality"});
        const auto membership = whole::simulate(scenarios[0], 4000);
        const auto neutrality = whole::simulate(scenarios[1], 4000);
        std::vector<double> gaps;
        for (std::size_t i = 0; i < membership.size(); ++i) {
            gaps.push_back(membership[i].expectation[index_of(kind)][19] -
                           neutrality[i].expectation[index_of(kind)][19]);
        }
        return whole::mean_of(gaps);
    };
    // Each sign stands 4 standard errors clear of zero.
    for (const OutcomeKind kind : {OutcomeKind::collapse, OutcomeKind::clash}) {
        const whole::Mean provoked = difference("provocation-dominates", kind);
        EXPECT_GT(provoked.value, 4.0 * provoked.error) << outcome_names[index_of(kind)];
        const whole::Mean deterred = difference("deterrence-dominates", kind);
        EXPECT_LT(deterred.value, -4.0 * deterred.error) << outcome_names[index_of(kind)];
    }
}

TEST(Politics, regime_alone_or_with_others_has_the_same_histories) {
    const auto scenarios = whole::scenarios_of("baseline", {"membership", "neutrality"});
    const Draws draws(7);
    const std::vector<Scenario> reversed{scenarios[1], scenarios[0]};
    const DesignPoint both = make_design_point(0, scenarios, draws);
    const DesignPoint turned = make_design_point(1, reversed, draws);
    const DesignPoint alone = make_design_point(2, std::vector<Scenario>{scenarios[1]}, draws);
    const Block block{0, 64, 32};
    const Tally with = std::get<BlockResult>(run_block(both, block, draws, keep_all(both))).tally;
    const Tally before =
        std::get<BlockResult>(run_block(turned, block, draws, keep_all(turned))).tally;
    const Tally single =
        std::get<BlockResult>(run_block(alone, block, draws, keep_all(alone))).tally;
    for (std::size_t i = 0; i < outcome_count; ++i) {
        const auto kind = static_cast<OutcomeKind>(i);
        for (std::size_t checkpoint = 0; checkpoint < 20; ++checkpoint) {
            EXPECT_EQ(with.hits(1, kind, checkpoint), single.hits(0, kind, checkpoint));
            EXPECT_EQ(with.hits(1, kind, checkpoint), before.hits(0, kind, checkpoint));
            EXPECT_EQ(with.expectation(1, kind, checkpoint).sum,
                      single.expectation(0, kind, checkpoint).sum);
            EXPECT_EQ(with.expectation(1, kind, checkpoint).sum,
                      before.expectation(0, kind, checkpoint).sum);
        }
    }
}

}  // namespace
}  // namespace firebreak
