#include "inference/regression_adjustment.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "base/random.hpp"

namespace firebreak {
namespace {

/// Particles from the prior of one parameter, equally far, with statistics that are noise.
AbcResult particles_with_noise(std::uint32_t number, std::uint32_t statistics, std::uint32_t set) {
    const Draws draws(20260118);
    const auto normal = [&](std::uint32_t particle, std::uint32_t part) {
        return draws.normal(
            {.replication = set, .day = particle, .purpose = Purpose::line_fire, .subject = part});
    };
    AbcResult fit;
    fit.scale.assign(statistics, 1.0);
    for (std::uint32_t p = 0; p < number; ++p) {
        Particle particle{{normal(p, 0)}, {}, 1.0, 1.0 / number};
        for (std::uint32_t i = 1; i <= statistics; ++i) {
            particle.statistics.push_back(normal(p, i));
        }
        fit.particles.push_back(std::move(particle));
    }
    return fit;
}

/// Variance of the parameter's probit, about the mean of the draws.
double variance_of(const std::vector<PosteriorDraw>& draws) {
    double mean = 0.0;
    double square = 0.0;
    for (const PosteriorDraw& draw : draws) {
        const double probit = normal_quantile(draw.place[0]);
        mean += draw.weight * probit;
        square += draw.weight * probit * probit;
    }
    return square - mean * mean;
}

TEST(RegressionAdjustment, an_exact_relation_leaves_no_spread) {
    AbcResult fit = particles_with_noise(30, 1, 0);
    for (Particle& particle : fit.particles) particle.statistics = {2.0 * particle.probits[0]};
    for (const PosteriorDraw& draw : adjusted_draws(fit, {0.6})) {
        // The ridge leaves a thousandth of what a particle is moved by.
        EXPECT_NEAR(normal_quantile(draw.place[0]), 0.3, 0.01);
    }
}

/// Mean of a parameter's probit.
double mean_of(const std::vector<PosteriorDraw>& draws, std::size_t parameter) {
    double mean = 0.0;
    for (const PosteriorDraw& draw : draws) {
        mean += draw.weight * normal_quantile(draw.place[parameter]);
    }
    return mean;
}

TEST(RegressionAdjustment, near_particles_count_more_by_epanechnikovs_kernel) {
    // The probit is half of the square of the statistic, which is spread evenly over (-1, 1). A
    // line through it has at 0 the height of half of the mean square, 1/5 by this kernel and 1/3
    // without.
    AbcResult fit;
    fit.scale = {1.0};
    const int half = 1000;
    for (int at = -half; at <= half; ++at) {
        const double statistic = static_cast<double>(at) / half;
        fit.particles.push_back({{0.5 * statistic * statistic},
                                 {statistic},
                                 std::abs(statistic),
                                 1.0 / (2.0 * half + 1.0)});
    }
    EXPECT_NEAR(mean_of(adjusted_draws(fit, {0.0}), 0), 0.1, 1e-5);
}

TEST(RegressionAdjustment, no_statistic_is_followed_beyond_the_particles) {
    AbcResult fit = particles_with_noise(50, 1, 3);
    double low = 0.0;
    double high = 0.0;
    for (Particle& particle : fit.particles) {
        particle.statistics = {2.0 * particle.probits[0]};
        low = std::min(low, particle.probits[0]);
        high = std::max(high, particle.probits[0]);
    }
    EXPECT_NEAR(mean_of(adjusted_draws(fit, {50.0}), 0), high, 0.01);
    EXPECT_NEAR(mean_of(adjusted_draws(fit, {-50.0}), 0), low, 0.01);
}

TEST(RegressionAdjustment, statistics_are_not_followed_where_no_particle_has_them_together) {
    // Both say nearly the same, their difference a little of a second parameter. Each of the
    // observed is common, but not with the other.
    const Draws draws(20260126);
    AbcResult fit;
    fit.scale = {1.0, 1.0};
    double furthest = 0.0;
    for (std::uint32_t p = 0; p < 1000; ++p) {
        const auto normal = [&](std::uint32_t part) {
            return draws.normal({.replication = p, .purpose = Purpose::line_fire, .subject = part});
        };
        const double sum = normal(0) + 0.02 * normal(2);
        const double difference = 0.1 * normal(1) + 0.02 * normal(3);
        fit.particles.push_back(
            {{normal(0), normal(1)}, {sum + difference, sum - difference}, 1.0, 0.001});
        furthest = std::max(furthest, std::abs(normal(1)));
    }
    const double found = mean_of(adjusted_draws(fit, {1.0, -1.0}), 1);
    EXPECT_GT(found, 2.0);
    EXPECT_LT(found, 1.3 * furthest);  // a line through all of it says some 9.6
    // What is among the particles is met: a difference of 0.1 is one of the parameter, less noise.
    EXPECT_NEAR(mean_of(adjusted_draws(fit, {0.6, 0.4}), 1), 1.0 / 1.04, 0.1);
}

TEST(RegressionAdjustment, places_where_the_model_could_not_be_tell_nothing) {
    const AbcResult fit = particles_with_noise(30, 2, 4);
    AbcResult more = fit;
    const double infinity = std::numeric_limits<double>::infinity();
    more.particles.push_back({{5.0}, {}, infinity, 1.0 / 30});
    EXPECT_EQ(adjusted_draws(more, {0.1, 0.2}).size(), 30U);
    EXPECT_NEAR(mean_of(adjusted_draws(more, {0.1, 0.2}), 0),
                mean_of(adjusted_draws(fit, {0.1, 0.2}), 0), 1e-12);
}

TEST(RegressionAdjustment, many_statistics_of_noise_do_not_narrow_a_posterior) {
    double mean = 0.0;
    const std::uint32_t sets = 200;
    for (std::uint32_t set = 0; set < sets; ++set) {
        const AbcResult fit = particles_with_noise(60, 14, set);
        mean += variance_of(adjusted_draws(fit, Statistics(14, 0.0))) / sets;
    }
    // Each is a chi square of 45 degrees over 45: five standard errors, false alarm below 1e-6.
    // What residuals themselves have is 45/60.
    EXPECT_NEAR(mean, 1.0, 5.0 * std::sqrt(2.0 / 45.0 / sets));
}

TEST(RegressionAdjustment, copies_of_a_particle_tell_no_more_than_one) {
    const AbcResult once = particles_with_noise(40, 10, 7);
    AbcResult twice = once;
    twice.particles.insert(twice.particles.end(), once.particles.begin(), once.particles.end());
    for (Particle& particle : twice.particles) particle.weight /= 2.0;
    const Statistics observed(10, 0.2);
    EXPECT_NEAR(variance_of(adjusted_draws(twice, observed)),
                variance_of(adjusted_draws(once, observed)), 1e-12);
}

TEST(RegressionAdjustment, the_fewer_particles_the_less_certain_is_the_spread) {
    // Squares of a chi square of d degrees over d have the mean 1 + 2/d: 1.005, 1.08 and 1.22, with
    // gaps of five standard errors over 2,000 sets.
    double before = 0.0;
    for (const std::uint32_t number : {400U, 40U, 24U}) {
        double squares = 0.0;
        for (std::uint32_t set = 0; set < 2000; ++set) {
            const AbcResult fit = particles_with_noise(number, 14, 1000 + set);
            const double variance = variance_of(adjusted_draws(fit, Statistics(14, 0.0)));
            squares += variance * variance;
        }
        EXPECT_GT(squares, before);  // right on average all the same
        before = squares;
    }
}

}  // namespace
}  // namespace firebreak
