#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace firebreak {

/// A small dense matrix.
class Matrix {
  public:
    Matrix() = default;

    Matrix(std::size_t rows, std::size_t columns) : columns_(columns), values_(rows * columns) {}

    double& operator()(std::size_t row, std::size_t column) {
        return values_[row * columns_ + column];
    }

    double operator()(std::size_t row, std::size_t column) const {
        return values_[row * columns_ + column];
    }

    std::size_t columns() const { return columns_; }

    std::size_t rows() const { return columns_ == 0 ? 0 : values_.size() / columns_; }

    bool operator==(const Matrix&) const = default;

  private:
    std::size_t columns_ = 0;
    std::vector<double> values_;
};

/// The lower triangle L with L L' = a symmetric matrix. Where that is not positive definite, a
/// growing share of its mean diagonal is added until it is.
Matrix cholesky(const Matrix& symmetric);

/// x with L x = right, for a lower triangle L.
std::vector<double> solve_lower(const Matrix& lower, std::span<const double> right);

/// x with L L' x = right.
std::vector<double> solve(const Matrix& lower, std::span<const double> right);

/// L x.
std::vector<double> times(const Matrix& lower, std::span<const double> x);

/// log det(L L').
double log_determinant(const Matrix& lower);

/// Mean and covariance of points; the covariance is divided by n - 1, or for weights that differ by
/// 1 - sum of their squared shares.
struct Moments {
    std::vector<double> mean;
    Matrix covariance;
};

Moments moments(std::span<const std::vector<double>> points, std::span<const double> weights);

/// Log density of a normal law at a distance from its mean, for L L' its covariance.
double log_normal_density(std::span<const double> deviation, const Matrix& lower);

}  // namespace firebreak
