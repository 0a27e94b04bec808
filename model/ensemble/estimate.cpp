#include "ensemble/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace firebreak {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

MeanSummary summary_of(const Moments& moments) {
    return {moments.count, moments.sum, moments.sum_of_squares, moments.smallest, moments.largest};
}

/// Unbiased sample variance from sums; NaN with fewer than two values.
double sample_variance(double count, double sum, double sum_of_squares) {
    if (count < 2.0) return unknown;
    return std::max(sum_of_squares - sum * sum / count, 0.0) / (count - 1.0);
}

double proportion_variance(double share, double count) {
    return count < 2.0 ? unknown : share * (1.0 - share) * count / (count - 1.0);
}

Interval proportion_interval(std::int64_t hits, std::int64_t trials, const IntervalChoice& choice) {
    return choice.proportion == ProportionInterval::wilson
               ? wilson_interval(hits, trials, choice.confidence)
               : clopper_pearson_interval(hits, trials, choice.confidence);
}

/// Ratio of two variances; NaN where the lower one is nil.
double ratio(double upper, double lower) { return lower > 0.0 ? upper / lower : unknown; }

PairedDifference analog_difference(const Tally& tally, std::size_t regime, std::size_t reference,
                                   OutcomeKind outcome, std::size_t checkpoint,
                                   const IntervalChoice& choice) {
    const std::int64_t trials = tally.replications();
    const std::int64_t both = tally.joint_hits(regime, reference, outcome, checkpoint);
    const std::int64_t only_regime = tally.hits(regime, outcome, checkpoint) - both;
    const std::int64_t only_reference = tally.hits(reference, outcome, checkpoint) - both;
    const double n = static_cast<double>(trials);
    const double discordant = static_cast<double>(only_regime + only_reference);
    const double sum = static_cast<double>(only_regime - only_reference);
    const double share_regime = static_cast<double>(only_regime + both) / n;
    const double share_reference = static_cast<double>(only_reference + both) / n;

    PairedDifference difference;
    const double variance = sample_variance(n, sum, discordant);
    difference.estimate.value = sum / n;
    difference.estimate.standard_error = std::sqrt(variance / n);
    difference.estimate.interval =
        paired_interval(only_regime, only_reference, trials, choice.confidence);
    difference.variance_ratio = ratio(
        proportion_variance(share_regime, n) + proportion_variance(share_reference, n), variance);
    return difference;
}

/// Distance of an end of a difference's interval, put together of what the values seen leave open
/// and of what the side that showed nothing may yet have.
double with_unseen(double distance, const Moments& zeros, double confidence) {
    const double unseen = mean_interval(summary_of(zeros), confidence).high -
                          zeros.sum / static_cast<double>(zeros.count);
    return std::sqrt(distance * distance + unseen * unseen);
}

PairedDifference weighted_difference(const Tally& tally, std::size_t regime, std::size_t reference,
                                     OutcomeKind outcome, std::size_t checkpoint,
                                     const IntervalChoice& choice) {
    const Moments own = tally.expectation(regime, outcome, checkpoint);
    const Moments other = tally.expectation(reference, outcome, checkpoint);
    const double n = static_cast<double>(own.count);
    const double sum = own.sum - other.sum;
    const double squares = tally.squared_difference(regime, reference, outcome, checkpoint);

    PairedDifference difference;
    const double variance = sample_variance(n, sum, squares);
    difference.estimate.value = sum / n;
    difference.estimate.standard_error = std::sqrt(variance / n);
    if (own.largest <= 0.0 && other.largest <= 0.0) {
        const PairedDifference analog =
            analog_difference(tally, regime, reference, outcome, checkpoint, choice);
        difference.estimate.interval = {std::min(analog.estimate.interval.low, 0.0),
                                        std::max(analog.estimate.interval.high, 0.0)};
    } else {
        const double feared = std::max(own.largest > 0.0 ? feared_value(summary_of(own)) : 0.0,
                                       other.largest > 0.0 ? feared_value(summary_of(other)) : 0.0);
        const double value = difference.estimate.value;
        Interval& interval = difference.estimate.interval;
        interval = mean_difference_interval(own.count, sum, squares, feared, choice.confidence);
        if (own.largest <= 0.0) {
            interval.high =
                std::min(value + with_unseen(interval.high - value, own, choice.confidence), 1.0);
        } else if (other.largest <= 0.0) {
            interval.low =
                std::max(value - with_unseen(value - interval.low, other, choice.confidence), -1.0);
        }
    }
    difference.variance_ratio = ratio(sample_variance(n, own.sum, own.sum_of_squares) +
                                          sample_variance(n, other.sum, other.sum_of_squares),
                                      variance);
    return difference;
}

double variance_of(const CentredMoments& moments) {
    return moments.count < 2 ? unknown
                             : moments.squared_deviations / static_cast<double>(moments.count - 1);
}

Estimate mean_of(const CentredMoments& moments, const Interval& range, double confidence) {
    return {moments.mean, std::sqrt(variance_of(moments) / static_cast<double>(moments.count)),
            student_interval(moments.count, moments.mean, moments.squared_deviations, range,
                             confidence)};
}

}  // namespace

Estimate probability_of(const Tally& tally, std::size_t regime, OutcomeKind outcome,
                        std::size_t checkpoint, Estimator estimator, const IntervalChoice& choice) {
    const double n = static_cast<double>(tally.replications());
    if (tally.replications() == 0) return {unknown, unknown, {unknown, unknown}};
    if (estimator == Estimator::analog) {
        const std::int64_t hits = tally.hits(regime, outcome, checkpoint);
        const double share = static_cast<double>(hits) / n;
        return {share, std::sqrt(proportion_variance(share, n) / n),
                proportion_interval(hits, tally.replications(), choice)};
    }
    const Moments moments = tally.expectation(regime, outcome, checkpoint);
    return {moments.sum / n, std::sqrt(sample_variance(n, moments.sum, moments.sum_of_squares) / n),
            mean_interval(summary_of(moments), choice.confidence)};
}

double variance_ratio(const Tally& tally, std::size_t regime, OutcomeKind outcome,
                      std::size_t checkpoint) {
    const Moments moments = tally.expectation(regime, outcome, checkpoint);
    const double n = static_cast<double>(moments.count);
    return ratio(proportion_variance(moments.sum / n, n),
                 sample_variance(n, moments.sum, moments.sum_of_squares));
}

PairedDifference paired_difference(const Tally& tally, std::size_t regime, std::size_t reference,
                                   OutcomeKind outcome, std::size_t checkpoint, Estimator estimator,
                                   const IntervalChoice& choice) {
    if (tally.replications() == 0) return {{unknown, unknown, {unknown, unknown}}, unknown};
    if (regime == reference) return {{0.0, 0.0, {0.0, 0.0}}, unknown};
    return estimator == Estimator::analog
               ? analog_difference(tally, regime, reference, outcome, checkpoint, choice)
               : weighted_difference(tally, regime, reference, outcome, checkpoint, choice);
}

Estimate mean_of(const Tally& tally, std::size_t regime, Measure measure, std::int32_t horizon,
                 const IntervalChoice& choice) {
    if (tally.replications() == 0) return {unknown, unknown, {unknown, unknown}};
    const ValueRange range = range_of(measure, horizon);
    return mean_of(tally.measure(regime, measure), {range.low, range.high}, choice.confidence);
}

PairedDifference mean_difference(const Tally& tally, std::size_t regime, std::size_t reference,
                                 Measure measure, std::int32_t horizon,
                                 const IntervalChoice& choice) {
    if (tally.replications() == 0) return {{unknown, unknown, {unknown, unknown}}, unknown};
    if (regime == reference) return {{0.0, 0.0, {0.0, 0.0}}, unknown};
    const ValueRange range = range_of(measure, horizon);
    const double widest = range.high - range.low;
    const CentredMoments moments = tally.measure_difference(regime, reference, measure);
    const double unpaired = variance_of(tally.measure(regime, measure)) +
                            variance_of(tally.measure(reference, measure));
    return {mean_of(moments, {-widest, widest}, choice.confidence),
            ratio(unpaired, variance_of(moments))};
}

}  // namespace firebreak
