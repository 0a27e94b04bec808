#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inference/claim.hpp"
#include "io/config.hpp"
#include "io/config_check.hpp"
#include "io/config_value.hpp"

namespace firebreak {

/// Names of the regimes that have a file in `folder`, sorted.
std::vector<std::string> regime_files(const std::filesystem::path& folder);

/// The regimes that a list names, each once. Notes those that are not among `known`, unless that is
/// empty.
std::vector<std::string> read_regimes(const std::vector<ConfigValue>& items,
                                      std::span<const std::string_view> known, ConfigCheck& check);

/// The regimes that differences are taken against: "all" of those that are run, or a list. One that
/// is not run is a problem unless `picked`: then the command line has left it out.
std::vector<std::string> read_references(const ConfigValue& value,
                                         const std::vector<std::string>& regimes, bool picked,
                                         ConfigCheck& check);

/// What a study of claims need not say: it runs the regimes that they name or, of these, `picked`,
/// and takes the differences that they compare. `run` is the section that may say it.
void complete_by_claims(const std::vector<Claim>& claims, const ConfigValue& run,
                        const std::vector<std::string>& picked, RunSettings& settings);

/// Adds the references that a study does not name: all regimes at a single design point, else the
/// reference alone, as every one more costs memory and disk at each point.
void complete_references(RunSettings& run, std::uint64_t points);

}  // namespace firebreak
