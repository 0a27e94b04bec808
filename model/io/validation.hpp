#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "inference/predictive_check.hpp"
#include "io/config.hpp"

namespace firebreak {

/// A study whose points are draws of the parameters, under the regimes that reenactments need: from
/// the joint draws of the file `posterior` where it has them, from the prior otherwise. An empty
/// path means the prior alone. Throws InputError with every problem.
Study load_draws(const std::filesystem::path& study, const Overrides& overrides,
                 const std::filesystem::path& posterior, std::uint64_t draws);

/// The data sets of all draws, one after the other; the same for any number of threads. Draws that
/// break a rule between parameters are left out.
std::vector<std::vector<double>> simulate_draws(const Study& study, const Evidence& evidence,
                                                int threads);

/// What a validation found as a table for the terminal: calibrated and held-out targets apart, and
/// how many held-out ones passed.
std::string validation_text(std::span<const PredictiveCheck> checks);

/// The line that counts held-out targets.
std::string validation_headline(std::span<const PredictiveCheck> checks);

/// Writes one row per statistic under the name `path`, at once or not at all. `heading` becomes
/// comments. Throws InputError if it exists (unless `replace`), SystemError.
void write_validation(const std::filesystem::path& path, std::span<const PredictiveCheck> checks,
                      const std::string& heading, bool replace);

}  // namespace firebreak
