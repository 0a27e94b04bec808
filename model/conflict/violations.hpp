#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "conflict/noise.hpp"

namespace firebreak {

/// Most sectors of a line, and the lanes that their two sides need.
inline constexpr int max_sectors = 64;
inline constexpr int max_lanes = 2 * max_sectors;
/// Room around the memories, so that they begin where a vector begins and a neighbour always
/// exists.
inline constexpr int memory_margin = 16;

/// How fire answers fire: the excitation of a command by the memory of its own fire, of its
/// opponent's, and of its neighbours' (their mean), and the daily persistence of that memory.
/// own + cross + near < 1, else the fire grows without end.
struct LineSettings {
    float own = 0.0F;
    float cross = 0.0F;
    float near = 0.0F;
    float rho = 0.0F;

    bool operator==(const LineSettings&) const = default;
};

/// Posture times calm of each side on a day: the factor on the violations that answer nothing.
struct SideFactors {
    float russia = 1.0F;
    float ukraine = 1.0F;
};

/// Where one history's line of contact stands: what every command would do unprovoked, and the
/// memory of its fire. Trivially copyable, so that a history can be forked.
struct alignas(64) Line {
    LineSettings settings;
    std::int32_t sectors = 0;
    std::int32_t lanes = 0;
    /// Frailty times mean violations of a complying command [1/d].
    alignas(64) std::array<float, max_lanes> base{};
    /// Memory of every command's own fire [1/d], twice in a row between margins: the opponent of a
    /// command then stands `sectors` further on, and nobody needs to wrap around the ring.
    alignas(64) std::array<float, 2 * memory_margin + 2 * max_lanes> memory{};

    float memory_of(int command) const {
        return memory[memory_margin + static_cast<std::size_t>(command)];
    }

    bool operator==(const Line&) const = default;
};

/// What one day brought on the line. Commands are numbered as in Noise.
struct alignas(64) LineDay {
    /// Violations of each side.
    std::array<std::int32_t, 2> violations{};
    /// The most intense command of each side [1/d].
    std::array<float, 2> largest_intensity{};
    /// Expected violations of each command given the past [1/d].
    alignas(64) std::array<float, max_lanes> intensity{};
    /// Violations of each command.
    alignas(64) std::array<std::int32_t, max_lanes> counts{};
};

/// The line on the first day: memories as if the calm of that day had always been.
/// `baseline` is the mean of a complying command without excitation [1/d].
Line start_line(const Noise& noise, const LineSettings& settings, float baseline,
                float calm_at_start);

/// One day of fire: every command fires a Poisson number N of violations, then remembers it.
///
///     intensity = D(t) (base posture calm activity + own A + cross A' + near mean(A beside it))
///     A <- rho A + (1 - rho) N
///
/// The count is exactly the quantile of the day's word under the single-precision intensity,
/// whatever the processor. Sectors form a ring. Source: docs/model.md §4.
void fire(const Noise& noise, int day, Line& line, SideFactors factors, LineDay& out);

/// The count that a word means under an intensity: the definition which `fire` reproduces.
std::int32_t exact_count(std::uint32_t word, float intensity);

}  // namespace firebreak
