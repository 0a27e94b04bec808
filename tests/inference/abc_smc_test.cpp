#include "inference/abc_smc.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "ensemble/parallel.hpp"
#include "inference/regression_adjustment.hpp"

namespace firebreak {
namespace {

/// Lucks of a fit are small.
std::uint32_t number_of(const Trial& trial) { return static_cast<std::uint32_t>(trial.luck); }

/// The mean of `count` normal observations of variance one around the first probit.
Statistics mean_of_normals(const Trial& trial, const Draws& draws, double count) {
    const double truth = probits_of(trial.place)[0];
    return {truth + draws.normal({.replication = number_of(trial), .purpose = Purpose::line_fire}) /
                        std::sqrt(count)};
}

template <class Model>
RunTrials on_threads(Model model, int threads) {
    return [model, threads](std::span<const Trial> trials) {
        std::vector<Statistics> answers(trials.size());
        for_each_index(trials.size(), threads,
                       [&](std::size_t i) { answers[i] = model(trials[i]); });
        return answers;
    };
}

struct Summary {
    double mean{};
    double sd{};
};

/// Of one parameter's probit.
Summary summary_of(const std::vector<PosteriorDraw>& draws, std::size_t parameter) {
    Summary found;
    for (const PosteriorDraw& draw : draws) {
        found.mean += draw.weight * normal_quantile(draw.place[parameter]);
    }
    for (const PosteriorDraw& draw : draws) {
        const double apart = normal_quantile(draw.place[parameter]) - found.mean;
        found.sd += draw.weight * apart * apart;
    }
    found.sd = std::sqrt(found.sd);
    return found;
}

TEST(AbcSmc, recovers_the_posterior_of_a_normal_mean) {
    const Draws draws(20260110);
    const double count = 8.0;  // observations of variance 1 under a standard normal prior
    const double observed = 1.3;
    const AbcSettings settings{
        .particles = 4000, .kept = 0.5, .least_acceptance = 0.05, .most_trials = 100000};
    const AbcResult fit =
        abc_smc(1, {{observed}, {0.0}}, settings, {draws, 1},
                on_threads([&](const Trial& t) { return mean_of_normals(t, draws, count); }, 2));
    const Summary found = summary_of(adjusted_draws(fit, {observed}), 0);
    const double sd = 1.0 / std::sqrt(1.0 + count);
    // Some 1,000 effective draws: five standard errors of a mean, false alarm about 1e-6.
    EXPECT_NEAR(found.mean, observed * count / (1.0 + count), 5.0 * sd / std::sqrt(1000.0));
    EXPECT_NEAR(found.sd / sd, 1.0, 5.0 / std::sqrt(2000.0));
    EXPECT_GT(fit.generations.size(), 3U);
}

TEST(AbcSmc, counts_the_discrepancy_as_part_of_the_model) {
    const Draws draws(20260111);
    const AbcSettings settings{.particles = 4000, .most_trials = 60000};
    // The statistic is the parameter itself; all of the error is the discrepancy.
    const AbcResult fit =
        abc_smc(1, {{0.8}, {0.5}}, settings, {draws, 1},
                on_threads([](const Trial& t) { return Statistics{probits_of(t.place)[0]}; }, 2));
    const Summary found = summary_of(adjusted_draws(fit, {0.8}), 0);
    const double sd = 1.0 / std::sqrt(1.0 + 4.0);
    EXPECT_NEAR(found.mean, 0.8 * 4.0 / 5.0, 5.0 * sd / std::sqrt(1000.0));
    EXPECT_NEAR(found.sd / sd, 1.0, 5.0 / std::sqrt(2000.0));
}

TEST(AbcSmc, a_statistic_that_says_nothing_gives_the_prior_back) {
    const Draws draws(20260112);
    const AbcSettings settings{.particles = 2000, .most_trials = 12000};
    const AbcResult fit = abc_smc(
        2, {{0.1}, {0.0}}, settings, {draws, 2},
        on_threads(
            [&](const Trial& t) {
                return Statistics{
                    draws.normal({.replication = number_of(t), .purpose = Purpose::line_fire})};
            },
            1));
    for (std::size_t parameter = 0; parameter < 2; ++parameter) {
        const Summary found = summary_of(adjusted_draws(fit, {0.1}), parameter);
        // At least some 400 effective draws, five standard errors.
        EXPECT_NEAR(found.mean, 0.0, 0.25);
        EXPECT_NEAR(found.sd, 1.0, 0.18);
    }
}

TEST(AbcSmc, a_larger_observation_moves_the_posterior_up) {
    const Draws draws(20260113);
    const AbcSettings settings{.particles = 400, .most_trials = 4000};
    double before = -10.0;
    for (const double observed : {-2.0, -0.5, 0.5, 2.0}) {
        const AbcResult fit =
            abc_smc(1, {{observed}, {0.0}}, settings, {draws, 3},
                    on_threads([&](const Trial& t) { return mean_of_normals(t, draws, 4.0); }, 1));
        const double mean = summary_of(adjusted_draws(fit, {observed}), 0).mean;
        EXPECT_GT(mean, before);
        before = mean;
    }
}

TEST(AbcSmc, gives_the_same_bits_on_any_number_of_threads) {
    const Draws draws(20260114);
    const AbcSettings settings{.particles = 300, .most_trials = 2000};
    std::vector<std::vector<PosteriorDraw>> found;
    for (const int threads : {1, 2, 5}) {
        const AbcResult fit = abc_smc(
            1, {{0.4}, {0.1}}, settings, {draws, 4},
            on_threads([&](const Trial& t) { return mean_of_normals(t, draws, 4.0); }, threads));
        found.push_back(adjusted_draws(fit, {0.4}));
    }
    for (const auto& other : found) {
        ASSERT_EQ(other.size(), found.front().size());
        for (std::size_t i = 0; i < other.size(); ++i) {
            EXPECT_EQ(other[i].place, found.front()[i].place);
            EXPECT_EQ(other[i].weight, found.front()[i].weight);
        }
    }
}

TEST(AbcSmc, keeps_out_of_places_where_the_model_cannot_be) {
    const Draws draws(20260115);
    const AbcSettings settings{.particles = 400, .most_trials = 4000};
    const AbcResult fit = abc_smc(1, {{0.0}, {0.0}}, settings, {draws, 5},
                                  on_threads(
                                      [&](const Trial& t) {
                                          if (t.place[0] < 0.4) return Statistics{};
                                          return mean_of_normals(t, draws, 1.0);
                                      },
                                      1));
    for (const Particle& particle : fit.particles) {
        EXPECT_GE(place_of(particle.probits)[0], 0.4);
    }
}

TEST(AbcSmc, ends_before_it_would_exceed_its_trials) {
    const Draws draws(20260116);
    const AbcSettings settings{.particles = 100, .least_acceptance = 0.0, .most_trials = 430};
    const AbcResult fit =
        abc_smc(1, {{0.0}, {0.0}}, settings, {draws, 6},
                on_threads([&](const Trial& t) { return mean_of_normals(t, draws, 1.0); }, 1));
    EXPECT_LE(fit.trials, 430U);
    EXPECT_GT(fit.trials, 380U);
}

TEST(AbcSmc, intervals_hold_the_truth_as_often_as_they_say) {
    const Draws draws(20260117);
    const AbcSettings settings{.particles = 300, .most_trials = 2500};
    const int data_sets = 150;
    int inside = 0;
    for (std::uint32_t set = 0; set < data_sets; ++set) {
        const double truth = draws.normal({.replication = set, .purpose = Purpose::line_frailty});
        const double observed =
            truth + draws.normal({.replication = set, .purpose = Purpose::day_factor}) / 2.0;
        const AbcResult fit =
            abc_smc(1, {{observed}, {0.0}}, settings, {draws, 100 + set},
                    on_threads([&](const Trial& t) { return mean_of_normals(t, draws, 4.0); }, 2));
        double below = 0.0;
        for (const PosteriorDraw& draw : adjusted_draws(fit, {observed})) {
            if (normal_quantile(draw.place[0]) < truth) below += draw.weight;
        }
        if (below > 0.1 && below < 0.9) ++inside;
    }
    // Binomial(150, 0.8): mean 120, sd 4.9; four of them, false alarm below 1e-4.
    EXPECT_NEAR(inside, 120, 19);
}

TEST(RobustScale, is_the_median_absolute_deviation) {
    const std::vector<Statistics> runs{{1.0, 5.0}, {2.0, 5.0}, {4.0, 5.0}, {100.0, 5.0}, {}};
    EXPECT_EQ(robust_scale(runs, 2), (std::vector<double>{3.0, 1.0}));
}

}  // namespace
}  // namespace firebreak
