#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "base/error.hpp"
#include "ensemble/tally.hpp"

namespace firebreak {
namespace {

__extension__ using WideWord = unsigned __int128;

constexpr int fraction_bits = 24;

/// Beyond this a measure cannot be held: eight million squares of it are.
constexpr double largest_value = 0x1p27;

/// A double below the largest value plus this has no bits below 2^-24.
constexpr double rounder = 0x1.8p28;

/// `value` in units of 2^-24, to the nearest. Throws LogicError where it cannot be held.
std::int64_t in_units(Measure measure, double value) {
    if (!(std::abs(value) < largest_value)) {
        throw LogicError("a value of " + std::to_string(value) + " cannot be tallied as " +
                         std::string(measure_facts[index_of(measure)].name));
    }
    return std::bit_cast<std::int64_t>(value + rounder) - std::bit_cast<std::int64_t>(rounder);
}

WideInteger square(std::int64_t value) { return static_cast<WideInteger>(value) * value; }

/// Moments about the mean. The squares are centred on the integer below the mean before anything is
/// rounded, modulo 2^128, in which the result fits though its terms may not.
CentredMoments centred(std::int64_t count, WideInteger sum, WideInteger squares) {
    if (count == 0) return {};
    const WideInteger middle = sum / count;
    const double rest = static_cast<double>(sum - middle * count);
    const auto word = [](WideInteger value) { return static_cast<WideWord>(value); };
    const WideWord about_middle =
        word(squares) - 2 * word(middle) * word(sum) + word(middle) * word(middle) * word(count);
    const double shift = rest / static_cast<double>(count);
    const double about_mean =
        static_cast<double>(static_cast<WideInteger>(about_middle)) - rest * shift;
    return {count, std::ldexp(static_cast<double>(middle) + shift, -fraction_bits),
            std::ldexp(std::max(about_mean, 0.0), -2 * fraction_bits)};
}

}  // namespace

void Tally::accumulate_measures(std::span<const ReplicationResult> results) {
    std::vector<std::int64_t> values(measure_sum_.size());
    for (std::size_t place = 0; place < values.size(); ++place) {
        const std::size_t measure = place % measure_count;
        values[place] = in_units(static_cast<Measure>(measure),
                                 results[place / measure_count].measures[measure]);
        measure_sum_[place] += values[place];
        measure_squares_[place] += square(values[place]);
    }
    auto difference = measure_squared_difference_.begin();
    for (const auto& [first, second] : pairs_) {
        for (std::size_t measure = 0; measure < measure_count; ++measure) {
            *difference++ += square(values[first * measure_count + measure] -
                                    values[second * measure_count + measure]);
        }
    }
}

CentredMoments Tally::measure(std::size_t regime, Measure measure) const {
    EXPECT(regime < shape_.regimes, "a regime of this tally");
    const std::size_t place = regime * measure_count + index_of(measure);
    return centred(replications_, measure_sum_[place], measure_squares_[place]);
}

CentredMoments Tally::measure_difference(std::size_t first, std::size_t second,
                                         Measure measure) const {
    if (first == second) return {replications_, 0.0, 0.0};
    const auto place = [&](std::size_t row) { return row * measure_count + index_of(measure); };
    return centred(replications_, measure_sum_.at(place(first)) - measure_sum_.at(place(second)),
                   measure_squared_difference_[place(pair_place(first, second))]);
}

}  // namespace firebreak
