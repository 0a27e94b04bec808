#pragma once

#include "io/hdf5.hpp"
#include "io/results.hpp"

namespace firebreak {

/// The content of a result file, in the order of docs/results_format.md.
StoredGroup results_layout(const Results& results, const RuntimeNotes& runtime,
                           const EnsembleResult& ensemble);

/// The name of a varied parameter's variable: its path with everything but letters and digits
/// turned into underscores.
std::string variable_name(std::string_view path);

}  // namespace firebreak
