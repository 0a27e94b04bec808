#pragma once

#include <span>
#include <vector>

namespace firebreak {

/// Where a chain stood: by step, the value of each parameter.
using Chain = std::vector<std::vector<double>>;

/// By parameter: how much wider all chains together are spread than each of them (R-hat), with an
/// unbiased variance within. Near 1 when they have forgotten where they began; infinite if none has
/// moved from where each of them stands; 1 if all stand at one place. Chains of one length, of two
/// steps at least. Source: A. Gelman, D. B. Rubin (1992), Stat. Sci. 7, 457-472.
std::vector<double> scale_reduction(std::span<const Chain> chains);

}  // namespace firebreak
