#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "io/campaign.hpp"

namespace firebreak {
namespace {

/// A campaign of four points, 64 replications each in blocks of 32, under one regime.
class CampaignOfFour : public ::testing::Test {
  protected:
    CampaignOfFour()
        : path_(std::filesystem::temp_directory_path() /
                ("firebreak_campaign_" + std::to_string(::getpid()) + ".journal")) {
        shape_.plan = {4, 64, 32, {}};
        shape_.tally = {1, {100}, {0}};
    }

    ~CampaignOfFour() override { std::filesystem::remove(path_); }

    static std::vector<StartingBelief> beliefs(std::uint64_t point) {
        const double number = static_cast<double>(point) / 3.0;
        return {{{{{number, 0.1}, {0.2, 0.3}}}}};
    }

    BlockOutcome outcome_of(std::uint64_t point) const {
        return BlockResult{Tally(shape_.tally), beliefs(point), {}};
    }

    /// What a coordinator still hands out, by point: the beliefs, or none.
    static std::vector<std::vector<StartingBelief>> handed_out(Campaign& campaign) {
        std::vector<std::vector<StartingBelief>> found(4);
        while (const std::optional<Task> task = campaign.next()) {
            found[task->block.design_point] = task->beliefs;
        }
        return found;
    }

    static void expect_known(const std::vector<StartingBelief>& found, std::uint64_t point) {
        ASSERT_EQ(found.size(), 1U) << point;
        EXPECT_EQ(found.front().table, beliefs(point).front().table) << point;
    }

    Journal created() const {
        JournalHead head;
        head.set("seed", "7");
        return Journal::create(path_, head, true);
    }

    /// Begins the campaign; the first blocks of points 0 and 1 are done, and point 2 has failed.
    void begin() const {
        Journal journal = created();
        Campaign campaign(shape_, {{&journal, {}}});
        for (std::uint64_t point = 0; point < 3; ++point) {
            const std::optional<Task> task = campaign.next();
            ASSERT_TRUE(task.has_value());
            EXPECT_EQ(task->block.design_point, point);
            EXPECT_TRUE(task->beliefs.empty());
            campaign.take(task->block,
                          point == 2 ? PointFailure{{}, "", "breaks a rule"} : outcome_of(point));
        }
        const auto found = handed_out(campaign);
        expect_known(found[0], 0);
        expect_known(found[1], 1);
        EXPECT_TRUE(found[3].empty());
    }

    std::filesystem::path path_;
    CampaignShape shape_;
};

TEST_F(CampaignOfFour, hands_on_the_beliefs_of_the_first_outcome_of_a_point) { begin(); }

TEST_F(CampaignOfFour, goes_on_with_the_beliefs_that_the_journal_holds) {
    begin();
    JournalEntries entries;
    Journal journal = Journal::open_to_append(
        path_, [&](const JournalEntry& entry) { entries.push_back(entry); });
    Campaign campaign(shape_, {{&journal, entries}});
    EXPECT_TRUE(campaign.beliefs_of(2).empty()) << "a failure holds none";
    const auto found = handed_out(campaign);
    expect_known(found[0], 0);
    expect_known(found[1], 1);
    EXPECT_TRUE(found[3].empty()) << "nobody has estimated them";
}

TEST_F(CampaignOfFour, hands_on_what_it_has_learnt_before_any_outcome) {
    Journal journal = created();
    Campaign campaign(shape_, {{&journal, {}}});
    campaign.learn(3, beliefs(3));
    const auto found = handed_out(campaign);
    expect_known(found[3], 3);
    EXPECT_TRUE(found[0].empty());
}

}  // namespace
}  // namespace firebreak
