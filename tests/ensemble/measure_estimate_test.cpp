#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "ensemble/estimate.hpp"

namespace firebreak {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Interval everything{-infinity, infinity};
constexpr std::int32_t horizon = 100;

/// A regime and a reference with these values of a measure, a replication each.
Tally tally_of(Measure measure, const std::vector<std::pair<double, double>>& values) {
    Tally tally(2, {horizon});
    for (const auto& [own, other] : values) {
        std::vector<ReplicationResult> results(2);
        results[0].measures[index_of(measure)] = own;
        results[1].measures[index_of(measure)] = other;
        tally.accumulate(results);
    }
    return tally;
}

TEST(StudentInterval, is_the_textbook_one) {
    // Values 1, 2, 6: mean 3, squared deviations 14; t of 2 degrees of freedom at 97.5 %: 4.30265.
    const Interval interval = student_interval(3, 3.0, 14.0, everything, 0.95);
    EXPECT_NEAR(interval.high, 3.0 + 4.3026527 * std::sqrt(14.0 / 2.0 / 3.0), 1e-6);
    EXPECT_NEAR(interval.low, 6.0 - interval.high, 1e-12);
}

TEST(StudentInterval, is_cut_to_the_range) {
    const Interval interval = student_interval(3, 3.0, 14.0, {0.0, 5.0}, 0.95);
    EXPECT_EQ(interval.low, 0.0);
    EXPECT_EQ(interval.high, 5.0);
}

TEST(StudentInterval, is_wider_the_fewer_the_values_and_the_higher_the_level) {
    const auto width = [](std::int64_t count, double confidence) {
        const Interval interval =
            student_interval(count, 0.0, static_cast<double>(count), everything, confidence);
        return interval.high - interval.low;
    };
    EXPECT_GT(width(10, 0.95), width(40, 0.95));
    EXPECT_GT(width(10, 0.99), width(10, 0.95));
}

TEST(StudentInterval, of_equal_values_is_bounded_by_the_range_alone) {
    const double others = wilson_interval(0, 50, 0.95).high;
    const Interval interval = student_interval(50, 30.0, 0.0, {0.0, 100.0}, 0.95);
    EXPECT_DOUBLE_EQ(interval.low, 30.0 * (1.0 - others));
    EXPECT_DOUBLE_EQ(interval.high, 30.0 + 70.0 * others);
    EXPECT_TRUE(std::isnan(student_interval(50, 30.0, 0.0, {0.0, infinity}, 0.95).high));
    EXPECT_TRUE(std::isnan(student_interval(50, 0.0, 0.0, everything, 0.95).low));
}

TEST(StudentInterval, of_fewer_than_two_values_is_unknown) {
    for (const std::int64_t count : {0, 1}) {
        EXPECT_TRUE(std::isnan(student_interval(count, 1.0, 0.0, {0.0, 2.0}, 0.95).low));
        EXPECT_TRUE(std::isnan(student_interval(count, 1.0, 0.0, {0.0, 2.0}, 0.95).high));
    }
}

TEST(StudentInterval, covers_a_mean_of_uniform_values_as_often_as_it_says) {
    const Draws draws(3);
    constexpr int samples = 4000;
    constexpr std::uint32_t size = 20;
    int covered = 0;
    for (std::uint32_t sample = 0; sample < samples; ++sample) {
        double sum = 0.0;
        double squares = 0.0;
        for (std::uint32_t i = 0; i < size; ++i) {
            const double x = draws.uniform({sample, i, Purpose::design_sample, 0, 0});
            sum += x;
            squares += x * x;
        }
        const Interval interval =
            student_interval(size, sum / size, squares - sum * sum / size, everything, 0.95);
        covered += interval.low <= 0.5 && 0.5 <= interval.high;
    }
    // Four standard errors of a share of 0.95 among 4000: 0.0138; false alarm 1 in 16,000, and the
    // law of uniform values at 20 is near enough to the normal one.
    EXPECT_NEAR(covered / static_cast<double>(samples), 0.95, 0.0138);
}

TEST(MeasureEstimate, without_replications_is_unknown) {
    const Tally tally(2, {horizon});
    EXPECT_TRUE(std::isnan(mean_of(tally, 0, Measure::settlement_days, horizon).value));
    EXPECT_TRUE(std::isnan(
        mean_difference(tally, 0, 1, Measure::settlement_days, horizon).estimate.interval.high));
}

TEST(MeasureEstimate, is_mean_and_standard_error) {
    const Tally tally = tally_of(Measure::violations_per_day, {{1, 0}, {2, 0}, {6, 0}});
    const Estimate estimate = mean_of(tally, 0, Measure::violations_per_day, horizon);
    EXPECT_DOUBLE_EQ(estimate.value, 3.0);
    EXPECT_DOUBLE_EQ(estimate.standard_error, std::sqrt(14.0 / 2.0 / 3.0));
    EXPECT_EQ(estimate.interval.low, 0.0) << "violations are not below zero";
}

TEST(MeasureEstimate, a_difference_profits_from_shared_luck) {
    const Tally tally = tally_of(Measure::violations_per_day, {{1, 0}, {3, 2}, {9, 7}});
    const PairedDifference difference =
        mean_difference(tally, 0, 1, Measure::violations_per_day, horizon);
    EXPECT_DOUBLE_EQ(difference.estimate.value, 4.0 / 3.0);
    // Differences 1, 1, 2; variances of the two alone 52/3 and 13, of the difference 1/3.
    EXPECT_DOUBLE_EQ(difference.estimate.standard_error, std::sqrt(1.0 / 3.0 / 3.0));
    EXPECT_NEAR(difference.variance_ratio, (52.0 / 3.0 + 13.0) / (1.0 / 3.0), 1e-9);
}

TEST(MeasureEstimate, of_a_regime_against_itself_is_nothing_for_certain) {
    const Tally tally = tally_of(Measure::settlement_days, {{1, 0}, {3, 2}});
    const PairedDifference same = mean_difference(tally, 1, 1, Measure::settlement_days, horizon);
    EXPECT_EQ(same.estimate.value, 0.0);
    EXPECT_EQ(same.estimate.interval.low, 0.0);
    EXPECT_EQ(same.estimate.interval.high, 0.0);
}

TEST(MeasureEstimate, equal_differences_are_not_held_to_be_certain) {
    const Tally tally = tally_of(Measure::settlement_days, {{10, 5}, {40, 35}, {90, 85}});
    const PairedDifference difference =
        mean_difference(tally, 0, 1, Measure::settlement_days, horizon);
    const double others = wilson_interval(0, 3, 0.95).high;
    EXPECT_EQ(difference.estimate.value, 5.0);
    EXPECT_EQ(difference.estimate.standard_error, 0.0);
    EXPECT_DOUBLE_EQ(difference.estimate.interval.low, 5.0 - 105.0 * others);
    EXPECT_DOUBLE_EQ(difference.estimate.interval.high, 5.0 + 95.0 * others);
    EXPECT_TRUE(std::isnan(difference.variance_ratio));
}

}  // namespace
}  // namespace firebreak
