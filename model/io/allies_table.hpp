#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "regime/actors.hpp"

namespace firebreak {

/// Reads a table of allies: comma-separated, # begins a comment line, first other line names the
/// columns. Notes every problem; the result is only complete without any. `text` gets the file.
Allies read_allies(const std::filesystem::path& path, std::string& text,
                   std::vector<Problem>& problems);

}  // namespace firebreak
