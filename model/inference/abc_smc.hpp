#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "inference/trial.hpp"

namespace firebreak {

/// What a model is fitted to.
struct Observation {
    Statistics statistics;
    /// Standard deviation of what the model leaves out and the measurement adds, of each statistic
    /// and in its unit; it is a part of the model that is fitted.
    std::vector<double> discrepancy;
};

/// How a fit draws its luck: what fits of different streams under one seed propose, accept and add
/// as discrepancy has nothing in common. The luck of the model itself is that of the trial.
struct FitLuck {
    Draws draws;
    std::uint32_t stream = 0;  ///< below 2^24
};

/// How approximate Bayesian computation by sequential Monte Carlo goes on.
struct AbcSettings {
    std::uint32_t particles = 1000;
    double kept = 0.5;                  ///< share of them that each generation keeps
    double least_acceptance = 0.06;     ///< ends when fewer of the moves are accepted
    std::uint64_t most_trials = 20000;  ///< ends before there would be more
};

/// A place that was kept.
struct Particle {
    std::vector<double> probits;
    Statistics statistics;  ///< with a draw of the discrepancy
    double distance{};
    double weight{};  ///< sums to 1; all are equal
};

/// One generation, for the record.
struct AbcGeneration {
    double tolerance{};      ///< no particle is further
    double acceptance{};     ///< share of the moves accepted
    std::uint64_t trials{};  ///< so far
    std::size_t distinct{};  ///< particles that differ
};

struct AbcResult {
    std::vector<Particle> particles;  ///< nearest first
    std::vector<AbcGeneration> generations;
    std::vector<double> scale;  ///< of each statistic in the distance
    std::uint64_t trials{};
};

/// Approximate Bayesian computation by sequential Monte Carlo with moves. A first generation from
/// the prior; then, again and again, the nearest share is kept, its largest distance is the new
/// tolerance, and the others become copies of kept ones that Metropolis steps within the tolerance
/// move on until most have moved, but no more than ten rounds of them, by a normal proposal with
/// the covariance of the kept. Weights stay equal, which importance weights in many dimensions do
/// not. The distance is Euclidean in statistics divided by their median absolute deviation over the
/// first generation. All numbers come from addresses, so that nothing hangs on the order in which
/// trials are run. Source: C. C. Drovandi, A. N. Pettitt (2011), Biometrics 67, 225-233; P. Del
/// Moral, A. Doucet, A. Jasra (2012), Stat. Comput. 22, 1009-1020.
AbcResult abc_smc(std::size_t parameters, const Observation& observation,
                  const AbcSettings& settings, const FitLuck& luck, const RunTrials& simulate);

/// Statistics with a draw of their discrepancy.
Statistics with_discrepancy(Statistics statistics, std::span<const double> discrepancy,
                            const FitLuck& luck, std::uint32_t trial);

/// Median absolute deviation of each statistic; the standard deviation where that is 0, and 1 where
/// nothing varies. What is empty or not finite is left out.
std::vector<double> robust_scale(std::span<const Statistics> runs, std::size_t size);

}  // namespace firebreak
