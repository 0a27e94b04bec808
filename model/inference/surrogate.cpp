#include "inference/surrogate.hpp"

#include <cmath>

#include "base/error.hpp"

namespace firebreak {
namespace {

/// Coefficients that the particles leave open stay near 0: as if so many of them said so.
constexpr double ridge = 1.0;

/// What a surrogate misses must lie within its reach, so its variance is raised by this.
constexpr double widening = 1.5;

std::vector<double> features(std::span<const double> probits) {
    std::vector<double> found{1.0};
    for (const double probit : probits) {
        found.push_back(probit);
        found.push_back(probit * probit);
    }
    return found;
}

double product(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

}  // namespace

Surrogate::Surrogate(const AbcResult& fit, const Statistics& observed) : scale_(fit.scale) {
    std::vector<std::vector<double>> inputs;
    std::vector<const Particle*> used;
    for (const Particle& particle : fit.particles) {
        if (!std::isfinite(particle.distance)) continue;
        used.push_back(&particle);
        inputs.push_back(features(particle.probits));
    }
    EXPECT(!used.empty(), "a surrogate needs particles");
    const std::size_t size = inputs.front().size();
    // Equal weights: a regression needs none, and even ones tell most.
    Matrix square(size, size);
    for (std::size_t i = 0; i < size; ++i) square(i, i) = i == 0 ? 0.0 : ridge;
    for (const auto& input : inputs) {
        for (std::size_t i = 0; i < size; ++i) {
            for (std::size_t j = 0; j < size; ++j) square(i, j) += input[i] * input[j];
        }
    }
    const Matrix normal = cholesky(square);
    std::vector<std::vector<double>> residuals(used.size());
    for (std::size_t s = 0; s < observed.size(); ++s) {
        observed_.push_back(observed[s] / scale_[s]);
        std::vector<double> right(size, 0.0);
        for (std::size_t p = 0; p < used.size(); ++p) {
            for (std::size_t i = 0; i < size; ++i) {
                right[i] += inputs[p][i] * used[p]->statistics[s] / scale_[s];
            }
        }
        terms_.push_back(solve(normal, right));
        for (std::size_t p = 0; p < used.size(); ++p) {
            residuals[p].push_back(used[p]->statistics[s] / scale_[s] -
                                   product(terms_.back(), inputs[p]));
        }
    }
    const std::vector<double> equal(used.size(), 1.0);
    Matrix covariance = moments(residuals, equal).covariance;
    for (std::size_t i = 0; i < observed.size(); ++i) {
        for (std::size_t j = 0; j < observed.size(); ++j) covariance(i, j) *= widening;
        covariance(i, i) += 1e-6;
    }
    lower_ = cholesky(covariance);
}

double Surrogate::log_likelihood(std::span<const double> probits) const {
    const std::vector<double> input = features(probits);
    std::vector<double> deviation;
    for (std::size_t s = 0; s < observed_.size(); ++s) {
        deviation.push_back(observed_[s] - product(terms_[s], input));
    }
    double square = 0.0;
    for (const double part : solve_lower(lower_, deviation)) square += part * part;
    return -0.5 * square;
}

}  // namespace firebreak
