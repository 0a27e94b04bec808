#include "inference/synthetic_likelihood.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "inference/metropolis.hpp"
#include "inference/surrogate.hpp"

namespace firebreak {
namespace {

/// Two correlated normal statistics around a mean.
std::vector<Statistics> runs_around(double mean, std::uint32_t count, const Draws& draws) {
    std::vector<Statistics> runs;
    for (std::uint32_t run = 0; run < count; ++run) {
        const double first = draws.normal({.replication = run, .purpose = Purpose::line_fire});
        const double second = draws.normal({.replication = run, .purpose = Purpose::day_factor});
        runs.push_back({mean + first, mean + 0.6 * first + 0.8 * second});
    }
    return runs;
}

TEST(SyntheticLikelihood, is_that_of_the_papers_for_five_runs) {
    // Worked out apart from this code: the correlation is shrunk by 0.35.
    const std::vector<Statistics> runs{{1.0, 2.0}, {2.0, 2.5}, {0.5, 1.0}, {3.0, 4.5}, {1.5, 2.0}};
    EXPECT_NEAR(synthetic_log_likelihood({{2.0, 4.0}, {0.0, 0.0}}, runs), -0.7432766228007682,
                1e-12);
    EXPECT_NEAR(synthetic_log_likelihood({{2.0, 4.0}, {0.5, 0.0}}, runs), -0.9022038043398302,
                1e-12);
}

TEST(SyntheticLikelihood, is_the_normal_one_for_many_runs) {
    const Draws draws(20260120);
    const std::vector<Statistics> runs = runs_around(0.0, 20000, draws);
    const auto exact = [](double x, double y) {
        return -0.5 * (x * x - 2.0 * 0.6 * x * y + y * y) / (1.0 - 0.36);
    };
    const double reference = synthetic_log_likelihood({{0.0, 0.0}, {0.0, 0.0}}, runs);
    for (const auto& [x, y] : {std::pair{1.0, 0.5}, {-1.5, 1.0}, {2.0, 2.0}}) {
        const double found = synthetic_log_likelihood({{x, y}, {0.0, 0.0}}, runs) - reference;
        EXPECT_NEAR(found, exact(x, y), 0.05 + 0.03 * std::abs(exact(x, y)));
    }
}

TEST(SyntheticLikelihood, adds_the_discrepancy_to_the_variance) {
    const Draws draws(20260121);
    const std::vector<Statistics> runs = runs_around(0.0, 20000, draws);
    const double at_mean = synthetic_log_likelihood({{0.0, 0.0}, {3.0, 1e6}}, runs);
    const double away = synthetic_log_likelihood({{2.0, 0.0}, {3.0, 1e6}}, runs);
    EXPECT_NEAR(away - at_mean, -0.5 * 4.0 / 10.0, 0.02);
}

TEST(SyntheticLikelihood, is_nothing_where_a_run_gave_nothing) {
    const std::vector<Statistics> runs{{1.0}, {2.0}, {}, {1.5}};
    EXPECT_EQ(synthetic_log_likelihood({{1.0}, {0.0}}, runs),
              -std::numeric_limits<double>::infinity());
    const std::vector<Statistics> others{{1.0}, {2.0}, {std::nan("")}, {1.5}};
    EXPECT_EQ(synthetic_log_likelihood({{1.0}, {0.0}}, others),
              -std::numeric_limits<double>::infinity());
}

TEST(SyntheticLikelihood, falls_with_the_distance_of_the_observation) {
    const Draws draws(20260122);
    const std::vector<Statistics> runs = runs_around(0.0, 12, draws);
    double before = std::numeric_limits<double>::infinity();
    for (const double x : {0.5, 1.0, 2.0, 5.0, 50.0}) {
        const double found = synthetic_log_likelihood({{x, -x}, {0.0, 0.0}}, runs);
        EXPECT_LT(found, before);
        before = found;
    }
}

TEST(Metropolis, a_synthetic_likelihood_recovers_the_posterior_of_a_normal_mean) {
    const Draws draws(20260123);
    const double observed = 1.3;
    const double count = 8.0;
    std::vector<PosteriorDraw> start;
    for (const double share : {0.5, 0.7, 0.8, 0.9, 0.95}) start.push_back({{share}, 0.2});
    const LogLikelihoods log_likelihoods = [&](std::span<const Trial> trials) {
        std::vector<double> values;
        for (const Trial& trial : trials) {
            std::vector<Statistics> runs;
            for (std::uint32_t run = 0; run < 100; ++run) {
                const double noise =
                    draws.normal({.replication = run, .purpose = Purpose::line_fire});
                runs.push_back({probits_of(trial.place)[0] + noise / std::sqrt(count)});
            }
            values.push_back(synthetic_log_likelihood({{observed}, {0.0}}, runs));
        }
        return values;
    };
    // The surrogate is too wide, and beside the point.
    const LogSurrogate surrogate = [&](std::span<const double> probits) {
        return -0.25 * count * (probits[0] - observed - 0.1) * (probits[0] - observed - 0.1);
    };
    const MetropolisResult found = surrogate_metropolis(
        start, surrogate, {.chains = 8, .warm_up = 10, .steps = 150}, {draws, 7}, log_likelihoods);
    double mean = 0.0;
    double square = 0.0;
    for (const PosteriorDraw& draw : found.draws) {
        const double probit = normal_quantile(draw.place[0]);
        mean += draw.weight * probit;
        square += draw.weight * probit * probit;
    }
    const double sd = 1.0 / std::sqrt(1.0 + count);
    // Some 500 effective draws, and the mean of 100 runs: sd/10. Four standard errors of both.
    EXPECT_NEAR(mean, observed * count / (1.0 + count), 4.0 * sd * (0.1 + 0.045));
    EXPECT_NEAR(std::sqrt(square - mean * mean) / sd, 1.0, 0.35);
    EXPECT_LT(found.convergence[0], 1.1);
    EXPECT_GT(found.acceptance, 0.4);
    EXPECT_EQ(found.evaluations, 8U * 161U);
}

TEST(Metropolis, a_flat_likelihood_gives_the_prior_back_whatever_the_surrogate_says) {
    const std::vector<PosteriorDraw> start{
        {{0.2, 0.5}, 0.25}, {{0.5, 0.8}, 0.25}, {{0.8, 0.2}, 0.25}, {{0.9, 0.9}, 0.25}};
    const LogSurrogate misled = [](std::span<const double> probits) {
        return 0.5 * probits[0] - 0.3 * probits[1] + 0.1 * probits[0] * probits[1];
    };
    const MetropolisResult found = surrogate_metropolis(
        start, misled, {.chains = 16, .warm_up = 20, .steps = 250}, {Draws(20260124), 8},
        [](std::span<const Trial> trials) { return std::vector<double>(trials.size(), 0.0); });
    EXPECT_LT(found.acceptance, 0.9) << "the surrogate is contradicted";
    for (std::size_t parameter = 0; parameter < 2; ++parameter) {
        double mean = 0.0;
        double square = 0.0;
        for (const PosteriorDraw& draw : found.draws) {
            mean += draw.weight * draw.place[parameter];
            square += draw.weight * draw.place[parameter] * draw.place[parameter];
        }
        // Uniform on the cube: sd 0.29; some 1,500 effective draws, five standard errors.
        EXPECT_NEAR(mean, 0.5, 0.04);
        EXPECT_NEAR(std::sqrt(square - mean * mean), std::sqrt(1.0 / 12.0), 0.025);
    }
}

TEST(Surrogate, follows_what_the_particles_say) {
    // One statistic, twice the parameter; the observation is met at a probit of 0.7.
    AbcResult fit;
    fit.scale = {2.0};
    const Draws draws(3);
    for (std::uint32_t i = 0; i < 500; ++i) {
        const double probit = draws.normal({.replication = i, .purpose = Purpose::line_fire});
        const double error = draws.normal({.replication = i, .purpose = Purpose::day_factor});
        fit.particles.push_back({{probit}, {2.0 * probit + 0.2 * error}, 1.0, 1.0 / 500});
    }
    const Surrogate surrogate(fit, {1.4});
    const auto at = [&](double probit) { return surrogate.log_likelihood(std::vector{probit}); };
    EXPECT_GT(at(0.7), at(0.6));
    EXPECT_GT(at(0.7), at(0.8));
    // Half a standard error of the parameter, 0.1, with the variance one and a half times as large.
    EXPECT_NEAR(at(0.8) - at(0.7), -0.5 / 1.5, 0.12);
}

}  // namespace
}  // namespace firebreak
