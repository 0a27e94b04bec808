#include "ensemble/sobol.hpp"

#include <algorithm>

#include <boost/random/sobol.hpp>

#include "base/error.hpp"
#include "ensemble/design_draws.hpp"

namespace firebreak {
namespace {

constexpr std::uint32_t bits = 32;
/// Levels of the scrambling that one draw serves: its 128 bits hold a tree of 127 decisions.
constexpr std::uint32_t levels_per_draw = 7;

using Engine = boost::random::sobol_engine<std::uint32_t, bits>;

}  // namespace

SobolSequence::SobolSequence(std::size_t dimensions, std::uint64_t seed)
    : dimensions_(dimensions), draws_(seed) {
    EXPECT(dimensions >= 1 && dimensions <= most_dimensions(),
           "a Sobol sequence has as many dimensions as there are directions for");
    directions_.resize(bits * dimensions);
    Engine engine(dimensions);
    for (std::uint32_t bit = 0; bit < bits; ++bit) {
        // The engine leaves out the point 0 and goes in Gray code: the point of this number is made
        // of the direction of this bit alone.
        engine.seed(static_cast<std::uint32_t>((std::uint64_t{2} << bit) - 2));
        for (std::size_t d = 0; d < dimensions; ++d) directions_[bit * dimensions + d] = engine();
    }
}

std::size_t SobolSequence::most_dimensions() {
    return boost::random::default_sobol_table::max_dimension;
}

std::uint32_t SobolSequence::unscrambled(std::uint32_t point, std::size_t dimension) const {
    std::uint32_t code = point ^ (point >> 1);
    std::uint32_t digits = 0;
    for (std::size_t at = dimension; code != 0; code >>= 1, at += dimensions_) {
        if ((code & 1U) != 0) digits ^= directions_[at];
    }
    return digits;
}

double SobolSequence::coordinate(std::uint32_t point, std::size_t dimension) const {
    EXPECT(dimension < dimensions_, "a dimension of the sequence");
    const std::uint32_t digits = unscrambled(point, dimension);
    std::uint32_t scrambled = 0;
    for (std::uint32_t done = 0; done < bits; done += levels_per_draw) {
        const std::uint32_t prefix = done == 0 ? 0 : digits >> (bits - done);
        const auto flips = draws_.words({.replication = prefix,
                                         .day = done,
                                         .purpose = Purpose::design_sample,
                                         .index = scrambling_draw,
                                         .subject = static_cast<std::uint32_t>(dimension)});
        std::uint32_t node = 1;
        for (std::uint32_t level = done; level < std::min(done + levels_per_draw, bits); ++level) {
            const std::uint32_t digit = digits >> (bits - 1 - level) & 1U;
            const std::uint32_t flip = flips[node / 32] >> (node % 32) & 1U;
            scrambled = scrambled << 1 | (digit ^ flip);
            node = 2 * node + digit;
        }
    }
    return (scrambled + 0.5) * 0x1p-32;
}

}  // namespace firebreak
