#include "conflict/setting.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "scenario_builder.hpp"

namespace firebreak {
namespace {

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(Setting, shares_are_those_of_the_deciding_set) {
    const Setting setting = lay_out(tripwire_scenario());
    EXPECT_EQ(setting.everybody.members.size(), 32U);
    EXPECT_NEAR(sum(setting.everybody.share), 1.0, 1e-12);
    EXPECT_NEAR(sum(setting.protectors.share), 1.0, 1e-12);
    // Worked by hand: 0.0724428 + 0.0627837 + 0.0772723 + 0.0347725 = 0.2472713.
    EXPECT_NEAR(setting.protectors.share.front(), 0.0724428 / 0.2472713, 1e-12);
}

TEST(Setting, the_lead_comes_first) {
    const Setting setting = lay_out(tripwire_scenario());
    EXPECT_EQ(setting.scenario.allies[setting.protectors.members.front().value()].iso3, "GBR");
}

TEST(Setting, its_lead_is_the_first_protector_in_force_and_the_largest_ally_before) {
    Setting setting = lay_out(tripwire_scenario());
    EXPECT_EQ(lead_of(setting, true), AllyId(2));   // United Kingdom, though Germany is larger
    EXPECT_EQ(lead_of(setting, false), AllyId(0));  // United States
    EXPECT_EQ(lead_of(lay_out(status_quo_scenario()), false), AllyId(0));
    setting.protectors = {};
    EXPECT_EQ(lead_of(setting, true), AllyId(0));
    // By capability alone: neither by name nor by place in the table.
    setting.scenario.allies[0].capability_share = 0.01;
    EXPECT_EQ(lead_of(setting, false), AllyId(1));
    setting.scenario.allies[30].capability_share = 0.2;
    EXPECT_EQ(lead_of(setting, false), AllyId(30));
    setting.scenario.allies[7].capability_share = 0.2;
    EXPECT_EQ(lead_of(setting, false), AllyId(7));  // first of equals
    setting.scenario.allies.clear();
    EXPECT_EQ(lead_of(setting, false), AllyId(0));
}

TEST(Setting, obliged_capability_grows_with_the_protectors) {
    Scenario scenario = treaty_scenario();
    EXPECT_NEAR(lay_out(scenario).obliged_capability, 1.0, 1e-12);
    EXPECT_NEAR(lay_out(tripwire_scenario()).obliged_capability, 0.2472713, 1e-6);
    scenario.commitment.protectors.clear();
    EXPECT_EQ(lay_out(scenario).obliged_capability, 0.0);
    EXPECT_TRUE(lay_out(scenario).protectors.members.empty());
}

TEST(Setting, restraint_erodes_towards_none) {
    Scenario scenario = status_quo_scenario();
    scenario.horizon = 3000;
    const Setting setting = lay_out(scenario);
    ASSERT_EQ(setting.calm.size(), 3000U);
    EXPECT_FLOAT_EQ(setting.calm.front(),
                    static_cast<float>(scenario.parameters.line.initial_restraint));
    EXPECT_NEAR(setting.calm.back(), 1.0F, 1e-6);
    const LineOfContact& line = scenario.parameters.line;
    // 150 days: what is left of restraint has fallen to 1/e.
    EXPECT_NEAR(setting.calm[150], 1.0 - 0.85 * std::exp(-1.0), 1e-6);
    for (std::size_t day = 0; day < setting.calm.size(); ++day) {
        const double exact = 1.0 - (1.0 - line.initial_restraint) *
                                       std::exp(-static_cast<double>(day) / line.restraint_days);
        EXPECT_NEAR(setting.calm[day], exact, 1e-7);  // single precision
    }
    for (std::size_t day = 1; day < setting.calm.size(); ++day) {
        EXPECT_GE(setting.calm[day], setting.calm[day - 1]);
    }
}

}  // namespace
}  // namespace firebreak
