#include "base/elementary.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
// A few units in the last place of a double.
constexpr double tight = 1e-15;

double relative_error(double value, long double exact) {
    return static_cast<double>(std::fabs((value - exact) / exact));
}

TEST(Elementary, exponential_agrees_with_long_double_from_underflow_to_overflow) {
    for (double x = -707.0; x < 709.7; x += 0.01371) {
        ASSERT_LT(relative_error(exponential(x), std::exp(static_cast<long double>(x))), tight)
            << x;
    }
}

TEST(Elementary, exponential_is_exact_at_zero_and_ends_in_zero_and_infinity) {
    EXPECT_EQ(exponential(0.0), 1.0);
    EXPECT_EQ(exponential(-0.0), 1.0);
    EXPECT_EQ(exponential(-800.0), 0.0);
    EXPECT_EQ(exponential(-infinity), 0.0);
    EXPECT_EQ(exponential(800.0), infinity);
    EXPECT_EQ(exponential(infinity), infinity);
    EXPECT_TRUE(std::isnan(exponential(std::nan(""))));
    EXPECT_NEAR(exponential(-740.0) / 4.1996e-322, 1.0, 0.02);
}

TEST(Elementary, exponential_never_decreases) {
    double before = 0.0;
    for (double x = -50.0; x < 50.0; x += 1.0 / 1024) {
        const double now = exponential(x);
        ASSERT_GE(now, before) << x;
        before = now;
    }
}

TEST(Elementary, exponential_minus_one_keeps_its_digits_near_zero) {
    for (double x = 1e-12; x < 5.0; x *= 1.013) {
        ASSERT_LT(relative_error(exponential_minus_one(x), std::expm1(static_cast<long double>(x))),
                  tight);
        ASSERT_LT(
            relative_error(exponential_minus_one(-x), std::expm1(static_cast<long double>(-x))),
            2 * tight)
            << x;
    }
    EXPECT_EQ(exponential_minus_one(0.0), 0.0);
}

TEST(Elementary, logarithm_agrees_with_long_double_over_all_exponents) {
    for (double x = 1e-310; x < 1e308; x *= 1.0173) {
        if (std::fabs(x - 1.0) < 1e-3) continue;
        ASSERT_LT(relative_error(logarithm(x), std::log(static_cast<long double>(x))), tight) << x;
    }
    for (double gap = 1e-12; gap < 0.4; gap *= 1.07) {
        const double above = 1.0 + gap;
        const double below = 1.0 - gap;
        ASSERT_LT(relative_error(logarithm(above), std::log(static_cast<long double>(above))),
                  tight);
        ASSERT_LT(relative_error(logarithm(below), std::log(static_cast<long double>(below))),
                  tight);
    }
}

TEST(Elementary, logarithm_is_exact_at_one_and_has_the_limits_of_the_function) {
    EXPECT_EQ(logarithm(1.0), 0.0);
    EXPECT_EQ(logarithm(0.0), -infinity);
    EXPECT_EQ(logarithm(infinity), infinity);
    EXPECT_TRUE(std::isnan(logarithm(-1.0)));
}

TEST(Elementary, log_one_plus_keeps_its_digits_near_zero) {
    for (double x = 1e-18; x < 1e6; x *= 1.037) {
        ASSERT_LT(relative_error(log_one_plus(x), std::log1p(static_cast<long double>(x))),
                  2 * tight);
        if (x < 1.0) {
            ASSERT_LT(relative_error(log_one_plus(-x), std::log1p(static_cast<long double>(-x))),
                      2 * tight);
        }
    }
    EXPECT_EQ(log_one_plus(0.0), 0.0);
    EXPECT_EQ(log_one_plus(-1.0), -infinity);
    EXPECT_TRUE(std::isnan(log_one_plus(-1.5)));
}

TEST(Elementary, power_agrees_with_long_double_in_the_stated_error) {
    for (double base = 1e-6; base < 1e6; base *= 3.7) {
        for (double exponent = -4.0; exponent < 4.0; exponent += 0.317) {
            const long double exact =
                std::pow(static_cast<long double>(base), static_cast<long double>(exponent));
            const double allowed = 1e-15 + 3e-16 * std::fabs(exponent * std::log(base));
            ASSERT_LT(relative_error(power(base, exponent), exact), allowed);
        }
    }
    EXPECT_EQ(power(0.0, 2.0), 0.0);
    EXPECT_EQ(power(5.0, 0.0), 1.0);
    EXPECT_EQ(power(0.0, -1.0), infinity);
}

TEST(Elementary, logistic_and_logit_undo_each_other) {
    EXPECT_EQ(logistic(0.0), 0.5);
    EXPECT_EQ(logistic(-1000.0), 0.0);
    EXPECT_EQ(logistic(1000.0), 1.0);
    EXPECT_NEAR(logistic(2.0), 0.88079707797788244406, 2e-16);
    for (double x = -30.0; x < 15.0; x += 0.173) {
        ASSERT_NEAR(logit(logistic(x)), x, 1e-9) << x;
        ASSERT_LE(logistic(x), logistic(x + 0.001));
    }
}

TEST(Elementary, normal_quantile_inverts_the_distribution_function) {
    for (double u = 1e-12; u < 0.5; u *= 1.031) {
        const double z = normal_quantile(u);
        const long double back = 0.5L * std::erfc(-static_cast<long double>(z) / std::sqrt(2.0L));
        // d log Phi / dz is about |z| + 1, so this bounds the error of z itself near 1e-15.
        ASSERT_LT(relative_error(u, back), 5e-15 * (1.0 + z * z)) << u;
        ASSERT_NEAR(normal_quantile(1.0 - u), -z, 1e-4 * (u < 1e-6 ? 1.0 : 1e-6)) << u;
    }
    EXPECT_EQ(normal_quantile(0.5), 0.0);
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 3e-15);
    EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 2e-14);
}

TEST(Elementary, normal_quantile_increases_across_the_seams_of_its_pieces) {
    for (const double seam : {0.075, 0.925, 1.3887943864964021e-11}) {
        EXPECT_LT(normal_quantile(seam * (1.0 - 1e-9)), normal_quantile(seam * (1.0 + 1e-9)));
    }
}

TEST(Elementary, normal_distribution_agrees_with_the_error_function) {
    for (double x = -38.0; x < 10.0; x += 0.0713) {
        const long double exact = 0.5L * std::erfc(-static_cast<long double>(x) / std::sqrt(2.0L));
        ASSERT_NEAR(normal_distribution(x), static_cast<double>(exact), 1e-15) << x;
    }
    EXPECT_EQ(normal_distribution(0.0), 0.5);
    EXPECT_EQ(normal_distribution(-50.0), 0.0);
    EXPECT_EQ(normal_distribution(50.0), 1.0);
}

}  // namespace
}  // namespace firebreak
