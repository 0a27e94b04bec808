#include "ensemble/sobol.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

constexpr std::uint64_t seed = 7;

std::uint32_t cell(double u, std::uint32_t cells) {
    return static_cast<std::uint32_t>(std::floor(u * cells));
}

TEST(Sobol, the_first_2_to_the_k_points_hit_each_interval_once_in_every_dimension) {
    constexpr std::size_t dimensions = 90;
    const SobolSequence sequence(dimensions, seed);
    for (const std::uint32_t points : {1U, 2U, 16U, 256U}) {
        for (std::size_t dimension = 0; dimension < dimensions; ++dimension) {
            std::vector<int> hits(points);
            for (std::uint32_t point = 0; point < points; ++point) {
                ++hits[cell(sequence.coordinate(point, dimension), points)];
            }
            EXPECT_EQ(std::count(hits.begin(), hits.end(), 1), points) << dimension;
        }
    }
}

TEST(Sobol, the_first_two_dimensions_hit_each_elementary_rectangle_once) {
    const SobolSequence sequence(2, seed);
    for (std::uint32_t wide = 0; wide <= 8; ++wide) {
        std::vector<int> hits(256);
        for (std::uint32_t point = 0; point < 256; ++point) {
            const std::uint32_t column = cell(sequence.coordinate(point, 0), 1U << wide);
            const std::uint32_t row = cell(sequence.coordinate(point, 1), 256U >> wide);
            ++hits[column * (256U >> wide) + row];
        }
        EXPECT_EQ(std::count(hits.begin(), hits.end(), 1), 256) << wide;
    }
}

TEST(Sobol, neighbouring_dimensions_fill_a_grid_of_quarters_evenly) {
    const SobolSequence sequence(40, seed);
    for (std::size_t dimension = 0; dimension + 1 < 40; ++dimension) {
        std::vector<int> hits(16);
        for (std::uint32_t point = 0; point < 1024; ++point) {
            ++hits[4 * cell(sequence.coordinate(point, dimension), 4) +
                   cell(sequence.coordinate(point, dimension + 1), 4)];
        }
        EXPECT_EQ(*std::min_element(hits.begin(), hits.end()), 64) << dimension;
    }
}

TEST(Sobol, a_point_is_made_of_its_number_alone) {
    const SobolSequence few(3, seed);
    const SobolSequence many(8, seed);
    for (const std::uint32_t point : {0U, 5U, 1000000U, 4294967295U}) {
        for (std::size_t dimension = 0; dimension < 3; ++dimension) {
            EXPECT_EQ(few.coordinate(point, dimension), many.coordinate(point, dimension));
        }
    }
}

TEST(Sobol, the_seed_decides_the_scrambling) {
    const SobolSequence one(2, 1);
    const SobolSequence again(2, 1);
    const SobolSequence two(2, 2);
    EXPECT_EQ(one.coordinate(3, 1), again.coordinate(3, 1));
    EXPECT_NE(one.coordinate(3, 1), two.coordinate(3, 1));
}

TEST(Sobol, each_coordinate_is_uniform_over_the_seeds) {
    // 2,000 seeds, 10 cells: chi-square with 9 degrees of freedom exceeds 33.7 once in 10,000.
    std::vector<double> hits(10);
    for (std::uint64_t s = 0; s < 2000; ++s) {
        const double u = SobolSequence(2, s).coordinate(0, 1);
        ASSERT_GT(u, 0.0);
        ASSERT_LT(u, 1.0);
        ++hits[cell(u, 10)];
    }
    double chi_square = 0.0;
    for (const double count : hits) chi_square += (count - 200.0) * (count - 200.0) / 200.0;
    EXPECT_LT(chi_square, 33.7);
}

TEST(Sobol, a_smooth_mean_is_far_nearer_than_chance_would_bring_it) {
    // Sum of squares over six dimensions, 1,024 points: chance has a standard error of 0.023.
    const SobolSequence sequence(6, seed);
    double sum = 0.0;
    for (std::uint32_t point = 0; point < 1024; ++point) {
        for (std::size_t dimension = 0; dimension < 6; ++dimension) {
            const double u = sequence.coordinate(point, dimension);
            sum += u * u;
        }
    }
    EXPECT_NEAR(sum / 1024, 2.0, 0.0005);
}

TEST(Sobol, its_points_never_change) {
    const SobolSequence sequence(40, seed);
    EXPECT_EQ(sequence.coordinate(0, 0), 0x1.4e623a9fp-1);
    EXPECT_EQ(sequence.coordinate(1000, 39), 0x1.f21016e8p-4);
    EXPECT_EQ(sequence.coordinate(4294967295U, 1), 0x1.916b34f5p-1);
}

}  // namespace
}  // namespace firebreak
