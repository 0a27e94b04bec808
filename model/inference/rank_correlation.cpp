#include "inference/rank_correlation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "inference/matrix.hpp"

namespace firebreak {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double negligible = 1e-12;  ///< share of a variance below which it is rounding
/// Place on the diagonal of (X'X)^-1 above which a factor follows from others. `cholesky` adds
/// 1e-10 to the diagonal of a singular matrix, which makes it 1e10 times the factor's share in what
/// is dependent: 5e9 for one of a pair, 1e8 for one of a hundred.
constexpr double dependent = 0.5e8;

double product(std::span<const double> one, std::span<const double> other) {
    return std::inner_product(one.begin(), one.end(), other.begin(), 0.0);
}

/// Ranks less their mean, of length 1; all 0 if nothing varies.
std::vector<double> standard_ranks(std::span<const double> values) {
    std::vector<double> ranks = ranks_of(values);
    for (double& rank : ranks) rank -= (static_cast<double>(ranks.size()) + 1.0) / 2.0;
    const double length = std::sqrt(product(ranks, ranks));
    if (length > 0.0) {
        for (double& rank : ranks) rank /= length;
    }
    return ranks;
}

bool varies(const std::vector<double>& ranks) { return product(ranks, ranks) > 0.5; }

/// Coefficients of columns with an answer, both of length 1. One regression gives them all: with
/// coefficient b, residual sum r and v the factor's place on the diagonal of (X'X)^-1, what the
/// others leave of the response is b^2 / v + r.
std::vector<double> partial(const std::vector<std::vector<double>>& columns,
                            const std::vector<double>& answer) {
    const std::size_t size = columns.size();
    Matrix between(size, size);
    std::vector<double> with(size);
    for (std::size_t one = 0; one < size; ++one) {
        with[one] = product(columns[one], answer);
        for (std::size_t other = 0; other < size; ++other) {
            between(one, other) = product(columns[one], columns[other]);
        }
    }
    const Matrix lower = cholesky(between);
    const std::vector<double> slope = solve(lower, with);
    const double unexplained = std::max(0.0, 1.0 - product(slope, with));
    std::vector<double> estimate(size, nan);
    for (std::size_t one = 0; one < size; ++one) {
        std::vector<double> unit(size, 0.0);
        unit[one] = 1.0;
        const double diagonal = solve(lower, unit)[one];
        const double own = slope[one] * slope[one] / diagonal;
        if (diagonal > dependent || own + unexplained <= negligible) continue;
        estimate[one] = std::copysign(std::sqrt(own / (own + unexplained)), slope[one]);
    }
    return estimate;
}

}  // namespace

double RankCorrelations::limit(double comparisons, double confidence) const {
    const double tail = (1.0 - confidence) / (2.0 * std::max(1.0, comparisons));
    return std::tanh(normal_quantile(1.0 - tail) * standard_error);
}

std::vector<double> ranks_of(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t one, std::size_t other) { return values[one] < values[other]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
        for (std::size_t at = begin; at < end; ++at) {
            ranks[order[at]] = static_cast<double>(begin + 1 + end) / 2.0;
        }
        begin = end;
    }
    return ranks;
}

RankCorrelations rank_correlations(std::span<const std::vector<double>> factors,
                                   std::span<const double> response) {
    EXPECT(factors.size() == response.size(), "a response for every point");
    RankCorrelations result;
    const std::size_t all = factors.empty() ? 0 : factors.front().size();
    result.estimate.assign(all, nan);
    std::vector<std::vector<double>> columns;
    std::vector<std::size_t> places;
    std::size_t independent = 0;
    for (std::size_t factor = 0; factor < all; ++factor) {
        std::vector<double> values;
        for (const std::vector<double>& point : factors) values.push_back(point[factor]);
        independent = std::max(independent, std::set<double>(values.begin(), values.end()).size());
        std::vector<double> ranks = standard_ranks(values);
        if (!varies(ranks)) continue;
        columns.push_back(std::move(ranks));
        places.push_back(factor);
    }
    const std::vector<double> answer = standard_ranks(response);
    result.partial = response.size() > columns.size() + 3;
    if (!columns.empty() && varies(answer)) {
        std::vector<double> found;
        if (result.partial) {
            found = partial(columns, answer);
        } else {
            for (const auto& column : columns) found.push_back(product(column, answer));
        }
        for (std::size_t at = 0; at < places.size(); ++at) result.estimate[places[at]] = found[at];
    }
    const double freedom = static_cast<double>(independent) -
                           (result.partial ? 2.0 + static_cast<double>(columns.size()) : 3.0);
    result.standard_error =
        freedom > 0.0 ? 1.0 / std::sqrt(freedom) : std::numeric_limits<double>::infinity();
    return result;
}

}  // namespace firebreak
