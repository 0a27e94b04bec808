#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "ensemble/tally.hpp"
#include "synthetic_results.hpp"

namespace firebreak {
namespace {

constexpr std::uint32_t regimes = 3;
constexpr Measure days = Measure::settlement_days;

std::vector<ReplicationResult> synthetic_replication(std::uint32_t replication) {
    std::vector<ReplicationResult> results;
    for (std::uint32_t regime = 0; regime < regimes; ++regime) {
        results.push_back(synthetic_result(regime, ReplicationId(replication), Draws(7)));
    }
    return results;
}

Tally tally_of(std::uint32_t begin, std::uint32_t end) {
    Tally tally(regimes, synthetic_checkpoints);
    for (std::uint32_t i = begin; i < end; ++i) tally.accumulate(synthetic_replication(i));
    return tally;
}

/// Two regimes with these values of a measure, a replication each.
Tally tally_of(const std::vector<std::pair<double, double>>& values) {
    Tally tally(2, {10});
    for (const auto& [first, second] : values) {
        std::vector<ReplicationResult> results(2);
        results[0].measures[index_of(days)] = first;
        results[1].measures[index_of(days)] = second;
        tally.accumulate(results);
    }
    return tally;
}

TEST(MeasureTally, an_empty_one_has_seen_nothing) {
    const Tally tally(2, {10});
    EXPECT_EQ(tally.measure(0, days).count, 0);
    EXPECT_EQ(tally.measure_difference(1, 0, days).squared_deviations, 0.0);
}

TEST(MeasureTally, holds_what_brute_force_finds) {
    const Tally tally = tally_of(0, 300);
    for (std::size_t first = 0; first < regimes; ++first) {
        for (std::size_t second = 0; second < regimes; ++second) {
            for (std::size_t number = 0; number < measure_count; ++number) {
                std::vector<double> own;
                std::vector<double> apart;
                for (std::uint32_t i = 0; i < 300; ++i) {
                    const auto results = synthetic_replication(i);
                    own.push_back(results[first].measures[number]);
                    apart.push_back(own.back() - results[second].measures[number]);
                }
                const auto expect = [](const CentredMoments& found, const auto& values) {
                    double mean = 0.0;
                    double squares = 0.0;
                    for (const double value : values) mean += value / 300.0;
                    for (const double value : values) squares += std::pow(value - mean, 2);
                    EXPECT_EQ(found.count, 300);
                    EXPECT_NEAR(found.mean, mean, 1e-7);
                    EXPECT_NEAR(found.squared_deviations, squares, 1e-5);
                };
                const auto measure = static_cast<Measure>(number);
                expect(tally.measure(first, measure), own);
                expect(tally.measure_difference(first, second, measure), apart);
            }
        }
    }
}

TEST(MeasureTally, equal_values_have_no_deviation_at_all) {
    for (const double value : {0.0, 1826.0, 0.1, -3.3, 1.3e8}) {
        const Tally tally = tally_of({{value, 7.0}, {value, 7.0}, {value, 7.0}});
        EXPECT_NEAR(tally.measure(0, days).mean, value, 1e-7 * std::max(1.0, std::abs(value)));
        EXPECT_EQ(tally.measure(0, days).squared_deviations, 0.0) << value;
        EXPECT_EQ(tally.measure_difference(0, 1, days).squared_deviations, 0.0) << value;
    }
}

TEST(MeasureTally, small_deviations_of_large_values_are_not_lost) {
    const Tally tally = tally_of({{1e8, 0.0}, {1e8 + 0.5, 0.0}});
    EXPECT_EQ(tally.measure(0, days).mean, 1e8 + 0.25);
    EXPECT_EQ(tally.measure(0, days).squared_deviations, 0.125);
}

TEST(MeasureTally, a_difference_changes_its_sign_with_the_order) {
    const Tally tally = tally_of(0, 50);
    const CentredMoments one = tally.measure_difference(0, 2, days);
    const CentredMoments other = tally.measure_difference(2, 0, days);
    EXPECT_LT(one.mean, 0.0) << "the synthetic measures grow with the regime";
    EXPECT_EQ(one.mean, -other.mean);
    EXPECT_EQ(one.squared_deviations, other.squared_deviations);
}

TEST(MeasureTally, is_the_same_in_whatever_order_and_grouping_replications_come) {
    const Tally whole = tally_of(0, 90);
    for (const std::uint32_t part : {1U, 7U, 89U}) {
        Tally merged(regimes, synthetic_checkpoints);
        for (std::uint32_t end = 90; end > 0; end -= std::min(part, end)) {
            merged.merge(tally_of(end - std::min(part, end), end));
        }
        EXPECT_EQ(merged, whole);
        EXPECT_EQ(merged.measure(1, days).mean, whole.measure(1, days).mean);
    }
    EXPECT_FALSE(tally_of(0, 89) == whole) << "the comparison can fail";
}

TEST(MeasureTally, refuses_what_it_cannot_hold) {
    for (const double value : {1.4e8, -1.4e8, std::numeric_limits<double>::infinity(),
                               std::numeric_limits<double>::quiet_NaN()}) {
        EXPECT_THROW(tally_of({{value, 0.0}}), LogicError);
    }
}

}  // namespace
}  // namespace firebreak
