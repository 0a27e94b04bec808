#pragma once

#include <span>
#include <string>

#include "io/config.hpp"

namespace firebreak {

/// `docs/parameters.md`: every parameter with its value, range, prior, provenance and meaning. The
/// regimes' own values are left to their files.
std::string parameter_table_markdown(std::span<const ParameterEntry> parameters);

/// The same for a terminal: a line per parameter, its meaning below it.
std::string parameter_table_text(std::span<const ParameterEntry> parameters);

/// `uniform 2.6 to 5.8`, or `fixed`.
std::string prior_text(const Prior& prior);

}  // namespace firebreak
