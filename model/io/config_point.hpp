#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "io/config.hpp"

namespace firebreak {

/// One number of a design point.
struct Coordinate {
    std::string path;  ///< as in `Study::parameters`: `line.x`, `neutrality:commitment.armament`
    double value{};
};

/// The study's scenarios at the design point `point`, everything else as at the baseline. A
/// coordinate of the baseline holds for every regime that has no value or tie of its own; what is
/// tied follows its source; a coordinate that is tied itself is untied at this point. Notes in
/// `problems` the paths that are unknown, the numbers out of their range and the rules between
/// fields that are broken; then the scenarios must not be simulated.
std::vector<Scenario> scenarios_at(const Study& study, std::span<const Coordinate> point,
                                   std::vector<Problem>& problems);

/// Gives every number that one of `entries` ties, and no coordinate of `point` sets, its value in
/// `scenarios`. Notes in `problems` those that come out of their range.
void resolve_ties(std::span<const ParameterEntry> entries, std::span<const Coordinate> point,
                  std::span<Scenario> scenarios, std::vector<Problem>& problems);

}  // namespace firebreak
