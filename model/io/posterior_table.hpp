#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "ensemble/design.hpp"
#include "io/config.hpp"

namespace firebreak {

/// Reads a table of posterior draws: # begins a comment line, the first other line names `weight`
/// and parameters by their paths, each further one is a draw. Notes every problem; the draws are
/// only complete without any. `text` gets the file.
JointDraws read_posterior(const std::filesystem::path& path,
                          std::span<const ParameterEntry> parameters, std::string& text,
                          std::vector<Problem>& problems);

/// The columns of some parameters alone.
JointDraws columns_of(const JointDraws& draws, std::span<const std::string> paths);

/// The same as text; the lines of `heading` become comments.
std::string posterior_text(const JointDraws& draws, const std::string& heading);

}  // namespace firebreak
