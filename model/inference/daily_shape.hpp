#pragma once

#include <span>

namespace firebreak {

/// The violations of one day, by region.
struct DailyViolations {
    int day{};
    double luhansk{};
    double donetsk{};
};

/// How the totals of days vary. Logarithms are of 1 + the total.
struct DailyShape {
    double mean{};                      ///< [1/d]
    double log_sd{};                    ///< [log]
    double negative_binomial_size{};    ///< mean^2 / (variance - mean), at most 1000 [1]
    double log_autocorrelation{};       ///< of pairs of days that follow each other [1]
    double regional_log_correlation{};  ///< of Luhansk and Donetsk [1]
};

/// The shape of a sample of days in ascending order. What the sample is too small or too even for
/// is 0.
DailyShape shape_of(std::span<const DailyViolations> days);

}  // namespace firebreak
