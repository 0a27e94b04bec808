#include "inference/rank_correlation.hpp"

#include <cmath>
#include <span>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace firebreak {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

const std::vector<std::vector<double>> ten_points{{1, 7, 2}, {2, 3, 5},   {3, 9, 1}, {4, 1, 8},
                                                  {5, 5, 3}, {6, 2, 9},   {7, 8, 4}, {8, 4, 7},
                                                  {9, 6, 6}, {10, 10, 10}};
const std::vector<double> ten_answers{3.1, 1.2, 4.0, 2.5, 2.5, 0.3, 6.0, 4.4, 5.1, 7.7};

TEST(Ranks, share_the_mean_where_values_are_equal) {
    EXPECT_THAT(ranks_of(std::vector<double>{5, 1, 5, 3}), ElementsAre(3.5, 1, 3.5, 2));
}

// The numbers are those of the analysis package, firebreak.rank_correlation.
TEST(RankCorrelation, agrees_with_a_worked_example_of_partial_coefficients) {
    const RankCorrelations found = rank_correlations(ten_points, ten_answers);
    EXPECT_TRUE(found.partial);
    EXPECT_THAT(found.estimate,
                ElementsAre(DoubleNear(0.6243109, 1e-7), DoubleNear(0.7213185, 1e-7),
                            DoubleNear(-0.13633846, 1e-7)));
    EXPECT_NEAR(found.standard_error, 0.4472135954999579, 1e-12);
    EXPECT_NEAR(found.limit(3, 0.95), 0.7896948103772298, 1e-7);
}

TEST(RankCorrelation, is_spearmans_where_points_are_too_few) {
    const RankCorrelations found =
        rank_correlations(std::span(ten_points).first(5), std::span(ten_answers).first(5));
    EXPECT_FALSE(found.partial);
    EXPECT_THAT(found.estimate,
                ElementsAre(DoubleNear(-0.15389675, 1e-7), DoubleNear(0.82078268, 1e-7),
                            DoubleNear(-0.82078268, 1e-7)));
    EXPECT_NEAR(found.standard_error, 0.7071067811865475, 1e-12);
}

TEST(RankCorrelation, is_one_for_the_only_factor_of_a_rising_answer) {
    std::vector<std::vector<double>> points;
    std::vector<double> answers;
    for (int at = 0; at < 20; ++at) {
        points.push_back({static_cast<double>(at), static_cast<double>((at * 7) % 20)});
        answers.push_back(std::exp(0.3 * at));
    }
    const RankCorrelations found = rank_correlations(points, answers);
    EXPECT_NEAR(found.estimate[0], 1.0, 1e-7);
}

TEST(RankCorrelation, knows_nothing_of_what_does_not_vary_or_follows_from_others) {
    std::vector<std::vector<double>> points;
    std::vector<double> answers;
    for (int at = 0; at < 20; ++at) {
        const double one = (at * 7) % 20;
        points.push_back({one, 3.0, -one, static_cast<double>((at * 3) % 20)});
        answers.push_back(static_cast<double>((at * 11) % 20));
    }
    const RankCorrelations found = rank_correlations(points, answers);
    EXPECT_TRUE(std::isnan(found.estimate[0]));
    EXPECT_TRUE(std::isnan(found.estimate[1]));
    EXPECT_TRUE(std::isnan(found.estimate[2]));
    // The fourth is what it would be without the pair's second one.
    std::vector<std::vector<double>> alone;
    for (const auto& point : points) alone.push_back({point[0], point[3]});
    EXPECT_NEAR(found.estimate[3], rank_correlations(alone, answers).estimate[1], 1e-6);
    EXPECT_TRUE(std::isnan(rank_correlations(points, std::vector<double>(20, 1.0)).estimate[0]));
}

TEST(RankCorrelation, knows_nothing_of_three_whose_ranks_add_up) {
    std::vector<std::vector<double>> points;
    std::vector<double> answers;
    for (int at = 0; at < 9; ++at) {
        const double one = at / 3;
        const double other = at % 3;
        // On a grid of nine points both have the ranks 2, 5 and 8, and the third those from 1 to 9:
        // the first's and a third of the other's, less a constant.
        points.push_back({one, other, 3.0 * one + other, static_cast<double>((at * 5) % 9)});
        answers.push_back(static_cast<double>((at * 4 + at / 2) % 9));
    }
    const RankCorrelations found = rank_correlations(points, answers);
    ASSERT_TRUE(found.partial);
    for (const int follows : {0, 1, 2}) {
        EXPECT_TRUE(std::isnan(found.estimate[static_cast<std::size_t>(follows)])) << follows;
    }
    EXPECT_FALSE(std::isnan(found.estimate[3]));
}

}  // namespace
}  // namespace firebreak
