#include "inference/fit.hpp"

#include "base/error.hpp"
#include "inference/regression_adjustment.hpp"
#include "inference/surrogate.hpp"
#include "inference/synthetic_likelihood.hpp"

namespace firebreak {
namespace {

/// Lucks below this are of single trials; those from here to twice as many of the runs of synthetic
/// likelihoods.
constexpr std::uint32_t first_run = 1U << 26;

}  // namespace

std::uint64_t most_runs(const FitSettings& settings) {
    if (!settings.direct) return settings.abc.most_trials;
    const std::uint64_t steps = std::uint64_t{settings.walk.warm_up} + settings.walk.steps + 1;
    return settings.abc.most_trials + steps * settings.walk.chains * settings.runs;
}

Fit fit(const Model& model, std::size_t parameters, const Observation& observation,
        const FitSettings& settings, const FitLuck& luck, const Workshop& workshop) {
    EXPECT(settings.abc.most_trials < first_run, "lucks do not meet");
    Fit found;
    found.abc = abc_smc(
        parameters, observation, settings.abc, luck,
        [&](std::span<const Trial> trials) { return workshop(luck.stream, trials, model); });
    found.draws = adjusted_draws(found.abc, observation.statistics);
    if (!settings.direct) return found;
    const Model likelihood = [&](const Trial& trial) {
        // Another fit and another chain have other errors.
        const std::uint64_t chain = std::uint64_t{luck.stream} * settings.walk.chains + trial.luck;
        const std::uint64_t own = chain * settings.runs % first_run;
        std::vector<Statistics> runs;
        for (std::uint32_t run = 0; run < settings.runs; ++run) {
            runs.push_back(model({trial.place, first_run + (own + run) % first_run}));
            if (runs.back().empty()) break;  // one such run decides
        }
        while (runs.size() < settings.runs) runs.emplace_back();
        return Statistics{synthetic_log_likelihood(observation, runs)};
    };
    const Surrogate surrogate(found.abc, observation.statistics);
    found.walk = surrogate_metropolis(
        found.draws,
        [&](std::span<const double> probits) { return surrogate.log_likelihood(probits); },
        settings.walk, {luck.draws, luck.stream + 1},
        [&](std::span<const Trial> trials) {
            std::vector<double> values;
            for (const Statistics& answer : workshop(luck.stream + 1, trials, likelihood)) {
                values.push_back(answer.front());
            }
            return values;
        });
    return found;
}

}  // namespace firebreak
