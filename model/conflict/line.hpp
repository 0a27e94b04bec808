#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace firebreak {

/// Most sectors of a line, and the lanes that their two sides need.
inline constexpr int max_sectors = 64;
inline constexpr int max_lanes = 2 * max_sectors;
/// Room around the memories, so that they begin where a vector begins and a neighbour always
/// exists.
inline constexpr int memory_margin = 16;

/// An intensity is cut off here, so that a day of all commands stays far below what an int32 holds
/// (128 million) [1/d]. Nothing comes near it: Donbas saw about 20 per command.
inline constexpr float greatest_intensity = 1e6F;

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

}  // namespace firebreak
