#pragma once

#include <string>

#include "inference/claim_summary.hpp"

namespace firebreak {

/// A sentence of what was found, in plain words, made from the numbers.
std::string reading_of(const ClaimSummary& summary);

}  // namespace firebreak
