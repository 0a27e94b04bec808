#include "regime/parameter_table.hpp"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "regime/prior.hpp"

namespace firebreak {
namespace {

TEST(ParameterTable, each_path_leads_to_a_field_of_its_own) {
    Scenario scenario;
    std::set<const double*> fields;
    std::set<std::string_view> paths;
    for (const ParameterField& row : parameter_fields()) {
        EXPECT_TRUE(fields.insert(&row.field(scenario)).second) << row.path;
        EXPECT_TRUE(paths.insert(row.path).second) << row.path;
    }
}

TEST(ParameterTable, holds_every_number_of_the_parameters) {
    // Each struct is doubles alone, so its size tells how many rows it must have.
    std::size_t rows = 0;
    for (const ParameterField& row : parameter_fields()) {
        if (row.path.substr(0, 11) != "commitment.") ++rows;
    }
    EXPECT_EQ(rows * sizeof(double), sizeof(Parameters));
}

TEST(ParameterTable, a_path_writes_the_field_of_its_name) {
    Scenario scenario;
    find_parameter("line.immigrant_rate")->field(scenario) = 4.6;
    EXPECT_EQ(scenario.parameters.line.immigrant_rate, 4.6);
    find_parameter("ladder.general_war.back_down")->field(scenario) = -1.8;
    EXPECT_EQ(scenario.parameters.ladder.general_war.back_down, -1.8);
    find_parameter("commitment.armament")->field(scenario) = 1.1;
    EXPECT_EQ(scenario.commitment.armament, 1.1);
    find_parameter("commitment.alignment_ratifying")->field(scenario) = 0.85;
    EXPECT_EQ(scenario.commitment.alignment[static_cast<std::size_t>(Phase::ratifying)], 0.85);
}

TEST(ParameterTable, finds_every_path_and_no_other) {
    for (const ParameterField& row : parameter_fields()) {
        EXPECT_EQ(find_parameter(row.path), &row);
    }
    EXPECT_EQ(find_parameter("line"), nullptr);
    EXPECT_EQ(find_parameter("line.immigrant_rat"), nullptr);
    EXPECT_EQ(find_parameter(""), nullptr);
}

TEST(Prior, quantiles_of_a_fixed_one_are_its_value) {
    const Prior prior{Distribution::fixed, 3.0, 3.0};
    for (const double u : {0.0, 0.3, 1.0}) EXPECT_EQ(quantile(prior, u), 3.0);
}

TEST(Prior, quantiles_of_a_uniform_one_are_linear) {
    const Prior prior{Distribution::uniform, -1.0, 3.0};
    EXPECT_EQ(quantile(prior, 0.0), -1.0);
    EXPECT_EQ(quantile(prior, 0.5), 1.0);
    EXPECT_EQ(quantile(prior, 1.0), 3.0);
}

TEST(Prior, the_median_of_a_log_uniform_one_is_the_geometric_mean) {
    const Prior prior{Distribution::log_uniform, 0.1, 10.0};
    EXPECT_DOUBLE_EQ(quantile(prior, 0.0), 0.1);
    EXPECT_DOUBLE_EQ(quantile(prior, 0.5), 1.0);
    EXPECT_DOUBLE_EQ(quantile(prior, 1.0), 10.0);
}

TEST(Prior, quantiles_rise_with_their_share) {
    for (const Prior prior :
         {Prior{Distribution::uniform, 2.0, 3.0}, Prior{Distribution::log_uniform, 2.0, 30.0}}) {
        for (int step = 0; step < 10; ++step) {
            EXPECT_LT(quantile(prior, step / 10.0), quantile(prior, (step + 1) / 10.0));
        }
    }
}

}  // namespace
}  // namespace firebreak
