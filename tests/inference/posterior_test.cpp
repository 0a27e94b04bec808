#include "inference/posterior.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "inference/recovery.hpp"

namespace firebreak {
namespace {

/// Evenly spread draws between two places.
std::vector<PosteriorDraw> between(double low, double high, int count) {
    std::vector<PosteriorDraw> draws;
    for (int i = 0; i < count; ++i) {
        draws.push_back({{low + (i + 0.5) / count * (high - low)}, 1.0 / count});
    }
    return draws;
}

TEST(Posterior, the_prior_is_not_narrowed) {
    EXPECT_NEAR(contraction(between(0.0, 1.0, 1000), 0), 0.0, 1e-3);
}

TEST(Posterior, half_the_range_is_narrowed_by_half) {
    EXPECT_NEAR(contraction(between(0.3, 0.8, 1000), 0), 0.5, 1e-3);
}

TEST(Posterior, a_single_place_is_narrowed_wholly) {
    EXPECT_NEAR(contraction(between(0.4, 0.4, 10), 0), 1.0, 1e-12);
}

TEST(Posterior, quantiles_follow_the_weights) {
    const std::vector<PosteriorDraw> draws{{{0.7}, 0.25}, {{0.1}, 0.5}, {{0.4}, 0.25}};
    EXPECT_EQ(place_quantile(draws, 0, 0.05), 0.1);
    EXPECT_EQ(place_quantile(draws, 0, 0.5), 0.1);
    EXPECT_EQ(place_quantile(draws, 0, 0.6), 0.4);
    EXPECT_EQ(place_quantile(draws, 0, 0.95), 0.7);
    EXPECT_EQ(share_below(draws, 0, 0.4), 0.625);
    EXPECT_EQ(share_below(draws, 0, 0.0), 0.0);
    EXPECT_EQ(share_below(draws, 0, 1.0), 1.0);
}

TEST(Posterior, resampling_keeps_the_weights_and_loses_the_order) {
    const std::vector<PosteriorDraw> draws{{{0.1}, 0.5}, {{0.4}, 0.0}, {{0.7}, 0.3}, {{0.9}, 0.2}};
    const auto chosen = resampled(draws, 1000, Draws(7), 3);
    const auto count = [&](double place) {
        return static_cast<int>(std::count(chosen.begin(), chosen.end(), std::vector{place}));
    };
    EXPECT_EQ(chosen.size(), 1000U);
    EXPECT_NEAR(count(0.1), 500, 1);
    EXPECT_EQ(count(0.4), 0);
    EXPECT_NEAR(count(0.7), 300, 1);
    EXPECT_FALSE(std::is_sorted(chosen.begin(), chosen.end()));
    EXPECT_EQ(chosen, resampled(draws, 1000, Draws(7), 3));
    EXPECT_NE(chosen, resampled(draws, 1000, Draws(7), 4));
}

TEST(Recovery, counts_the_truths_inside) {
    Recovery recovery;
    recovery.ranks = {0.01, 0.2, 0.3, 0.5, 0.74, 0.96, 0.5, 0.9};
    EXPECT_DOUBLE_EQ(recovery.inside(0.5), 0.5);
    EXPECT_DOUBLE_EQ(recovery.inside(0.9), 0.75);
    EXPECT_DOUBLE_EQ(recovery.inside(1.0), 1.0);
}

TEST(Recovery, even_ranks_are_likely_and_crowded_ones_are_not) {
    Recovery even;
    Recovery crowded;
    Recovery shifted;
    for (int i = 0; i < 100; ++i) {
        even.ranks.push_back((i + 0.5) / 100);
        crowded.ranks.push_back(0.4 + 0.2 * (i + 0.5) / 100);
        shifted.ranks.push_back(std::sqrt((i + 0.5) / 100));
    }
    EXPECT_GT(even.uniformity(), 0.99);
    EXPECT_LT(crowded.uniformity(), 1e-6);
    EXPECT_LT(shifted.uniformity(), 1e-3);
    // Five per cent of uniform ranks are further than 1.358 / sqrt(n) from even.
    Recovery limit;
    for (int i = 0; i < 10000; ++i) {
        limit.ranks.push_back(std::min(1.0, (i + 0.5) / 10000 + 0.01358));
    }
    EXPECT_NEAR(limit.uniformity(), 0.05, 0.005);
}

/// Runs trials one after another.
std::vector<Statistics> one_by_one(std::uint32_t, std::span<const Trial> trials,
                                   const Model& model) {
    std::vector<Statistics> answers;
    for (const Trial& trial : trials) answers.push_back(model(trial));
    return answers;
}

/// Twenty observations of a normal law: their mean, and the logarithm of their variance.
Statistics sample_of_normals(const Trial& trial) {
    const std::vector<double> probits = probits_of(trial.place);
    const double sd = exponential(0.5 * probits[1]);
    const Draws draws(99 + (trial.luck >> 32));
    const auto number = static_cast<std::uint32_t>(trial.luck);
    double mean = 0.0;
    double square = 0.0;
    for (std::uint16_t i = 0; i < 20; ++i) {
        const double value =
            probits[0] +
            sd * draws.normal({.replication = number, .purpose = Purpose::line_fire, .index = i});
        mean += value / 20;
        square += value * value / 20;
    }
    return {mean, logarithm(square - mean * mean)};
}

FitSettings quick() {
    FitSettings settings;
    settings.abc = {.particles = 400, .kept = 0.5, .least_acceptance = 0.08, .most_trials = 2400};
    settings.walk = {.chains = 6, .warm_up = 3, .steps = 25};
    settings.runs = 30;
    settings.direct = true;
    return settings;
}

TEST(Recovery, both_methods_find_mean_and_spread_as_often_as_they_say) {
    const std::uint32_t data_sets = 80;
    const auto methods = study_recovery(sample_of_normals, 2, std::vector<double>{0.1, 0.1},
                                        quick(), data_sets, {Draws(20260130), 0}, one_by_one);
    ASSERT_EQ(methods.size(), 2U);
    for (const MethodRecovery& method : methods) {
        for (const Recovery& recovery : method.parameters) {
            // Binomial(80, 1/2) and (80, 0.9): sd 0.056 and 0.034; four of them each.
            EXPECT_NEAR(recovery.inside(0.5), 0.5, 0.225) << method.method;
            EXPECT_NEAR(recovery.inside(0.9), 0.9, 0.135) << method.method;
            EXPECT_GT(recovery.uniformity(), 1e-4) << method.method;
            EXPECT_GT(recovery.contraction, 0.2) << method.method;
        }
    }
}

TEST(Recovery, puts_the_discrepancy_into_the_data_and_into_the_fits) {
    // A statistic that is the parameter, and a discrepancy as wide as the prior. If it were not in
    // the data, 66 % of the truths would lie inside the interval of 50 %; if not in the fits, none.
    const Model exact = [](const Trial& trial) { return Statistics{probits_of(trial.place)[0]}; };
    FitSettings settings;
    settings.abc = {.particles = 200, .kept = 0.5, .least_acceptance = 0.1, .most_trials = 800};
    const std::uint32_t data_sets = 400;
    const auto methods = study_recovery(exact, 1, std::vector<double>{1.0}, settings, data_sets,
                                        {Draws(20260131), 0}, one_by_one);
    // Binomial(400, 1/2): sd 0.025; four of them, false alarm below 1e-4.
    EXPECT_NEAR(methods[0].parameters[0].inside(0.5), 0.5, 0.1);
    EXPECT_NEAR(methods[0].parameters[0].contraction, 1.0 - std::sqrt(0.5), 0.08);
}

TEST(Recovery, no_luck_of_the_model_is_met_twice_but_by_one_chain) {
    std::map<std::uint64_t, std::set<std::pair<std::uint32_t, std::uint64_t>>> met_by;
    std::pair<std::uint32_t, std::uint64_t> who;
    const Model model = [&](const Trial& trial) {
        met_by[trial.luck].insert(who);
        return sample_of_normals(trial);
    };
    const Workshop workshop = [&](std::uint32_t stream, std::span<const Trial> trials,
                                  const Model& work) {
        std::vector<Statistics> answers;
        for (const Trial& trial : trials) {
            who = {stream, trial.luck};
            answers.push_back(work(trial));
        }
        return answers;
    };
    const FitSettings settings = quick();
    study_recovery(model, 2, std::vector<double>{0.1, 0.1}, settings, 3, {Draws(20260132), 0},
                   workshop);
    std::size_t of_chains = 0;
    for (const auto& [luck, those] : met_by) {
        EXPECT_EQ(those.size(), 1U) << "luck " << luck;
        const std::uint32_t stream = those.begin()->first;
        if (stream > 0 && stream % 2 == 0) ++of_chains;
    }
    // A walk goes on with the luck it has.
    EXPECT_EQ(of_chains, std::size_t{3} * settings.walk.chains * settings.runs);
}

TEST(Recovery, finds_out_a_method_that_is_sure_and_wrong) {
    // A method that ignores the data and is sure of itself must be found out.
    Recovery sure;
    const std::vector<PosteriorDraw> draws = between(0.45, 0.55, 100);
    for (std::uint32_t i = 0; i < 100; ++i) {
        const double truth = Draws(5).uniform({.replication = i, .purpose = Purpose::line_fire});
        sure.ranks.push_back(share_below(draws, 0, truth));
    }
    EXPECT_LT(sure.inside(0.9), 0.3);
    EXPECT_LT(sure.uniformity(), 1e-6);
}

}  // namespace
}  // namespace firebreak
