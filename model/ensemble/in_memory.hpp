#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "ensemble/ensemble.hpp"

namespace firebreak {

/// Runs a few design points, keeps their tallies in memory and gives them back: for pilots, tests
/// and benchmarks. Every regime is a reference. Throws LogicError with the reason of a failing
/// replication.
std::vector<Tally> run_in_memory(std::span<const DesignPoint> points, std::uint32_t replications,
                                 const Draws& draws, int threads = 0,
                                 const Simulate& simulate = replicate);

}  // namespace firebreak
