#include "inference/trial.hpp"

#include <algorithm>

#include "base/elementary.hpp"

namespace firebreak {
namespace {

/// No place is nearer than this to the faces of the cube, whose probits are infinite.
constexpr double face = 1e-12;

}  // namespace

std::vector<double> probits_of(std::span<const double> place) {
    std::vector<double> probits;
    for (const double share : place) {
        probits.push_back(normal_quantile(std::clamp(share, face, 1.0 - face)));
    }
    return probits;
}

std::vector<double> place_of(std::span<const double> probits) {
    std::vector<double> place;
    for (const double probit : probits) {
        place.push_back(std::clamp(normal_distribution(probit), face, 1.0 - face));
    }
    return place;
}

}  // namespace firebreak
