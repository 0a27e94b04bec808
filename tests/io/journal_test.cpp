#include "io/journal.hpp"

#include <algorithm>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/error.hpp"
#include "io/campaign_head.hpp"

namespace firebreak {
namespace {

/// A folder of a test's own that goes with it.
class JournalFile : public ::testing::Test {
  protected:
    JournalFile()
        : folder_(std::filesystem::temp_directory_path() /
                  ("firebreak_journal_" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(folder_);
    }

    ~JournalFile() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path path() const { return folder_ / "run.journal"; }

    static JournalHead head() {
        JournalHead head;
        head.set("seed", "7");
        head.set("configuration", "[run]\nx = 1\n");
        return head;
    }

    static std::vector<std::byte> payload(std::uint32_t number) {
        return std::vector<std::byte>(50 + number, static_cast<std::byte>(number));
    }

    Journal written(std::uint32_t blocks) const {
        Journal journal = Journal::create(path(), head(), true);
        for (std::uint32_t number = 0; number < blocks; ++number) {
            journal.append({number % 3, number, 1}, payload(number), false);
        }
        return journal;
    }

    struct Found {
        std::vector<JournalEntry> entries;
        JournalState state;
    };

    Found found() const {
        Found found;
        const Journal journal = Journal::open_to_read(
            path(), [&](const JournalEntry& entry) { found.entries.push_back(entry); });
        found.state = journal.state();
        for (const JournalEntry& entry : found.entries) {
            EXPECT_EQ(journal.outcome(entry), payload(entry.block.first_replication));
        }
        return found;
    }

    void overwrite(std::uint64_t offset, char byte) const {
        std::fstream file(path(), std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(static_cast<std::streamoff>(offset));
        file.put(byte);
    }

  private:
    std::filesystem::path folder_;
};

TEST_F(JournalFile, gives_back_what_was_appended) {
    {
        Journal journal = written(10);
        journal.note("went on elsewhere");
        JournalHead change;
        change.set("replications", "20");
        journal.change(change);
        journal.append({1, 99, 2}, payload(99), true);
    }
    const Found all = found();
    ASSERT_EQ(all.entries.size(), 11U);
    EXPECT_EQ(all.entries[4].block, (Block{1, 4, 1}));
    EXPECT_FALSE(all.entries[4].is_failure);
    EXPECT_TRUE(all.entries[10].is_failure);
    EXPECT_EQ(all.state.head["seed"], "7");
    EXPECT_EQ(all.state.head["replications"], "20");
    EXPECT_EQ(all.state.head["nothing"], "");
    EXPECT_EQ(all.state.notes, std::vector<std::string>{"went on elsewhere"});
    EXPECT_EQ(all.state.damaged, 0U);
    EXPECT_EQ(all.state.cut_off, 0U);
}

TEST_F(JournalFile, cut_off_anywhere_loses_only_the_record_that_was_cut) {
    const std::uint64_t whole = written(6).bytes();
    std::uint64_t head_end = 0;
    {
        const Journal empty = Journal::create(path(), head(), true);
        head_end = empty.bytes();
    }
    for (std::uint64_t size = head_end; size <= whole; size += 7) {
        written(6);
        std::filesystem::resize_file(path(), size);
        const Found before = found();
        std::vector<JournalEntry> kept;
        {
            Journal journal = Journal::open_to_append(
                path(), [&](const JournalEntry& entry) { kept.push_back(entry); });
            EXPECT_EQ(kept.size(), before.entries.size());
            journal.append({0, 40, 1}, payload(40), false);
        }
        const Found after = found();
        EXPECT_EQ(after.entries.size(), kept.size() + 1);
        EXPECT_EQ(after.state.cut_off, 0U);
        EXPECT_EQ(after.state.damaged, 0U);
    }
}

TEST_F(JournalFile, a_damaged_record_is_passed_over_and_counted) {
    std::vector<JournalEntry> entries;
    {
        Journal journal = Journal::create(path(), head(), true);
        for (std::uint32_t number = 0; number < 5; ++number) {
            entries.push_back(journal.append({0, number, 1}, payload(number), false));
        }
    }
    // In the mark, in the length and in the payload.
    for (const std::uint64_t place : {0U, 9U, 45U}) {
        written(0);
        {
            Journal journal = Journal::create(path(), head(), true);
            for (std::uint32_t number = 0; number < 5; ++number) {
                journal.append({0, number, 1}, payload(number), false);
            }
        }
        overwrite(entries[2].offset + place, '\x7f');
        const Found rest = found();
        EXPECT_EQ(rest.entries.size(), 4U);
        EXPECT_EQ(rest.state.damaged, 1U);
        EXPECT_TRUE(std::ranges::none_of(rest.entries, [](const JournalEntry& entry) {
            return entry.block.first_replication == 2;
        }));
    }
}

TEST_F(JournalFile, a_block_that_rots_after_it_was_found_is_refused) {
    Journal journal = written(0);
    const JournalEntry entry = journal.append({0, 3, 1}, payload(3), false);
    overwrite(entry.offset + 40, '\x7f');
    EXPECT_THROW(journal.outcome(entry), InputError);
}

TEST_F(JournalFile, only_one_run_may_write_it) {
    const Journal first = written(1);
    EXPECT_THROW(Journal::open_to_append(path(), [](const JournalEntry&) {}), InputError);
    EXPECT_THROW(Journal::create(path(), head(), true), InputError);
    EXPECT_EQ(found().entries.size(), 1U) << "reading is allowed";
}

TEST_F(JournalFile, something_else_is_no_journal) {
    std::ofstream(path()) << "a study, perhaps";
    EXPECT_THROW(Journal::open_to_read(path(), [](const JournalEntry&) {}), InputError);
    std::ofstream(path(), std::ios::trunc) << "FBRJNL01";
    EXPECT_THROW(Journal::open_to_read(path(), [](const JournalEntry&) {}), InputError);
    std::filesystem::remove(path());
    EXPECT_THROW(Journal::open_to_read(path(), [](const JournalEntry&) {}), SystemError);
}

TEST_F(JournalFile, an_existing_one_is_not_replaced_by_chance) {
    written(1);
    EXPECT_THROW(Journal::create(path(), head(), false), InputError);
    EXPECT_EQ(found().entries.size(), 1U);
}

TEST(JournalHead, a_block_that_is_no_number_of_replications_is_damage) {
    JournalHead head;
    for (const char* name : {"replications", "seed", "horizon"}) head.set(name, "64");
    head.set("shard", "0");
    head.set("shards", "1");
    EXPECT_THROW(run_request(head, "x.journal"), InputError) << "there is none";
    for (const char* text : {"", "0", "-1", "32 ", "4294967296", "99999999999999999999999"}) {
        head.set("block", text);
        EXPECT_THROW(block_in(head, "x.journal"), InputError) << text;
        EXPECT_THROW(run_request(head, "x.journal"), InputError) << text;
    }
    head.set("block", "32");
    EXPECT_EQ(block_in(head, "x.journal"), 32U);
    EXPECT_EQ(run_request(head, "x.journal").overrides.replications, 64U);
}

}  // namespace
}  // namespace firebreak
