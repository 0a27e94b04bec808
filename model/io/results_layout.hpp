#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/hdf5.hpp"
#include "io/results.hpp"

namespace firebreak {

/// Names the groups of a result file besides the root.
inline constexpr const char* histories_group_name = "histories";

/// The root: what is said of all points, then the variables over the points, announced by a first
/// row of them. The order is that of docs/results_format.md.
StoredGroup root_group(const ResultHeading& heading);

/// What of a point goes into the root.
std::vector<StoredVariable> point_rows(const ResultHeading& heading, const PointEstimates& point);

/// The group of single histories, announced in the same way.
StoredGroup histories_group(const ResultHeading& heading);

/// What of a point goes into that group.
std::vector<StoredVariable> history_rows(const ResultHeading& heading, const PointEstimates& point);

/// What may differ between identical runs. `failures`: where points failed, a line each.
StoredGroup runtime_group(const RuntimeNotes& runtime, const std::string& failures);

/// The name of a varied parameter's variable: its path with everything but letters and digits
/// turned into underscores.
std::string variable_name(std::string_view path);

}  // namespace firebreak
