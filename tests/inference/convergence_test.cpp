#include "inference/convergence.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace firebreak {
namespace {

TEST(ScaleReduction, of_two_short_chains_is_worked_out_by_hand) {
    // Means 2 and 5; variances within 1 and 4, 2.5 on average; between the means 4.5.
    const std::vector<Chain> chains{{{1.0}, {2.0}, {3.0}}, {{3.0}, {5.0}, {7.0}}};
    EXPECT_DOUBLE_EQ(scale_reduction(chains)[0], std::sqrt(2.0 / 3.0 + 4.5 / 2.5));
}

TEST(ScaleReduction, is_infinite_for_chains_that_never_moved_from_different_places) {
    // The second parameter stands at one place in both.
    const std::vector<Chain> chains{{{1.0, 4.0}, {1.0, 4.0}}, {{2.0, 4.0}, {2.0, 4.0}}};
    EXPECT_EQ(scale_reduction(chains)[0], std::numeric_limits<double>::infinity());
    EXPECT_EQ(scale_reduction(chains)[1], 1.0);
}

TEST(ScaleReduction, rises_with_the_distance_of_chains_and_is_one_for_those_of_one_law) {
    const Draws draws(20260125);
    double before = 0.0;
    for (const double apart : {0.0, 1.0, 3.0}) {
        std::vector<Chain> chains(4);
        for (std::uint32_t chain = 0; chain < 4; ++chain) {
            for (std::uint32_t step = 0; step < 500; ++step) {
                const double luck = draws.normal(
                    {.replication = step, .day = chain, .purpose = Purpose::line_fire});
                chains[chain].push_back({apart * chain + luck});
            }
        }
        const double found = scale_reduction(chains)[0];
        EXPECT_GT(found, before);
        // Means of 500 differ by 0.045: some 0.001 above one; false alarm far below 1e-6.
        if (apart == 0.0) {
            EXPECT_NEAR(found, 1.0, 0.01);
        }
        before = found;
    }
}

}  // namespace
}  // namespace firebreak
