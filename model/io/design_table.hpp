#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "ensemble/design.hpp"
#include "io/config_factor.hpp"

namespace firebreak {

/// The points of a design as given in a file.
struct DesignTable {
    std::vector<Factor> factors;
    std::vector<double> values;  ///< point by point
};

/// Reads a comma-separated table: # begins a comment line, the first other line names paths, each
/// further one is a point. What has a prior that varies counts as an uncertainty, the rest as
/// levers. Notes every problem; the result is only complete without any. `text` gets the file.
DesignTable read_design_table(const std::filesystem::path& path, FactorFinder& finder,
                              std::string& text, std::vector<Problem>& problems);

}  // namespace firebreak
