#pragma once

#include <span>
#include <vector>

#include "inference/abc_smc.hpp"

namespace firebreak {

/// A draw of a posterior: a place in the cube of the priors and its weight.
struct PosteriorDraw {
    std::vector<double> place;
    double weight{};  ///< sums to 1 over all draws
};

/// Moves every kept particle by what a local-linear regression of the parameters on the statistics
/// says that they would be at the observation. Particles count by their weight and, falling to 0 at
/// the tolerance, by their distance. The regression is of probits, so that no draw leaves the range
/// of the prior.
/// Source: M. A. Beaumont, W. Zhang, D. J. Balding (2002), Genetics 162, 2025-2035.
std::vector<PosteriorDraw> adjusted_draws(const AbcResult& fit, const Statistics& observed);

}  // namespace firebreak
