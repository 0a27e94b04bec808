#include "conflict/expectation.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "conflict/response.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

// Fixed seed; 4.5 standard errors fail by chance once in 150,000 comparisons.
const Draws draws(5);

StartingBelief belief(Scenario scenario, double count = 4'000) {
    scenario.parameters.response.belief_draws = count;
    return estimate_starting_belief(lay_out(std::move(scenario)), draws);
}

TEST(Expectation, without_will_or_duty_nobody_expects_force) {
    Scenario scenario = treaty_scenario();
    scenario.parameters.response.cut_limited_force = 1e6;
    scenario.parameters.response.cut_general_force = 1e6;
    for (const auto& row : belief(scenario).table) {
        for (const double entry : row) EXPECT_LT(entry, 1e-3);
    }
}

TEST(Expectation, an_overwhelming_duty_is_expected_to_be_met) {
    Scenario scenario = treaty_scenario();
    scenario.parameters.response.obligation_weight = 500.0;
    const StartingBelief certain = belief(scenario);
    EXPECT_GT(certain.table[1][0], 0.999);
    EXPECT_LT(certain.table[1][0], 1.0);
    EXPECT_LT(certain.table[0][0], 0.5);
}

TEST(Expectation, of_a_lead_nation_is_its_own_ordered_logit) {
    Scenario scenario = tripwire_scenario();
    scenario.commitment.rule = ResponseRule::lead_nation;
    scenario.parameters.response.gravity_sd = 0.0;
    scenario.parameters.response.peer_weight = 0.0;
    scenario.parameters.response.resolve_spread = 0.0;
    scenario.parameters.incidents.offensive_deaths_sd = 0.0;
    scenario.parameters.incidents.offensive_deaths = 2000.0;
    scenario.commitment.exposure = 0.0;
    scenario.commitment.obligation = 0.3;
    const ResponseParameters& p = scenario.parameters.response;
    const Ally& lead = scenario.allies[scenario.commitment.protectors.front().value()];
    const double seen = scenario.parameters.investigation.overt_russia;
    const double propensity = seen * (p.severity_weight * std::log1p(2000.0) +
                                      p.obligation_weight * 0.3 + p.stake_weight * lead.stake) +
                              lead.resolve_offset;
    const double count = 20'000;
    const StartingBelief estimate = belief(scenario, count);
    for (const int adverse : {0, 1}) {
        const double exact = chance_of_level(
            p, propensity - adverse * scenario.parameters.cohesion.adverse_loss,
            p.nuclear_aversion * lead.nuclear_aversion, ResponseLevel::limited_force);
        EXPECT_NEAR(estimate.table[1][static_cast<std::size_t>(adverse)], exact,
                    4.5 * std::sqrt(exact * (1.0 - exact) / count) + 1e-4);
    }
}

TEST(Expectation, a_commitment_raises_it_and_an_adverse_lead_lowers_it) {
    for (const Scenario& scenario : {treaty_scenario(), tripwire_scenario()}) {
        const StartingBelief estimate = belief(scenario);
        EXPECT_GT(estimate.table[1][0], estimate.table[0][0] + 0.3);
        EXPECT_LE(estimate.table[1][1], estimate.table[1][0]);
        EXPECT_LE(estimate.table[0][1], estimate.table[0][0]);
    }
}

TEST(Expectation, lies_in_the_bands_of_the_model_description) {
    const StartingBelief treaty = belief(treaty_scenario());
    EXPECT_GT(treaty.table[0][0], 0.01);
    EXPECT_LT(treaty.table[0][0], 0.15);
    EXPECT_GT(treaty.table[1][0], 0.5);
    EXPECT_LT(treaty.table[1][0], 0.97);
}

TEST(Expectation, is_the_same_without_protection_in_every_regime) {
    const StartingBelief none = belief(status_quo_scenario());
    EXPECT_EQ(none.table[0], belief(treaty_scenario()).table[0]);
    EXPECT_EQ(none.table[0], none.table[1]);
    EXPECT_EQ(none.table[0], belief(tripwire_scenario()).table[0]);
}

}  // namespace
}  // namespace firebreak
