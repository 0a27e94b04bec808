#include "ensemble/dispatcher.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

/// Has a second block only when the first is done.
class OneAfterAnother final : public Coordinator {
  public:
    std::optional<Task> next() override {
        if (given_ > taken || given_ == 2) return std::nullopt;
        return Block{0, given_++, 1};
    }

    void take(const Block&, BlockOutcome) override { ++taken; }

    std::uint32_t taken = 0;

  private:
    std::uint32_t given_ = 0;
};

TEST(Dispatcher, is_not_over_while_an_outcome_may_bring_more) {
    OneAfterAnother coordinator;
    Dispatcher dispatcher(coordinator);
    for (std::uint32_t block = 0; block < 2; ++block) {
        const std::optional<Task> task = dispatcher.try_task();
        ASSERT_TRUE(task.has_value());
        EXPECT_EQ(task->block.first_replication, block);
        EXPECT_FALSE(dispatcher.try_task().has_value());
        EXPECT_FALSE(dispatcher.is_over());
        dispatcher.give(task->block, PointFailure{});
        EXPECT_FALSE(dispatcher.is_over()) << "nobody has asked for more since";
    }
    EXPECT_FALSE(dispatcher.wait_for_task().has_value());
    EXPECT_TRUE(dispatcher.is_over());
}

TEST(Dispatcher, threads_do_what_comes_late) {
    for (const int threads : {1, 2, 4}) {
        OneAfterAnother coordinator;
        run_on_threads(
            coordinator, [](const Task&) { return PointFailure{}; }, threads);
        EXPECT_EQ(coordinator.taken, 2U);
    }
}

TEST(Dispatcher, what_a_coordinator_throws_when_asked_is_thrown_again) {
    class Broken final : public Coordinator {
        std::optional<Task> next() override { throw std::runtime_error("no journal"); }

        void take(const Block&, BlockOutcome) override {}
    };

    Broken coordinator;
    const BlockWork work = [](const Task&) { return PointFailure{}; };
    EXPECT_THROW(run_on_threads(coordinator, work, 3), std::runtime_error);
}

}  // namespace
}  // namespace firebreak
