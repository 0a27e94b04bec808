#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "base/elementary.hpp"

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

/// The value below which the share `u` in [0, 1] of `prior` lies, never beyond its ends.
inline double quantile(const Prior& prior, double u) {
    switch (prior.distribution) {
        case Distribution::uniform:
            return std::clamp(prior.low + u * (prior.high - prior.low), prior.low, prior.high);
        case Distribution::log_uniform:
            return std::clamp(prior.low * power(prior.high / prior.low, u), prior.low, prior.high);
        case Distribution::fixed:
            break;
    }
    return prior.low;
}

}  // namespace firebreak
