#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/random.hpp"

namespace firebreak {

/// A Sobol sequence with nested scrambling: evenly spread points, of which any one is found without
/// those before it. Each number alone is uniform, and the first 2^k of the sequence hit every
/// interval of length 2^-k once. The seed decides the scrambling alone.
/// Source: S. Joe, F. Y. Kuo (2008), SIAM J. Sci. Comput. 30, 2635-2654 (directions); A. B. Owen
/// (1995), Lecture Notes in Statistics 106, 299-317 (scrambling).
class SobolSequence {
  public:
    /// From 1 to `most_dimensions()`.
    SobolSequence(std::size_t dimensions, std::uint64_t seed);

    static std::size_t most_dimensions();

    /// The coordinate of a point in the open interval (0, 1).
    double coordinate(std::uint32_t point, std::size_t dimension) const;

  private:
    std::uint32_t unscrambled(std::uint32_t point, std::size_t dimension) const;

    std::size_t dimensions_;
    Draws draws_;
    std::vector<std::uint32_t> directions_;  ///< by bit of the point, then dimension
};

}  // namespace firebreak
