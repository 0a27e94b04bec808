#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inference/evidence.hpp"
#include "inference/fit.hpp"
#include "io/config.hpp"

namespace firebreak {

/// How the parameters of a block are fitted.
enum class FitMethod : std::uint8_t { abc_smc, synthetic_likelihood };

inline constexpr std::array<std::string_view, 2> fit_method_names{"abc-smc",
                                                                  "synthetic-likelihood"};

/// Parameters and the observations that speak to them, apart from all others.
struct CalibrationBlock {
    std::string name;
    std::uint32_t place{};  ///< in its file, from 0: addresses its luck, whatever else is fitted
    FitMethod method{};
    std::vector<ParameterEntry> parameters;
    std::vector<std::string> targets;
    FitSettings settings;
};

/// What is to be calibrated, by what.
struct Calibration {
    std::string title;
    Study study;  ///< the world, under the regimes of `world_regimes`
    Evidence evidence;
    std::uint64_t seed{};
    std::uint32_t draws{};  ///< of the posterior table
    std::vector<CalibrationBlock> blocks;
    std::string configuration;  ///< all texts as read, with headings
};

/// What the command line changes.
struct CalibrationOverrides {
    std::optional<std::uint64_t> seed = std::nullopt;
    /// The most runs of the model for a block: its methods are made smaller.
    std::optional<std::uint64_t> simulations = std::nullopt;
    std::vector<std::string> blocks = {};  ///< only these; empty: all
    bool both_methods = false;             ///< every block by synthetic likelihood as well
};

/// Reads a calibration with all that it refers to; of the evidence only what may calibrate. Throws
/// InputError with every problem.
Calibration load_calibration(const std::filesystem::path& path,
                             const CalibrationOverrides& overrides = {});

/// Makes a fit take no more runs of the model than this, if it can.
void limit_runs(FitSettings& settings, std::uint64_t most);

}  // namespace firebreak
