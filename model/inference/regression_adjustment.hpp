#pragma once

#include <vector>

#include "inference/abc_smc.hpp"
#include "inference/posterior.hpp"

namespace firebreak {

/// Moves every kept particle by what a local-linear regression of the parameters on the statistics
/// says that they would be at the observation. Particles count by their weight and, falling to 0 at
/// the tolerance, by their distance. The regression is of probits, so that no draw leaves the range
/// of the prior; and it goes to the observation only as far as the statistics of the particles do.
/// What is left is spread wider by what the regression has used up of it.
/// Source: M. A. Beaumont, W. Zhang, D. J. Balding (2002), Genetics 162, 2025-2035.
std::vector<PosteriorDraw> adjusted_draws(const AbcResult& fit, const Statistics& observation);

}  // namespace firebreak
