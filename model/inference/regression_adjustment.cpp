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

/// Epanechnikov's kernel: 1 at the observation, 0 at the tolerance; where all are equally far, none
/// is nearer than another. They sum to 1.
std::vector<double> local_weights(const AbcResult& fit) {
    double tolerance = 0.0;
    for (const Particle& particle : fit.particles) {
        if (std::isfinite(particle.distance)) tolerance = std::max(tolerance, particle.distance);
    }
    std::vector<double> near;
    std::vector<double> any;
    for (const Particle& particle : fit.particles) {
        // Where the model could not be there are no statistics.
        any.push_back(std::isfinite(particle.distance) ? particle.weight : 0.0);
        const double share = any.back() > 0.0 ? particle.distance / tolerance : 1.0;
        near.push_back(share < 1.0 ? particle.weight * (1.0 - share * share) : 0.0);
    }
    const bool nearer = std::ranges::any_of(near, [](double weight) { return weight > 0.0; });
    std::vector<double> weights = nearer ? std::move(near) : std::move(any);
    double sum = 0.0;
    for (const double weight : weights) sum += weight;
    for (double& weight : weights) weight /= sum;
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

/// Length of a deviation from the mean in the particles' own spread (Mahalanobis).
double length_of(const Matrix& lower, const std::vector<double>& deviation) {
    double squares = 0.0;
    for (const double part : solve_lower(lower, deviation)) squares += part * part;
    return std::sqrt(squares);
}

/// Statistics of particles about the observation, and what they say of the parameters.
class LocalRegression {
  public:
    LocalRegression(const AbcResult& fit, const std::vector<double>& weights,
                    const Statistics& observed)
        : fit_(fit),
          weights_(weights),
          observed_(observed),
          terms_(observed.size()),
          parameters_(fit.particles.front().probits.size()),
          centre_(terms_, 0.0),
          mean_(parameters_, 0.0) {
        for (std::size_t p = 0; p < weights.size(); ++p) {
            if (weights[p] == 0.0) continue;
            const Particle& particle = fit.particles[p];
            for (std::size_t i = 0; i < terms_; ++i) centre_[i] += weights[p] * apart(particle, i);
            for (std::size_t k = 0; k < parameters_; ++k) {
                mean_[k] += weights[p] * particle.probits[k];
            }
        }
        regress();
        limit_reach();
    }

    /// Each particle as it would be at the observation.
    std::vector<PosteriorDraw> adjusted() const {
        const double widening = spread_lost(effective_number(fit_, weights_), terms_);
        std::vector<PosteriorDraw> draws;
        for (std::size_t p = 0; p < weights_.size(); ++p) {
            if (weights_[p] == 0.0) continue;
            const Particle& particle = fit_.particles[p];
            std::vector<double> probits = particle.probits;
            for (std::size_t k = 0; k < parameters_; ++k) {
                double centre_here = mean_[k];
                for (std::size_t i = 0; i < terms_; ++i) {
                    probits[k] -= slopes_[k][i] * (apart(particle, i) - short_of_[i]);
                    centre_here -= slopes_[k][i] * (centre_[i] - short_of_[i]);
                }
                probits[k] = centre_here + widening * (probits[k] - centre_here);
            }
            draws.push_back({place_of(probits), weights_[p]});
        }
        ENSURE(!draws.empty(), "a posterior has draws");
        return draws;
    }

  private:
    /// A statistic of a particle, in scales from the observation.
    double apart(const Particle& particle, std::size_t i) const {
        return (particle.statistics[i] - observed_[i]) / fit_.scale[i];
    }

    void regress() {
        Matrix spread(terms_, terms_);
        Matrix shared(parameters_, terms_);
        for (std::size_t p = 0; p < weights_.size(); ++p) {
            if (weights_[p] == 0.0) continue;
            const Particle& particle = fit_.particles[p];
            for (std::size_t i = 0; i < terms_; ++i) {
                const double x = weights_[p] * (apart(particle, i) - centre_[i]);
                for (std::size_t j = 0; j < terms_; ++j) {
                    spread(i, j) += x * (apart(particle, j) - centre_[j]);
                }
                for (std::size_t k = 0; k < parameters_; ++k) {
                    shared(k, i) += x * (particle.probits[k] - mean_[k]);
                }
            }
        }
        for (std::size_t i = 0; i < terms_; ++i) spread(i, i) += ridge * spread(i, i) + 1e-12;
        lower_ = cholesky(spread);
        for (std::size_t k = 0; k < parameters_; ++k) {
            std::vector<double> right;
            for (std::size_t i = 0; i < terms_; ++i) right.push_back(shared(k, i));
            slopes_.push_back(solve(lower_, right));
        }
    }

    /// Each statistic of the observation may be within reach and all together not: then the
    /// regression goes towards it only as far as the particle that is furthest from the mean.
    void limit_reach() {
        double furthest = 0.0;
        std::vector<double> deviation(terms_);
        for (std::size_t p = 0; p < weights_.size(); ++p) {
            if (weights_[p] == 0.0) continue;
            for (std::size_t i = 0; i < terms_; ++i) {
                deviation[i] = apart(fit_.particles[p], i) - centre_[i];
            }
            furthest = std::max(furthest, length_of(lower_, deviation));
        }
        const double wanted = length_of(lower_, centre_);
        for (const double one : centre_) {
            short_of_.push_back(wanted > furthest ? (1.0 - furthest / wanted) * one : 0.0);
        }
    }

    const AbcResult& fit_;
    const std::vector<double>& weights_;
    const Statistics& observed_;
    std::size_t terms_;
    std::size_t parameters_;
    std::vector<double> centre_;  ///< mean of the statistics, in scales from the observation
    std::vector<double> mean_;    ///< of the probits
    Matrix lower_;                ///< of the spread of the statistics
    std::vector<std::vector<double>> slopes_;  ///< by parameter
    std::vector<double> short_of_;  ///< where the regression ends, in scales from the observation
};

}  // namespace

std::vector<PosteriorDraw> adjusted_draws(const AbcResult& fit, const Statistics& observation) {
    const std::vector<double> weights = local_weights(fit);
    const Statistics observed = within_reach(fit, weights, observation);
    return LocalRegression(fit, weights, observed).adjusted();
}

}  // namespace firebreak
