#include "inference/abc_smc.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "inference/matrix.hpp"

namespace firebreak {
namespace {

constexpr std::uint16_t parent_draw = 0;
constexpr std::uint16_t jump_draw = 1;

std::uint32_t subject_of(const FitLuck& luck, std::size_t part) {
    EXPECT(part < 256 && luck.stream < (1U << 24), "an address has room for this");
    return luck.stream << 8 | static_cast<std::uint32_t>(part);
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double scale_of(const std::vector<double>& values) {
    if (values.empty()) return 1.0;
    const double centre = median(values);
    std::vector<double> apart;
    double squares = 0.0;
    for (const double value : values) {
        apart.push_back(std::abs(value - centre));
        squares += apart.back() * apart.back();
    }
    const double deviation = median(apart);
    if (deviation > 0.0) return deviation;
    const double spread = std::sqrt(squares / static_cast<double>(values.size()));
    return spread > 0.0 ? spread : 1.0;
}

/// Normal laws of one covariance around weighted places.
class Mixture {
  public:
    Mixture(const std::vector<std::vector<double>>& places, const std::vector<double>& weights,
            const Matrix& kernel)
        : kernel_(kernel), weights_(weights) {
        const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
        const double peak = exponential(-0.5 * log_determinant(kernel)) / total;
        for (double& weight : weights_) weight *= peak;
        for (const auto& place : places) {
            const std::vector<double> white = solve_lower(kernel, place);
            centres_.insert(centres_.end(), white.begin(), white.end());
        }
    }

    /// But for the powers of 2 pi, which the prior has as well.
    double density(const std::vector<double>& place) const {
        const std::vector<double> white = solve_lower(kernel_, place);
        double sum = 0.0;
        const double* centre = centres_.data();
        for (const double weight : weights_) {
            double square = 0.0;
            for (const double part : white) {
                const double apart = part - *centre++;
                square += apart * apart;
            }
            sum += weight * exponential(-0.5 * square);
        }
        return sum;
    }

  private:
    const Matrix& kernel_;
    std::vector<double> weights_;
    std::vector<double> centres_;  ///< whitened, one after another
};

/// Prior density over the density with which a place was proposed.
double importance(const std::vector<double>& probits, const Mixture& proposed) {
    double square = 0.0;
    for (const double probit : probits) square += probit * probit;
    const double density = proposed.density(probits);
    return density > 0.0 ? exponential(-0.5 * square) / density : 0.0;
}

/// The population as it moves towards the observation.
class Population {
  public:
    Population(std::size_t parameters, const Observation& observation, const AbcSettings& settings,
               const FitLuck& luck, const Simulate& simulate)
        : parameters_(parameters),
          observation_(observation),
          settings_(settings),
          luck_(luck),
          simulate_(simulate),
          keeps_(static_cast<std::size_t>(settings.kept * settings.particles)) {
        EXPECT(parameters > 0, "there is something to fit");
        EXPECT(observation.statistics.size() == observation.discrepancy.size(),
               "every statistic has a discrepancy");
        EXPECT(keeps_ >= 2 && keeps_ < settings.particles, "some are kept and some made anew");
    }

    AbcResult run() {
        begin();
        const std::uint32_t fresh = settings_.particles - static_cast<std::uint32_t>(keeps_);
        // Without a spread of distances there is nothing to come nearer to.
        while (result_.trials + fresh <= settings_.most_trials &&
               result_.generations.back().acceptance >= settings_.least_acceptance &&
               result_.generations.back().tolerance > 0.0) {
            renew(fresh);
        }
        normalise();
        return std::move(result_);
    }

  private:
    DrawAddress address(std::uint32_t particle, std::uint16_t index, std::size_t part) const {
        return {.replication = particle,
                .day = static_cast<std::uint32_t>(result_.generations.size()),
                .purpose = Purpose::calibration_proposal,
                .index = index,
                .subject = subject_of(luck_, part)};
    }

    void begin() {
        std::vector<std::vector<double>> probits(settings_.particles);
        for (std::uint32_t particle = 0; particle < settings_.particles; ++particle) {
            for (std::size_t i = 0; i < parameters_; ++i) {
                probits[particle].push_back(luck_.draws.normal(address(particle, jump_draw, i)));
            }
        }
        add(probits, std::vector<double>(settings_.particles, 1.0));
        std::vector<Statistics> runs;
        for (const Particle& particle : result_.particles) runs.push_back(particle.statistics);
        result_.scale = robust_scale(runs, observation_.statistics.size());
        for (Particle& particle : result_.particles) particle.distance = distance(particle);
        select();
        note(1.0);
    }

    void renew(std::uint32_t fresh) {
        const double tolerance = result_.generations.back().tolerance;
        std::vector<std::vector<double>> places;
        std::vector<double> weights;
        for (const Particle& particle : result_.particles) {
            places.push_back(particle.probits);
            weights.push_back(particle.weight);
        }
        Matrix twice = moments(places, weights).covariance;
        for (std::size_t i = 0; i < parameters_; ++i) {
            for (std::size_t j = 0; j < parameters_; ++j) twice(i, j) *= 2.0;
        }
        const Matrix kernel = cholesky(twice);
        const Mixture proposed(places, weights, kernel);
        std::vector<std::vector<double>> probits;
        std::vector<double> fresh_weights;
        for (std::uint32_t particle = 0; particle < fresh; ++particle) {
            probits.push_back(proposal(particle, places, weights, kernel));
            fresh_weights.push_back(importance(probits.back(), proposed));
        }
        add(probits, fresh_weights);
        std::size_t nearer = 0;
        for (std::size_t i = keeps_; i < result_.particles.size(); ++i) {
            Particle& particle = result_.particles[i];
            particle.distance = distance(particle);
            if (particle.distance < tolerance) ++nearer;
        }
        select();
        note(static_cast<double>(nearer) / fresh);
    }

    std::vector<double> proposal(std::uint32_t particle,
                                 const std::vector<std::vector<double>>& places,
                                 const std::vector<double>& weights, const Matrix& kernel) const {
        const std::size_t parent =
            luck_.draws.categorical(weights, address(particle, parent_draw, 0));
        std::vector<double> jump;
        for (std::size_t i = 0; i < parameters_; ++i) {
            jump.push_back(luck_.draws.normal(address(particle, jump_draw, i)));
        }
        jump = times(kernel, jump);
        for (std::size_t i = 0; i < parameters_; ++i) jump[i] += places[parent][i];
        return jump;
    }

    void add(const std::vector<std::vector<double>>& probits, const std::vector<double>& weights) {
        std::vector<Trial> trials;
        for (const auto& one : probits) {
            const auto number = static_cast<std::uint32_t>(result_.trials + trials.size());
            trials.push_back({place_of(one), number});
        }
        std::vector<Statistics> answers = simulate_(trials);
        ENSURE(answers.size() == trials.size(), "every trial has an answer");
        for (std::size_t i = 0; i < trials.size(); ++i) {
            Statistics statistics = with_discrepancy(
                std::move(answers[i]), observation_.discrepancy, luck_, trials[i].luck);
            result_.particles.push_back({probits[i], std::move(statistics), 0.0, weights[i]});
        }
        result_.trials += trials.size();
    }

    double distance(const Particle& particle) const {
        if (particle.statistics.empty()) return std::numeric_limits<double>::infinity();
        double squares = 0.0;
        for (std::size_t i = 0; i < particle.statistics.size(); ++i) {
            const double apart =
                (particle.statistics[i] - observation_.statistics[i]) / result_.scale[i];
            squares += apart * apart;
        }
        const double found = std::sqrt(squares);
        return std::isfinite(found) ? found : std::numeric_limits<double>::infinity();
    }

    /// Keeps the nearest; of equals those that came first.
    void select() {
        std::stable_sort(
            result_.particles.begin(), result_.particles.end(),
            [](const Particle& a, const Particle& b) { return a.distance < b.distance; });
        result_.particles.resize(keeps_);
    }

    void note(double acceptance) {
        double sum = 0.0;
        double squares = 0.0;
        for (const Particle& particle : result_.particles) {
            sum += particle.weight;
            squares += particle.weight * particle.weight;
        }
        result_.generations.push_back(
            {result_.particles.back().distance, acceptance, result_.trials, sum * sum / squares});
    }

    void normalise() {
        double sum = 0.0;
        for (const Particle& particle : result_.particles) sum += particle.weight;
        for (Particle& particle : result_.particles) particle.weight /= sum;
    }

    std::size_t parameters_;
    const Observation& observation_;
    const AbcSettings& settings_;
    const FitLuck& luck_;
    const Simulate& simulate_;
    std::size_t keeps_;
    AbcResult result_;
};

}  // namespace

AbcResult abc_smc(std::size_t parameters, const Observation& observation,
                  const AbcSettings& settings, const FitLuck& luck, const Simulate& simulate) {
    return Population(parameters, observation, settings, luck, simulate).run();
}

Statistics with_discrepancy(Statistics statistics, std::span<const double> discrepancy,
                            const FitLuck& luck, std::uint32_t trial) {
    for (std::size_t i = 0; i < statistics.size(); ++i) {
        if (!(discrepancy[i] > 0.0)) continue;
        statistics[i] += discrepancy[i] * luck.draws.normal({.replication = trial,
                                                             .purpose = Purpose::calibration_error,
                                                             .subject = subject_of(luck, i)});
    }
    return statistics;
}

std::vector<double> robust_scale(std::span<const Statistics> runs, std::size_t size) {
    std::vector<double> scale;
    for (std::size_t i = 0; i < size; ++i) {
        std::vector<double> values;
        for (const Statistics& run : runs) {
            if (!run.empty() && std::isfinite(run[i])) values.push_back(run[i]);
        }
        scale.push_back(scale_of(values));
    }
    return scale;
}

}  // namespace firebreak
