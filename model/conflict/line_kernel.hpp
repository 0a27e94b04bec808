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

/// Latent activity is made in blocks of this many days, as many as a run of words serves.
inline constexpr int activity_block = 64;

/// How latent activity goes from one day to the next.
struct ActivityLaw {
    int sectors;
    /// Of the sectors' log-activity; no deviation where they have none of their own.
    float persistence;
    float innovation;
    float sd;
    bool has_flare_ups;
    float quiet_factor;
    float flare_factor;
    /// A sector flares where its word as a signed number is at most this: on the first day; and on
    /// a later one where the sector itself was quiet or flaring and 0, 1 or 2 of its neighbours
    /// were.
    std::int32_t first_day;
    std::int32_t later[2][3];
};

/// Where latent activity stands at the end of a day.
struct ActivityState {
    bool begun = false;
    /// One bit a sector.
    std::uint64_t flaring = 0;
    float log_activity[64] = {};
};

/// What a block of days is made from, and the rows of one value per sector which come out.
struct ActivityBlock {
    /// Logarithm of the front's factor of each day, the constant of all lognormal means included.
    const float* front_log;
    /// One row of sectors per day; null where the sectors have no activity of their own.
    const float* normals;
    /// One run of days per sector.
    const std::uint32_t* flare_words;
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
    /// Normal quantiles of half words, the same bits in every build: of each run of 64 words
    /// first those of the lower halves, then those of the upper. For factors that are made up
    /// anyway, where 2^-16 is fine enough and nothing lies beyond 4.3.
    void (*make_normals)(const std::uint32_t* words, int runs, float* normals);
    /// Normal quantiles of words as a guess for `fire`: the last bits may differ between builds,
    /// and tails too far for the Poisson polynomial are marked by a huge value.
    void (*guess_normals)(const std::uint32_t* words, int count, float* normals);
    /// exp(x) of each value in place, the same bits in every build.
    void (*exponentials)(float* values, int count);
    void (*make_activity)(const ActivityLaw&, const ActivityBlock&, ActivityState&);
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
