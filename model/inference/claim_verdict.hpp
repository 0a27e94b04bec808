#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "inference/claim.hpp"

namespace firebreak {

/// An estimate and its interval.
struct Measured {
    double value{};
    double standard_error{};
    double low{};
    double high{};
};

/// What one draw of the parameters gave. NaN where nothing is known.
struct DrawResults {
    /// Of a quantity: the first regime's less the second one's, of histories that share their luck.
    std::function<Measured(const std::string& regime, const std::string& reference,
                           const std::string& quantity)>
        difference;
    std::function<Measured(const std::string& regime, const std::string& quantity)> level;
    double confidence = 0.95;       ///< level of all intervals
    std::int64_t replications = 0;  ///< histories that each interval comes from
};

enum class Verdict : std::uint8_t {
    held,
    reversed,
    undecided,  ///< within Monte Carlo error
    unknown     ///< not run
};

/// One comparison in one draw.
struct ComparisonVerdict {
    Verdict verdict = Verdict::unknown;
    /// Of its weakest link, positive in the direction of the statement, in the unit of the
    /// quantity.
    double effect{};
    /// Threshold: where the ranking first turns, by straight lines between levels; NaN if it does
    /// not stand at the last level as stated.
    double turning_level{};
};

/// One claim in one draw.
struct ClaimVerdict {
    Verdict verdict = Verdict::unknown;
    std::vector<ComparisonVerdict> comparisons;  ///< in the order of the claim's
};

/// An estimate of a link, with its interval at the level 1 - (1 - confidence) / `links`.
///
/// One difference has the interval of the results, widened by the quotient of Student's quantiles
/// with one degree of freedom less than there are histories: that of normal ones would be too
/// small, the more so the more links, as the intervals are Student's or have heavier tails than
/// normal ones. A weighted sum has its exact standard error where the differences between all its
/// regimes are known, since weights that add up to zero have Var = -1/2 sum_ij w_i w_j Var(x_i -
/// x_j), times the widest of the intervals in standard errors, and for two regimes that were level
/// in every history, and have no standard error, the half-width of their interval times the smaller
/// weight; where they are not, the half-widths are added up, which is never too narrow. So are
/// those of an excess.
Measured link_estimate(const Link& link, const DrawResults& draw, double links);

/// Judges a claim in one draw. It is held if every comparison that decides is held, and reversed as
/// soon as one is reversed: then it is false, whatever the others are. A chain is held if every
/// link lies above zero beyond error and reversed if one lies below. With k links in all, each is
/// judged at the level 1 - alpha / k (Bonferroni), so that noise alone decides a claim in a share
/// alpha of the draws at most. A comparison that is told besides is judged by itself.
ClaimVerdict judge(const Claim& claim, const DrawResults& draw);

}  // namespace firebreak
