#pragma once

#include <span>
#include <vector>

namespace firebreak {

/// How strongly each of many factors goes with a response, by ranks.
struct RankCorrelations {
    /// By factor; NaN where a factor or the response does not vary.
    std::vector<double> estimate;
    bool partial = false;     ///< the others held constant; else Spearman's, as points are too few
    double standard_error{};  ///< of Fisher's z; infinity if there are hardly any points

    /// The size that none of so many coefficients passes by chance alone (Bonferroni), with this
    /// probability.
    double limit(double comparisons, double confidence) const;
};

/// Ranks from 1; equal values share the mean of theirs.
std::vector<double> ranks_of(std::span<const double> values);

/// Partial rank correlation coefficients: the correlation of what a linear regression on the ranks
/// of the other factors leaves of the rank of a factor and of that of the response. With n points
/// and p factors that vary they need n > p + 3; with fewer they are Spearman's, which hold nothing
/// constant. Fisher's z has the variance 1 / (m - 2 - p) or, for Spearman's, 1 / (m - 3), m the
/// largest number of values that a factor takes. `factors` is point by point.
/// Sources: R. L. Iman, W. J. Conover (1979), Technometrics 21, 499-509; S. Marino et al. (2008),
/// J. Theor. Biol. 254, 178-196.
RankCorrelations rank_correlations(std::span<const std::vector<double>> factors,
                                   std::span<const double> response);

}  // namespace firebreak
