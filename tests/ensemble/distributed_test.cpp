#include "ensemble/distributed.hpp"

#include <gtest/gtest.h>

#include "ensemble/in_memory.hpp"
#include "ensemble/parallel.hpp"
#include "synthetic_results.hpp"

namespace firebreak {
namespace {

TEST(Ranks, a_process_that_was_started_alone_is_the_first_of_one) {
    Ranks ranks;
    EXPECT_TRUE(ranks.is_first());
    EXPECT_EQ(ranks.size(), 1);
    EXPECT_EQ(ranks.threads(3), 3);
    EXPECT_EQ(ranks.threads(0), available_threads());
    ranks.leave("nobody waits for it");
}

/// Hands out three blocks and counts the failures it takes.
class ThreeBlocks final : public Coordinator {
  public:
    std::optional<Task> next() override {
        if (given_ == 3) return std::nullopt;
        return Block{given_++, 0, 1};
    }

    void take(const Block&, BlockOutcome) override { ++taken; }

    int taken = 0;

  private:
    std::uint64_t given_ = 0;
};

TEST(Ranks, one_rank_works_on_its_threads) {
    Ranks ranks;
    ThreeBlocks coordinator;
    run_on_ranks(ranks, &coordinator, {[](const Task&) { return PointFailure{}; }, TallyShape{}},
                 2);
    EXPECT_EQ(coordinator.taken, 3);
}

TEST(Ranks, one_rank_throws_what_its_work_throws) {
    Ranks ranks;
    ThreeBlocks coordinator;
    const BlockWork work = [](const Task&) -> BlockOutcome { throw std::runtime_error("x"); };
    EXPECT_THROW(run_on_ranks(ranks, &coordinator, {work, TallyShape{}}, 1), std::runtime_error);
    EXPECT_EQ(coordinator.taken, 0);
}

TEST(Ranks, a_rank_that_cannot_reach_the_others_says_so) {
    // Started as one of four by a starter that this program's MPI does not know, or without MPI.
    ASSERT_EXIT(
        {
            setenv("PMI_SIZE", "4", 1);
            try {
                const Ranks ranks;
            } catch (const InputError&) {
                std::exit(7);
            }
            std::exit(0);
        },
        ::testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace firebreak
