#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ensemble/plan.hpp"
#include "io/descriptor.hpp"

namespace firebreak {

/// What a journal is of: names and texts.
struct JournalHead {
    std::vector<std::pair<std::string, std::string>> entries;

    /// The text under a name, or an empty one.
    std::string_view operator[](std::string_view name) const;

    void set(std::string name, std::string text);
};

/// Where the outcome of a block lies in a journal.
struct JournalEntry {
    Block block;
    std::uint64_t offset{};  ///< of its record
    bool is_failure{};       ///< the outcome is that its point failed
};

/// Of a whole journal; there may be many, which a vector would have twice while it grows.
using JournalEntries = std::deque<JournalEntry>;

/// What was found in a journal besides the blocks.
struct JournalState {
    JournalHead head;                ///< with all later changes to it
    std::vector<std::string> notes;  ///< what happened to the run, in order
    std::uint64_t blocks{};          ///< sound records of blocks
    std::uint64_t damaged{};         ///< stretches of bytes that are no sound record
    std::uint64_t cut_off{};         ///< bytes of a record that was being written at the end
};

/// A log of finished blocks that is only ever appended to, with a checksum on every record: a
/// process that is killed while it writes loses the record in hand and nothing before it. Bytes
/// that are no sound record are passed over. Failures of the system are SystemErrors, files that
/// are no journals InputErrors.
class Journal {
  public:
    using Visit = std::function<void(const JournalEntry&)>;

    /// Creates a journal, on the disk with its name and head; there must be none of that name, or
    /// it must be `replace`d.
    static Journal create(const std::filesystem::path& path, const JournalHead& head, bool replace);

    /// Opens a journal to go on with it: nobody else may meanwhile. Cuts off a last record that is
    /// not whole, and calls `visit` for every sound block in the order in which they were written.
    static Journal open_to_append(const std::filesystem::path& path, const Visit& visit);

    /// Opens a journal to read it; it may still be growing.
    static Journal open_to_read(const std::filesystem::path& path, const Visit& visit);

    const JournalState& state() const { return state_; }

    const std::filesystem::path& path() const { return file_.path(); }

    /// Appends the outcome of a block and returns where it lies. On failure the journal is as it
    /// was before.
    JournalEntry append(const Block& block, std::span<const std::byte> outcome, bool is_failure);

    /// Replaces texts of the head from here on.
    void change(const JournalHead& changes);

    /// Notes what happened to the run.
    void note(std::string_view text);

    /// The outcome of a block. Throws InputError if it is damaged.
    std::vector<std::byte> outcome(const JournalEntry& entry) const;

    void sync() { file_.sync(); }

    std::uint64_t bytes() const { return end_; }

    /// Takes the name of the file away: it goes with this object.
    void make_nameless() { file_.unlink(); }

  private:
    explicit Journal(Descriptor file) : file_(std::move(file)) {}

    void scan(const Visit& visit);
    std::uint64_t append_record(std::uint32_t kind, std::span<const std::byte> payload);

    Descriptor file_;
    std::uint64_t end_ = 0;
    JournalState state_;
};

}  // namespace firebreak
