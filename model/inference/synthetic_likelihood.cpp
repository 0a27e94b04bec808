#include "inference/synthetic_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "inference/matrix.hpp"

namespace firebreak {
namespace {

bool is_whole(const Statistics& run) {
    return !run.empty() &&
           std::all_of(run.begin(), run.end(), [](double value) { return std::isfinite(value); });
}

/// The share by which correlations are shrunk to 0: their estimated variance over their squares.
double shrinkage(std::span<const Statistics> runs, const Moments& found) {
    const std::size_t size = found.mean.size();
    const auto count = static_cast<double>(runs.size());
    double variance = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double unit = std::sqrt(found.covariance(i, i) * found.covariance(j, j));
            if (!(unit > 0.0)) continue;
            double mean = 0.0;
            double spread = 0.0;
            for (const Statistics& run : runs) {
                mean += (run[i] - found.mean[i]) * (run[j] - found.mean[j]) / unit / count;
            }
            for (const Statistics& run : runs) {
                const double product = (run[i] - found.mean[i]) * (run[j] - found.mean[j]) / unit;
                spread += (product - mean) * (product - mean);
            }
            variance += spread * count / ((count - 1.0) * (count - 1.0) * (count - 1.0));
            const double correlation = found.covariance(i, j) / unit;
            squares += correlation * correlation;
        }
    }
    return squares > 0.0 ? std::clamp(variance / squares, 0.0, 1.0) : 1.0;
}

}  // namespace

double synthetic_log_likelihood(const Observation& observation, std::span<const Statistics> runs) {
    EXPECT(runs.size() >= 3, "a covariance needs runs");
    if (!std::all_of(runs.begin(), runs.end(), is_whole)) {
        return -std::numeric_limits<double>::infinity();
    }
    const std::size_t size = observation.statistics.size();
    const std::vector<double> equal(runs.size(), 1.0);
    Moments found = moments(runs, equal);
    const double share = shrinkage(runs, found);
    Matrix& covariance = found.covariance;
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) {
            if (i != j) covariance(i, j) *= 1.0 - share;
        }
        covariance(i, i) += observation.discrepancy[i] * observation.discrepancy[i];
    }
    const Matrix lower = cholesky(covariance);
    std::vector<double> deviation;
    for (std::size_t i = 0; i < size; ++i) {
        deviation.push_back(observation.statistics[i] - found.mean[i]);
    }
    double square = 0.0;
    for (const double part : solve_lower(lower, deviation)) square += part * part;
    const auto count = static_cast<double>(runs.size());
    // The factors that do not hang on the place are left out.
    return -0.5 *
           (log_determinant(lower) + count * log_one_plus(square * count / (count * count - 1.0)));
}

}  // namespace firebreak
