#pragma once

#include <filesystem>
#include <string>

#include "io/campaign_head.hpp"
#include "io/config.hpp"

namespace firebreak {

/// A word as a shell reads it back.
std::string shell_word(const std::string& word);

/// The command that makes the same result file. What does not change the result is left out; every
/// word is quoted as a shell needs it.
std::string reproducing_command(const Study& study, const RunRequest& request);

/// The command that tells one history of a study as run.
std::string replaying_command(const Study& study, const RunRequest& request, std::uint64_t point,
                              const std::string& regime, std::uint32_t replication);

}  // namespace firebreak
