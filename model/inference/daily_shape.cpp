#include "inference/daily_shape.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "base/elementary.hpp"

namespace firebreak {
namespace {

constexpr double largest_size = 1000.0;

double mean_of(std::span<const double> values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

double variance_of(std::span<const double> values) {
    if (values.size() < 2) return 0.0;
    const double mean = mean_of(values);
    double sum = 0.0;
    for (const double value : values) sum += (value - mean) * (value - mean);
    return sum / static_cast<double>(values.size() - 1);
}

double correlation_of(std::span<const double> left, std::span<const double> right) {
    const double left_mean = mean_of(left);
    const double right_mean = mean_of(right);
    double product = 0.0;
    double left_square = 0.0;
    double right_square = 0.0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        product += (left[i] - left_mean) * (right[i] - right_mean);
        left_square += (left[i] - left_mean) * (left[i] - left_mean);
        right_square += (right[i] - right_mean) * (right[i] - right_mean);
    }
    const double scale = std::sqrt(left_square * right_square);
    // What is even but for rounding is correlated with nothing.
    return scale > 1e-12 ? product / scale : 0.0;
}

}  // namespace

DailyShape shape_of(std::span<const DailyViolations> days) {
    std::vector<double> total;
    std::vector<double> logs;
    std::vector<double> luhansk;
    std::vector<double> donetsk;
    for (const DailyViolations& day : days) {
        total.push_back(day.luhansk + day.donetsk);
        logs.push_back(log_one_plus(total.back()));
        luhansk.push_back(log_one_plus(day.luhansk));
        donetsk.push_back(log_one_plus(day.donetsk));
    }
    std::vector<double> before;
    std::vector<double> after;
    for (std::size_t i = 1; i < days.size(); ++i) {
        if (days[i].day != days[i - 1].day + 1) continue;
        before.push_back(logs[i - 1]);
        after.push_back(logs[i]);
    }
    DailyShape shape;
    shape.mean = mean_of(total);
    shape.log_sd = std::sqrt(variance_of(logs));
    const double excess = variance_of(total) - shape.mean;
    shape.negative_binomial_size =
        excess > 0.0 ? std::min(shape.mean * shape.mean / excess, largest_size) : largest_size;
    shape.log_autocorrelation = correlation_of(before, after);
    shape.regional_log_correlation = correlation_of(luhansk, donetsk);
    return shape;
}

}  // namespace firebreak
