#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "inference/abc_smc.hpp"
#include "inference/posterior.hpp"

namespace firebreak {

/// Log-likelihoods of places in the cube of the priors, in their order; the luck of a trial is the
/// number of its chain.
using LogLikelihoods = std::function<std::vector<double>(std::span<const Trial>)>;

/// A guess of the log-likelihood at probits that costs next to nothing.
using LogSurrogate = std::function<double(std::span<const double>)>;

struct MetropolisSettings {
    std::uint32_t chains = 8;
    std::uint32_t warm_up = 10;  ///< steps that are not kept
    std::uint32_t steps = 100;   ///< steps of each chain that are kept
};

struct MetropolisResult {
    std::vector<PosteriorDraw> draws;  ///< all kept steps of all chains, of equal weight
    double acceptance{};               ///< of the kept steps
    /// By parameter, R-hat of the kept steps: near 1 when the chains have forgotten where they
    /// began, but for what the luck of their own moves them apart.
    std::vector<double> convergence;
    std::uint64_t evaluations{};
};

/// Several chains in step that need few likelihoods: each proposes where many steps of a random
/// walk under the surrogate have led, and accepts by how much the likelihood there differs from
/// what the surrogate said. The draws are of the likelihood's posterior, however wrong the
/// surrogate is; if it is far off, few proposals are accepted. Source: J. S. Liu (2001), Monte
/// Carlo Strategies in Scientific Computing, section 9.4.3 (surrogate transitions); the walk as in
/// H. Haario, E. Saksman, J. Tamminen (2001), Bernoulli 7, 223-242. `start`: draws near the
/// posterior, from which the walks begin.
MetropolisResult surrogate_metropolis(std::span<const PosteriorDraw> start,
                                      const LogSurrogate& surrogate,
                                      const MetropolisSettings& settings, const FitLuck& luck,
                                      const LogLikelihoods& log_likelihoods);

}  // namespace firebreak
