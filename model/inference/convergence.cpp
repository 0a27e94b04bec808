#include "inference/convergence.hpp"

#include <cmath>

#include "base/error.hpp"

namespace firebreak {
namespace {

double mean_of(const Chain& chain, std::size_t parameter) {
    double sum = 0.0;
    for (const auto& place : chain) sum += place[parameter];
    return sum / static_cast<double>(chain.size());
}

double reduction_of(std::span<const Chain> chains, std::size_t parameter) {
    const auto count = static_cast<double>(chains.size());
    const auto length = static_cast<double>(chains.front().size());
    std::vector<double> means;
    double total = 0.0;
    double within = 0.0;
    for (const Chain& chain : chains) {
        const double mean = mean_of(chain, parameter);
        means.push_back(mean);
        total += mean / count;
        for (const auto& place : chain) {
            const double apart = place[parameter] - mean;
            within += apart * apart / (length - 1.0) / count;
        }
    }
    double between = 0.0;
    for (const double mean : means) between += (mean - total) * (mean - total);
    if (chains.size() > 1) between /= count - 1.0;
    if (!(between > 0.0)) return within > 0.0 ? std::sqrt((length - 1.0) / length) : 1.0;
    return std::sqrt((length - 1.0) / length + between / within);
}

}  // namespace

std::vector<double> scale_reduction(std::span<const Chain> chains) {
    EXPECT(!chains.empty() && chains.front().size() > 1, "a spread needs two steps");
    std::vector<double> reductions;
    for (std::size_t i = 0; i < chains.front().front().size(); ++i) {
        reductions.push_back(reduction_of(chains, i));
    }
    return reductions;
}

}  // namespace firebreak
