#include "ensemble/ordered_merge.hpp"

#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "synthetic_results.hpp"

namespace firebreak {
namespace {

BlockResult some_result() { return {Tally(1, synthetic_checkpoints), {}}; }

TEST(OrderedMerge, passes_results_on_in_the_order_of_their_numbers) {
    std::vector<std::size_t> received;
    OrderedMerge merge(8, [&](std::size_t number, BlockResult) { received.push_back(number); });
    for (const std::size_t number : {2U, 0U, 3U, 1U}) merge.put(number, some_result());
    EXPECT_EQ(received, (std::vector<std::size_t>{0, 1, 2, 3}));
}

TEST(OrderedMerge, has_room_for_a_window_ahead_of_the_next_in_turn) {
    OrderedMerge merge(2, [](std::size_t, BlockResult) {});
    EXPECT_TRUE(merge.wait_for_room(0));
    EXPECT_TRUE(merge.wait_for_room(1));
    merge.put(0, some_result());
    EXPECT_TRUE(merge.wait_for_room(2));
    merge.give_up();
    EXPECT_FALSE(merge.wait_for_room(2));
    EXPECT_FALSE(merge.wait_for_room(99));
}

TEST(OrderedMerge, receives_nothing_once_it_was_given_up) {
    std::vector<std::size_t> received;
    OrderedMerge merge(8, [&](std::size_t number, BlockResult) { received.push_back(number); });
    merge.put(1, some_result());
    merge.give_up();
    merge.put(0, some_result());
    EXPECT_TRUE(received.empty());
}

TEST(OrderedMerge, hands_over_no_result_twice_though_the_receiver_throws) {
    std::vector<std::size_t> received;
    OrderedMerge merge(8, [&](std::size_t number, BlockResult) {
        received.push_back(number);
        throw std::runtime_error("full");
    });
    EXPECT_THROW(merge.put(0, some_result()), std::runtime_error);
    merge.put(1, some_result());  // before anybody has given up
    EXPECT_EQ(received, (std::vector<std::size_t>{0}));
}

}  // namespace
}  // namespace firebreak
