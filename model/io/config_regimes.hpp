#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/config_check.hpp"
#include "io/config_value.hpp"

namespace firebreak {

/// The regimes that a list names, each once. Notes those that are not among `known`, unless that is
/// empty.
std::vector<std::string> read_regimes(const std::vector<ConfigValue>& items,
                                      std::span<const std::string_view> known, ConfigCheck& check);

/// The regimes that differences are taken against: "all" of those that are run, or a list. One that
/// is not run is a problem unless `picked`: then the command line has left it out.
std::vector<std::string> read_references(const ConfigValue& value,
                                         const std::vector<std::string>& regimes, bool picked,
                                         ConfigCheck& check);

}  // namespace firebreak
