#include "conflict/noise_kernel.hpp"

#include <cstddef>

#include "conflict/kernel_arithmetic.hpp"
#include "conflict/line.hpp"
#include "conflict/poisson_coefficients.hpp"

namespace firebreak::FIREBREAK_KERNEL {
namespace {

inline Word rotated(Word word, int bits) { return (word << bits) | (word >> (32 - bits)); }

/// log((1 + s) / (1 - s)) / s in powers of s^2: the absolute error of the logarithm is about 4e-6
/// with three terms and 1e-7 with four.
constexpr float three_terms[] = {2.0F, 2.0F / 3, 2.0F / 5};
constexpr float four_terms[] = {2.0F, 2.0F / 3, 2.0F / 5, 2.0F / 7};

/// -log(y) for 0 < y <= 1.
template <class Arithmetic, int size>
inline float minus_logarithm(const float (&series)[size], float y) {
    constexpr Word two_thirds = 0x3f2aaaab;
    const int exponent = static_cast<int>(bits_of(y) - two_thirds) >> 23;
    const float mantissa = float_of(bits_of(y) - (static_cast<Word>(exponent) << 23));
    const float f = mantissa - 1.0F;
    const float s = f / (2.0F + f);
    const float log_mantissa = s * polynomial<Arithmetic>(series, s * s);
    return -Arithmetic::multiply_add(static_cast<float>(exponent), 0.693147181F, log_mantissa);
}

/// The normal quantile of u = 1/2 + (half + 1/2) / 2^16, -2^15 <= half < 2^15.
inline float normal_of_half(int half) {
    namespace fit = coefficients;
    const float x = (static_cast<float>(half) + 0.5F) * 0x1p-15F;
    const float size = x < 0.0F ? -x : x;
    const float w = minus_logarithm<Exact>(three_terms, (1.0F - size) * (1.0F + size));
    return x * polynomial<Exact>(fit::normal_half, w - fit::normal_half_centre);
}

/// exp(x) for |x| < 87, relative error about 3e-7.
inline float exponential_of(float x) {
    // Added to a float it leaves the nearest whole number in the last bits.
    constexpr float rounder = 0x1.8p23F;
    const float bounded = larger(smaller(x, 87.0F), -87.0F);
    const float shifted = bounded * 1.44269504F + rounder;
    const float whole = shifted - rounder;
    const float r = (bounded - whole * 0.693359375F) + whole * 2.12194440e-4F;
    const Word mantissa = bits_of(polynomial<Exact>(coefficients::exponential, r));
    return float_of(mantissa + (bits_of(shifted) << 23));
}

/// A block's activity, flare-ups left out.
template <int fixed_sectors>
void make_lognormal(const ActivityLaw& law, const ActivityBlock& block, ActivityState& state) {
    const int sectors = fixed_sectors > 0 ? fixed_sectors : law.sectors;
    const float* __restrict front = block.front_log;
    const float* __restrict z = block.normals;
    float* __restrict activity = block.activity;
    if (z == nullptr) {
        for (int day = 0; day < activity_block; ++day) {
            const float factor = exponential_of(front[day]);
            for (int s = 0; s < sectors; ++s) activity[sectors * day + s] = factor;
        }
        return;
    }
    float* __restrict log_activity = state.log_activity;
    const float sd = law.sd;
    for (int day = 0; day < activity_block; ++day) {
        // The first day is drawn from the stationary law.
        const bool first = day == 0 && !state.begun;
        const float persistence = first ? 0.0F : law.persistence;
        const float innovation = first ? 1.0F : law.innovation;
        for (int s = 0; s < sectors; ++s) {
            log_activity[s] = persistence * log_activity[s] + innovation * z[sectors * day + s];
            activity[sectors * day + s] = front[day] + sd * log_activity[s];
        }
    }
    exponentials(activity, activity_block * sectors);
}

/// For each day of a block one bit per sector.
struct SectorBits {
    Word half[2][activity_block];

    std::uint64_t of(int day) const { return std::uint64_t{half[1][day]} << 32 | half[0][day]; }
};

/// Sets the bits of the sectors whose word is at most `limit`.
void compare_words(const Word* words, int sectors, std::int32_t limit, SectorBits& low) {
    low = {};
    for (int s = 0; s < sectors; ++s) {
        const Word bit = Word{1} << (s % 32);
        const Word* __restrict run = words + std::ptrdiff_t{activity_block} * s;
        Word* __restrict bits = low.half[s / 32];
        for (int day = 0; day < activity_block; ++day) {
            bits[day] |= static_cast<int>(run[day]) <= limit ? bit : 0;
        }
    }
}

/// Which sectors flare on each day of a block. As bits of one number all of them go from one day to
/// the next at once.
void make_flare_ups(const ActivityLaw& law, const Word* words, ActivityState& state,
                    SectorBits& flaring) {
    const int sectors = law.sectors;
    const std::uint64_t all = ~std::uint64_t{0} >> (64 - sectors);
    SectorBits low[2][3];
    for (int own = 0; own < 2; ++own) {
        for (int beside = 0; beside < 3; ++beside) {
            compare_words(words, sectors, law.later[own][beside], low[own][beside]);
        }
    }
    if (!state.begun) compare_words(words, sectors, law.first_day, flaring);
    for (int day = 0; day < activity_block; ++day) {
        const std::uint64_t now = state.flaring;
        const std::uint64_t left = (now << 1 | now >> (sectors - 1)) & all;
        const std::uint64_t right = (now >> 1 | now << (sectors - 1)) & all;
        // More flaring neighbours never make it less likely.
        const auto next = [&](const SectorBits(&limits)[3]) {
            return limits[0].of(day) | (limits[1].of(day) & (left | right)) |
                   (limits[2].of(day) & left & right);
        };
        state.flaring =
            day == 0 && !state.begun ? flaring.of(0) : (now & next(low[1])) | (~now & next(low[0]));
        flaring.half[0][day] = static_cast<Word>(state.flaring);
        flaring.half[1][day] = static_cast<Word>(state.flaring >> 32);
    }
}

template <int fixed_sectors>
void multiply_flare_ups(const ActivityLaw& law, const SectorBits& flaring, float* activity) {
    const int sectors = fixed_sectors > 0 ? fixed_sectors : law.sectors;
    Word bit[max_sectors];
    for (int s = 0; s < sectors; ++s) bit[s] = Word{1} << (s % 32);
    for (int day = 0; day < activity_block; ++day) {
        float* const row = activity + std::ptrdiff_t{sectors} * day;
        for (int s = 0; s < sectors; ++s) {
            const bool flares = (flaring.half[s / 32][day] & bit[s]) != 0;
            row[s] *= flares ? law.flare_factor : law.quiet_factor;
        }
    }
}

template <int fixed_sectors>
void make_block(const ActivityLaw& law, const ActivityBlock& block, ActivityState& state) {
    make_lognormal<fixed_sectors>(law, block, state);
    if (law.has_flare_ups) {
        SectorBits flaring;
        make_flare_ups(law, block.flare_words, state, flaring);
        multiply_flare_ups<fixed_sectors>(law, flaring, block.activity);
    }
    state.begun = true;
}

}  // namespace

/// Threefry4x32 with 20 rounds. Source: J. K. Salmon et al. (2011), SC'11, article 16.
void make_words(const WordRun& run, Word* words) {
    constexpr int rotations[8][2] = {{10, 26}, {11, 21}, {13, 27}, {23, 5},
                                     {6, 20},  {17, 11}, {25, 10}, {18, 20}};
    constexpr Word parity = 0x1BD11BDA;
    const Word key[5] = {run.key[0], run.key[1], run.key[2], run.key[3],
                         parity ^ run.key[0] ^ run.key[1] ^ run.key[2] ^ run.key[3]};
    const Word start0 = run.replication + key[0];
    const Word start2 = run.purpose_and_index + key[2];
    for (Word group = 0; group < run.groups; ++group) {
        Word* out = words + static_cast<std::ptrdiff_t>(group) * 64;
        const Word start1 = run.first_group + group + key[1];
        for (Word lane = 0; lane < 16; ++lane) {
            Word x0 = start0;
            Word x1 = start1;
            Word x2 = start2;
            Word x3 = lane + key[3];
#pragma GCC unroll 20
            for (int round = 0; round < 20; ++round) {
                const int* by = rotations[round % 8];
                if (round % 2 == 0) {
                    x0 += x1;
                    x1 = rotated(x1, by[0]) ^ x0;
                    x2 += x3;
                    x3 = rotated(x3, by[1]) ^ x2;
                } else {
                    x0 += x3;
                    x3 = rotated(x3, by[0]) ^ x0;
                    x2 += x1;
                    x1 = rotated(x1, by[1]) ^ x2;
                }
                if (round % 4 == 3) {
                    const int turn = round / 4 + 1;
                    x0 += key[turn % 5];
                    x1 += key[(turn + 1) % 5];
                    x2 += key[(turn + 2) % 5];
                    x3 += key[(turn + 3) % 5] + static_cast<Word>(turn);
                }
            }
            out[lane] = x0;
            out[16 + lane] = x1;
            out[32 + lane] = x2;
            out[48 + lane] = x3;
        }
    }
}

void make_normals(const Word* words, int runs, float* normals) {
    for (int run = 0; run < runs; ++run) {
        const Word* in = words + std::ptrdiff_t{64} * run;
        float* out = normals + std::ptrdiff_t{128} * run;
        for (int i = 0; i < 64; ++i) out[i] = normal_of_half(static_cast<int>(in[i] << 16) >> 16);
        for (int i = 0; i < 64; ++i) out[64 + i] = normal_of_half(static_cast<int>(in[i]) >> 16);
    }
}

void guess_normals(const Word* words, int count, float* normals) {
    namespace fit = coefficients;
    constexpr float too_far = 1e9F;
    for (int i = 0; i < count; ++i) {
        // u = (word + 1/2) / 2^32 seen from the nearer end of (0, 1), where a tail keeps its bits.
        const Word upper = static_cast<Word>(static_cast<int>(words[i]) >> 31);
        const auto to_end = static_cast<float>(static_cast<int>(words[i] ^ upper));
        const float twice = guess_multiply_add(to_end, 0x1p-31F, 0x1p-32F);
        const float size = 1.0F - twice;
        const float w = minus_logarithm<Guess>(four_terms, twice * (1.0F + size));
        const float z = size * polynomial<Guess>(fit::normal_guess, w - fit::normal_guess_centre);
        const float signed_z = float_of(bits_of(z) ^ (~upper & 0x80000000U));
        // After the polynomial, so that nothing which it makes of a tail can slip through.
        normals[i] = w <= fit::normal_guess_end ? signed_z : too_far;
    }
}

void exponentials(float* values, int count) {
    for (int i = 0; i < count; ++i) values[i] = exponential_of(values[i]);
}

void make_activity(const ActivityLaw& law, const ActivityBlock& block, ActivityState& state) {
    if (law.sectors == 24) {
        make_block<24>(law, block, state);
    } else {
        make_block<0>(law, block, state);
    }
}

}  // namespace firebreak::FIREBREAK_KERNEL
