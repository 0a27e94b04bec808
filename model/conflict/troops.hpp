#pragma once

#include <cstddef>

#include "regime/scenario.hpp"

namespace firebreak {

/// Protector troops have their places in `sector`, of whatever exposure.
bool stands_in(const Commitment& commitment, std::size_t sector);

/// Sectors of the line with places of protector troops.
std::size_t manned_sectors(const Scenario& scenario);

}  // namespace firebreak
