#include "io/campaign.hpp"

#include <algorithm>
#include <filesystem>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../ensemble/synthetic_results.hpp"
#include "io/cost.hpp"
#include "sanitized.hpp"

namespace firebreak {
namespace {

constexpr std::size_t regimes = 2;

/// Regimes whose fake results differ by the lengths of their titles.
DesignPoint point_of(std::uint64_t id) {
    DesignPoint point = synthetic_point(regimes);
    point.id = id;
    point.regimes[0].scenario.regime = "status-quo";
    point.regimes[1].scenario.regime = "membership";
    return point;
}

/// Work that stands in for histories: each point has luck of its own.
BlockOutcome fake_block(const Block& block, const Simulate& simulate = simulate_synthetic) {
    const DesignPoint point = point_of(block.design_point);
    return run_block(point, block, Draws(100 + block.design_point), keep_all(point, true),
                     simulate);
}

/// The same, but one replication of one point under one regime throws.
BlockOutcome failing_task(const Task& task) {
    const Block& block = task.block;
    return fake_block(block, [&](const Setting& setting, const Noise& noise,
                                 ReplicationId replication, const Draws& draws) {
        if (block.design_point == 3 && replication.value() == 70 &&
            setting.scenario.regime == "membership") {
            throw std::runtime_error("the line has no sectors");
        }
        return simulate_synthetic(setting, noise, replication, draws);
    });
}

CampaignShape shape_of(std::uint64_t points, std::uint32_t replications) {
    CampaignShape shape;
    shape.plan = {points, replications, 32, {}};
    shape.tally = tally_shape(point_of(0), keep_all(point_of(0)));
    return shape;
}

/// A rule that some of the points above satisfy sooner than others.
CampaignShape stopping_shape() {
    CampaignShape shape = shape_of(6, 700);
    StoppingRule rule;
    rule.outcomes = {OutcomeKind::alert};
    rule.absolute = 0.0835;
    rule.first_look = 50;
    rule.most = 700;
    shape.stopping = rule;
    return shape;
}

/// Largest memory that this process has ever had [bytes].
std::int64_t peak_memory() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return std::int64_t{usage.ru_maxrss} * 1024;
}

class CampaignOfFakes : public ::testing::Test {
  protected:
    CampaignOfFakes()
        : path_(std::filesystem::temp_directory_path() /
                ("firebreak_campaign_" + std::to_string(::getpid()) + ".journal")) {}

    ~CampaignOfFakes() override { std::filesystem::remove(path_); }

    Journal create() const {
        JournalHead head;
        head.set("seed", "1");
        return Journal::create(path_, head, true);
    }

    Journal reopen(JournalEntries& known) const {
        known.clear();
        return Journal::open_to_append(path_,
                                       [&](const JournalEntry& entry) { known.push_back(entry); });
    }

    std::filesystem::path path_;
};

void expect_same(const PointReport& one, const PointReport& other) {
    EXPECT_EQ(one.outcome.tally, other.outcome.tally);
    EXPECT_EQ(one.outcome.first_day, other.outcome.first_day);
    EXPECT_EQ(one.outcome.measures, other.outcome.measures);
    EXPECT_EQ(one.outcome.failure, other.outcome.failure);
    EXPECT_EQ(one.looks, other.looks);
    EXPECT_EQ(one.target_reached, other.target_reached);
}

TEST_F(CampaignOfFakes, records_where_a_point_failed_and_completes_the_others) {
    Journal journal = create();
    Campaign campaign(shape_of(5, 200), {{&journal, {}}});
    run_on_threads(campaign, failing_task, 2);
    EXPECT_TRUE(campaign.is_complete());
    EXPECT_EQ(campaign.failed(), std::set<std::uint64_t>{3});
    const PointFailure expected{70, "membership", "the line has no sectors"};
    EXPECT_EQ(campaign.report(3).outcome.failure, expected);
    for (const std::uint64_t point : {0U, 1U, 2U, 4U}) {
        const PointOutcome outcome = campaign.report(point).outcome;
        const auto whole = std::get<BlockResult>(fake_block({point, 0, 200}));
        EXPECT_FALSE(outcome.failure);
        EXPECT_EQ(outcome.tally, whole.tally);
        EXPECT_EQ(outcome.first_day, whole.first_day);
        EXPECT_EQ(outcome.measures, whole.measures);
    }
}

TEST_F(CampaignOfFakes, does_not_try_a_failed_point_again_after_resuming) {
    {
        Journal journal = create();
        Campaign campaign(shape_of(5, 200), {{&journal, {}}});
        run_on_threads(campaign, failing_task, 1);
    }
    JournalEntries known;
    Journal journal = reopen(known);
    Campaign campaign(shape_of(5, 200), {{&journal, known}});
    EXPECT_TRUE(campaign.is_complete());
    EXPECT_FALSE(campaign.next());
    EXPECT_EQ(campaign.failed(), std::set<std::uint64_t>{3});
    EXPECT_EQ(campaign.replications_found(), 4U * 200U);
}

TEST_F(CampaignOfFakes, ends_at_the_first_failure_where_that_is_wanted) {
    Journal journal = create();
    CampaignChoice choice;
    choice.fail_fast = true;
    Campaign campaign(shape_of(5, 200), {{&journal, {}}}, choice);
    try {
        run_on_threads(campaign, failing_task, 1);
        FAIL() << "it went on";
    } catch (const RunFailed& failed) {
        EXPECT_STREQ(failed.what(),
                     "design point 3, regime membership, replication 70: the line has no sectors");
    }
    EXPECT_FALSE(campaign.is_complete());
    JournalEntries known;
    journal = Journal::open_to_read(path_, [&](const JournalEntry& e) { known.push_back(e); });
    EXPECT_TRUE(std::ranges::any_of(known, &JournalEntry::is_failure));
}

TEST_F(CampaignOfFakes, adds_replications_to_points_that_need_them) {
    Journal journal = create();
    const CampaignShape shape = stopping_shape();
    Campaign campaign(shape, {{&journal, {}}});
    run_on_threads(
        campaign, [](const Task& task) { return fake_block(task.block); }, 1);
    const std::vector<std::uint32_t> all = looks(*shape.stopping, shape.plan.block);
    std::set<std::uint32_t> ends;
    for (std::uint64_t point = 0; point < shape.plan.points; ++point) {
        const PointReport report = campaign.report(point);
        const auto look = static_cast<std::size_t>(report.looks - 1);
        ASSERT_LT(look, all.size());
        EXPECT_EQ(report.outcome.tally.replications(), all[look]);
        EXPECT_TRUE(report.target_reached || look + 1 == all.size());
        // At the look before, it was not known well enough.
        if (look > 0) {
            const auto before = std::get<BlockResult>(fake_block({point, 0, all[look - 1]}));
            EXPECT_FALSE(narrow_enough(*shape.stopping, before.tally));
        }
        ends.insert(all[look]);
    }
    EXPECT_GT(ends.size(), 1U) << "all points end alike, so that nothing is tested here";
}

TEST_F(CampaignOfFakes, looks_at_the_same_after_every_kill) {
    const CampaignShape shape = stopping_shape();
    std::vector<PointReport> expected;
    {
        Journal journal = create();
        Campaign campaign(shape, {{&journal, {}}});
        run_on_threads(
            campaign, [](const Task& task) { return fake_block(task.block); }, 1);
        for (std::uint64_t point = 0; point < 6; ++point) {
            expected.push_back(campaign.report(point));
        }
    }
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        std::mt19937 luck(seed);
        create();
        int kills = 0;
        for (bool is_complete = false; !is_complete;) {
            JournalEntries known;
            Journal journal = reopen(known);
            Campaign campaign(shape, {{&journal, known}});
            // Up to four blocks are at work and end in any order; those at a kill are lost.
            std::vector<Block> at_work;
            for (auto left = luck() % 40; left > 0; --left) {
                while (at_work.size() < 4) {
                    const auto task = campaign.next();
                    if (!task) break;
                    at_work.push_back(task->block);
                }
                if (at_work.empty()) break;
                std::swap(at_work[luck() % at_work.size()], at_work.back());
                campaign.take(at_work.back(), fake_block(at_work.back()));
                at_work.pop_back();
            }
            is_complete = campaign.is_complete();
            if (!is_complete) {
                ++kills;
                continue;
            }
            for (std::uint64_t point = 0; point < 6; ++point) {
                expect_same(campaign.report(point), expected[point]);
            }
        }
        EXPECT_GT(kills, 0);
    }
}

TEST_F(CampaignOfFakes, of_many_points_stay_within_the_memory_that_is_stated) {
    if (is_sanitized) GTEST_SKIP() << "the sanitizer's own memory grows";
    constexpr std::uint64_t points = 20'000;
    constexpr std::uint32_t replications = 320;
    CampaignShape shape = shape_of(points, replications);
    shape.tally = {1, {100}, {}};
    Tally tally(shape.tally);
    const std::vector results{synthetic_result(0, ReplicationId(0), Draws(3))};
    for (int replication = 0; replication < 32; ++replication) tally.accumulate(results);
    const BlockResult one{tally, {StartingBelief{}}, {}};
    // What is left out of the bound: the program, and the beliefs that points ready to run keep.
    const double stated = memory_bound(points, replications, 0.0, 1) -
                          memory_bound(0, replications, 0.0, 1) - 600.0 * points;
    const std::int64_t before = peak_memory();
    {
        Journal journal = create();
        Campaign campaign(shape, {{&journal, {}}});
        while (const auto task = campaign.next()) campaign.take(task->block, one);
        EXPECT_EQ(campaign.report(points - 1).outcome.tally.replications(), replications);
    }
    const std::int64_t run = peak_memory() - before;
    JournalEntries known;
    Journal journal = reopen(known);
    std::vector<Campaign::Source> sources(1);
    sources.front() = {&journal, std::move(known)};
    const Campaign again(shape, std::move(sources));
    EXPECT_TRUE(again.is_complete());
    const std::int64_t resumed = peak_memory() - before;
    RecordProperty("run_bytes", std::to_string(run));
    EXPECT_LT(static_cast<double>(run), stated);
    EXPECT_LT(static_cast<double>(resumed), stated);
}

}  // namespace
}  // namespace firebreak
