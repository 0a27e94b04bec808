#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "inference/abc_smc.hpp"
#include "inference/regression_adjustment.hpp"

namespace firebreak {

/// Log-likelihoods of places in the cube of the priors, in their order.
using LogLikelihoods = std::function<std::vector<double>(std::span<const Trial>)>;

struct MetropolisSettings {
    std::uint32_t chains = 8;
    std::uint32_t warm_up = 150;  ///< steps that adapt the proposals and are not kept
    std::uint32_t steps = 250;    ///< steps of each chain that are kept
};

struct MetropolisResult {
    std::vector<PosteriorDraw> draws;  ///< all kept steps of all chains, of equal weight
    double acceptance{};               ///< of the kept steps
    /// By parameter: the spread of all draws over that within the chains; near 1 when the chains
    /// have forgotten where they began.
    std::vector<double> convergence;
    std::uint64_t evaluations{};
};

/// Several chains in step, by a normal random walk in probits. During the warm-up the covariance of
/// the proposals follows the draws of the later half so far of all chains, and their size the share
/// accepted; both are fixed afterwards.
/// Source: H. Haario, E. Saksman, J. Tamminen (2001), Bernoulli 7, 223-242; convergence as in A.
/// Gelman, D. B. Rubin (1992), Stat. Sci. 7, 457-472.
/// `start`: draws near the posterior, from which the chains begin and the first covariance is
/// taken.
MetropolisResult adaptive_metropolis(std::span<const PosteriorDraw> start,
                                     const MetropolisSettings& settings, const FitLuck& luck,
                                     const LogLikelihoods& log_likelihoods);

}  // namespace firebreak
