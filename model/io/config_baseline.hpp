#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "io/config.hpp"
#include "io/config_value.hpp"

namespace firebreak {

/// The keys of a commitment that are words or lists rather than numbers.
inline constexpr std::array<std::string_view, 5> commitment_words{
    "commitment.timing", "commitment.rule", "commitment.protectors", "commitment.covered_sectors",
    "commitment.troop_sectors"};

/// What `configs/baseline.toml` says.
struct Baseline {
    std::vector<ParameterEntry> entries;  ///< one per `parameter_fields()`, in that order
    std::vector<std::pair<std::string, ConfigValue>> words;  ///< values of `commitment_words`
};

/// Every path that a configuration may set, and every section above one.
std::vector<std::string_view> known_paths();
bool is_section(std::string_view path);

/// Why a path is refused that is neither: `unknown parameter; did you mean line.sectors?`.
std::string unknown_path(std::string_view path);

/// Reads the baseline `file` that came from `path`; notes every problem.
Baseline read_baseline(const ConfigValue& file, const std::filesystem::path& path,
                       std::vector<Problem>& problems);

}  // namespace firebreak
