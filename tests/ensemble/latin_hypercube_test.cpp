#include "ensemble/latin_hypercube.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

std::uint32_t cell(const LatinHypercube& hypercube, std::uint32_t points, std::uint32_t point,
                   std::uint32_t dimension) {
    return static_cast<std::uint32_t>(std::floor(hypercube.coordinate(point, dimension) * points));
}

TEST(LatinHypercube, one_point_is_anywhere) {
    const LatinHypercube hypercube(1, 3);
    EXPECT_GT(hypercube.coordinate(0, 0), 0.0);
    EXPECT_LT(hypercube.coordinate(0, 0), 1.0);
}

TEST(LatinHypercube, every_cell_of_every_dimension_holds_one_point) {
    for (const std::uint32_t points : {1U, 2U, 3U, 4U, 5U, 17U, 64U, 1000U}) {
        const LatinHypercube hypercube(points, 3);
        for (std::uint32_t dimension = 0; dimension < 20; ++dimension) {
            std::vector<int> hits(points);
            for (std::uint32_t point = 0; point < points; ++point) {
                ++hits[cell(hypercube, points, point, dimension)];
            }
            EXPECT_EQ(std::count(hits.begin(), hits.end(), 1), points) << points;
        }
    }
}

TEST(LatinHypercube, the_largest_one_stays_within_its_ends) {
    const LatinHypercube hypercube(4294967295U, 3);
    for (const std::uint32_t point : {0U, 1U, 4294967294U}) {
        EXPECT_GT(hypercube.coordinate(point, 0), 0.0);
        EXPECT_LT(hypercube.coordinate(point, 0), 1.0);
    }
}

TEST(LatinHypercube, the_seed_decides_cells_and_places) {
    const LatinHypercube one(50, 1);
    const LatinHypercube again(50, 1);
    const LatinHypercube two(50, 2);
    EXPECT_EQ(one.coordinate(9, 4), again.coordinate(9, 4));
    EXPECT_NE(one.coordinate(9, 4), two.coordinate(9, 4));
}

TEST(LatinHypercube, all_orders_of_the_cells_are_equally_likely) {
    // 6,000 seeds, 6 orders of three cells: chi-square with 5 degrees of freedom exceeds 25.7 once
    // in 10,000.
    std::vector<double> hits(9);
    for (std::uint64_t seed = 0; seed < 6000; ++seed) {
        const LatinHypercube hypercube(3, seed);
        ++hits[3 * cell(hypercube, 3, 0, 0) + cell(hypercube, 3, 1, 0)];
    }
    double chi_square = 0.0;
    for (const std::size_t order : {1U, 2U, 3U, 5U, 6U, 7U}) {
        chi_square += (hits[order] - 1000.0) * (hits[order] - 1000.0) / 1000.0;
    }
    EXPECT_LT(chi_square, 25.7);
}

TEST(LatinHypercube, dimensions_are_unrelated) {
    // The correlation of 10,000 pairs has a standard deviation of 0.01: 5 of them once in 10^6.
    constexpr std::uint32_t points = 10000;
    const LatinHypercube hypercube(points, 11);
    for (std::uint32_t dimension = 0; dimension < 5; ++dimension) {
        double sum = 0.0;
        for (std::uint32_t point = 0; point < points; ++point) {
            sum += (hypercube.coordinate(point, dimension) - 0.5) *
                   (hypercube.coordinate(point, dimension + 1) - 0.5);
        }
        EXPECT_NEAR(12.0 * sum / points, 0.0, 0.05);
    }
}

TEST(LatinHypercube, its_points_never_change) {
    const LatinHypercube hypercube(1000, 7);
    EXPECT_EQ(hypercube.coordinate(0, 0), 0x1.177f3665a888fp-2);
    EXPECT_EQ(hypercube.coordinate(999, 39), 0x1.70c068d307333p-2);
}

}  // namespace
}  // namespace firebreak
