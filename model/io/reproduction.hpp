#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "ensemble/estimate.hpp"
#include "io/config.hpp"

namespace firebreak {

/// The command that makes the same result file of `replications` a regime. What does not change the
/// result is left out; every word is quoted as a shell needs it. `set` holds the `KEY=VALUE`s.
std::string reproducing_command(const std::filesystem::path& path, const Study& study,
                                std::span<const std::string> set, std::int64_t replications,
                                const IntervalChoice& intervals = {});

}  // namespace firebreak
