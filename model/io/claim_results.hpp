#pragma once

#include "inference/claim_summary.hpp"
#include "io/results_reader.hpp"

namespace firebreak {

/// The design points of a result file as draws of the parameters: outcomes as probabilities by the
/// last checkpoint, by the recommended estimator, and measures. `results` must live on.
ClaimDraws claim_draws(const ResultsReader& results);

}  // namespace firebreak
