#pragma once

#include <cstdint>

namespace firebreak {

// What crosses between the model and the kernel, which is compiled once per instruction set. Plain
// data only: an inline library function compiled there could replace the copy that others use.

class Noise;
enum class KernelTarget : std::uint8_t;
struct Line;
struct LineDay;

/// A run of bulk words: position p is word (p / 16) % 4 of the draw with day p / 64 and subject
/// p % 16, so that neighbours in memory are neighbours in a vector.
struct WordRun {
    std::uint32_t key[4];
    std::uint32_t replication;
    /// Purpose in the upper half; index in the lower, from 0x8000 on, apart from single draws.
    std::uint32_t purpose_and_index;
    /// Runs of 64 words to make, from the run of this number on.
    std::uint32_t first_group;
    std::uint32_t groups;
};

/// The latent activity of all days: rows of `stride` sectors, of which `sectors` count.
struct ActivityRun {
    int days;
    int sectors;
    int stride;
    /// Normals of (day, sector), or null where the sectors have no factor of their own.
    const float* sector_normals;
    float sector_persistence;
    float sector_innovation;
    float sector_sd;
    /// Logarithm of the front's factor of each day, the constant of all lognormal means included.
    const float* front_log;
    /// Words of (day, sector), or null where there are no flare-ups.
    const std::uint32_t* flare_words;
    float flare_share;
    float flare_start;
    float flare_persistence;
    float flare_contagion;
    float quiet_factor;
    float flare_factor;
    float* activity;
};

/// One day of fire; see `fire`.
struct FireRun {
    const float* normals;
    const float* activity;
    float day_factor;
    float side_factor[2];
    const Noise* noise;
    int day;
};

/// The functions of one build of the kernel.
struct Kernel {
    void (*make_words)(const WordRun&, std::uint32_t* words);
    /// Normal quantiles of words, the same bits in every build.
    void (*make_normals)(const std::uint32_t* words, int count, float* normals);
    /// The same as a guess for `fire`: the last bits may differ between builds, and tails too far
    /// for the Poisson polynomial are marked by a huge value.
    void (*guess_normals)(const std::uint32_t* words, int count, float* normals);
    /// exp(x) of each value in place, the same bits in every build.
    void (*exponentials)(float* values, int count);
    void (*make_activity)(const ActivityRun&);
    /// Guesses counts of at most max_lanes commands; returns whether any is in doubt (negative).
    bool (*guess_counts)(const float* intensity, const float* normals, int lanes, int* counts,
                         int* doubts);
    void (*fire)(const FireRun&, Line&, LineDay&);
};

/// Decides the counts of the day whose guess is in doubt (negative) by exact inversion.
void settle_doubts(const FireRun& run, const int* doubts, LineDay& out);

/// The functions of a supported target.
const Kernel& kernel_for(KernelTarget target);

namespace portable {
const Kernel& kernel();
}

namespace v2 {
const Kernel& kernel();
}

namespace v3 {
const Kernel& kernel();
}

namespace v4 {
const Kernel& kernel();
}

}  // namespace firebreak
