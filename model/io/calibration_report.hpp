#pragma once

#include <span>
#include <string>
#include <vector>

#include "inference/fit.hpp"
#include "inference/recovery.hpp"
#include "io/calibration.hpp"

namespace firebreak {

/// A block that was fitted.
struct BlockFit {
    const CalibrationBlock& block;
    Observation observation;
    std::vector<std::string> names;  ///< of the statistics
    Fit fit;

    /// Of the method that the block asks for.
    const std::vector<PosteriorDraw>& draws() const {
        return fit.walk ? fit.walk->draws : fit.draws;
    }
};

/// The joint posterior: draws of the blocks, which have nothing in common, paired at random.
/// Columns stand in the order of the baseline, weights are equal.
JointDraws joint_posterior(const Calibration& calibration, std::span<const BlockFit> fits);

/// Where the table came from: program, seed, and for each block its targets and how its fit ended.
/// `when`: the date to be written.
std::string posterior_heading(const Calibration& calibration, std::span<const BlockFit> fits,
                              const std::string& when);

/// Prior against posterior, a row per parameter, comma-separated.
std::string informed_csv(std::span<const BlockFit> fits);

/// The same for a terminal, with how each fit ended.
std::string informed_text(std::span<const BlockFit> fits);

/// How often the parameters of a block were recovered.
struct BlockRecovery {
    const CalibrationBlock& block;
    std::vector<MethodRecovery> methods;
};

std::string recovery_csv(std::span<const BlockRecovery> blocks);
std::string recovery_text(std::span<const BlockRecovery> blocks);

}  // namespace firebreak
