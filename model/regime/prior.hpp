#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace firebreak {

/// How a parameter is spread when it is varied.
enum class Distribution : std::uint8_t { fixed, uniform, log_uniform };

inline constexpr std::array<std::string_view, 3> distribution_names{"fixed", "uniform",
                                                                    "log-uniform"};

/// What is believed of a parameter before any comparison with data. A fixed one has low == high.
struct Prior {
    Distribution distribution = Distribution::fixed;
    double low{};
    double high{};

    bool operator==(const Prior&) const = default;
};

/// The value below which the share `u` in [0, 1] of `prior` lies.
inline double quantile(const Prior& prior, double u) {
    switch (prior.distribution) {
        case Distribution::uniform:
            return prior.low + u * (prior.high - prior.low);
        case Distribution::log_uniform:
            return prior.low * std::pow(prior.high / prior.low, u);
        case Distribution::fixed:
            break;
    }
    return prior.low;
}

}  // namespace firebreak
