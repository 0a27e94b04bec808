#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "io/results.hpp"

namespace firebreak {

/// A number with so many decimals.
std::string decimal_text(double value, int decimals, bool with_sign = false);

/// Position of a name. Throws InputError that lists what is known.
std::size_t position_of(const std::string& name, const std::vector<std::string>& known,
                        const std::string& kind);

/// The outcomes asked for, or those of war and force.
std::vector<std::string> outcomes_shown(const std::vector<std::string>& asked);

/// The horizon in years.
std::string years_text(const ResultHeading& heading);

/// `95 % interval`.
std::string confidence_text(const ResultHeading& heading);

/// Title and question, a line each.
std::string title_text(const ResultHeading& heading);

/// `2,000 replications per regime, seed 1, version 2, commit 3` as a line.
std::string run_text(const ResultHeading& heading, std::int64_t fewest, std::int64_t most);

}  // namespace firebreak
