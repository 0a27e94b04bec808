#include "ensemble/design.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace firebreak {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using Point = std::vector<double>;

Factor spread(const std::string& path, double low = 0.0, double high = 1.0) {
    Factor factor;
    factor.path = path;
    factor.baseline = low + 0.25 * (high - low);
    factor.prior = {Distribution::uniform, low, high};
    return factor;
}

Factor choice(const std::string& path, std::vector<double> levels) {
    Factor factor;
    factor.path = path;
    factor.kind = FactorKind::lever;
    factor.baseline = levels.front();
    factor.prior = {Distribution::fixed, factor.baseline, factor.baseline};
    factor.levels = std::move(levels);
    return factor;
}

DesignSettings settings(DesignMethod method, std::uint64_t sample = 0, std::uint64_t seed = 1) {
    DesignSettings result;
    result.method = method;
    result.sample = sample;
    result.seed = seed;
    return result;
}

std::vector<Point> all(const Design& design) {
    std::vector<Point> points;
    for (std::uint64_t point = 0; point < design.points(); ++point) {
        points.push_back(design.coordinates(point));
    }
    return points;
}

std::string complaint(std::vector<Factor> factors, const DesignSettings& settings) {
    std::string text;
    for (const Problem& problem : problems(factors, settings)) {
        text += problem.what + " " + problem.why + "\n";
    }
    return text;
}

TEST(Design, without_factors_is_the_baseline_alone) {
    const Design design;
    EXPECT_EQ(design.points(), 1U);
    EXPECT_TRUE(design.coordinates(0).empty());
}

TEST(Design, a_grid_has_every_combination_and_its_last_factor_goes_fastest) {
    const Design design({choice("a", {1, 2}), choice("b", {3, 4, 5})}, {});
    EXPECT_THAT(all(design), ElementsAre(Point{1, 3}, Point{1, 4}, Point{1, 5}, Point{2, 3},
                                         Point{2, 4}, Point{2, 5}));
}

TEST(Design, a_grid_steps_through_a_prior_from_end_to_end) {
    DesignSettings three;
    three.levels = 3;
    Factor factor = spread("a");
    factor.prior = {Distribution::log_uniform, 0.01, 1.0};
    const Design design({factor}, three);
    EXPECT_EQ(design.coordinates(0)[0], 0.01);
    EXPECT_DOUBLE_EQ(design.coordinates(1)[0], 0.1);
    EXPECT_EQ(design.coordinates(2)[0], 1.0);
    EXPECT_EQ(design.levels(0).size(), 3U);
}

TEST(Design, one_at_a_time_begins_at_the_baseline_and_moves_one_factor) {
    const Design design({spread("a", 0, 4), choice("b", {7, 8, 9})},
                        settings(DesignMethod::one_at_a_time));
    EXPECT_THAT(all(design),
                ElementsAre(Point{1, 7}, Point{0, 7}, Point{4, 7}, Point{1, 8}, Point{1, 9}));
}

TEST(Design, a_table_is_taken_as_it_is) {
    DesignSettings given = settings(DesignMethod::table);
    given.table = {1, 2, 3, 4};
    EXPECT_THAT(all(Design({spread("a"), spread("b")}, given)),
                ElementsAre(Point{1, 2}, Point{3, 4}));
}

TEST(Design, a_sample_follows_the_priors) {
    Factor wide = spread("b");
    wide.prior = {Distribution::log_uniform, 0.01, 100.0};
    for (const DesignMethod method : {DesignMethod::sobol, DesignMethod::latin_hypercube}) {
        const Design design({spread("a", -1, 3), wide}, settings(method, 1024));
        ASSERT_EQ(design.points(), 1024U);
        double mean = 0.0;
        int below_one = 0;
        for (const Point& point : all(design)) {
            ASSERT_GE(point[0], -1.0);
            ASSERT_LE(point[0], 3.0);
            mean += point[0] / 1024;
            below_one += point[1] < 1.0 ? 1 : 0;
        }
        // Half a cell of either is the most that stratified points can be off, in all.
        EXPECT_NEAR(mean, 1.0, 4.0 / 1024);
        EXPECT_EQ(below_one, 512);
    }
}

TEST(Design, levels_are_crossed_with_every_point_of_a_sample) {
    const std::vector<Factor> factors{choice("lever", {1, 2, 3}), spread("a"),
                                      choice("other", {5, 6})};
    for (const DesignMethod method :
         {DesignMethod::sobol, DesignMethod::latin_hypercube, DesignMethod::saltelli}) {
        const std::vector<Point> crossed = all(Design(factors, settings(method, 4)));
        const std::vector<Point> plain = all(Design({spread("a")}, settings(method, 4)));
        ASSERT_EQ(crossed.size(), plain.size() * 6);
        for (std::size_t point = 0; point < crossed.size(); ++point) {
            EXPECT_EQ(crossed[point][1], plain[point / 6][0]);
            EXPECT_EQ(crossed[point][0], 1.0 + static_cast<double>(point / 2 % 3));
            EXPECT_EQ(crossed[point][2], 5.0 + static_cast<double>(point % 2));
        }
    }
}

TEST(Design, the_seed_decides_a_sample) {
    const std::vector<Factor> factors{spread("a"), spread("b")};
    for (const DesignMethod method :
         {DesignMethod::sobol, DesignMethod::latin_hypercube, DesignMethod::saltelli}) {
        const std::vector<Point> one = all(Design(factors, settings(method, 8, 1)));
        EXPECT_EQ(one, all(Design(factors, settings(method, 8, 1))));
        EXPECT_NE(one, all(Design(factors, settings(method, 8, 2))));
    }
}

TEST(Design, a_larger_sample_begins_with_the_smaller_one) {
    const std::vector<Factor> factors{choice("lever", {1, 2}), spread("a"), spread("b")};
    for (const DesignMethod method : {DesignMethod::sobol, DesignMethod::saltelli}) {
        const std::vector<Point> few = all(Design(factors, settings(method, 10)));
        std::vector<Point> many = all(Design(factors, settings(method, 33)));
        many.resize(few.size());
        EXPECT_EQ(few, many);
    }
}

TEST(Design, any_point_is_found_without_the_others) {
    const std::vector<Factor> factors(40, spread("a"));
    std::vector<Factor> named = factors;
    for (std::size_t i = 0; i < named.size(); ++i) named[i].path += std::to_string(i);
    const Design design(named, settings(DesignMethod::sobol, 1000000));
    const SobolSequence sequence(40, 1);
    const Point last = design.coordinates(999999);
    for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(last[i], sequence.coordinate(999999, i));
}

DesignSettings with_joint_draws(DesignMethod method, std::uint64_t sample) {
    DesignSettings given = settings(method, sample);
    given.joint = {{"b", "a"}, {1, 10, 2, 20, 3, 30}, {1, 0, 3}};
    return given;
}

TEST(Design, joint_draws_are_taken_whole_and_by_their_weights) {
    for (const DesignMethod method : {DesignMethod::sobol, DesignMethod::latin_hypercube}) {
        const Design design({spread("a"), spread("c"), spread("b")}, with_joint_draws(method, 256));
        int third = 0;
        double mean = 0.0;
        for (const Point& point : all(design)) {
            ASSERT_EQ(point[0], 10.0 * point[2]);
            ASSERT_NE(point[2], 2.0) << "its weight is 0";
            third += point[2] == 3.0 ? 1 : 0;
            mean += point[1] / 256;
        }
        // One number picks the draw: three quarters of an evenly spread sample.
        EXPECT_NEAR(third, 192, 1);
        EXPECT_NEAR(mean, 0.5, 0.01) << "the other factor keeps to its prior";
    }
}

TEST(Design, a_single_joint_draw_fixes_its_factors) {
    DesignSettings given = settings(DesignMethod::sobol, 16);
    given.joint = {{"a"}, {0.125}, {7}};
    for (const Point& point : all(Design({spread("a"), spread("b")}, given))) {
        EXPECT_EQ(point[0], 0.125);
    }
}

TEST(Design, factors_without_joint_draws_are_sampled_as_ever) {
    DesignSettings given = with_joint_draws(DesignMethod::sobol, 32);
    given.joint.paths = {"x", "y"};
    const std::vector<Factor> factors{spread("a"), spread("b")};
    EXPECT_EQ(all(Design(factors, given)), all(Design(factors, settings(DesignMethod::sobol, 32))));
}

TEST(Saltelli, rows_are_the_two_samples_and_their_mixtures_in_order) {
    const std::vector<Factor> factors{spread("a"), spread("b"), spread("c")};
    const SobolSequence sequence(6, 1);
    const Design first(factors, settings(DesignMethod::saltelli, 4));
    DesignSettings with_second = settings(DesignMethod::saltelli, 4);
    with_second.second_order = true;
    const Design second(factors, with_second);
    ASSERT_EQ(first.points(), 4U * (3 + 2));
    ASSERT_EQ(second.points(), 4U * (2 * 3 + 2));
    for (std::uint32_t n = 0; n < 4; ++n) {
        Point a;
        Point b;
        for (std::size_t i = 0; i < 3; ++i) {
            a.push_back(sequence.coordinate(n, i));
            b.push_back(sequence.coordinate(n, i + 3));
        }
        EXPECT_EQ(first.coordinates(n * 5), a);
        EXPECT_EQ(first.coordinates(n * 5 + 4), b);
        EXPECT_EQ(second.coordinates(n * 8), a);
        EXPECT_EQ(second.coordinates(n * 8 + 7), b);
        for (std::size_t i = 0; i < 3; ++i) {
            Point a_with_b = a;
            a_with_b[i] = b[i];
            Point b_with_a = b;
            b_with_a[i] = a[i];
            EXPECT_EQ(first.coordinates(n * 5 + 1 + i), a_with_b);
            EXPECT_EQ(second.coordinates(n * 8 + 1 + i), a_with_b);
            EXPECT_EQ(second.coordinates(n * 8 + 4 + i), b_with_a);
        }
    }
}

TEST(Saltelli, finds_the_first_order_indices_of_a_linear_function) {
    // f = 3a + b, both uniform: 90 % and 10 % of the variance. The estimator of Saltelli et al.
    // (2010), Comput. Phys. Commun. 181, 259-270, table 2 (b).
    const Design design({spread("a"), spread("b")}, settings(DesignMethod::saltelli, 4096));
    const auto f = [&](std::uint64_t row) {
        const Point point = design.coordinates(row);
        return 3.0 * point[0] + point[1] - 2.0;
    };
    double variance = 0.0;
    double share[2] = {0.0, 0.0};
    for (std::uint64_t n = 0; n < 4096; ++n) {
        variance += f(4 * n) * f(4 * n) / 4096;
        for (std::uint64_t i = 0; i < 2; ++i) {
            share[i] += f(4 * n + 3) * (f(4 * n + 1 + i) - f(4 * n)) / 4096;
        }
    }
    EXPECT_NEAR(variance, 10.0 / 12.0, 0.005);
    EXPECT_NEAR(share[0] / variance, 0.9, 0.01);
    EXPECT_NEAR(share[1] / variance, 0.1, 0.01);
}

TEST(Design, refuses_what_cannot_be_varied) {
    EXPECT_EQ(complaint({spread("a"), spread("a")}, {}), "a is varied twice\n");
    Factor fixed = spread("a");
    fixed.prior = {};
    EXPECT_EQ(complaint({fixed}, {}), "a has a fixed prior and no levels: nothing varies\n");
    EXPECT_EQ(complaint({choice("a", {1, 2, 1})}, {}), "a has the same level twice\n");
    EXPECT_THROW(Design({fixed}, {}), InputError);
}

TEST(Design, refuses_impossible_sizes) {
    EXPECT_EQ(complaint({spread("a")}, settings(DesignMethod::sobol, 0)),
              "points must be at least 1\n");
    EXPECT_EQ(complaint({choice("a", {1, 2})}, settings(DesignMethod::sobol, 8)),
              "method samples uncertainties, and there are none to sample\n");
    EXPECT_EQ(complaint({}, settings(DesignMethod::table)), "table must hold at least one point\n");
    DesignSettings one_level;
    one_level.levels = 1;
    EXPECT_EQ(complaint({spread("a")}, one_level), "levels must be at least 2\n");

    std::vector<Factor> many;
    for (int i = 0; i < 3668; ++i) many.push_back(spread("p" + std::to_string(i)));
    EXPECT_EQ(complaint(many, settings(DesignMethod::sobol, 1)),
              "uncertainties are 3668; at most 3667 can be sampled by this method\n");
    many.resize(1834);
    EXPECT_EQ(complaint(many, settings(DesignMethod::saltelli, 1)),
              "uncertainties are 1834; at most 1833 can be sampled by this method\n");
    EXPECT_EQ(complaint(many, settings(DesignMethod::sobol, 1)), "");
}

TEST(Design, refuses_more_points_than_have_numbers) {
    EXPECT_EQ(complaint({spread("a")}, settings(DesignMethod::sobol, most_design_points)), "");
    EXPECT_EQ(complaint({spread("a")}, settings(DesignMethod::sobol, most_design_points + 1)),
              "points would be 4294967296; at most 4294967295 are possible\n");
    std::vector<Factor> many;
    for (int i = 0; i < 80; ++i) many.push_back(spread("p" + std::to_string(i)));
    EXPECT_THAT(complaint(many, {}), HasSubstr("points are too many to count"));
}

}  // namespace
}  // namespace firebreak
