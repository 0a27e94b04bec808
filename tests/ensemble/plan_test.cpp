#include "ensemble/plan.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

std::vector<Block> all_of(Plan plan) {
    std::vector<Block> blocks;
    while (const auto block = plan.next()) {
        blocks.push_back(*block);
        plan.finish(*block);
    }
    return blocks;
}

PlanShape shape(std::uint64_t points, std::uint32_t replications, std::uint32_t block,
                Shard shard = {}) {
    return {points, replications, block, shard};
}

TEST(Plan, nothing_to_run_is_no_block) {
    EXPECT_TRUE(all_of(Plan(shape(0, 100, 32))).empty());
    EXPECT_TRUE(all_of(Plan(shape(3, 0, 32))).empty());
    EXPECT_TRUE(Plan(shape(3, 0, 32)).is_complete());
}

TEST(Plan, interleaves_the_points_round_by_round) {
    const std::vector<Block> expected{{0, 0, 2}, {1, 0, 2}, {0, 2, 2},
                                      {1, 2, 2}, {0, 4, 1}, {1, 4, 1}};
    EXPECT_EQ(all_of(Plan(shape(2, 5, 2))), expected);
}

TEST(Plan, covers_every_replication_once_in_any_number_of_shards) {
    for (const std::uint64_t shards : {1U, 2U, 3U, 7U}) {
        std::vector<int> seen(3 * 101, 0);
        for (std::uint64_t index = 0; index < shards; ++index) {
            Plan plan(shape(3, 101, 8, {index, shards}));
            for (const Block& block : all_of(plan)) {
                for (std::uint32_t i = 0; i < block.replications; ++i) {
                    ++seen[block.design_point * 101 + block.first_replication + i];
                }
            }
        }
        EXPECT_TRUE(std::all_of(seen.begin(), seen.end(), [](int count) { return count == 1; }));
    }
}

TEST(Plan, a_shard_has_whole_points_where_there_are_enough) {
    std::set<std::uint64_t> points;
    for (const Block& block : all_of(Plan(shape(10, 64, 32, {1, 4})))) {
        points.insert(block.design_point);
    }
    EXPECT_EQ(points, (std::set<std::uint64_t>{1, 5, 9}));
}

TEST(Plan, knows_when_all_is_done) {
    Plan plan(shape(2, 70, 32));
    EXPECT_EQ(plan.replications_wanted(), 140U);
    std::vector<Block> at_work;
    while (const auto block = plan.next()) at_work.push_back(*block);
    std::reverse(at_work.begin(), at_work.end());
    int completed_points = 0;
    for (const Block& block : at_work) {
        EXPECT_FALSE(plan.is_complete());
        completed_points += plan.finish(block) ? 1 : 0;
    }
    EXPECT_TRUE(plan.is_complete());
    EXPECT_EQ(completed_points, 2);
    EXPECT_EQ(plan.done(1), 70U);
}

TEST(Plan, goes_on_where_an_earlier_run_stopped) {
    const std::vector<Block> blocks = all_of(Plan(shape(3, 100, 32)));
    Plan plan(shape(3, 100, 32));
    for (std::size_t i = 0; i < blocks.size(); i += 2) EXPECT_TRUE(plan.note(blocks[i]));
    EXPECT_FALSE(plan.note(blocks[0])) << "known already";
    std::vector<Block> rest = all_of(plan);
    EXPECT_EQ(rest.size(), blocks.size() / 2);
    for (std::size_t i = 1; i < blocks.size(); i += 2) {
        EXPECT_EQ(std::count(rest.begin(), rest.end(), blocks[i]), 1);
    }
}

TEST(Plan, an_extended_run_does_what_is_missing_of_a_block_that_was_cut_short) {
    Plan plan(shape(1, 150, 32));
    for (const Block& block : all_of(Plan(shape(1, 40, 32)))) EXPECT_TRUE(plan.note(block));
    const std::vector<Block> expected{{0, 40, 24}, {0, 64, 32}, {0, 96, 32}, {0, 128, 22}};
    EXPECT_EQ(all_of(plan), expected);
}

TEST(Plan, refuses_blocks_that_are_none_of_its_own) {
    Plan plan(shape(2, 64, 32, {0, 2}));
    EXPECT_FALSE(plan.note({1, 0, 32})) << "another shard's";
    EXPECT_FALSE(plan.note({2, 0, 32})) << "no such point";
    EXPECT_FALSE(plan.note({0, 64, 32})) << "beyond the end";
    EXPECT_FALSE(plan.note({0, 8, 24})) << "a part before it is missing";
    EXPECT_FALSE(plan.note({0, 0, 33})) << "over the end of its block";
    EXPECT_TRUE(plan.note({0, 0, 8}));
    EXPECT_TRUE(plan.note({0, 8, 24}));
}

TEST(Plan, wants_more_of_a_point_when_told) {
    Plan plan(shape(2, 200, 32));
    plan.want(0, 64);
    plan.want(1, 32);
    EXPECT_EQ(plan.replications_wanted(), 96U);
    std::vector<Block> blocks;
    while (const auto block = plan.next()) {
        blocks.push_back(*block);
        if (plan.finish(*block) && block->design_point == 1 && plan.wanted(1) == 32) {
            plan.want(1, 100);
        }
    }
    EXPECT_TRUE(plan.is_complete());
    EXPECT_EQ(plan.done(0), 64U);
    EXPECT_EQ(plan.done(1), 100U);
    const std::vector<Block> expected{{0, 0, 32},  {1, 0, 32},  {0, 32, 32},
                                      {1, 32, 32}, {1, 64, 32}, {1, 96, 4}};
    EXPECT_EQ(blocks, expected);
}

TEST(Plan, gives_up_a_failed_point_and_goes_on_with_the_others) {
    Plan plan(shape(2, 96, 32));
    const Block first = *plan.next();
    const Block other = *plan.next();
    plan.give_up(first.design_point);
    EXPECT_FALSE(plan.finish(first));
    plan.finish(other);
    for (const Block& block : all_of(plan)) EXPECT_EQ(block.design_point, 1U);
    EXPECT_EQ(plan.replications_wanted(), 96U);
}

TEST(BlockSize, grows_with_the_replications_within_bounds) {
    EXPECT_EQ(block_size(1), 32U);
    EXPECT_EQ(block_size(1'024), 64U);
    EXPECT_EQ(block_size(100'000), 256U);
    std::uint32_t before = 0;
    for (std::uint32_t replications = 1; replications < 20'000; replications += 97) {
        EXPECT_GE(block_size(replications), before);
        before = block_size(replications);
    }
}

}  // namespace
}  // namespace firebreak
