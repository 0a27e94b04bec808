#include "ensemble/ensemble.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "ensemble/in_memory.hpp"
#include "ensemble/point_cache.hpp"
#include "synthetic_results.hpp"

namespace firebreak {
namespace {

std::vector<DesignPoint> two_points() { return {synthetic_point(4), synthetic_point(2)}; }

BlockResult run(const DesignPoint& point, const Block& block, const Draws& draws,
                bool histories = false) {
    return std::get<BlockResult>(
        run_block(point, block, draws, keep_all(point, histories), simulate_synthetic));
}

TEST(Ensemble, is_the_same_bits_for_any_number_of_threads_and_any_blocks) {
    const Draws draws(1);
    const auto points = two_points();
    const std::vector<Tally> one = run_in_memory(points, 333, draws, 1, simulate_synthetic);
    EXPECT_EQ(one[0].replications(), 333);
    for (const int threads : {2, 8}) {
        EXPECT_EQ(run_in_memory(points, 333, draws, threads, simulate_synthetic), one);
    }
    EXPECT_EQ(run(points[1], {1, 0, 333}, draws).tally, one[1]);
}

TEST(Ensemble, a_regime_alone_meets_the_same_luck_as_among_others) {
    const Draws draws(1);
    const DesignPoint all = synthetic_point(4);
    const Block block{0, 32, 20};
    const BlockResult together = run(all, block, draws);
    for (std::size_t regime = 0; regime < 4; ++regime) {
        const BlockResult single = run(DesignPoint{0, {all.regimes[regime]}}, block, draws);
        for (std::size_t checkpoint = 0; checkpoint < 2; ++checkpoint) {
            EXPECT_EQ(
                single.tally.expectation(0, OutcomeKind::salient_incident, checkpoint).sum,
                together.tally.expectation(regime, OutcomeKind::salient_incident, checkpoint).sum);
        }
    }
}

TEST(Ensemble, keeps_the_histories_in_their_place) {
    const Draws draws(3);
    const BlockResult result = run(synthetic_point(3), {0, 10, 50}, draws, true);
    ASSERT_EQ(result.first_day.size(), 3 * 50 * outcome_count);
    for (std::uint32_t regime = 0; regime < 3; ++regime) {
        for (std::uint32_t number = 0; number < 50; ++number) {
            const ReplicationResult expected =
                synthetic_result(regime, ReplicationId(10 + number), draws);
            for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
                ASSERT_EQ(result.first_day[(regime * 50 + number) * outcome_count + outcome],
                          expected.first_day.day[outcome]);
            }
            for (std::size_t measure = 0; measure < measure_count; ++measure) {
                ASSERT_EQ(result.measures[(regime * 50 + number) * measure_count + measure],
                          expected.measures[measure]);
            }
        }
    }
}

TEST(Ensemble, a_failing_replication_gives_a_failure_with_its_address) {
    const auto failing = [](const Setting& setting, const Noise& noise, ReplicationId replication,
                            const Draws& draws) {
        if (replication.value() == 77) throw std::runtime_error("no such day");
        return simulate_synthetic(setting, noise, replication, draws);
    };
    const DesignPoint point = synthetic_point(2);
    const BlockOutcome outcome = run_block(point, {0, 64, 32}, Draws(1), keep_all(point), failing);
    const auto& failure = std::get<PointFailure>(outcome);
    EXPECT_EQ(failure.replication, 77U);
    EXPECT_EQ(failure.regime, point.regimes[0].scenario.regime);
    EXPECT_EQ(failure.reason, "no such day");
    EXPECT_THROW(run_in_memory(two_points(), 1'000, Draws(1), 4, failing), LogicError);
}

TEST(Ensemble, an_outcome_comes_back_from_its_bytes) {
    const DesignPoint point = synthetic_point(3);
    const Keeping keeping = keep_all(point, true);
    const BlockOutcome result = run_block(point, {0, 5, 20}, Draws(2), keeping, simulate_synthetic);
    const BlockOutcome failure = PointFailure{9U, "membership", "why"};
    const BlockOutcome whole_point = PointFailure{{}, "", "breaks a rule"};
    ByteWriter writer;
    for (const BlockOutcome& outcome : {result, failure, whole_point}) write(outcome, writer);
    const std::vector<std::byte> bytes = writer.take();
    ByteReader reader(bytes);
    const TallyShape shape = tally_shape(point, keeping);
    const auto read = std::get<BlockResult>(read_block_outcome(reader, shape));
    EXPECT_EQ(read.tally, std::get<BlockResult>(result).tally);
    EXPECT_EQ(read.first_day, std::get<BlockResult>(result).first_day);
    EXPECT_EQ(read.measures, std::get<BlockResult>(result).measures);
    EXPECT_EQ(read.beliefs.size(), 3U);
    EXPECT_EQ(std::get<PointFailure>(read_block_outcome(reader, shape)),
              std::get<PointFailure>(failure));
    EXPECT_EQ(std::get<PointFailure>(read_block_outcome(reader, shape)),
              std::get<PointFailure>(whole_point));
    EXPECT_TRUE(reader.at_end());
}

TEST(PointCache, makes_a_point_once_while_it_is_kept) {
    int made = 0;
    const Draws draws(4);
    Scenario scenario = synthetic_point(1).regimes.front().scenario;
    PointCache cache(
        [&](std::uint64_t point) {
            ++made;
            if (point == 13) throw InputError(Problem{"here", "x = 2", "must be less"});
            scenario.title = std::to_string(point);
            return std::vector<Scenario>{scenario};
        },
        draws, 1);
    const auto title = [&](std::uint64_t point) {
        return std::get<PointCache::Point>(cache.get(point))->regimes.front().scenario.title;
    };
    EXPECT_EQ(title(1), "1");
    EXPECT_EQ(title(1), "1");
    EXPECT_EQ(made, 1);
    EXPECT_EQ(title(2), "2");
    EXPECT_EQ(title(1), "1");
    EXPECT_EQ(made, 3) << "only one point is kept";
    const auto failure = std::get<PointFailure>(cache.get(13));
    EXPECT_FALSE(failure.replication.has_value());
    EXPECT_NE(failure.reason.find("must be less"), std::string::npos);
}

TEST(PointCache, estimates_no_beliefs_that_are_known) {
    const Draws draws(4);
    const std::vector<Scenario> scenarios(1, synthetic_point(1).regimes.front().scenario);
    const auto belief_with = [&](std::span<const StartingBelief> known) {
        PointCache cache([&](std::uint64_t) { return scenarios; }, draws, 1);
        return beliefs_of(*std::get<PointCache::Point>(cache.get(0, known))).front().table;
    };
    // No estimate gives this.
    const std::vector<StartingBelief> known{{{{{0.125, 2.0}, {3.0, 4.0}}}}};
    EXPECT_EQ(belief_with(known), known.front().table);
    EXPECT_NE(belief_with({}), known.front().table);
}

}  // namespace
}  // namespace firebreak
