#include "ensemble/ensemble.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "synthetic_results.hpp"

namespace firebreak {
namespace {

RunChoice synthetic_choice(int threads) {
    RunChoice choice;
    choice.threads = threads;
    choice.histories = true;
    choice.simulate = simulate_synthetic;
    return choice;
}

std::vector<DesignPoint> two_points() { return {synthetic_point(4), synthetic_point(2)}; }

TEST(Ensemble, is_the_same_bits_for_any_number_of_threads) {
    const Draws draws(1);
    const auto points = two_points();
    const auto blocks = plan(points.size(), 333, 16);
    const EnsembleResult one = run_ensemble(points, blocks, draws, synthetic_choice(1));
    EXPECT_TRUE(one.complete);
    EXPECT_EQ(one.tallies[0].replications(), 333);
    for (const int threads : {2, 8}) {
        const EnsembleResult many = run_ensemble(points, blocks, draws, synthetic_choice(threads));
        EXPECT_EQ(many.tallies, one.tallies);
        EXPECT_EQ(many.first_day, one.first_day);
    }
}

TEST(Ensemble, a_regime_alone_meets_the_same_luck_as_among_others) {
    const Draws draws(1);
    const DesignPoint all = synthetic_point(4);
    const Block block{0, 32, 20};
    const BlockResult together = run_block(all, block, draws, true, simulate_synthetic);
    for (std::size_t regime = 0; regime < 4; ++regime) {
        const DesignPoint alone{0, {all.regimes[regime]}};
        const BlockResult single = run_block(alone, block, draws, true, simulate_synthetic);
        for (std::size_t checkpoint = 0; checkpoint < 2; ++checkpoint) {
            EXPECT_EQ(
                single.tally.expectation(0, OutcomeKind::salient_incident, checkpoint).sum,
                together.tally.expectation(regime, OutcomeKind::salient_incident, checkpoint).sum);
        }
    }
}

TEST(Ensemble, keeps_the_histories_in_their_place) {
    const Draws draws(3);
    const std::vector<DesignPoint> points{synthetic_point(3)};
    const EnsembleResult result = run_ensemble(points, plan(1, 50, 8), draws, synthetic_choice(2));
    ASSERT_EQ(result.first_day[0].size(), 3 * 50 * outcome_count);
    for (std::uint32_t regime = 0; regime < 3; ++regime) {
        for (std::uint32_t replication = 0; replication < 50; ++replication) {
            const ReplicationResult expected =
                synthetic_result(regime, ReplicationId(replication), draws);
            for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
                ASSERT_EQ(
                    result.first_day[0][(regime * 50 + replication) * outcome_count + outcome],
                    expected.first_day.day[outcome]);
            }
        }
    }
}

TEST(Ensemble, a_stopped_run_is_the_beginning_of_the_whole_one) {
    const Draws draws(3);
    const auto points = two_points();
    std::atomic<bool> stop{false};
    RunChoice choice = synthetic_choice(2);
    choice.stop = &stop;
    choice.progress = [&](const RunProgress& progress) {
        if (progress.replications_done >= 64) stop = true;
    };
    const EnsembleResult result = run_ensemble(points, plan(2, 10'000, 8), draws, choice);
    EXPECT_FALSE(result.complete);
    const auto finished = static_cast<std::uint32_t>(result.tallies[0].replications());
    ASSERT_GT(finished, 0U);
    ASSERT_LT(finished, 10'000U);
    const EnsembleResult whole =
        run_ensemble(points, plan(2, finished, 8), draws, synthetic_choice(1));
    EXPECT_EQ(result.tallies[0], whole.tallies[0]);
    EXPECT_EQ(result.first_day[0], whole.first_day[0]);
}

TEST(Ensemble, progress_counts_up_to_the_plan) {
    std::vector<std::uint64_t> seen;
    RunChoice choice = synthetic_choice(4);
    choice.progress = [&](const RunProgress& progress) {
        EXPECT_EQ(progress.replications_planned, 200U);
        seen.push_back(progress.replications_done);
    };
    run_ensemble(two_points(), plan(2, 100, 10), Draws(1), choice);
    ASSERT_EQ(seen.size(), 20U);
    EXPECT_EQ(seen.back(), 200U);
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
}

TEST(Ensemble, a_failing_progress_display_ends_the_run_and_is_heard_of) {
    for (const int threads : {1, 4}) {
        RunChoice choice = synthetic_choice(threads);
        int shown = 0;
        choice.progress = [&](const RunProgress&) {
            if (++shown == 3) throw std::runtime_error("no terminal");
        };
        EXPECT_THROW(run_ensemble(two_points(), plan(2, 1000, 4), Draws(1), choice),
                     std::runtime_error);
        EXPECT_EQ(shown, 3) << "nothing is shown after a failure";
    }
}

TEST(Ensemble, a_failing_replication_ends_the_run) {
    RunChoice choice = synthetic_choice(4);
    choice.simulate = [](const Setting& setting, const Noise& noise, ReplicationId replication,
                         const Draws& draws) {
        if (replication.value() == 77) throw std::runtime_error("77");
        return simulate_synthetic(setting, noise, replication, draws);
    };
    EXPECT_THROW(run_ensemble(two_points(), plan(2, 10'000, 4), Draws(1), choice),
                 std::runtime_error);
}

}  // namespace
}  // namespace firebreak
