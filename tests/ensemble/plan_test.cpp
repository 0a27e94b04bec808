#include "ensemble/plan.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

TEST(Plan, nothing_to_run_is_no_block) {
    EXPECT_TRUE(plan(0, 100).empty());
    EXPECT_TRUE(plan(3, 0).empty());
}

TEST(Plan, interleaves_the_points_round_by_round) {
    const std::vector<Block> expected{{0, 0, 2}, {1, 0, 2}, {0, 2, 2},
                                      {1, 2, 2}, {0, 4, 1}, {1, 4, 1}};
    EXPECT_EQ(plan(2, 5, 2), expected);
}

TEST(Plan, covers_every_replication_once) {
    std::vector<int> seen(101, 0);
    for (const Block& block : plan(1, 101)) {
        for (std::uint32_t i = 0; i < block.replications; ++i) ++seen[block.first_replication + i];
    }
    EXPECT_TRUE(std::all_of(seen.begin(), seen.end(), [](int count) { return count == 1; }));
}

TEST(Plan, extending_a_run_keeps_its_full_blocks) {
    const std::vector<Block> shorter = plan(2, 4 * replications_per_block);
    const std::vector<Block> longer = plan(2, 9 * replications_per_block + 5);
    EXPECT_TRUE(std::equal(shorter.begin(), shorter.end(), longer.begin()));
}

}  // namespace
}  // namespace firebreak
