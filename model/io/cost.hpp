#pragma once

#include <cstdint>
#include <string>

#include "io/config.hpp"

namespace firebreak {

/// What a run of a study takes, from a short pilot on this machine.
struct Cost {
    std::uint64_t points{};
    std::uint64_t replications{};  ///< per point
    std::uint64_t histories{};     ///< points x replications x regimes
    double point_seconds{};        ///< processor time to make a point ready [s]
    double replication_seconds{};  ///< processor time of a replication under all regimes [s]
    int threads{};
    double seconds{};  ///< expected, on these threads [s]
    double journal_bytes{};
    double result_bytes{};  ///< at most: before compression
    double memory_bytes{};  ///< at most
};

/// Runs a few replications at the first design point and scales them up. Points that cost more than
/// the first one are not foreseen.
Cost estimate_cost(const Study& study, int threads);

/// Bytes that running a study takes at most, apart from the program itself: what is kept of every
/// block and point, and what is in hand on every thread.
double memory_bound(std::uint64_t points, std::uint32_t replications, double tally_bytes,
                    int threads);

/// The cost as a table.
std::string cost_text(const Cost& cost);

}  // namespace firebreak
