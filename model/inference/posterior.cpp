#include "inference/posterior.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.hpp"

namespace firebreak {
namespace {

/// Standard deviation of a uniform law on the unit interval.
constexpr double prior_sd = 0.28867513459481287;

constexpr std::uint16_t offset_draw = 0;
constexpr std::uint16_t order_draw = 1;

}  // namespace

double place_quantile(std::span<const PosteriorDraw> draws, std::size_t parameter, double u) {
    EXPECT(!draws.empty(), "a posterior has draws");
    std::vector<std::pair<double, double>> places;
    double total = 0.0;
    for (const PosteriorDraw& draw : draws) {
        places.emplace_back(draw.place[parameter], draw.weight);
        total += draw.weight;
    }
    std::sort(places.begin(), places.end());
    double sum = 0.0;
    for (const auto& [place, weight] : places) {
        sum += weight;
        if (sum >= u * total) return place;
    }
    return places.back().first;
}

double share_below(std::span<const PosteriorDraw> draws, std::size_t parameter, double place) {
    double below = 0.0;
    double total = 0.0;
    for (const PosteriorDraw& draw : draws) {
        total += draw.weight;
        if (draw.place[parameter] < place) below += draw.weight;
        if (draw.place[parameter] == place) below += 0.5 * draw.weight;
    }
    return below / total;
}

double contraction(std::span<const PosteriorDraw> draws, std::size_t parameter) {
    double total = 0.0;
    double mean = 0.0;
    for (const PosteriorDraw& draw : draws) {
        total += draw.weight;
        mean += draw.weight * draw.place[parameter];
    }
    mean /= total;
    double square = 0.0;
    for (const PosteriorDraw& draw : draws) {
        const double apart = draw.place[parameter] - mean;
        square += draw.weight / total * apart * apart;
    }
    return 1.0 - std::sqrt(square) / prior_sd;
}

std::vector<std::vector<double>> resampled(std::span<const PosteriorDraw> draws,
                                           std::uint32_t count, const Draws& luck,
                                           std::uint32_t stream) {
    EXPECT(!draws.empty() && count > 0, "a posterior has draws");
    const auto address = [stream](std::uint32_t number, std::uint16_t index) {
        return DrawAddress{.replication = number,
                           .purpose = Purpose::posterior_choice,
                           .index = index,
                           .subject = stream};
    };
    double total = 0.0;
    for (const PosteriorDraw& draw : draws) total += draw.weight;
    const double offset = luck.uniform(address(0, offset_draw));
    std::vector<std::vector<double>> chosen;
    std::size_t at = 0;
    double sum = draws.front().weight;
    for (std::uint32_t i = 0; i < count; ++i) {
        const double wanted = (i + offset) / count * total;
        while (sum < wanted && at + 1 < draws.size()) sum += draws[++at].weight;
        chosen.push_back(draws[at].place);
    }
    for (std::uint32_t i = count; i > 1; --i) {
        const auto other = static_cast<std::size_t>(luck.uniform(address(i, order_draw)) * i);
        std::swap(chosen[i - 1], chosen[other]);
    }
    return chosen;
}

}  // namespace firebreak
