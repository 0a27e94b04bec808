#include "ensemble/tally.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "synthetic_results.hpp"

namespace firebreak {
namespace {

constexpr std::uint32_t regimes = 3;

std::vector<std::vector<ReplicationResult>> synthetic_replications(std::uint32_t count) {
    const Draws draws(7);
    std::vector<std::vector<ReplicationResult>> all;
    for (std::uint32_t replication = 0; replication < count; ++replication) {
        std::vector<ReplicationResult> results;
        for (std::uint32_t regime = 0; regime < regimes; ++regime) {
            results.push_back(synthetic_result(regime, ReplicationId(replication), draws));
        }
        all.push_back(results);
    }
    return all;
}

Tally tally_of(const std::vector<std::vector<ReplicationResult>>& all, std::size_t begin,
               std::size_t end) {
    Tally tally(regimes, synthetic_checkpoints);
    for (std::size_t replication = begin; replication < end; ++replication) {
        tally.accumulate(all[replication]);
    }
    return tally;
}

bool happened_by(const ReplicationResult& result, OutcomeKind outcome, std::size_t checkpoint) {
    return result.first_day.happened(outcome) &&
           result.first_day[outcome] < synthetic_checkpoints[checkpoint];
}

TEST(Checkpoint, a_day_belongs_to_the_first_checkpoint_after_it) {
    EXPECT_EQ(checkpoint_after(0, synthetic_checkpoints), 0U);
    EXPECT_EQ(checkpoint_after(99, synthetic_checkpoints), 0U);
    EXPECT_EQ(checkpoint_after(100, synthetic_checkpoints), 1U);
    EXPECT_EQ(checkpoint_after(399, synthetic_checkpoints), 3U);
    EXPECT_EQ(checkpoint_after(400, synthetic_checkpoints), 4U);
}

TEST(CompetingRisks, the_earliest_one_wins_and_collapse_wins_ties) {
    FirstDays days;
    EXPECT_EQ(first_risk(days), Risk::none);
    days.note(OutcomeKind::settlement, 50);
    EXPECT_EQ(first_risk(days), Risk::settlement);
    days.note(OutcomeKind::clash, 20);
    EXPECT_EQ(first_risk(days), Risk::clash);
    days.note(OutcomeKind::collapse, 20);
    EXPECT_EQ(first_risk(days), Risk::collapse);
}

TEST(Tally, an_empty_one_has_seen_nothing) {
    const Tally tally(regimes, synthetic_checkpoints);
    EXPECT_EQ(tally.replications(), 0);
    EXPECT_EQ(tally.hits(2, OutcomeKind::accession, 3), 0);
    EXPECT_EQ(tally.expectation(0, OutcomeKind::clash, 0).sum, 0.0);
    EXPECT_EQ(tally.first_risks(1, Risk::none, 3), 0);
}

TEST(Tally, counts_what_brute_force_counts) {
    const auto all = synthetic_replications(500);
    const Tally tally = tally_of(all, 0, all.size());
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
        const auto kind = static_cast<OutcomeKind>(outcome);
        for (std::size_t checkpoint = 0; checkpoint < synthetic_checkpoints.size(); ++checkpoint) {
            for (std::size_t first = 0; first < regimes; ++first) {
                for (std::size_t second = 0; second < regimes; ++second) {
                    std::int64_t joint = 0;
                    double squares = 0.0;
                    for (const auto& results : all) {
                        joint += happened_by(results[first], kind, checkpoint) &&
                                 happened_by(results[second], kind, checkpoint);
                        squares += std::pow(results[first].expectation[outcome][checkpoint] -
                                                results[second].expectation[outcome][checkpoint],
                                            2);
                    }
                    EXPECT_EQ(tally.joint_hits(first, second, kind, checkpoint), joint);
                    EXPECT_NEAR(tally.squared_difference(first, second, kind, checkpoint), squares,
                                1e-9);
                }
            }
        }
    }
}

TEST(Tally, keeps_the_moments_of_the_expectations) {
    const auto all = synthetic_replications(200);
    const Tally tally = tally_of(all, 0, all.size());
    double sum = 0.0;
    double squares = 0.0;
    for (const auto& results : all) {
        const double x = results[1].expectation[index_of(OutcomeKind::clash)][2];
        sum += x;
        squares += x * x;
    }
    const Moments moments = tally.expectation(1, OutcomeKind::clash, 2);
    EXPECT_EQ(moments.count, 200);
    EXPECT_DOUBLE_EQ(moments.sum, sum);
    EXPECT_DOUBLE_EQ(moments.sum_of_squares, squares);
    EXPECT_EQ(moments.smallest, 0.0);
    EXPECT_EQ(moments.largest, 3 * 0.125 / 2);
}

TEST(Tally, the_smallest_value_need_not_be_zero) {
    Tally tally(1, {10});
    ReplicationResult result;
    result.expectation[0][0] = 0.75;
    tally.accumulate(std::vector{result});
    result.expectation[0][0] = 0.25;
    Tally other(1, {10});
    other.accumulate(std::vector{result});
    tally.merge(other);
    const Moments moments = tally.expectation(0, OutcomeKind::salient_incident, 0);
    EXPECT_EQ(moments.smallest, 0.25);
    EXPECT_EQ(moments.largest, 0.75);
    Tally copy(1, {10});
    copy.merge(other);
    EXPECT_EQ(copy, other) << "merging into an empty tally copies";
}

TEST(Tally, sums_what_is_only_summed) {
    const auto all = synthetic_replications(50);
    const Tally tally = tally_of(all, 0, all.size());
    std::int64_t clashes = 0;
    std::int64_t violations = 0;
    for (const auto& results : all) {
        clashes += results[0].path.has_value();
        violations += results[0].violations[1][0];
    }
    EXPECT_GT(clashes, 0);
    EXPECT_EQ(tally.path(0, Path::accidental), clashes);
    EXPECT_EQ(tally.path(0, Path::deliberate), 0);
    EXPECT_EQ(tally.source(0, Source::stray), clashes);
    EXPECT_EQ(tally.events(0, EventKind::stray), 100);
    EXPECT_EQ(tally.ceasefire_days(0), 20000);
    EXPECT_EQ(tally.violations(0, Side::russia, 1), violations);
    EXPECT_EQ(tally.violations(2, Side::ukraine, 1), 100);
    EXPECT_EQ(tally.interval_days(0, 1), 5000);
}

TEST(Tally, competing_risks_and_none_sum_to_all_replications) {
    const auto all = synthetic_replications(300);
    const Tally tally = tally_of(all, 0, all.size());
    for (std::size_t checkpoint = 0; checkpoint < synthetic_checkpoints.size(); ++checkpoint) {
        std::int64_t sum = 0;
        for (std::size_t risk = 0; risk < risk_count; ++risk) {
            sum += tally.first_risks(0, static_cast<Risk>(risk), checkpoint);
        }
        EXPECT_EQ(sum, 300);
        EXPECT_LE(tally.first_risks(0, Risk::collapse, checkpoint),
                  tally.hits(0, OutcomeKind::collapse, checkpoint));
    }
}

TEST(Tally, refuses_another_shape) {
    Tally tally(2, synthetic_checkpoints);
    EXPECT_THROW(tally.merge(Tally(3, synthetic_checkpoints)), LogicError);
    EXPECT_THROW(tally.merge(Tally(2, {1, 2})), LogicError);
    EXPECT_THROW(tally.accumulate(std::vector<ReplicationResult>(3)), LogicError);
}

TEST(Tally, is_the_same_in_whatever_order_and_grouping_replications_come) {
    auto all = synthetic_replications(90);
    // Awkward values: sums of them as doubles depend on their order.
    for (std::size_t replication = 0; replication < all.size(); ++replication) {
        all[replication][1].expectation[3][2] = 1.0 / (1.0 + static_cast<double>(replication));
    }
    const Tally whole = tally_of(all, 0, all.size());
    for (const std::size_t part : {1U, 7U, 89U}) {
        Tally merged(regimes, synthetic_checkpoints);
        for (std::size_t end = all.size(); end > 0; end -= std::min(part, end)) {
            merged.merge(tally_of(all, end - std::min(part, end), end));
        }
        EXPECT_EQ(merged, whole);
    }
}

TEST(Tally, differences_are_kept_against_references_alone) {
    const auto all = synthetic_replications(40);
    const Tally every = tally_of(all, 0, all.size());
    Tally one(TallyShape{regimes, synthetic_checkpoints, {1}});
    for (const auto& results : all) one.accumulate(results);
    for (const std::size_t regime : {0U, 2U}) {
        EXPECT_EQ(one.joint_hits(regime, 1, OutcomeKind::clash, 3),
                  every.joint_hits(regime, 1, OutcomeKind::clash, 3));
        EXPECT_EQ(one.squared_difference(1, regime, OutcomeKind::clash, 3),
                  every.squared_difference(1, regime, OutcomeKind::clash, 3));
    }
#if FIREBREAK_CONTRACTS
    EXPECT_THROW(one.joint_hits(0, 2, OutcomeKind::clash, 3), LogicError);
#endif
}

TEST(Tally, comes_back_from_its_bytes_as_it_was) {
    const auto all = synthetic_replications(40);
    const Tally tally = tally_of(all, 0, all.size());
    ByteWriter writer;
    tally.write(writer);
    const std::vector<std::byte> bytes = writer.take();
    ByteReader reader(bytes);
    EXPECT_EQ(Tally::read(reader, tally.shape()), tally);
    EXPECT_TRUE(reader.at_end());
    ByteReader cut(std::span<const std::byte>(bytes).first(bytes.size() / 2));
    EXPECT_THROW(Tally::read(cut, tally.shape()), DamagedBytes);
}

}  // namespace
}  // namespace firebreak
