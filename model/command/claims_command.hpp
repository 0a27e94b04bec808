#pragma once

#include <filesystem>
#include <vector>

#include "command/arguments.hpp"

namespace firebreak {

/// Judges the claims of result files, writes the table that was asked for and shows what was found.
void tell_claims(const std::vector<std::filesystem::path>& results, const Arguments& arguments);

}  // namespace firebreak
