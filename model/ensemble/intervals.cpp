#include "ensemble/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>

#include "base/elementary.hpp"
#include "base/error.hpp"

namespace firebreak {
namespace {

constexpr Interval unknown{std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::quiet_NaN()};

/// Upper end: beta law with the moments of the values and one feared value.
double upper_end(const MeanSummary& values, double tail) {
    const double feared = feared_value(values);
    const double count = static_cast<double>(values.count) + 1.0;
    const double mean = (values.sum + feared) / count;
    const double mean_square = (values.sum_of_squares + feared * feared) / count;
    const double variance = std::max(mean_square - mean * mean, 0.0) / (count + 1.0);
    if (mean >= 1.0) return 1.0;
    const double size = variance > 0.0 ? mean * (1.0 - mean) / variance - 1.0 : 0.0;
    // No beta law has these moments: values outside [0, 1] in a small sample.
    if (size <= 0.0)
        return std::clamp(mean - normal_quantile(tail) * std::sqrt(variance), 0.0, 1.0);
    return boost::math::ibetac_inv(mean * size, (1.0 - mean) * size, tail);
}

/// The values' distances from 1.
MeanSummary complement_of(const MeanSummary& values) {
    const double count = static_cast<double>(values.count);
    return {values.count, count - values.sum,
            std::max(count - 2.0 * values.sum + values.sum_of_squares, 0.0), 1.0 - values.largest,
            1.0 - values.smallest};
}

/// Tango's score for a difference: decreasing in it.
double score(double only_first, double only_second, double trials, double difference) {
    const double a = 2.0 * trials;
    const double b =
        -only_first - only_second + (2.0 * trials - only_first + only_second) * difference;
    const double c = -only_second * difference * (1.0 - difference);
    const double share = (std::sqrt(std::max(b * b - 4.0 * a * c, 0.0)) - b) / (2.0 * a);
    const double variance = trials * (2.0 * share + difference * (1.0 - difference));
    const double excess = only_first - only_second - trials * difference;
    if (variance <= 0.0) {
        return excess == 0.0 ? 0.0 : std::copysign(std::numeric_limits<double>::infinity(), excess);
    }
    return excess / std::sqrt(variance);
}

/// The difference, at or above the estimate, at which the score has fallen to -z.
double upper_difference(double only_first, double only_second, double trials, double z) {
    double low = (only_first - only_second) / trials;
    double high = 1.0;
    if (score(only_first, only_second, trials, high) > -z) return high;
    double score_low = score(only_first, only_second, trials, low) + z;
    double score_high = score(only_first, only_second, trials, high) + z;
    // The score is infinite at an end of the range where the variance vanishes.
    if (!std::isfinite(score_high)) score_high = -1e3;
    int same_side = 0;
    for (int step = 0; step < 200 && high - low > 1e-13; ++step) {
        // Illinois' regula falsi, with a bisection now and then against steep ends.
        const bool halve = step % 8 == 7;
        const double middle =
            halve ? 0.5 * (low + high)
                  : (low * score_high - high * score_low) / (score_high - score_low);
        const double value = score(only_first, only_second, trials, middle) + z;
        if (value == 0.0) return middle;
        if (value > 0.0) {
            low = middle;
            score_low = value;
            if (same_side == 1) score_high *= 0.5;
            same_side = 1;
        } else {
            high = middle;
            score_high = value;
            if (same_side == -1) score_low *= 0.5;
            same_side = -1;
        }
    }
    return high;
}

}  // namespace

Interval wilson_interval(std::int64_t hits, std::int64_t trials, double confidence) {
    EXPECT(hits >= 0 && hits <= trials, "hits are some of the trials");
    if (trials == 0) return unknown;
    const double z = normal_quantile(0.5 + 0.5 * confidence);
    const double n = static_cast<double>(trials);
    const double share = static_cast<double>(hits) / n;
    const double centre = share + z * z / (2.0 * n);
    const double half = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
    const double scale = 1.0 + z * z / n;
    return {hits == 0 ? 0.0 : std::max((centre - half) / scale, 0.0),
            hits == trials ? 1.0 : std::min((centre + half) / scale, 1.0)};
}

Interval clopper_pearson_interval(std::int64_t hits, std::int64_t trials, double confidence) {
    EXPECT(hits >= 0 && hits <= trials, "hits are some of the trials");
    if (trials == 0) return unknown;
    const double tail = 0.5 - 0.5 * confidence;
    const double k = static_cast<double>(hits);
    const double n = static_cast<double>(trials);
    return {hits == 0 ? 0.0 : boost::math::ibeta_inv(k, n - k + 1.0, tail),
            hits == trials ? 1.0 : boost::math::ibetac_inv(k + 1.0, n - k, tail)};
}

double feared_value(const MeanSummary& values) {
    const double effective_hits =
        values.sum_of_squares > 0.0 ? values.sum * values.sum / values.sum_of_squares : 0.0;
    const double record = std::max(values.largest, 0.0);
    return record + std::max(1.0 - record, 0.0) / (effective_hits + 1.0);
}

Interval mean_interval(const MeanSummary& values, double confidence) {
    if (values.count == 0) return unknown;
    const double tail = 0.5 - 0.5 * confidence;
    return {1.0 - upper_end(complement_of(values), tail), upper_end(values, tail)};
}

Interval paired_interval(std::int64_t only_first, std::int64_t only_second, std::int64_t trials,
                         double confidence) {
    EXPECT(only_first >= 0 && only_second >= 0 && only_first + only_second <= trials,
           "discordant trials are some of the trials");
    if (trials == 0) return unknown;
    const double z = normal_quantile(0.5 + 0.5 * confidence);
    const double first = static_cast<double>(only_first);
    const double second = static_cast<double>(only_second);
    const double n = static_cast<double>(trials);
    return {-upper_difference(second, first, n, z), upper_difference(first, second, n, z)};
}

Interval mean_difference_interval(std::int64_t count, double sum, double sum_of_squares,
                                  double feared, double confidence) {
    if (count == 0) return unknown;
    const double n = static_cast<double>(count) + 1.0;
    const double t = student_quantile(0.5 + 0.5 * confidence, static_cast<double>(count));
    const auto end = [&](double direction) {
        const double mean = (sum + direction * feared) / n;
        const double mean_square = (sum_of_squares + feared * feared) / n;
        const double variance = std::max(mean_square - mean * mean, 0.0) / (n - 1.0);
        return std::clamp(mean + direction * t * std::sqrt(variance), -1.0, 1.0);
    };
    return {end(-1.0), end(1.0)};
}

double student_quantile(double probability, double freedom) {
    const boost::math::students_t_distribution<double> law(freedom);
    return boost::math::quantile(law, probability);
}

Interval student_interval(std::int64_t count, double mean, double squared_deviations,
                          const Interval& range, double confidence) {
    if (count < 2) return unknown;
    if (squared_deviations == 0.0) {
        const double others = wilson_interval(0, count, confidence).high;
        const auto end = [&](double bound) {
            return std::isfinite(bound) ? mean + others * (bound - mean) : unknown.low;
        };
        return {end(range.low), end(range.high)};
    }
    const double freedom = static_cast<double>(count) - 1.0;
    const double t = student_quantile(0.5 + 0.5 * confidence, freedom);
    const double half = t * std::sqrt(squared_deviations / freedom / static_cast<double>(count));
    return {std::max(mean - half, range.low), std::min(mean + half, range.high)};
}

}  // namespace firebreak
