#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace firebreak {

/// Consecutive replications of one design point, all regimes: the unit of work, and what a killed
/// run may lose. How the replications are grouped never changes a result.
struct Block {
    std::uint64_t design_point{};
    std::uint32_t first_replication{};
    std::uint32_t replications{};

    bool operator==(const Block&) const = default;
};

/// One of several runs that share a study: whole design points where there are enough of them, else
/// blocks of all of them.
struct Shard {
    std::uint64_t index = 0;  ///< from 0
    std::uint64_t count = 1;

    bool operator==(const Shard&) const = default;
};

/// What is to be run.
struct PlanShape {
    std::uint64_t points = 1;
    std::uint32_t replications{};  ///< of each point, at most
    std::uint32_t block{};         ///< replications of a full block
    Shard shard;
};

/// Replications per block that suit a study: at least 32, so that a block is worth its handling,
/// and at most 256, so that a killed run loses little.
std::uint32_t block_size(std::uint32_t replications);

/// True if the shards of a study are whole design points.
bool shards_are_points(std::uint64_t points, const Shard& shard);

/// Hands out the blocks of a study, round after round of one block per design point, so that a run
/// that is cut short is an even sample of the whole design, and keeps book of what is done.
class Plan {
  public:
    explicit Plan(const PlanShape& shape);

    /// Notes a block that an earlier run has finished. False, and nothing noted, if it is none of
    /// this plan or does not go on where its block stands: it is known already, or a part before it
    /// was lost. To be called before the first `next`.
    bool note(const Block& block);

    /// The next block to be worked on; none if there is none now. Blocks that are at work when
    /// none is left may bring more (see `want`).
    std::optional<Block> next();

    /// Notes that a block handed out is finished. True if all that is wanted of its point is now;
    /// false of a point given up.
    bool finish(const Block& block);

    /// Wants this many replications of a point, no more than planned. To begin with all points are
    /// wanted as planned. To be called before the first `next`, or when all that was wanted of the
    /// point is done.
    void want(std::uint64_t point, std::uint32_t replications);

    /// Hands out no more of a point.
    void give_up(std::uint64_t point);

    const PlanShape& shape() const { return shape_; }

    std::uint32_t wanted(std::uint64_t point) const { return wanted_[point]; }

    /// Replications of a point that are done.
    std::uint32_t done(std::uint64_t point) const { return done_of_point_[point]; }

    /// Whether this shard has anything of a point to do.
    bool owns(std::uint64_t point) const;

    /// Over all points of this shard.
    std::uint64_t replications_done() const { return replications_done_; }

    std::uint64_t replications_wanted() const { return replications_wanted_; }

    bool is_complete() const { return replications_done_ == replications_wanted_; }

  private:
    bool owns(std::uint64_t point, std::uint64_t round) const;
    std::uint32_t end_of(std::uint64_t point, std::uint64_t round) const;
    std::uint32_t own_replications(std::uint64_t point, std::uint32_t below) const;
    std::uint16_t& done_in(std::uint64_t point, std::uint64_t round);
    void queue(std::uint64_t point);

    PlanShape shape_;
    std::uint64_t rounds_;
    std::vector<std::uint16_t> done_;           ///< replications done, [point][round]
    std::vector<std::uint32_t> wanted_;         ///< replications, [point]
    std::vector<std::uint32_t> done_of_point_;  ///< [point]
    std::vector<std::uint32_t> next_round_;     ///< first one not handed out, [point]
    std::vector<bool> queued_;                  ///< [point]
    std::deque<std::uint64_t> queue_;           ///< points with blocks to hand out
    std::uint64_t replications_done_ = 0;
    std::uint64_t replications_wanted_ = 0;
};

}  // namespace firebreak
