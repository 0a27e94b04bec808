#include "inference/predictive_check.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "base/elementary.hpp"

namespace firebreak {
namespace {

Target target_of(std::string id, EvidenceUse use, std::vector<double> observed) {
    Target target;
    target.id = std::move(id);
    target.use = use;
    for (const double value : observed) {
        TargetStatistic statistic;
        statistic.name = "statistic";
        statistic.observed = value;
        target.statistics.push_back(statistic);
    }
    return target;
}

/// Data sets 1, 2, ..., 99 of every statistic.
std::vector<std::vector<double>> one_to_99(std::size_t statistics) {
    std::vector<std::vector<double>> data_sets;
    for (int i = 1; i <= 99; ++i) {
        data_sets.emplace_back(statistics, static_cast<double>(i));
    }
    return data_sets;
}

TEST(PredictiveCheck, percentile_counts_those_below_and_half_of_the_equal) {
    const std::vector<double> simulated{1, 2, 2, 3, 7};
    EXPECT_DOUBLE_EQ(percentile_of(0.5, simulated), 0.0);
    EXPECT_DOUBLE_EQ(percentile_of(2.0, simulated), 40.0);
    EXPECT_DOUBLE_EQ(percentile_of(2.5, simulated), 60.0);
    EXPECT_DOUBLE_EQ(percentile_of(8.0, simulated), 100.0);
    EXPECT_TRUE(std::isnan(percentile_of(1.0, {})));
}

TEST(PredictiveCheck, percentile_never_falls_as_the_observed_value_grows) {
    const std::vector<double> simulated{0.3, 0.1, 0.9, 0.4, 0.4};
    double last = -1.0;
    for (double observed = 0.0; observed <= 1.0; observed += 0.05) {
        const double percentile = percentile_of(observed, simulated);
        EXPECT_GE(percentile, last);
        last = percentile;
    }
}

TEST(PredictiveCheck, passes_between_the_5th_and_the_95th_percentile_alone) {
    const Evidence evidence{{target_of("a", EvidenceUse::held_out, {4.0, 6.0, 50.0, 94.0, 96.0})}};
    const auto checks = check_evidence(evidence, one_to_99(5));
    ASSERT_EQ(checks.size(), 5U);
    EXPECT_FALSE(checks[0].passed);
    EXPECT_TRUE(checks[1].passed);
    EXPECT_TRUE(checks[2].passed);
    EXPECT_TRUE(checks[3].passed);
    EXPECT_FALSE(checks[4].passed);
    EXPECT_DOUBLE_EQ(checks[2].median, 50.0);
    EXPECT_NEAR(checks[2].low5, 5.9, 1e-12);
    EXPECT_NEAR(checks[2].high95, 94.1, 1e-12);
}

TEST(PredictiveCheck, what_must_not_come_about_passes_above_the_95th_percentile) {
    Evidence evidence{{target_of("a", EvidenceUse::held_out, {50.0, 97.0})}};
    for (TargetStatistic& statistic : evidence.targets[0].statistics) {
        statistic.criterion = Criterion::beyond;
    }
    const auto checks = check_evidence(evidence, one_to_99(2));
    EXPECT_FALSE(checks[0].passed);
    EXPECT_TRUE(checks[1].passed);
}

TEST(PredictiveCheck, a_range_is_met_by_the_median) {
    Evidence evidence{{target_of("a", EvidenceUse::held_out, {0.0, 0.0})}};
    for (TargetStatistic& statistic : evidence.targets[0].statistics) {
        statistic.criterion = Criterion::range;
        statistic.range_low = 49.0;
        statistic.range_high = 51.0;
    }
    evidence.targets[0].statistics[1].range_low = 51.0;
    evidence.targets[0].statistics[1].range_high = 99.0;
    const auto checks = check_evidence(evidence, one_to_99(2));
    EXPECT_TRUE(checks[0].passed);
    EXPECT_FALSE(checks[1].passed);
}

TEST(PredictiveCheck, what_is_not_modelled_does_not_pass) {
    const Evidence evidence{{target_of("a", EvidenceUse::held_out, {50.0})}};
    const std::vector<std::vector<double>> nothing(99, {no_value});
    const auto checks = check_evidence(evidence, nothing);
    EXPECT_EQ(checks[0].draws, 0U);
    EXPECT_FALSE(checks[0].passed);
    EXPECT_EQ(score_of(checks, EvidenceUse::held_out).passed, 0U);
}

TEST(PredictiveCheck, a_target_passes_if_all_of_its_statistics_do) {
    const Evidence evidence{{target_of("a", EvidenceUse::calibration, {50.0}),
                             target_of("b", EvidenceUse::held_out, {50.0, 99.5}),
                             target_of("c", EvidenceUse::held_out, {50.0, 60.0})}};
    const auto checks = check_evidence(evidence, one_to_99(5));
    const Score held_out = score_of(checks, EvidenceUse::held_out);
    EXPECT_EQ(held_out.targets, 2U);
    EXPECT_EQ(held_out.passed, 1U);
    EXPECT_EQ(held_out.statistics, 4U);
    EXPECT_EQ(held_out.statistics_passed, 3U);
    EXPECT_EQ(score_of(checks, EvidenceUse::calibration).passed, 1U);
}

TEST(PredictiveCheck, what_comes_from_the_same_law_passes_nine_times_in_ten) {
    // 500 observed values against 500 data sets of the same normal law: the share that passes has a
    // standard deviation of 0.019, so that 0.08 is left by chance once in 20,000 seeds.
    const Draws draws(7);
    const auto normal = [&](std::uint32_t replication) {
        return draws.normal({.replication = replication, .purpose = Purpose::evidence_sample});
    };
    std::vector<double> simulated;
    for (std::uint32_t i = 0; i < 500; ++i) simulated.push_back(normal(i));
    int passed = 0;
    for (std::uint32_t i = 500; i < 1000; ++i) {
        const double percentile = percentile_of(normal(i), simulated);
        passed += percentile >= 5.0 && percentile <= 95.0 ? 1 : 0;
    }
    EXPECT_NEAR(passed / 500.0, 0.9, 0.08);
}

}  // namespace
}  // namespace firebreak
