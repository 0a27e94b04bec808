#pragma once

#include <span>
#include <string>

#include "conflict/record.hpp"

namespace firebreak {

/// A belief in per cent, such as "97%"; "over 99%" and "under 1%" at the ends.
std::string belief_text(double probability);

/// A number of hours, such as "0.4 h", "31 h" or "9 days".
std::string hours_text(double hours);

/// What was believed before the first of `reports` [logit]; NaN where it cannot be told from them.
double opening_belief(std::span<const Report> reports);

/// The reports as runs that name the same culprit, such as "0.4 h Russia 78%; 1.1-2 h not Russia
/// (2) 52%": when, whom, how many, and the belief that Russia did it afterwards. Of many runs only
/// the ends, the extremes and the last change of mind are kept.
std::string reports_text(std::span<const Report> reports);

}  // namespace firebreak
