#include "inference/regression_adjustment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/error.hpp"
#include "inference/matrix.hpp"

namespace firebreak {
namespace {

/// Statistics that say nearly the same must not be told apart by chance: this share of their
/// variance is added to it.
constexpr double ridge = 1e-3;

/// Epanechnikov's kernel: 1 at the observation, 0 at the tolerance.
std::vector<double> local_weights(const AbcResult& fit) {
    double tolerance = 0.0;
    for (const Particle& particle : fit.particles) {
        if (std::isfinite(particle.distance)) tolerance = std::max(tolerance, particle.distance);
    }
    std::vector<double> weights;
    double sum = 0.0;
    for (const Particle& particle : fit.particles) {
        const double share = tolerance > 0.0 ? particle.distance / tolerance : 0.0;
        weights.push_back(share < 1.0 ? particle.weight * (1.0 - share * share) : 0.0);
        sum += weights.back();
    }
    if (sum > 0.0) {
        for (double& weight : weights) weight /= sum;
        return weights;
    }
    // All equally far: none is nearer than another.
    weights.clear();
    for (const Particle& particle : fit.particles) weights.push_back(particle.weight);
    return weights;
}

/// The observation, but in no statistic beyond what the particles reach: where the model misses it,
/// a regression would take the parameters far beyond anything that was tried.
/// Source: D. T. Frazier, C. P. Robert, J. Rousseau (2020), J. R. Stat. Soc. B 82, 421-444.
Statistics within_reach(const AbcResult& fit, const std::vector<double>& weights,
                        Statistics observed) {
    for (std::size_t i = 0; i < observed.size(); ++i) {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (std::size_t p = 0; p < weights.size(); ++p) {
            if (weights[p] == 0.0) continue;
            low = std::min(low, fit.particles[p].statistics[i]);
            high = std::max(high, fit.particles[p].statistics[i]);
        }
        observed[i] = std::clamp(observed[i], low, high);
    }
    return observed;
}

/// How many independent particles tell as much: copies count as one.
double effective_number(const AbcResult& fit, const std::vector<double>& weights) {
    std::map<std::vector<double>, double> places;
    for (std::size_t p = 0; p < weights.size(); ++p) places[fit.particles[p].probits] += weights[p];
    double squares = 0.0;
    for (const auto& [place, weight] : places) squares += weight * weight;
    return 1.0 / squares;
}

/// What residuals of a regression are multiplied with, so that their spread is that of new ones:
/// the regression has used up as many of them as it has coefficients.
double spread_lost(double number, std::size_t terms) {
    return std::sqrt(number / std::max(number - static_cast<double>(terms) - 1.0, 1.0));
}

/// A statistic of a particle, in scales from the observation.
double apart(const AbcResult& fit, const Statistics& observed, const Particle& particle,
             std::size_t i) {
    return (particle.statistics[i] - observed[i]) / fit.scale[i];
}

}  // namespace

std::vector<PosteriorDraw> adjusted_draws(const AbcResult& fit, const Statistics& observation) {
    const std::vector<double> weights = local_weights(fit);
    const Statistics observed = within_reach(fit, weights, observation);
    const std::size_t terms = observed.size();
    const std::size_t parameters = fit.particles.front().probits.size();
    std::vector<double> centre(terms, 0.0);
    std::vector<double> mean(parameters, 0.0);
    for (std::size_t p = 0; p < weights.size(); ++p) {
        if (weights[p] == 0.0) continue;
        const Particle& particle = fit.particles[p];
        for (std::size_t i = 0; i < terms; ++i) {
            centre[i] += weights[p] * apart(fit, observed, particle, i);
        }
        for (std::size_t k = 0; k < parameters; ++k) mean[k] += weights[p] * particle.probits[k];
    }
    Matrix spread(terms, terms);
    Matrix shared(parameters, terms);
    for (std::size_t p = 0; p < weights.size(); ++p) {
        if (weights[p] == 0.0) continue;
        const Particle& particle = fit.particles[p];
        for (std::size_t i = 0; i < terms; ++i) {
            const double x = weights[p] * (apart(fit, observed, particle, i) - centre[i]);
            for (std::size_t j = 0; j < terms; ++j) {
                spread(i, j) += x * (apart(fit, observed, particle, j) - centre[j]);
            }
            for (std::size_t k = 0; k < parameters; ++k) {
                shared(k, i) += x * (particle.probits[k] - mean[k]);
            }
        }
    }
    for (std::size_t i = 0; i < terms; ++i) spread(i, i) += ridge * spread(i, i) + 1e-12;
    const Matrix lower = cholesky(spread);
    std::vector<std::vector<double>> slopes;
    for (std::size_t k = 0; k < parameters; ++k) {
        std::vector<double> right;
        for (std::size_t i = 0; i < terms; ++i) right.push_back(shared(k, i));
        slopes.push_back(solve(lower, right));
    }
    const double widening = spread_lost(effective_number(fit, weights), terms);
    std::vector<PosteriorDraw> draws;
    for (std::size_t p = 0; p < weights.size(); ++p) {
        if (weights[p] == 0.0) continue;
        const Particle& particle = fit.particles[p];
        std::vector<double> probits = particle.probits;
        for (std::size_t k = 0; k < parameters; ++k) {
            double centre_here = mean[k];
            for (std::size_t i = 0; i < terms; ++i) {
                probits[k] -= slopes[k][i] * apart(fit, observed, particle, i);
                centre_here -= slopes[k][i] * centre[i];
            }
            probits[k] = centre_here + widening * (probits[k] - centre_here);
        }
        draws.push_back({place_of(probits), weights[p]});
    }
    ENSURE(!draws.empty(), "a posterior has draws");
    return draws;
}

}  // namespace firebreak
