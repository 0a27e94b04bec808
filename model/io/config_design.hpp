#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "ensemble/design.hpp"
#include "io/config.hpp"
#include "io/config_value.hpp"

namespace firebreak {

/// What a design may refer to.
struct DesignSurroundings {
    std::filesystem::path folder;  ///< that of the study; a table is looked for from here
    std::span<const ParameterEntry> parameters;
    std::span<const std::string> regimes;    ///< those to be run
    std::span<const std::string> elsewhere;  ///< those not run because others were picked
    std::uint64_t seed{};                    ///< of the study; the design's where it names none
};

/// A design, and the table or posterior it was read from.
struct ReadDesign {
    Design design;
    std::filesystem::path table_path;  ///< empty: neither
    std::string table;                 ///< its text
};

/// Reads the section `[design]` of a study. Notes every problem; the design is only meant without.
ReadDesign read_design(const ConfigValue& section, const DesignSurroundings& surroundings,
                       std::vector<Problem>& problems);

}  // namespace firebreak
