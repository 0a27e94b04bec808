#pragma once

#include <cstdint>
#include <vector>

namespace firebreak::peers {

/// The setting of the line that every peer simulates.
struct LineTask {
    int sectors = 24;
    int days = 1826;
    double baseline = 4.5;
    double own = 0.35;
    double cross = 0.30;
    double near = 0.10;
    double rho = 0.6;
    double frailty_shape = 4.0;
};

/// The totals of both sides, day after day.
using DailyTotals = std::vector<std::int32_t>;

/// One replication as a first C++ program would have it: an object per command, one shared
/// mt19937_64, and the distributions of the standard library.
DailyTotals naive_line(const LineTask& task, std::uint64_t seed);

/// One replication with the model's own algorithm, addressed draws and inversion, but one command
/// after the other and in double precision.
DailyTotals scalar_line(const LineTask& task, std::uint64_t seed, std::uint32_t replication);

}  // namespace firebreak::peers
