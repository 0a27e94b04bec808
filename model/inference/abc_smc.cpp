#include "inference/abc_smc.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "inference/matrix.hpp"

namespace firebreak {
namespace {

constexpr std::uint16_t parent_draw = 0;
constexpr std::uint16_t jump_draw = 1;
constexpr std::uint16_t verdict_draw = 2;

/// Copies are moved until so few are thought to stand where they were, or so often.
constexpr double most_unmoved = 0.3;
constexpr std::size_t most_rounds = 10;

/// Best size of the steps of a random walk in several dimensions, as a share of the spread.
/// Source: G. O. Roberts, A. Gelman, W. R. Gilks (1997), Ann. Appl. Probab. 7, 110-120.
constexpr double best_scale = 2.38;

double log_prior(const std::vector<double>& probits) {
    double sum = 0.0;
    for (const double probit : probits) sum -= 0.5 * probit * probit;
    return sum;
}

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

/// The population as it moves towards the observation.
class Population {
  public:
    Population(std::size_t parameters, const Observation& observation, const AbcSettings& settings,
               const FitLuck& luck, const RunTrials& simulate)
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
        // Without a spread of distances there is nothing to come nearer to.
        while (result_.generations.back().acceptance >= settings_.least_acceptance &&
               result_.generations.back().tolerance > 0.0 && renew()) {
        }
        return std::move(result_);
    }

  private:
    DrawAddress address(std::uint32_t particle, std::uint16_t index, std::size_t part) const {
        return {.replication = particle,
                .day = round_,
                .purpose = Purpose::calibration_proposal,
                .index = index,
                .subject = subject_of(luck_, part)};
    }

    void begin() {
        for (std::uint32_t number = 0; number < settings_.particles; ++number) {
            Particle particle;
            for (std::size_t i = 0; i < parameters_; ++i) {
                particle.probits.push_back(luck_.draws.normal(address(number, jump_draw, i)));
            }
            particle.weight = 1.0 / settings_.particles;
            result_.particles.push_back(std::move(particle));
        }
        simulate(result_.particles);
        std::vector<Statistics> runs;
        for (const Particle& particle : result_.particles) runs.push_back(particle.statistics);
        result_.scale = robust_scale(runs, observation_.statistics.size());
        for (Particle& particle : result_.particles) particle.distance = distance(particle);
        note(1.0);
        if (!std::isfinite(result_.particles[keeps_ - 1].distance)) {
            throw LogicError("too few simulations from the prior give every statistic a number");
        }
    }

    /// One generation. False, and nothing changed, if there are no trials left for it.
    bool renew() {
        const std::size_t fresh = settings_.particles - keeps_;
        if (result_.trials + fresh > settings_.most_trials) return false;
        std::vector<Particle>& all = result_.particles;
        const double tolerance = all[keeps_ - 1].distance;
        const Matrix jumps = proposal_of_kept();
        const std::vector<double> even(keeps_, 1.0);
        ++round_;
        for (std::uint32_t i = 0; i < fresh; ++i) {
            all[keeps_ + i] = all[luck_.draws.categorical(even, address(i, parent_draw, 0))];
        }
        std::size_t moved = 0;
        std::size_t tried = 0;
        double unmoved = 1.0;
        do {
            moved += move(tolerance, jumps);
            tried += fresh;
            unmoved *= 1.0 - static_cast<double>(moved) / static_cast<double>(tried);
        } while (unmoved > most_unmoved && tried < most_rounds * fresh &&
                 result_.trials + fresh <= settings_.most_trials);
        note(static_cast<double>(moved) / static_cast<double>(tried));
        return true;
    }

    Matrix proposal_of_kept() const {
        std::vector<std::vector<double>> places;
        for (std::size_t i = 0; i < keeps_; ++i) places.push_back(result_.particles[i].probits);
        Matrix covariance = moments(places, std::vector<double>(keeps_, 1.0)).covariance;
        const double size = best_scale * best_scale / static_cast<double>(parameters_);
        for (std::size_t i = 0; i < parameters_; ++i) {
            for (std::size_t j = 0; j < parameters_; ++j) covariance(i, j) *= size;
        }
        return cholesky(covariance);
    }

    /// One Metropolis step of each copy; returns how many were accepted.
    std::size_t move(double tolerance, const Matrix& jumps) {
        ++round_;
        std::vector<Particle> proposed;
        for (std::size_t at = keeps_; at < result_.particles.size(); ++at) {
            const auto number = static_cast<std::uint32_t>(at - keeps_);
            std::vector<double> jump;
            for (std::size_t i = 0; i < parameters_; ++i) {
                jump.push_back(luck_.draws.normal(address(number, jump_draw, i)));
            }
            Particle particle = result_.particles[at];
            jump = times(jumps, jump);
            for (std::size_t i = 0; i < parameters_; ++i) particle.probits[i] += jump[i];
            proposed.push_back(std::move(particle));
        }
        simulate(proposed);
        std::size_t accepted = 0;
        for (std::uint32_t i = 0; i < proposed.size(); ++i) {
            Particle& old = result_.particles[keeps_ + i];
            proposed[i].distance = distance(proposed[i]);
            const double u = luck_.draws.uniform(address(i, verdict_draw, 0));
            const double gain = log_prior(proposed[i].probits) - log_prior(old.probits);
            if (proposed[i].distance > tolerance || !(logarithm(u) < gain)) continue;
            old = std::move(proposed[i]);
            ++accepted;
        }
        return accepted;
    }

    void simulate(std::vector<Particle>& particles) {
        std::vector<Trial> trials;
        for (const Particle& particle : particles) {
            trials.push_back({place_of(particle.probits), result_.trials + trials.size()});
        }
        std::vector<Statistics> answers = simulate_(trials);
        ENSURE(answers.size() == trials.size(), "every trial has an answer");
        for (std::size_t i = 0; i < trials.size(); ++i) {
            particles[i].statistics =
                with_discrepancy(std::move(answers[i]), observation_.discrepancy, luck_,
                                 static_cast<std::uint32_t>(trials[i].luck));
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

    /// Sorts by distance, those that came first before their equals, and writes it down.
    void note(double acceptance) {
        std::stable_sort(
            result_.particles.begin(), result_.particles.end(),
            [](const Particle& a, const Particle& b) { return a.distance < b.distance; });
        std::set<std::vector<double>> distinct;
        for (const Particle& particle : result_.particles) distinct.insert(particle.probits);
        result_.generations.push_back(
            {result_.particles.back().distance, acceptance, result_.trials, distinct.size()});
    }

    std::size_t parameters_;
    const Observation& observation_;
    const AbcSettings& settings_;
    const FitLuck& luck_;
    const RunTrials& simulate_;
    std::size_t keeps_;
    std::uint32_t round_ = 0;  ///< of proposals, over all generations
    AbcResult result_;
};

}  // namespace

AbcResult abc_smc(std::size_t parameters, const Observation& observation,
                  const AbcSettings& settings, const FitLuck& luck, const RunTrials& simulate) {
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
