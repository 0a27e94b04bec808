#pragma once

#include <cstdint>

namespace firebreak {

// The indices of draws under `Purpose::design_sample`. They never change, as designs are results.

inline constexpr std::uint16_t scrambling_draw = 1;   ///< of a Sobol sequence
inline constexpr std::uint16_t permutation_draw = 2;  ///< of the cells of a Latin hypercube
inline constexpr std::uint16_t place_draw = 3;        ///< within a cell

}  // namespace firebreak
