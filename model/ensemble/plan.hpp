#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace firebreak {

/// Replications per block. Part of the result, as sums are rounded block by block; it never depends
/// on threads or machines, so that every way to run a study gives the same bits.
inline constexpr std::uint32_t replications_per_block = 32;

/// Consecutive replications of one design point, all regimes: the unit of work.
struct Block {
    std::size_t design_point{};  ///< its position in the list of points
    std::uint32_t first_replication{};
    std::uint32_t replications{};

    bool operator==(const Block&) const = default;
};

/// What is to be run, in the order in which it is merged: round after round of one block per design
/// point, so that a run that is cut short is an even sample. More replications add blocks at the
/// end of each point and keep the full ones before.
std::vector<Block> plan(std::size_t design_points, std::uint32_t replications,
                        std::uint32_t block_size = replications_per_block);

}  // namespace firebreak
