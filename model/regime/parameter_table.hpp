#pragma once

#include <span>
#include <string_view>

#include "regime/scenario.hpp"

namespace firebreak {

/// Ties a parameter's path in the configuration to its field.
struct ParameterField {
    std::string_view path;        ///< `section.name`, such as `line.immigrant_rate`
    double& (*field)(Scenario&);  ///< the field in a scenario
};

/// Every numeric parameter, in the order of `configs/baseline.toml`.
std::span<const ParameterField> parameter_fields();

/// The field named `path`, or nullptr.
const ParameterField* find_parameter(std::string_view path);

}  // namespace firebreak
