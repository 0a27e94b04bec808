#pragma once

#include <span>

#include "inference/abc_smc.hpp"

namespace firebreak {

/// Log-likelihood of an observation under a normal law whose mean and covariance are those of
/// repeated runs of the model at one place. The covariance is shrunk towards its diagonal by a
/// share that the runs themselves decide, the discrepancy is added to it, and as both were
/// estimated, the law is the Student law that predicts another run. -infinity where a run gave
/// nothing. At least three runs. Source: S. N. Wood (2010), Nature 466, 1102-1104; J. Schäfer, K.
/// Strimmer (2005), Stat. Appl. Genet. Mol. Biol. 4, 32 (shrinkage); E. Sellentin, A. F. Heavens
/// (2016), MNRAS 456, L132-L136 (Student).
double synthetic_log_likelihood(const Observation& observation, std::span<const Statistics> runs);

}  // namespace firebreak
