#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "inference/abc_smc.hpp"
#include "inference/matrix.hpp"

namespace firebreak {

/// A guess of the likelihood that needs no simulation: each statistic of the kept particles as a
/// quadratic function of the probits without products, and normal residuals of one covariance, made
/// wider than they are.
class Surrogate {
  public:
    /// The particles' statistics hold a draw of the discrepancy, and so do the residuals.
    Surrogate(const AbcResult& fit, const Statistics& observed);

    double log_likelihood(std::span<const double> probits) const;

  private:
    std::vector<double> scale_;
    Statistics observed_;                     ///< in scales
    std::vector<std::vector<double>> terms_;  ///< by statistic: coefficients
    Matrix lower_;                            ///< of the residuals
};

}  // namespace firebreak
