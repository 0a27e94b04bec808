#pragma once

#include <cstdint>
#include <filesystem>

#include "io/results_reader.hpp"

namespace firebreak {

/// What a row of a table is about.
enum class ResultTable : std::uint8_t {
    probabilities,       ///< point x regime x outcome x time
    differences,         ///< point x regime x reference x outcome x time, paired
    measures,            ///< point x regime x measure
    measure_differences  ///< point x regime x reference x measure, paired
};

/// Writes a tidy table as CSV (RFC 4180 but for the line ends, which are line feeds): one row per
/// estimate by the recommended estimator, one column per varied parameter; what is not defined is
/// `NA`. One point is held in memory at a time; the file is whole or absent. Throws InputError
/// (path refused, result file damaged) or SystemError (disk full).
void write_csv(const std::filesystem::path& path, const ResultsReader& results, ResultTable table,
               bool replace);

}  // namespace firebreak
