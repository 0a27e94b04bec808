#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "io/results_grid.hpp"
#include "io/results_reader.hpp"

namespace firebreak {

/// The middle of a set of values and what all but the lowest and the highest 5 % lie between; NaN
/// of none.
struct Spread {
    double median{};
    double low{};
    double high{};
};

/// Quantiles of values, which are sorted for it; those between two values are interpolated.
Spread spread_of(std::vector<double>& values);

/// In how many points a difference is told to be below zero, above it, or neither.
struct SignCounts {
    std::uint64_t below = 0;
    std::uint64_t above = 0;
    std::uint64_t undecided = 0;
};

/// All design points together, at the last checkpoint; failed ones are only counted.
struct PointsSummary {
    std::uint64_t points{};
    std::uint64_t failed{};
    std::int64_t fewest_replications{};  ///< of a point that did not fail
    std::int64_t most_replications{};
    Grid<Spread, 2> probability;     ///< [regime][outcome asked for]
    Grid<SignCounts, 2> difference;  ///< [regime][outcome asked for], from the reference
};

/// Reads a file point by point. Outcomes and reference are positions on their axes. Takes 8 bytes a
/// point for each regime and outcome.
PointsSummary summarise_points(const ResultsReader& file, const std::vector<std::size_t>& outcomes,
                               std::size_t reference);

}  // namespace firebreak
