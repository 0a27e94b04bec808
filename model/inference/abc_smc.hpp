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

/// How a fit draws its luck: fits of different streams under one seed have nothing in common.
struct FitLuck {
    Draws draws;
    std::uint32_t stream = 0;  ///< below 2^24
};

/// How approximate Bayesian computation by sequential Monte Carlo goes on.
struct AbcSettings {
    std::uint32_t particles = 1000;     ///< trials of the first generation
    double kept = 0.5;                  ///< share of them that is kept, the others are made anew
    double least_acceptance = 0.05;     ///< ends when fewer of the new ones are kept
    std::uint64_t most_trials = 20000;  ///< ends before there would be more
};

/// A place that was kept.
struct Particle {
    std::vector<double> probits;
    Statistics statistics;  ///< with a draw of the discrepancy
    double distance{};
    double weight{};  ///< sums to 1
};

/// One generation, for the record.
struct AbcGeneration {
    double tolerance{};       ///< the largest distance kept
    double acceptance{};      ///< share of the new trials nearer than the tolerance before
    std::uint64_t trials{};   ///< so far
    double effective_size{};  ///< 1 / sum of the squared weights
};

struct AbcResult {
    std::vector<Particle> particles;  ///< nearest first
    std::vector<AbcGeneration> generations;
    std::vector<double> scale;  ///< of each statistic in the distance
    std::uint64_t trials{};
};

/// Approximate Bayesian computation by adaptive population Monte Carlo. A first generation from the
/// prior; then the nearest share is kept, its largest distance is the tolerance, and the rest is
/// made anew around weighted draws of the kept, by a normal kernel of twice their weighted
/// covariance in probits; new ones get importance weights. The distance is Euclidean in statistics
/// divided by their median absolute deviation over the first generation. All numbers come from
/// addresses, so that nothing hangs on the order in which trials are run.
/// Source: M. Lenormand, F. Jabot, G. Deffuant (2013), Comput. Stat. 28, 2777-2796; kernel and
/// weights as in M. A. Beaumont et al. (2009), Biometrika 96, 983-990.
AbcResult abc_smc(std::size_t parameters, const Observation& observation,
                  const AbcSettings& settings, const FitLuck& luck, const Simulate& simulate);

/// Statistics with a draw of their discrepancy.
Statistics with_discrepancy(Statistics statistics, std::span<const double> discrepancy,
                            const FitLuck& luck, std::uint32_t trial);

/// Median absolute deviation of each statistic; the standard deviation where that is 0, and 1 where
/// nothing varies. What is empty or not finite is left out.
std::vector<double> robust_scale(std::span<const Statistics> runs, std::size_t size);

}  // namespace firebreak
