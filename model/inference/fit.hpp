#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "inference/abc_smc.hpp"
#include "inference/metropolis.hpp"
#include "inference/posterior.hpp"

namespace firebreak {

/// Runs a model once. A pure function of the trial.
using Model = std::function<Statistics(const Trial&)>;

/// Runs a model for all trials, in whatever order. Work of different streams is told apart.
using Workshop = std::function<std::vector<Statistics>(std::uint32_t stream, std::span<const Trial>,
                                                       const Model&)>;

struct FitSettings {
    AbcSettings abc;
    MetropolisSettings walk;
    std::uint32_t runs = 16;  ///< of the model for one synthetic likelihood
    bool direct = false;      ///< by synthetic likelihood as well
};

/// The most runs of the model that a fit takes.
std::uint64_t most_runs(const FitSettings& settings);

/// A fit by sequential Monte Carlo and, from there, by synthetic likelihood.
struct Fit {
    AbcResult abc;
    std::vector<PosteriorDraw> draws;      ///< of the first, adjusted
    std::optional<MetropolisResult> walk;  ///< the second
};

/// Fits a model. All synthetic likelihoods of a chain are of runs with the same luck, so that their
/// errors are nearly the same at neighbouring places and cancel in what the walk compares; between
/// chains they differ, so that the draws of all hold them. Uses two streams: that of `luck` and the
/// next.
Fit fit(const Model& model, std::size_t parameters, const Observation& observation,
        const FitSettings& settings, const FitLuck& luck, const Workshop& workshop);

}  // namespace firebreak
