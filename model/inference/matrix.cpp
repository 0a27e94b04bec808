#include "inference/matrix.hpp"

#include <cmath>
#include <numbers>
#include <optional>

#include "base/elementary.hpp"
#include "base/error.hpp"

namespace firebreak {
namespace {

std::optional<Matrix> try_cholesky(const Matrix& symmetric, double ridge) {
    const std::size_t size = symmetric.rows();
    Matrix lower(size, size);
    for (std::size_t row = 0; row < size; ++row) {
        for (std::size_t column = 0; column <= row; ++column) {
            double rest = symmetric(row, column) + (row == column ? ridge : 0.0);
            for (std::size_t k = 0; k < column; ++k) rest -= lower(row, k) * lower(column, k);
            if (row == column) {
                if (!(rest > 1e-14 * (symmetric(row, row) + ridge))) return std::nullopt;
                lower(row, row) = std::sqrt(rest);
            } else {
                lower(row, column) = rest / lower(column, column);
            }
        }
    }
    return lower;
}

}  // namespace

Matrix cholesky(const Matrix& symmetric) {
    double mean_diagonal = 0.0;
    for (std::size_t i = 0; i < symmetric.rows(); ++i) mean_diagonal += symmetric(i, i);
    mean_diagonal /= static_cast<double>(symmetric.rows());
    const double unit = mean_diagonal > 0.0 ? mean_diagonal : 1.0;
    for (double share = 0.0; share < 1e6; share = share == 0.0 ? 1e-10 : share * 10.0) {
        if (auto lower = try_cholesky(symmetric, share * unit)) return *std::move(lower);
    }
    // Not under a contract: without this end, one number that is none would keep us for ever.
    throw LogicError("a covariance is not finite");
}

std::vector<double> solve_lower(const Matrix& lower, std::span<const double> right) {
    std::vector<double> x(right.begin(), right.end());
    for (std::size_t row = 0; row < x.size(); ++row) {
        for (std::size_t k = 0; k < row; ++k) x[row] -= lower(row, k) * x[k];
        x[row] /= lower(row, row);
    }
    return x;
}

std::vector<double> solve(const Matrix& lower, std::span<const double> right) {
    std::vector<double> x = solve_lower(lower, right);
    for (std::size_t row = x.size(); row-- > 0;) {
        for (std::size_t k = row + 1; k < x.size(); ++k) x[row] -= lower(k, row) * x[k];
        x[row] /= lower(row, row);
    }
    return x;
}

std::vector<double> times(const Matrix& lower, std::span<const double> x) {
    std::vector<double> product(x.size(), 0.0);
    for (std::size_t row = 0; row < x.size(); ++row) {
        for (std::size_t k = 0; k <= row; ++k) product[row] += lower(row, k) * x[k];
    }
    return product;
}

double log_determinant(const Matrix& lower) {
    double sum = 0.0;
    for (std::size_t row = 0; row < lower.rows(); ++row) sum += logarithm(lower(row, row));
    return 2.0 * sum;
}

Moments moments(std::span<const std::vector<double>> points, std::span<const double> weights) {
    EXPECT(!points.empty() && points.size() == weights.size(), "every point has a weight");
    const std::size_t size = points.front().size();
    double total = 0.0;
    for (const double weight : weights) total += weight;
    Moments found{std::vector<double>(size, 0.0), Matrix(size, size)};
    double squares = 0.0;
    for (std::size_t point = 0; point < points.size(); ++point) {
        const double share = weights[point] / total;
        squares += share * share;
        for (std::size_t i = 0; i < size; ++i) found.mean[i] += share * points[point][i];
    }
    const double divisor = squares < 1.0 ? 1.0 - squares : 1.0;
    for (std::size_t point = 0; point < points.size(); ++point) {
        const double share = weights[point] / total / divisor;
        for (std::size_t i = 0; i < size; ++i) {
            const double apart = share * (points[point][i] - found.mean[i]);
            for (std::size_t j = 0; j <= i; ++j) {
                found.covariance(i, j) += apart * (points[point][j] - found.mean[j]);
            }
        }
    }
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < i; ++j) found.covariance(j, i) = found.covariance(i, j);
    }
    return found;
}

double log_normal_density(std::span<const double> deviation, const Matrix& lower) {
    double square = 0.0;
    for (const double part : solve_lower(lower, deviation)) square += part * part;
    return -0.5 * (square + log_determinant(lower) +
                   static_cast<double>(deviation.size()) * logarithm(2.0 * std::numbers::pi));
}

}  // namespace firebreak
