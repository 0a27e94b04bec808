#include "inference/daily_shape.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

TEST(DailyShape, of_nothing_is_nil) {
    const DailyShape shape = shape_of({});
    EXPECT_EQ(shape.mean, 0.0);
    EXPECT_EQ(shape.log_sd, 0.0);
    EXPECT_EQ(shape.log_autocorrelation, 0.0);
}

TEST(DailyShape, of_even_fire_has_no_spread_and_the_largest_size) {
    const std::vector<DailyViolations> days{{0, 10, 20}, {1, 10, 20}, {2, 10, 20}};
    const DailyShape shape = shape_of(days);
    EXPECT_EQ(shape.mean, 30.0);
    EXPECT_NEAR(shape.log_sd, 0.0, 1e-12);
    EXPECT_EQ(shape.regional_log_correlation, 0.0);
    EXPECT_EQ(shape.negative_binomial_size, 1000.0);
}

TEST(DailyShape, agrees_with_a_worked_example) {
    // Totals 9, 99, 999, 99: log(1 + total) is 1, 2, 3, 2 times ln 10, of variance 2/3 ln(10)^2.
    const std::vector<DailyViolations> days{{0, 9, 0}, {1, 99, 0}, {2, 999, 0}, {7, 99, 0}};
    const DailyShape shape = shape_of(days);
    EXPECT_DOUBLE_EQ(shape.mean, 301.5);
    EXPECT_NEAR(shape.log_sd, std::sqrt(2.0 / 3.0) * std::log(10.0), 1e-12);
    const double variance = (292.5 * 292.5 + 202.5 * 202.5 * 2 + 697.5 * 697.5) / 3.0;
    EXPECT_NEAR(shape.negative_binomial_size, 301.5 * 301.5 / (variance - 301.5), 1e-9);
    // Pairs a day apart are (1, 2) and (2, 3): on one line.
    EXPECT_NEAR(shape.log_autocorrelation, 1.0, 1e-12);
    EXPECT_EQ(shape.regional_log_correlation, 0.0);
}

TEST(DailyShape, regions_that_rise_and_fall_together_are_fully_correlated) {
    const std::vector<DailyViolations> days{{0, 9, 99}, {2, 99, 999}, {4, 999, 9999}};
    EXPECT_NEAR(shape_of(days).regional_log_correlation, 1.0, 1e-12);
    const std::vector<DailyViolations> opposed{{0, 9, 999}, {2, 99, 99}, {4, 999, 9}};
    EXPECT_NEAR(shape_of(opposed).regional_log_correlation, -1.0, 1e-12);
}

}  // namespace
}  // namespace firebreak
