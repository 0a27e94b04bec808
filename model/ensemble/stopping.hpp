#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "conflict/outcome.hpp"
#include "ensemble/estimate.hpp"
#include "ensemble/tally.hpp"

namespace firebreak {

/// When a design point has been run often enough: all its intervals asked for are narrow. The point
/// is looked at after ever more replications, K looks at most. Intervals of level 1 - alpha/K cover
/// at all of them together with chance 1 - alpha or more (Bonferroni), so also at the one at which
/// the point stops, however that was chosen; hence `reporting_confidence`. That holds for each
/// interval of the point, named in the rule or not.
struct StoppingRule {
    std::vector<OutcomeKind> outcomes;  ///< by the last checkpoint, under every regime
    bool differences = false;           ///< also the differences from each reference
    /// Widest half of an interval that is narrow enough [1], and the same as a multiple of the
    /// estimate's size. With both, either is enough; with neither, nothing is narrow enough.
    std::optional<double> absolute;
    std::optional<double> relative;
    /// Replications at the first look, at least 1. Weights that come up less often than that are
    /// seen by nothing, and the intervals of weighted means cover too rarely before (measured in
    /// the tests: 0.63 of 0.95 at 256, 0.98 at 1024, of the worst population tried).
    std::uint32_t first_look = 1024;
    double growth = 2.0;       ///< of the replications from look to look, above 1
    std::uint32_t most{};      ///< replications of a point at most
    double confidence = 0.95;  ///< 1 - alpha
};

/// Replications at which a point is looked at, ascending: whole blocks, but for the last, which is
/// the most there are.
std::vector<std::uint32_t> looks(const StoppingRule& rule, std::uint32_t block);

/// Confidence of the intervals by which the rule decides, and of those to be reported of every
/// point that it may have stopped: 1 - alpha/K.
double reporting_confidence(const StoppingRule& rule);

/// Whether all that the rule asks of a point is known well enough, by the recommended estimators.
/// What has not happened yet is as wide as the interval of no hits, and has no relative width.
bool narrow_enough(const StoppingRule& rule, const Tally& tally,
                   ProportionInterval proportion = ProportionInterval::wilson);

}  // namespace firebreak
