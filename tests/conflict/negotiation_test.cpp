#include "conflict/negotiation.hpp"

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include "politics_setting.hpp"

namespace firebreak {
namespace {

Scenario announced(Timing timing, double conditionality = 1.0) {
    Scenario scenario = politics_setting().scenario;
    scenario.commitment.timing = timing;
    scenario.commitment.alignment = {0.1, 0.6, 0.75, 0.85, 1.0};
    scenario.commitment.conditionality_factor = conditionality;
    scenario.parameters.negotiation = {
        .ceasefire_hazard = 0.05, .promise_effect = 0.5, .conditionality_effect = 0.8};
    return scenario;
}

TEST(Negotiation, at_todays_terms_or_without_effects_the_hazard_is_the_one_given) {
    Scenario scenario = announced(Timing::never);
    scenario.commitment.alignment.fill(0.3);
    EXPECT_EQ(ceasefire_hazard(scenario), 0.05);
    Scenario indifferent = announced(Timing::promised, 2.0);
    indifferent.parameters.negotiation.promise_effect = 0.0;
    indifferent.parameters.negotiation.conditionality_effect = 0.0;
    EXPECT_EQ(ceasefire_hazard(indifferent), 0.05);
}

TEST(Negotiation, a_worked_example) {
    EXPECT_NEAR(ceasefire_hazard(announced(Timing::at_ceasefire, 1.5)),
                0.05 * std::exp(0.8 * 0.5 - 0.5 * 0.3), 1e-15);
    // Nothing is promised: what counts is the alignment without a promise.
    EXPECT_NEAR(ceasefire_hazard(announced(Timing::never)), 0.05 * std::exp(0.5 * 0.2), 1e-15);
}

TEST(Negotiation, a_promise_that_may_be_revised_counts_for_less) {
    Scenario doubtful = announced(Timing::never);
    doubtful.commitment.revision_hazard = 0.2;
    doubtful.parameters.capitals.foresight_years = 5.0;
    const double hazard = ceasefire_hazard(doubtful);
    EXPECT_LT(hazard, ceasefire_hazard(announced(Timing::never)));
    EXPECT_GT(hazard, ceasefire_hazard(announced(Timing::promised)));
}

TEST(Negotiation, the_delay_is_exponential_and_ever_shorter_as_aid_is_more_conditional) {
    constexpr int samples = 20'000;
    const double hazard = ceasefire_hazard(announced(Timing::promised));
    int within_two_years = 0;
    for (std::uint32_t n = 0; n < samples; ++n) {
        const ReplicationId id(n);
        const double days = ceasefire_delay(announced(Timing::promised), id, Draws(8));
        EXPECT_GT(days, 0.0);
        EXPECT_LT(ceasefire_delay(announced(Timing::promised, 1.5), id, Draws(8)), days);
        EXPECT_LT(ceasefire_delay(announced(Timing::never), id, Draws(8)), days);
        if (days <= 730.0) ++within_two_years;
    }
    const double expected = 1.0 - std::exp(-hazard * 730.0 / 30.0);
    // Five standard errors: a false alarm in about 6e-7.
    EXPECT_NEAR(within_two_years / static_cast<double>(samples), expected,
                5.0 * std::sqrt(expected * (1.0 - expected) / samples));
}

}  // namespace
}  // namespace firebreak
