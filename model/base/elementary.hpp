#pragma once

namespace firebreak {

// The model's own elementary functions. The C library picks other code for exp, log and pow on
// processors with fused multiply-add, so its last bit differs between machines; these are plain
// additions, multiplications and divisions in a fixed order and give the same bits everywhere
// (compile with -ffp-contract=off). Relative error below 1e-15 where nothing else is said.

/// e to the power x. 0 below about -745 and infinity above about 709.8.
double exponential(double x);

/// e to the power x, less one, without cancellation near 0.
double exponential_minus_one(double x);

/// Natural logarithm. -infinity at 0, NaN below.
double logarithm(double x);

/// log(1 + x), without cancellation near 0.
double log_one_plus(double x);

/// base to the power exponent, base >= 0. Relative error about 1e-16 (1 + |exponent log base|).
double power(double base, double exponent);

/// 1 / (1 + exp(-x)): a log-odds as a probability.
double logistic(double x);

/// log(p / (1 - p)): a probability in (0, 1) as log-odds.
double logit(double probability);

/// Distribution function of the standard normal law. Absolute error below 1e-15.
double normal_distribution(double x);

/// Quantile of the standard normal law for u in (0, 1). Relative error about 1e-15.
/// Source: M. J. Wichura (1988), Algorithm AS 241, Applied Statistics 37, 477-484 (PPND16).
double normal_quantile(double u);

}  // namespace firebreak
