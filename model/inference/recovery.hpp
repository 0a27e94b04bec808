#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "inference/fit.hpp"

namespace firebreak {

/// How often a method found one known parameter, over data sets simulated with it.
struct Recovery {
    std::vector<double> ranks;  ///< by data set: share of the posterior below the truth
    double contraction = 0.0;   ///< mean over the data sets

    /// Share of the truths in the central interval of a probability.
    double inside(double probability) const;

    /// The chance of ranks at least as uneven if they were uniform, as they are if the posteriors
    /// are right (Kolmogorov and Smirnov, asymptotic).
    double uniformity() const;
};

/// One method and its parameters.
struct MethodRecovery {
    std::string_view method;
    std::vector<Recovery> parameters;
};

/// Draws parameters from the prior, simulates a data set with them, fits it, and asks where in the
/// posterior the truth lies; again and again. Draws where the model cannot be are drawn again. The
/// discrepancy is a part of the data. Uses two streams per data set from that of `luck` on, and one
/// for the truths.
/// Source: S. Talts, M. Betancourt, D. Simpson, A. Vehtari, A. Gelman (2018), arXiv:1804.06788.
std::vector<MethodRecovery> study_recovery(const Model& model, std::size_t parameters,
                                           std::span<const double> discrepancy,
                                           const FitSettings& settings, std::uint32_t data_sets,
                                           const FitLuck& luck, const Workshop& workshop);

}  // namespace firebreak
