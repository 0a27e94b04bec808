#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace firebreak {

/// One run of a model that is to be fitted.
struct Trial {
    /// Of each parameter, the share of its prior below the value it takes, in (0, 1): under the
    /// prior every place in this cube is as likely.
    std::vector<double> place;
    /// The luck it meets, below 2^52; equal lucks meet the same.
    std::uint64_t luck{};
};

/// What a trial gives: its statistics, or nothing where the parameters break a rule between them
/// (the prior is zero there).
using Statistics = std::vector<double>;

/// Runs trials; the answers stand in the order of the trials.
using RunTrials = std::function<std::vector<Statistics>(std::span<const Trial>)>;

/// A place as probits, in which the prior is the standard normal law, and back.
std::vector<double> probits_of(std::span<const double> place);
std::vector<double> place_of(std::span<const double> probits);

}  // namespace firebreak
