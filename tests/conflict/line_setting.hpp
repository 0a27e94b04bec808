#pragma once

#include <cstdint>

#include "conflict/violations.hpp"

/// A line of contact for the tests of its fire.
namespace firebreak::line_setting {

inline constexpr std::uint64_t seed = 20260103;
inline constexpr LineSettings usual = {0.35F, 0.30F, 0.10F, 0.6F};
inline constexpr double branching = 0.75;
/// A frailty so narrow that every command is the average one.
inline constexpr double no_frailty = 1e8;

/// Every latent factor at work.
inline LatentActivity lively() {
    return {.front_activity_sd = 0.35,
            .front_activity_persistence = 0.8,
            .day_factor_sd = 0.25,
            .sector_activity_sd = 0.5,
            .sector_activity_persistence = 0.9,
            .flare_up_start = 0.004,
            .flare_up_persistence = 0.8,
            .flare_up_contagion = 0.15,
            .flare_up_factor = 5.0};
}

}  // namespace firebreak::line_setting
