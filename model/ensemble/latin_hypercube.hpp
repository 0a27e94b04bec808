#pragma once

#include <cstdint>

#include "base/random.hpp"

namespace firebreak {

/// A Latin hypercube: in every dimension each of `points` equal cells holds one point, at a random
/// place within. Any point is found without the others and nothing is stored.
/// Source: M. D. McKay, R. J. Beckman, W. J. Conover (1979), Technometrics 21, 239-245.
class LatinHypercube {
  public:
    /// At least one point.
    LatinHypercube(std::uint32_t points, std::uint64_t seed);

    /// The coordinate of a point in the open interval (0, 1).
    double coordinate(std::uint32_t point, std::uint32_t dimension) const;

  private:
    std::uint32_t cell(std::uint32_t point, std::uint32_t dimension) const;

    std::uint32_t points_;
    std::uint32_t half_bits_ = 1;  ///< half the bits of the numbers that are permuted
    Draws draws_;
};

}  // namespace firebreak
