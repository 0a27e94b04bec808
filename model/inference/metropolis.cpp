#include "inference/metropolis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "inference/matrix.hpp"

namespace firebreak {
namespace {

constexpr std::uint16_t start_draw = 0;
constexpr std::uint16_t jump_draw = 1;
constexpr std::uint16_t verdict_draw = 2;

/// Best share of accepted steps of a random walk in several dimensions.
/// Source: G. O. Roberts, A. Gelman, W. R. Gilks (1997), Ann. Appl. Probab. 7, 110-120.
constexpr double best_acceptance = 0.234;
constexpr double best_scale = 2.38;

/// Steps between two looks at the covariance.
constexpr std::uint32_t steps_per_look = 10;

struct Chain {
    std::vector<double> probits;
    double log_posterior = -std::numeric_limits<double>::infinity();
};

double log_prior(const std::vector<double>& probits) {
    double sum = 0.0;
    for (const double probit : probits) sum -= 0.5 * probit * probit;
    return sum;
}

/// The chains and what their proposals have learnt.
class Walk {
  public:
    Walk(std::span<const PosteriorDraw> start, const MetropolisSettings& settings,
         const FitLuck& luck, const LogLikelihoods& log_likelihoods)
        : settings_(settings), luck_(luck), log_likelihoods_(log_likelihoods) {
        EXPECT(!start.empty() && settings.chains > 0 && settings.steps > 1, "a walk has steps");
        std::vector<std::vector<double>> places;
        std::vector<double> weights;
        for (const PosteriorDraw& draw : start) {
            places.push_back(probits_of(draw.place));
            weights.push_back(draw.weight);
        }
        parameters_ = places.front().size();
        lower_ = cholesky(moments(places, weights).covariance);
        log_scale_ = logarithm(best_scale / std::sqrt(static_cast<double>(parameters_)));
        for (std::uint32_t chain = 0; chain < settings.chains; ++chain) {
            const std::size_t chosen =
                luck_.draws.categorical(weights, address(0, chain, start_draw, 0));
            chains_.push_back({places[chosen]});
        }
    }

    MetropolisResult run() {
        evaluate_start();
        std::vector<std::vector<double>> seen;
        for (std::uint32_t step = 1; step <= settings_.warm_up; ++step) {
            const double accepted = move(step);
            // Robbins and Monro's steps, ever smaller.
            log_scale_ += (accepted - best_acceptance) / power(step, 0.6);
            for (const Chain& chain : chains_) seen.push_back(chain.probits);
            if (step % steps_per_look == 0) learn(seen);
        }
        std::vector<std::vector<std::vector<double>>> kept(settings_.chains);
        double accepted = 0.0;
        for (std::uint32_t step = 1; step <= settings_.steps; ++step) {
            accepted += move(settings_.warm_up + step);
            for (std::size_t c = 0; c < chains_.size(); ++c) kept[c].push_back(chains_[c].probits);
        }
        result_.acceptance = accepted / settings_.steps;
        result_.convergence = convergence(kept);
        const double weight = 1.0 / (static_cast<double>(settings_.chains) * settings_.steps);
        for (const auto& chain : kept) {
            for (const auto& probits : chain) result_.draws.push_back({place_of(probits), weight});
        }
        return std::move(result_);
    }

  private:
    DrawAddress address(std::uint32_t step, std::uint32_t chain, std::uint16_t index,
                        std::size_t part) const {
        EXPECT(part < 256 && luck_.stream < (1U << 24), "an address has room for this");
        return {.replication = step,
                .day = chain,
                .purpose = Purpose::metropolis_step,
                .index = index,
                .subject = luck_.stream << 8 | static_cast<std::uint32_t>(part)};
    }

    std::vector<double> log_posteriors(const std::vector<std::vector<double>>& probits) {
        std::vector<Trial> trials;
        for (const auto& one : probits) trials.push_back({place_of(one), 0});
        std::vector<double> values = log_likelihoods_(trials);
        for (std::size_t i = 0; i < values.size(); ++i) values[i] += log_prior(probits[i]);
        result_.evaluations += values.size();
        return values;
    }

    void evaluate_start() {
        std::vector<std::vector<double>> places;
        for (const Chain& chain : chains_) places.push_back(chain.probits);
        const std::vector<double> values = log_posteriors(places);
        const auto best = static_cast<std::size_t>(std::max_element(values.begin(), values.end()) -
                                                   values.begin());
        EXPECT(std::isfinite(values[best]), "a chain can begin somewhere");
        for (std::size_t c = 0; c < chains_.size(); ++c) {
            // A chain cannot begin where the model cannot be.
            chains_[c] = std::isfinite(values[c]) ? Chain{places[c], values[c]}
                                                  : Chain{places[best], values[best]};
        }
    }

    /// One step of every chain; returns the share accepted.
    double move(std::uint32_t step) {
        std::vector<std::vector<double>> proposed;
        const double scale = exponential(log_scale_);
        for (std::uint32_t c = 0; c < chains_.size(); ++c) {
            std::vector<double> jump;
            for (std::size_t i = 0; i < parameters_; ++i) {
                jump.push_back(scale * luck_.draws.normal(address(step, c, jump_draw, i)));
            }
            jump = times(lower_, jump);
            for (std::size_t i = 0; i < parameters_; ++i) jump[i] += chains_[c].probits[i];
            proposed.push_back(std::move(jump));
        }
        const std::vector<double> values = log_posteriors(proposed);
        double accepted = 0.0;
        for (std::uint32_t c = 0; c < chains_.size(); ++c) {
            const double u = luck_.draws.uniform(address(step, c, verdict_draw, 0));
            if (!(logarithm(u) < values[c] - chains_[c].log_posterior)) continue;
            chains_[c] = {proposed[c], values[c]};
            accepted += 1.0;
        }
        return accepted / static_cast<double>(chains_.size());
    }

    void learn(const std::vector<std::vector<double>>& seen) {
        const std::span<const std::vector<double>> later = std::span(seen).subspan(seen.size() / 2);
        if (later.size() < 10 * parameters_) return;
        const std::vector<double> equal(later.size(), 1.0);
        lower_ = cholesky(moments(later, equal).covariance);
    }

    std::vector<double> convergence(
        const std::vector<std::vector<std::vector<double>>>& kept) const {
        std::vector<double> ratios;
        const auto length = static_cast<double>(settings_.steps);
        const auto count = static_cast<double>(settings_.chains);
        for (std::size_t i = 0; i < parameters_; ++i) {
            double within = 0.0;
            double total = 0.0;
            std::vector<double> means;
            for (const auto& chain : kept) {
                double mean = 0.0;
                for (const auto& probits : chain) mean += probits[i] / length;
                means.push_back(mean);
                total += mean / count;
                for (const auto& probits : chain) {
                    within += (probits[i] - mean) * (probits[i] - mean) / (length - 1.0) / count;
                }
            }
            double between = 0.0;
            for (const double mean : means) between += (mean - total) * (mean - total);
            if (settings_.chains > 1) between /= count - 1.0;
            ratios.push_back(within > 0.0 ? std::sqrt((length - 1.0) / length + between / within)
                                          : 1.0);
        }
        return ratios;
    }

    const MetropolisSettings& settings_;
    const FitLuck& luck_;
    const LogLikelihoods& log_likelihoods_;
    std::size_t parameters_ = 0;
    Matrix lower_;
    double log_scale_ = 0.0;
    std::vector<Chain> chains_;
    MetropolisResult result_;
};

}  // namespace

MetropolisResult adaptive_metropolis(std::span<const PosteriorDraw> start,
                                     const MetropolisSettings& settings, const FitLuck& luck,
                                     const LogLikelihoods& log_likelihoods) {
    return Walk(start, settings, luck, log_likelihoods).run();
}

}  // namespace firebreak
