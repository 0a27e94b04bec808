#pragma once

#include <string>
#include <string_view>

#include "io/config_check.hpp"
#include "io/config_value.hpp"
#include "regime/actors.hpp"
#include "regime/commitment.hpp"

namespace firebreak {

/// Whether `path` is a choice of a commitment that is no number, such as its timing.
bool is_word(std::string_view path);

/// Gives `target` the choice `value` at `path`, one for which `is_word` holds; false, and problems,
/// if it is none. `name` is the path as shown.
bool read_word(std::string_view path, const std::string& name, const ConfigValue& value,
               const Allies& allies, ConfigCheck& check, Commitment& target);

/// Copies the choice at `path` from one commitment to another.
void copy_word(std::string_view path, const Commitment& from, Commitment& to);

}  // namespace firebreak
