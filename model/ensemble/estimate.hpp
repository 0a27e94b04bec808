#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "conflict/outcome.hpp"
#include "ensemble/intervals.hpp"
#include "ensemble/tally.hpp"

namespace firebreak {

/// The two estimates of a probability that one run gives.
enum class Estimator : std::uint8_t {
    analog,   ///< share of the replications in which it happened
    weighted  ///< mean of the survival-weighted conditional expectations
};

/// Which interval a proportion gets: Wilson's score interval, or the exact one, which never covers
/// less than its level and is wider for it.
enum class ProportionInterval : std::uint8_t { wilson, clopper_pearson };

inline constexpr std::array<std::string_view, 2> proportion_interval_names{"wilson",
                                                                           "clopper-pearson"};

/// The estimator that tables show: the weighted one for war and force, where it has far less
/// variance, and the analog one for everything else.
constexpr Estimator recommended_estimator(OutcomeKind outcome) {
    switch (outcome) {
        case OutcomeKind::misattributed_force:
        case OutcomeKind::collapse:
        case OutcomeKind::clash:
        case OutcomeKind::general_war:
        case OutcomeKind::nuclear_use:
            return Estimator::weighted;
        default:
            return Estimator::analog;
    }
}

/// How intervals are made.
struct IntervalChoice {
    double confidence = 0.95;
    ProportionInterval proportion = ProportionInterval::wilson;
};

/// An estimate with its uncertainty. All NaN without replications; the standard error is NaN with
/// fewer than two.
struct Estimate {
    double value{};
    double standard_error{};
    Interval interval;
};

/// P(the outcome has happened by the checkpoint), by either estimator.
Estimate probability_of(const Tally& tally, std::size_t regime, OutcomeKind outcome,
                        std::size_t checkpoint, Estimator estimator,
                        const IntervalChoice& choice = {});

/// Variance of the analog estimate over that of the weighted one, with the analog's taken at the
/// weighted probability, which is the better known of the two. NaN where nothing happened.
double variance_ratio(const Tally& tally, std::size_t regime, OutcomeKind outcome,
                      std::size_t checkpoint);

/// A difference between two regimes, from replications that share their luck.
struct PairedDifference {
    Estimate estimate;
    /// Variance had the two been run on luck of their own, over the variance as run: the gain by
    /// common random numbers. NaN where the difference has no variance.
    double variance_ratio{};
};

/// P(outcome by checkpoint | regime) - P(same | reference). The weighted interval is the analog's
/// where no weight was seen under either regime. Where none was seen under one of them, the end at
/// which that one's probability is larger than seen is moved out by what it may be: its distance
/// and that of the upper end of the unseen probability's own interval, squared and added, as G. Y.
/// Zou and A. Donner (2008), Statistics in Medicine 27, 1693-1702, put intervals together. A regime
/// against itself is exactly 0.
PairedDifference paired_difference(const Tally& tally, std::size_t regime, std::size_t reference,
                                   OutcomeKind outcome, std::size_t checkpoint, Estimator estimator,
                                   const IntervalChoice& choice = {});

/// Mean of a measure over histories of this length [d].
Estimate mean_of(const Tally& tally, std::size_t regime, Measure measure, std::int32_t horizon,
                 const IntervalChoice& choice = {});

/// Mean of a measure under the regime less that under the reference; a regime against itself is
/// exactly 0.
PairedDifference mean_difference(const Tally& tally, std::size_t regime, std::size_t reference,
                                 Measure measure, std::int32_t horizon,
                                 const IntervalChoice& choice = {});

}  // namespace firebreak
