#include "ensemble/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace firebreak {
namespace {

constexpr double confidence = 0.95;

TEST(Wilson, no_hits_is_never_probability_zero) {
    const Interval interval = wilson_interval(0, 1000, confidence);
    EXPECT_EQ(interval.low, 0.0);
    EXPECT_NEAR(interval.high, 3.8415 / 1003.8415, 1e-7);
    EXPECT_EQ(wilson_interval(1000, 1000, confidence).high, 1.0);
    EXPECT_NEAR(wilson_interval(1000, 1000, confidence).low, 1.0 - interval.high, 1e-12);
}

TEST(Wilson, agrees_with_a_worked_example) {
    // R 4.2: prop.test(5, 50, correct = FALSE)$conf.int
    const Interval interval = wilson_interval(5, 50, confidence);
    EXPECT_NEAR(interval.low, 0.0434757649, 1e-9);
    EXPECT_NEAR(interval.high, 0.2136023144, 1e-9);
}

TEST(ClopperPearson, agrees_with_a_worked_example) {
    // R 4.2: binom.test(5, 50)$conf.int
    const Interval interval = clopper_pearson_interval(5, 50, confidence);
    EXPECT_NEAR(interval.low, 0.0332750936, 1e-9);
    EXPECT_NEAR(interval.high, 0.2181353664, 1e-9);
    EXPECT_NEAR(clopper_pearson_interval(0, 100, confidence).high,
                1.0 - std::pow(0.025, 1.0 / 100.0), 1e-12);
    EXPECT_EQ(clopper_pearson_interval(100, 100, confidence).high, 1.0);
}

TEST(ProportionIntervals, without_trials_nothing_is_known) {
    EXPECT_TRUE(std::isnan(wilson_interval(0, 0, confidence).low));
    EXPECT_TRUE(std::isnan(clopper_pearson_interval(0, 0, confidence).high));
    EXPECT_TRUE(std::isnan(paired_interval(0, 0, 0, confidence).low));
    EXPECT_TRUE(std::isnan(mean_interval({}, confidence).low));
    EXPECT_TRUE(std::isnan(mean_difference_interval(0, 0, 0, 0, confidence).low));
}

/// P(the interval of a binomial count covers its chance), exactly.
double binomial_coverage(int trials, double chance,
                         const std::function<Interval(std::int64_t)>& interval) {
    double coverage = 0.0;
    for (int hits = 0; hits <= trials; ++hits) {
        const Interval found = interval(hits);
        if (found.low > chance || chance > found.high) continue;
        coverage += std::exp(std::lgamma(trials + 1.0) - std::lgamma(hits + 1.0) -
                             std::lgamma(trials - hits + 1.0) + hits * std::log(chance) +
                             (trials - hits) * std::log1p(-chance));
    }
    return coverage;
}

TEST(ClopperPearson, never_covers_less_than_it_says) {
    for (const double chance : {0.0005, 0.003, 0.01, 0.1, 0.37, 0.5, 0.99}) {
        EXPECT_GE(binomial_coverage(400, chance,
                                    [](std::int64_t hits) {
                                        return clopper_pearson_interval(hits, 400, confidence);
                                    }),
                  confidence)
            << chance;
    }
}

TEST(Wilson, covers_near_what_it_says_near_zero_too) {
    double sum = 0.0;
    int cases = 0;
    for (double chance = 0.0005; chance < 0.5; chance *= 1.1) {
        const double coverage = binomial_coverage(
            400, chance, [](std::int64_t hits) { return wilson_interval(hits, 400, confidence); });
        EXPECT_GE(coverage, 0.87) << chance;  // its known worst case, one hit expected or less
        sum += coverage;
        ++cases;
    }
    EXPECT_NEAR(sum / cases, confidence, 0.012);
}

MeanSummary hits_of(std::int64_t hits, std::int64_t trials) {
    const auto k = static_cast<double>(hits);
    return {trials, k, k, hits == trials ? 1.0 : 0.0, hits == 0 ? 0.0 : 1.0};
}

TEST(MeanInterval, of_zeros_and_ones_is_clopper_and_pearsons) {
    for (const std::int64_t hits : {0, 1, 5, 50, 99, 100}) {
        const Interval exact = clopper_pearson_interval(hits, 100, confidence);
        const Interval found = mean_interval(hits_of(hits, 100), confidence);
        EXPECT_NEAR(found.low, exact.low, 1e-9) << hits;
        EXPECT_NEAR(found.high, exact.high, 1e-9) << hits;
    }
}

TEST(MeanInterval, a_value_seen_always_still_leaves_doubt) {
    const Interval interval = mean_interval({1000, 300.0, 90.0, 0.3, 0.3}, confidence);
    EXPECT_LT(interval.low, 0.3);
    EXPECT_GT(interval.high, 0.3);
}

TEST(MeanInterval, shrinks_with_more_values) {
    const Interval few = mean_interval({100, 2.0, 0.8, 0.0, 0.7}, confidence);
    const Interval many = mean_interval({10000, 200.0, 80.0, 0.0, 0.7}, confidence);
    EXPECT_LT(few.low, many.low);
    EXPECT_GT(few.high, many.high);
}

TEST(MeanInterval, survives_values_outside_the_range) {
    const Interval interval = mean_interval({3, -0.2, 0.5, -0.3, 0.2}, confidence);
    EXPECT_GE(interval.low, 0.0);
    EXPECT_LE(interval.high, 1.0);
    EXPECT_LT(interval.low, interval.high);
}

TEST(FearedValue, falls_from_one_to_the_record) {
    EXPECT_EQ(feared_value({100, 0.0, 0.0, 0.0, 0.0}), 1.0);
    EXPECT_DOUBLE_EQ(feared_value({100, 0.2, 0.04, 0.0, 0.2}), 0.2 + 0.8 / 2.0);
    EXPECT_NEAR(feared_value({100'000, 200.0, 40.0, 0.0, 0.2}), 0.2, 0.001);
}

double luck(const Draws& draws, std::uint32_t run, std::uint32_t number, std::uint16_t index) {
    return draws.uniform({run, number, Purpose::design_sample, index, 0});
}

struct Law {
    std::string name;
    double mean;
    double (*value)(double chance, double size);  ///< from two uniforms
};

// Laws of single weights: all, rare, very rare, skewed, and mostly one.
const Law laws[] = {
    {"always, flat", 0.5, [](double, double size) { return size; }},
    {"one in 100, a quarter at most", 0.01 * 0.125,
     [](double chance, double size) { return chance < 0.01 ? 0.25 * size : 0.0; }},
    {"one in 500", 0.002 * 0.2,
     [](double chance, double size) { return chance < 0.002 ? 1.0 - std::pow(size, 0.25) : 0.0; }},
    {"one in 50, skewed", 0.02 / 8.0,
     [](double chance, double size) { return chance < 0.02 ? std::pow(size, 7.0) : 0.0; }},
    {"one in 2000", 0.0005 * 0.5,
     [](double chance, double) { return chance < 0.0005 ? 0.5 : 0.0; }},
    {"mostly one", 1.0 - 0.005 * 0.5,
     [](double chance, double size) { return chance < 0.005 ? size : 1.0; }},
};

TEST(MeanInterval, covers_what_it_says_for_skewed_and_rare_weights) {
    constexpr std::uint32_t runs = 1000;
    const Draws draws(20);
    for (const std::uint32_t values : {200U, 2000U}) {
        for (const Law& law : laws) {
            std::uint32_t covered = 0;
            for (std::uint32_t run = 0; run < runs; ++run) {
                MeanSummary summary{values, 0.0, 0.0, 1.0, 0.0};
                for (std::uint32_t number = 0; number < values; ++number) {
                    const double x =
                        law.value(luck(draws, run, number, 0), luck(draws, run, number, 1));
                    summary.sum += x;
                    summary.sum_of_squares += x * x;
                    summary.smallest = std::min(summary.smallest, x);
                    summary.largest = std::max(summary.largest, x);
                }
                const Interval interval = mean_interval(summary, confidence);
                covered += interval.low <= law.mean && law.mean <= interval.high;
            }
            const double coverage = covered / static_cast<double>(runs);
            // At a coverage of 0.95 the binomial sd is 0.0069: three of them, false alarm 0.13 %.
            EXPECT_GE(coverage, 0.95 - 0.021) << law.name << ", " << values << " values";
        }
    }
}

TEST(PairedInterval, no_discordant_trial_is_not_certainty) {
    const Interval interval = paired_interval(0, 0, 1000, confidence);
    EXPECT_NEAR(interval.high, 3.8415 / 1003.8415, 1e-7);
    EXPECT_EQ(interval.low, -interval.high);
}

TEST(PairedInterval, agrees_with_a_worked_example) {
    // Tango's two equations solved by uniroot in R 4.2, tolerance 1e-13.
    const Interval many = paired_interval(14, 9, 54, confidence);
    EXPECT_NEAR(many.low, -0.0838581042, 1e-9);
    EXPECT_NEAR(many.high, 0.2639837835, 1e-9);
    const Interval few = paired_interval(1, 7, 100, confidence);
    EXPECT_NEAR(few.low, -0.1292515573, 1e-9);
    EXPECT_NEAR(few.high, -0.0059460016, 1e-9);
}

TEST(PairedInterval, mirrors_when_the_sides_change_places) {
    const Interval one = paired_interval(30, 4, 200, confidence);
    const Interval other = paired_interval(4, 30, 200, confidence);
    EXPECT_DOUBLE_EQ(one.low, -other.high);
    EXPECT_DOUBLE_EQ(one.high, -other.low);
}

TEST(PairedInterval, stays_inside_when_all_trials_are_discordant) {
    const Interval interval = paired_interval(50, 0, 50, confidence);
    EXPECT_EQ(interval.high, 1.0);
    EXPECT_GT(interval.low, 0.8);
    EXPECT_LT(interval.low, 1.0);
}

TEST(PairedInterval, covers_what_it_says) {
    constexpr std::uint32_t runs = 2000;
    constexpr std::uint32_t trials = 500;
    const Draws draws(21);

    struct Chances {
        double only_first;
        double only_second;
    };

    for (const Chances chances :
         {Chances{0.0, 0.0}, {0.002, 0.0}, {0.002, 0.002}, {0.01, 0.003}, {0.1, 0.08}}) {
        std::uint32_t covered = 0;
        for (std::uint32_t run = 0; run < runs; ++run) {
            std::int64_t first = 0;
            std::int64_t second = 0;
            for (std::uint32_t number = 0; number < trials; ++number) {
                const double u = luck(draws, run, number, 2);
                first += u < chances.only_first;
                second += u >= chances.only_first && u < chances.only_first + chances.only_second;
            }
            const Interval interval = paired_interval(first, second, trials, confidence);
            const double difference = chances.only_first - chances.only_second;
            covered += interval.low <= difference && difference <= interval.high;
        }
        // The score interval dips to 0.92 where about one discordant trial is expected (Tango
        // 1998); three binomial sd (0.018) below that is a false alarm in 0.13 %.
        EXPECT_GE(covered / static_cast<double>(runs), 0.902)
            << chances.only_first << " " << chances.only_second;
    }
}

TEST(MeanDifferenceInterval, is_students_where_nothing_is_to_be_feared) {
    // Ten differences with sum 2 and sum of squares 1.3: mean 0.2, sd 0.3162, t(9) = 2.2622; a
    // feared value of 0 adds one difference of 0 and one degree of freedom.
    const Interval interval = mean_difference_interval(10, 2.0, 1.3, 0.0, confidence);
    const double mean = 2.0 / 11.0;
    const double half = 2.228139 * std::sqrt((1.3 / 11.0 - mean * mean) / 10.0);
    EXPECT_NEAR(interval.low, mean - half, 1e-6);
    EXPECT_NEAR(interval.high, mean + half, 1e-6);
}

TEST(MeanDifferenceInterval, is_never_of_zero_width_while_something_is_feared) {
    const Interval interval = mean_difference_interval(1000, 0.0, 0.0, 0.5, confidence);
    EXPECT_LT(interval.low, -0.0005);
    EXPECT_GT(interval.high, 0.0005);
}

TEST(MeanDifferenceInterval, covers_what_it_says_for_weights_that_share_their_luck) {
    constexpr std::uint32_t runs = 1000;
    constexpr std::uint32_t values = 1000;
    const Draws draws(22);
    for (const double chance : {0.003, 0.02, 1.0}) {
        std::uint32_t covered = 0;
        for (std::uint32_t run = 0; run < runs; ++run) {
            double sum = 0.0;
            double squares = 0.0;
            double largest = 0.0;
            std::int64_t hits = 0;
            double all = 0.0;
            double all_squares = 0.0;
            for (std::uint32_t number = 0; number < values; ++number) {
                if (luck(draws, run, number, 3) >= chance) continue;
                const double first = luck(draws, run, number, 4);
                const double second = first * luck(draws, run, number, 5);
                sum += first - second;
                squares += (first - second) * (first - second);
                largest = std::max(largest, first);
                all += first;
                all_squares += first * first;
                ++hits;
            }
            const double feared = feared_value({values, all, all_squares, 0.0, largest});
            const Interval interval =
                mean_difference_interval(values, sum, squares, feared, confidence);
            covered += interval.low <= 0.25 * chance && 0.25 * chance <= interval.high;
        }
        // As above: three binomial sd below 0.95.
        EXPECT_GE(covered / static_cast<double>(runs), 0.95 - 0.021) << chance;
    }
}

}  // namespace
}  // namespace firebreak
