#pragma once

#include <filesystem>
#include <span>

#include "inference/evidence.hpp"

namespace firebreak {

/// Reads what may be looked at: of `folder` the file `split.toml`, and for each of `uses` its own
/// folder (`calibration`, `held_out`) and nothing outside it. Observed values that a target leaves
/// to its series are worked out by its reenactment. Throws InputError with every problem: among
/// them a target that the split does not have there, one that is missing, an unknown reenactment
/// or statistic, and a statistic of which nothing was observed.
Evidence load_evidence(const std::filesystem::path& folder, std::span<const EvidenceUse> uses);

}  // namespace firebreak
