#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "inference/abc_smc.hpp"
#include "inference/reenactment.hpp"
#include "inference/trial.hpp"
#include "io/calibration.hpp"

namespace firebreak {

/// The model as a block of a calibration sees it: from a place in the cube of its priors to the
/// statistics of its targets, each on the scale of its error. Calls may be at the same time.
class BlockModel {
  public:
    /// The calibration and the block outlive it.
    BlockModel(const Calibration& calibration, const CalibrationBlock& block);

    /// Runs the settings of history that the targets need. Nothing where the parameters break a
    /// rule.
    Statistics operator()(const Trial& trial) const;

    const Observation& observation() const { return observation_; }

    /// Names of the statistics, `target: statistic`.
    const std::vector<std::string>& names() const { return names_; }

  private:
    /// A setting of history, and which of its statistics are wanted.
    struct Stage {
        const Reenactment* reenactment{};
        std::vector<std::size_t> columns;
        std::vector<ErrorScale> scales;
    };

    void add(const Target& target);

    const Calibration& calibration_;
    const CalibrationBlock& block_;
    std::uint64_t seed_;
    std::vector<Stage> stages_;
    /// The statistics of one setting stand together: by stage.
    std::vector<Observation> observed_;
    std::vector<std::vector<std::string>> named_;
    Observation observation_;
    std::vector<std::string> names_;
};

}  // namespace firebreak
