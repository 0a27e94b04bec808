#include "conflict/setting.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "base/elementary.hpp"
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

/// Calm by day of a line whose restraint erodes with `shape`.
std::vector<float> calm_of_shape(double shape) {
    Scenario scenario = status_quo_scenario();
    scenario.parameters.line.restraint_shape = shape;
    return lay_out(scenario).calm;
}

TEST(RestraintShape, at_one_is_the_plain_decay_to_the_last_bit) {
    const std::vector<float> calm = calm_of_shape(1.0);
    for (std::size_t day = 0; day < calm.size(); ++day) {
        const double left = exponential(-static_cast<double>(day) / 150.0);
        EXPECT_EQ(calm[day], static_cast<float>(1.0 - (1.0 - 0.15) * left)) << day;
    }
}

TEST(RestraintShape, follows_its_closed_form) {
    for (const double shape : {0.5, 2.0, 3.0}) {
        const std::vector<float> calm = calm_of_shape(shape);
        for (std::size_t day = 0; day < calm.size(); ++day) {
            const double worn = std::pow(static_cast<double>(day) / 150.0, shape);
            EXPECT_NEAR(calm[day], 1.0 - 0.85 * std::exp(-worn), 1e-7) << shape << " " << day;
        }
    }
}

TEST(RestraintShape, however_large_is_a_step_at_the_time_constant) {
    const std::vector<float> calm = calm_of_shape(1000.0);
    EXPECT_NEAR(calm[148], 0.15, 0.01);
    EXPECT_NEAR(calm[150], 1.0 - 0.85 * std::exp(-1.0), 1e-6);
    EXPECT_NEAR(calm[152], 1.0, 1e-6);
}

TEST(RestraintShape, holds_longer_before_the_time_constant_and_goes_sooner_after_it) {
    const std::vector<float> less = calm_of_shape(1.5);
    const std::vector<float> more = calm_of_shape(2.5);
    EXPECT_EQ(less[0], more[0]);
    EXPECT_EQ(less[150], more[150]);
    for (std::size_t day = 1; day < less.size(); ++day) {
        if (day < 150) {
            EXPECT_LT(more[day], less[day]) << day;
        } else {
            EXPECT_GE(more[day], less[day]) << day;
        }
    }
}

/// Parameters with these two exponents.
Parameters with_exponents(double heavy_restraint, double calm_exponent) {
    Parameters parameters = status_quo_scenario().parameters;
    parameters.line.heavy_restraint = heavy_restraint;
    parameters.lethality.calm_exponent = calm_exponent;
    return parameters;
}

TEST(CalmEffects, without_exponents_there_are_none) {
    for (const double calm : {0.0, 0.05, 0.5, 1.0}) {
        const CalmEffects effects = calm_effects(with_exponents(0.0, 0.0), calm);
        EXPECT_EQ(effects.long_range, 1.0F);
        EXPECT_EQ(effects.lethality, 1.0F);
    }
}

TEST(CalmEffects, there_are_none_where_no_restraint_is_left) {
    const CalmEffects effects = calm_effects(with_exponents(0.7, 0.9), 1.0);
    EXPECT_EQ(effects.long_range, 1.0F);
    EXPECT_EQ(effects.lethality, 1.0F);
}

TEST(CalmEffects, are_powers_of_calm) {
    const CalmEffects effects = calm_effects(with_exponents(0.5, 0.25), 0.0625);
    EXPECT_FLOAT_EQ(effects.long_range, 0.25F);
    EXPECT_FLOAT_EQ(effects.lethality, 2.0F);
}

TEST(CalmEffects, without_any_fire_to_count_stay_finite) {
    const CalmEffects effects = calm_effects(with_exponents(0.5, 1.0), 0.0);
    EXPECT_EQ(effects.long_range, 0.0F);
    EXPECT_NEAR(effects.lethality, 1000.0F, 0.01F);
}

TEST(CalmEffects, grow_less_heavy_and_more_lethal_the_more_restraint_there_is) {
    CalmEffects before = calm_effects(with_exponents(0.3, 0.25), 1.0);
    for (const double calm : {0.8, 0.4, 0.1, 0.01}) {
        const CalmEffects effects = calm_effects(with_exponents(0.3, 0.25), calm);
        EXPECT_LT(effects.long_range, before.long_range);
        EXPECT_GT(effects.lethality, before.lethality);
        before = effects;
    }
}

TEST(CalmEffects, of_each_day_are_those_of_its_calm) {
    const Scenario scenario = status_quo_scenario();
    const Setting setting = lay_out(scenario);
    ASSERT_EQ(setting.calm_effects.size(), setting.calm.size());
    for (const std::size_t day : {std::size_t{0}, std::size_t{150}, std::size_t{1825}}) {
        const CalmEffects expected =
            calm_effects(scenario.parameters, static_cast<double>(setting.calm[day]));
        EXPECT_EQ(setting.calm_effects[day].long_range, expected.long_range);
        EXPECT_EQ(setting.calm_effects[day].lethality, expected.lethality);
    }
    EXPECT_FLOAT_EQ(setting.settled_effects.long_range, static_cast<float>(std::pow(0.05, 0.3)));
}

}  // namespace
}  // namespace firebreak
