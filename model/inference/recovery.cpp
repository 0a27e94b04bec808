#include "inference/recovery.hpp"

#include <algorithm>
#include <cmath>

#include "base/elementary.hpp"
#include "base/error.hpp"

namespace firebreak {
namespace {

/// The luck of the data begins here, so that no fit meets it.
constexpr std::uint32_t first_truth = 1U << 27;

/// The model has so many lucks for each data set.
constexpr std::uint64_t lucks_of_fit = std::uint64_t{1} << 32;

/// A prior that the model cannot follow more often than this leaves nothing to recover.
constexpr std::uint32_t most_attempts = 1000;

struct Truth {
    std::vector<double> place;
    Statistics data;
};

Truth draw_truth(const Model& model, std::size_t parameters, std::span<const double> discrepancy,
                 std::uint32_t data_set, const FitLuck& luck, const Workshop& workshop) {
    for (std::uint32_t attempt = 0; attempt < most_attempts; ++attempt) {
        Trial trial{{}, first_truth + data_set};
        for (std::size_t i = 0; i < parameters; ++i) {
            trial.place.push_back(luck.draws.uniform({.replication = data_set,
                                                      .day = attempt,
                                                      .purpose = Purpose::calibration_truth,
                                                      .subject = static_cast<std::uint32_t>(i)}));
        }
        Statistics data = workshop(luck.stream, {&trial, 1}, model).front();
        const bool whole = std::all_of(data.begin(), data.end(),
                                       [](double value) { return std::isfinite(value); });
        if (data.empty() || !whole) continue;
        data = with_discrepancy(std::move(data), discrepancy, luck, first_truth + data_set);
        return {std::move(trial.place), std::move(data)};
    }
    throw LogicError("the model can be run nowhere in the range of its priors");
}

void note(MethodRecovery& method, std::span<const PosteriorDraw> draws,
          const std::vector<double>& truth, std::uint32_t data_sets) {
    method.parameters.resize(truth.size());
    for (std::size_t i = 0; i < truth.size(); ++i) {
        Recovery& recovery = method.parameters[i];
        recovery.ranks.push_back(share_below(draws, i, truth[i]));
        recovery.contraction += contraction(draws, i) / data_sets;
    }
}

}  // namespace

double Recovery::inside(double probability) const {
    const auto count = std::count_if(ranks.begin(), ranks.end(), [&](double rank) {
        return std::abs(rank - 0.5) <= 0.5 * probability;
    });
    return static_cast<double>(count) / static_cast<double>(ranks.size());
}

double Recovery::uniformity() const {
    std::vector<double> sorted = ranks;
    std::sort(sorted.begin(), sorted.end());
    const auto count = static_cast<double>(sorted.size());
    double apart = 0.0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const auto place = static_cast<double>(i);
        apart = std::max({apart, sorted[i] - place / count, (place + 1.0) / count - sorted[i]});
    }
    // Stephens' correction makes the asymptotic law good from a handful of ranks on.
    const double scaled = apart * (std::sqrt(count) + 0.12 + 0.11 / std::sqrt(count));
    if (scaled < 0.2) return 1.0;  // the series is 1 to the last digit and slow there
    double chance = 0.0;
    for (int k = 1; k <= 100; ++k) {
        chance += (k % 2 == 1 ? 2.0 : -2.0) * exponential(-2.0 * k * k * scaled * scaled);
    }
    return std::clamp(chance, 0.0, 1.0);
}

std::vector<MethodRecovery> study_recovery(const Model& model, std::size_t parameters,
                                           std::span<const double> discrepancy,
                                           const FitSettings& settings, std::uint32_t data_sets,
                                           const FitLuck& luck, const Workshop& workshop) {
    std::vector<MethodRecovery> methods{{"abc-smc", {}}};
    if (settings.direct) methods.push_back({"synthetic-likelihood", {}});
    for (std::uint32_t data_set = 0; data_set < data_sets; ++data_set) {
        const Truth truth = draw_truth(model, parameters, discrepancy, data_set, luck, workshop);
        const Observation observation{truth.data, {discrepancy.begin(), discrepancy.end()}};
        // Fits that met the same luck would err together.
        const Model own_luck = [&](const Trial& trial) {
            return model({trial.place, trial.luck + lucks_of_fit * (1 + data_set)});
        };
        const Fit found = fit(own_luck, parameters, observation, settings,
                              {luck.draws, luck.stream + 1 + 2 * data_set}, workshop);
        note(methods[0], found.draws, truth.place, data_sets);
        if (found.walk) note(methods[1], found.walk->draws, truth.place, data_sets);
    }
    return methods;
}

}  // namespace firebreak
