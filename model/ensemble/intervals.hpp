#pragma once

#include <cstdint>

namespace firebreak {

/// A confidence interval.
struct Interval {
    double low{};
    double high{};
};

/// Wilson's score interval of a proportion: its level holds on average, near zero too. With no hits
/// the upper end is z^2/(n + z^2), never 0. NaN if there are no trials.
/// Source: E. B. Wilson (1927), J. Am. Stat. Assoc. 22, 209-212.
Interval wilson_interval(std::int64_t hits, std::int64_t trials, double confidence);

/// The exact interval of a proportion: its level is never below the one asked for.
/// Source: C. J. Clopper, E. S. Pearson (1934), Biometrika 26, 404-413.
Interval clopper_pearson_interval(std::int64_t hits, std::int64_t trials, double confidence);

/// What an interval of a mean needs to know of its values.
struct MeanSummary {
    std::int64_t count{};
    double sum{};
    double sum_of_squares{};
    double smallest{};
    double largest{};
};

/// Interval of a mean that is a probability, of values that are mostly near zero (a few may lie
/// outside [0, 1]): for weighted estimates of rare outcomes. The upper end is the quantile of a
/// beta law with the moments the sample would have with one more value as large as is to be feared;
/// the lower end is the mirror image. For values 0 and 1 it is Clopper and Pearson's; for weighted
/// counts it is the gamma interval of Fay and Feuer. The largest value to be feared is the record w
/// seen so far plus (1 - w)/(h + 1), with h = (sum x)^2 / sum x^2 the effective number of hits: the
/// next hit breaks the record of h with probability 1/(h + 1), and is 1 at most. So all zeros give
/// the interval of no hits, not [0, 0]. Source: M. P. Fay, E. J. Feuer (1997), Statistics in
/// Medicine 16, 791-801.
Interval mean_interval(const MeanSummary& values, double confidence);

/// The largest value to be feared next (see `mean_interval`) [1].
double feared_value(const MeanSummary& values);

/// Score interval of the difference of two proportions on the same trials, from the trials in which
/// only the first happened and only the second. No discordant trial gives +-z^2/(n + z^2).
/// Source: T. Tango (1998), Statistics in Medicine 17, 891-908.
Interval paired_interval(std::int64_t only_first, std::int64_t only_second, std::int64_t trials,
                         double confidence);

/// Interval of a mean difference of paired values whose differences lie in [-1, 1]: Student's, of
/// the sample with one more difference of the size `feared` in the direction of each end.
Interval mean_difference_interval(std::int64_t count, double sum, double sum_of_squares,
                                  double feared, double confidence);

/// Quantile of Student's law. `freedom` above 0.
double student_quantile(double probability, double freedom);

/// Student's interval of the mean of values in a range, cut to the range, from their mean and the
/// sum of their squared deviations from it. Values that are all equal do not show how far others
/// may lie; then the share of others is bounded by Wilson's interval of no hits and each taken to
/// lie at the end of the range, so that an end of the interval is NaN where the range has none.
/// NaN with fewer than two values.
Interval student_interval(std::int64_t count, double mean, double squared_deviations,
                          const Interval& range, double confidence);

}  // namespace firebreak
