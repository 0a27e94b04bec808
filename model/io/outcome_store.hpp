#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <vector>

#include "ensemble/ensemble.hpp"
#include "io/journal.hpp"

namespace firebreak {

/// All that is known of a design point.
struct PointOutcome {
    Tally tally;
    std::vector<StartingBelief> beliefs;  ///< by regime; empty if no block is done
    /// [regime][replication][outcome], of the replications from 0 on without a gap.
    FirstDayTable first_day;
    /// The same of [regime][replication][measure].
    MeasureTable measures;
    std::optional<PointFailure> failure;
};

/// Finds the outcomes of blocks in one or more journals, point by point. Takes some 50 bytes per
/// block and 4 per point.
class OutcomeStore {
  public:
    OutcomeStore(std::uint64_t points, TallyShape shape);

    /// Adds a block of a journal, which outlives this.
    void add(const Journal& journal, const JournalEntry& entry);

    /// True if a failure of the point is known.
    bool has_failed(std::uint64_t point) const;

    /// Reads and merges the blocks of a point that end at or before a replication. Throws
    /// InputError if one of them is damaged.
    PointOutcome collect(std::uint64_t point,
                         std::uint32_t before = std::numeric_limits<std::uint32_t>::max()) const;

    /// The starting beliefs of a point, by regime, from one of its blocks; empty if none is done.
    /// Throws InputError if that block is damaged.
    std::vector<StartingBelief> beliefs(std::uint64_t point) const;

    /// Replications of a point that its blocks reach up to.
    std::uint32_t reach(std::uint64_t point) const;

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    struct Place {
        const Journal* journal{};
        JournalEntry entry;
        std::uint32_t previous{};  ///< of the same point
    };

    BlockOutcome read(const Place& place) const;
    std::vector<Place> places_of(std::uint64_t point) const;

    TallyShape shape_;
    std::deque<Place> places_;         // which, unlike a vector, never has them twice
    std::vector<std::uint32_t> last_;  ///< by point
};

}  // namespace firebreak
