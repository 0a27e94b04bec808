#include "ensemble/latin_hypercube.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "ensemble/design_draws.hpp"

namespace firebreak {
namespace {

constexpr std::uint32_t rounds = 8;

}  // namespace

LatinHypercube::LatinHypercube(std::uint32_t points, std::uint64_t seed)
    : points_(points), draws_(seed) {
    EXPECT(points >= 1, "a Latin hypercube has a cell");
    while (std::uint64_t{1} << (2 * half_bits_) < points) ++half_bits_;
}

std::uint32_t LatinHypercube::cell(std::uint32_t point, std::uint32_t dimension) const {
    const std::uint32_t mask = (1U << half_bits_) - 1;
    std::uint32_t number = point;
    // A Feistel network permutes the numbers of an even count of bits; whoever lands beyond the
    // last cell goes on until within.
    do {
        std::uint32_t left = number >> half_bits_;
        std::uint32_t right = number & mask;
        for (std::uint32_t round = 0; round < rounds; ++round) {
            const auto mixed = draws_.words({.replication = right,
                                             .day = round,
                                             .purpose = Purpose::design_sample,
                                             .index = permutation_draw,
                                             .subject = dimension});
            left = std::exchange(right, left ^ (mixed[0] & mask));
        }
        number = left << half_bits_ | right;
    } while (number >= points_);
    return number;
}

double LatinHypercube::coordinate(std::uint32_t point, std::uint32_t dimension) const {
    EXPECT(point < points_, "a point of the hypercube");
    const double place = draws_.uniform({.replication = point,
                                         .purpose = Purpose::design_sample,
                                         .index = place_draw,
                                         .subject = dimension});
    // Rounding may reach the cell's end, which belongs to the next one.
    const double ends = cell(point, dimension) + std::min(place, 1.0 - 0x1p-20);
    return ends / points_;
}

}  // namespace firebreak
