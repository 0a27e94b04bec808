#include "inference/metropolis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "inference/convergence.hpp"
#include "inference/matrix.hpp"

namespace firebreak {
namespace {

constexpr std::uint16_t start_draw = 0;
constexpr std::uint16_t jump_draw = 1;
constexpr std::uint16_t walk_verdict_draw = 2;
constexpr std::uint16_t verdict_draw = 3;
constexpr std::uint16_t size_draw = 4;

/// Best size of the steps of a random walk in several dimensions, as a share of the spread.
/// Source: G. O. Roberts, A. Gelman, W. R. Gilks (1997), Ann. Appl. Probab. 7, 110-120.
constexpr double best_scale = 2.38;

constexpr double small_share = 0.25;  ///< of the steps under the surrogate that are small

/// Steps under the surrogate for one proposal, and those in which it is learnt how to step.
constexpr std::uint32_t walk_steps = 200;
constexpr std::uint32_t learning_steps = 2000;

double log_prior(const std::vector<double>& probits) {
    double sum = 0.0;
    for (const double probit : probits) sum -= 0.5 * probit * probit;
    return sum;
}

/// A place, and what is thought of it.
struct Stand {
    std::vector<double> probits;
    double guessed{};  ///< log-posterior by the surrogate
    double log_posterior = -std::numeric_limits<double>::infinity();
};

/// The chains and what they have learnt of the surrogate.
class Walk {
  public:
    Walk(std::span<const PosteriorDraw> start, const LogSurrogate& surrogate,
         const MetropolisSettings& settings, const FitLuck& luck,
         const LogLikelihoods& log_likelihoods)
        : surrogate_(surrogate),
          settings_(settings),
          luck_(luck),
          log_likelihoods_(log_likelihoods) {
        EXPECT(!start.empty() && settings.chains > 0 && settings.steps > 1, "a walk has steps");
        std::vector<std::vector<double>> places;
        std::vector<double> weights;
        for (const PosteriorDraw& draw : start) {
            places.push_back(probits_of(draw.place));
            weights.push_back(draw.weight);
        }
        parameters_ = places.front().size();
        lower_ = cholesky(moments(places, weights).covariance);
        for (std::uint32_t chain = 0; chain < settings.chains; ++chain) {
            const std::size_t chosen =
                luck_.draws.categorical(weights, address(0, chain, start_draw, 0));
            chains_.push_back(at(places[chosen]));
        }
    }

    MetropolisResult run() {
        learn();
        std::vector<double> values = log_posteriors(chains_);
        const auto best = std::max_element(values.begin(), values.end()) - values.begin();
        EXPECT(std::isfinite(values[static_cast<std::size_t>(best)]), "a chain begins somewhere");
        const Stand good = chains_[static_cast<std::size_t>(best)];
        // A chain cannot begin where the model cannot be.
        for (std::size_t c = 0; c < chains_.size(); ++c) {
            if (!std::isfinite(values[c])) chains_[c] = good;
        }
        if (!std::ranges::all_of(values, [](double value) { return std::isfinite(value); })) {
            values = log_posteriors(chains_);
        }
        for (std::size_t c = 0; c < chains_.size(); ++c) chains_[c].log_posterior = values[c];
        for (std::uint32_t step = 0; step < settings_.warm_up; ++step) move();
        std::vector<Chain> kept(settings_.chains);
        for (std::uint32_t step = 0; step < settings_.steps; ++step) {
            result_.acceptance += move() / settings_.steps;
            for (std::size_t c = 0; c < chains_.size(); ++c) kept[c].push_back(chains_[c].probits);
        }
        result_.convergence = scale_reduction(kept);
        const double weight = 1.0 / (static_cast<double>(settings_.chains) * settings_.steps);
        for (const Chain& chain : kept) {
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

    Stand at(std::vector<double> probits) const {
        const double guessed = log_prior(probits) + surrogate_(probits);
        return {std::move(probits), guessed};
    }

    std::vector<double> log_posteriors(const std::vector<Stand>& stands) {
        std::vector<Trial> trials;
        for (const Stand& stand : stands) {
            trials.push_back({place_of(stand.probits), trials.size()});
        }
        std::vector<double> values = log_likelihoods_(trials);
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] += log_prior(stands[i].probits);
        }
        result_.evaluations += values.size();
        return values;
    }

    /// One step of a random walk under the surrogate. `step` is never the same twice for a chain.
    void step_under_surrogate(Stand& stand, std::uint32_t step, std::uint32_t chain) const {
        std::vector<double> jump;
        // Now and then a small one, for where the spread is not what was learnt; by lot, since
        // steps in turns cannot be walked backwards.
        const bool small = luck_.draws.uniform(address(step, chain, size_draw, 0)) < small_share;
        const double size =
            (small ? 0.2 : 1.0) * best_scale / std::sqrt(static_cast<double>(parameters_));
        for (std::size_t i = 0; i < parameters_; ++i) {
            jump.push_back(size * luck_.draws.normal(address(step, chain, jump_draw, i)));
        }
        jump = times(lower_, jump);
        for (std::size_t i = 0; i < parameters_; ++i) jump[i] += stand.probits[i];
        Stand proposed = at(std::move(jump));
        const double u = luck_.draws.uniform(address(step, chain, walk_verdict_draw, 0));
        if (logarithm(u) < proposed.guessed - stand.guessed) stand = std::move(proposed);
    }

    /// Walks all chains under the surrogate, following the spread of what was seen; the chains then
    /// stand where the surrogate puts them.
    void learn() {
        std::vector<std::vector<double>> seen;
        for (; walked_ < learning_steps; ++walked_) {
            for (std::uint32_t c = 0; c < chains_.size(); ++c) {
                step_under_surrogate(chains_[c], walked_, c);
                if (walked_ % 10 == 0) seen.push_back(chains_[c].probits);
            }
            if (walked_ % 100 != 99 || seen.size() < 10 * parameters_) continue;
            const auto later = std::span(seen).subspan(seen.size() / 2);
            const std::vector<double> equal(later.size(), 1.0);
            lower_ = cholesky(moments(later, equal).covariance);
        }
    }

    /// One step of every chain; returns the share accepted.
    double move() {
        std::vector<Stand> proposed = chains_;
        for (std::uint32_t step = 0; step < walk_steps; ++step, ++walked_) {
            for (std::uint32_t c = 0; c < chains_.size(); ++c) {
                step_under_surrogate(proposed[c], walked_, c);
            }
        }
        const std::vector<double> values = log_posteriors(proposed);
        double accepted = 0.0;
        for (std::uint32_t c = 0; c < chains_.size(); ++c) {
            proposed[c].log_posterior = values[c];
            const double surprise =
                values[c] - proposed[c].guessed - (chains_[c].log_posterior - chains_[c].guessed);
            const double u = luck_.draws.uniform(address(walked_, c, verdict_draw, 0));
            if (!(logarithm(u) < surprise)) continue;
            chains_[c] = std::move(proposed[c]);
            accepted += 1.0;
        }
        return accepted / static_cast<double>(chains_.size());
    }

    const LogSurrogate& surrogate_;
    const MetropolisSettings& settings_;
    const FitLuck& luck_;
    const LogLikelihoods& log_likelihoods_;
    std::size_t parameters_ = 0;
    Matrix lower_;
    std::uint32_t walked_ = 1;  ///< steps under the surrogate, of every chain
    std::vector<Stand> chains_;
    MetropolisResult result_;
};

}  // namespace

MetropolisResult surrogate_metropolis(std::span<const PosteriorDraw> start,
                                      const LogSurrogate& surrogate,
                                      const MetropolisSettings& settings, const FitLuck& luck,
                                      const LogLikelihoods& log_likelihoods) {
    return Walk(start, surrogate, settings, luck, log_likelihoods).run();
}

}  // namespace firebreak
