#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"

namespace firebreak {

/// A draw of a posterior: a place in the cube of the priors and its weight.
struct PosteriorDraw {
    std::vector<double> place;
    double weight{};  ///< sums to 1 over all draws
};

/// The place of a parameter below which the share `u` of the weight lies.
double place_quantile(std::span<const PosteriorDraw> draws, std::size_t parameter, double u);

/// The share of the weight below a place of a parameter; what lies at it counts by half.
double share_below(std::span<const PosteriorDraw> draws, std::size_t parameter, double place);

/// By how much the observations narrowed a parameter: 1 - standard deviation after over that
/// before, both of the place in the prior. 0 or less: they said nothing of it.
double contraction(std::span<const PosteriorDraw> draws, std::size_t parameter);

/// A parameter narrowed by more than this counts as informed.
inline constexpr double informed_contraction = 0.2;

/// As many draws of equal weight, by systematic resampling, in random order.
std::vector<std::vector<double>> resampled(std::span<const PosteriorDraw> draws,
                                           std::uint32_t count, const Draws& luck,
                                           std::uint32_t stream);

}  // namespace firebreak
