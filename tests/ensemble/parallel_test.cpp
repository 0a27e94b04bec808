#include "ensemble/parallel.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

TEST(Parallel, calls_the_task_once_for_each_index) {
    for (const int threads : {0, 1, 2, 8}) {
        std::vector<std::atomic<int>> calls(1000);
        for_each_index(calls.size(), threads, [&](std::size_t index) { ++calls[index]; });
        EXPECT_TRUE(
            std::all_of(calls.begin(), calls.end(), [](const auto& count) { return count == 1; }))
            << threads << " threads";
    }
}

TEST(Parallel, nothing_to_do_is_done) {
    for_each_index(0, 2, [](std::size_t) { FAIL(); });
}

TEST(Parallel, one_thread_goes_in_order) {
    std::vector<std::size_t> order;
    for_each_index(50, 1, [&](std::size_t index) { order.push_back(index); });
    ASSERT_EQ(order.size(), 50U);
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(Parallel, an_exception_reaches_the_caller_and_ends_the_rest) {
    for (const int threads : {1, 2, 4}) {
        std::atomic<int> calls{0};
        try {
            for_each_index(1'000'000, threads, [&](std::size_t index) {
                ++calls;
                if (index == 10) throw std::runtime_error("ten");
            });
            FAIL() << "nothing thrown";
        } catch (const std::runtime_error& error) {
            EXPECT_EQ(std::string(error.what()), "ten");
        }
        EXPECT_LT(calls, 1'000'000);
    }
}

TEST(Parallel, uses_no_more_threads_than_there_is_work_or_than_1024) {
    EXPECT_EQ(threads_used(0, 4), 1);
    EXPECT_EQ(threads_used(3, 4), 3);
    EXPECT_EQ(threads_used(100, 4), 4);
    EXPECT_EQ(threads_used(100'000, 4096), 1024);
    EXPECT_EQ(threads_used(100'000, 0), std::min(available_threads(), 1024));
}

TEST(Parallel, there_is_at_least_one_thread) { EXPECT_GE(available_threads(), 1); }

}  // namespace
}  // namespace firebreak
