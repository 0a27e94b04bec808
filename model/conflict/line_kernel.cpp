#include "conflict/line_kernel.hpp"

#include <cstddef>

#include "conflict/line.hpp"
#include "conflict/poisson_coefficients.hpp"

// Plain loops over arrays, in short stages: the compiler turns each into vector code of the
// instruction set at hand, and a short stage fits into the processor's window where one long loop
// over everything would not.

namespace firebreak::FIREBREAK_KERNEL {
namespace {

using Word = std::uint32_t;

/// a b + c where the last bit does not matter, because a guard band or a tolerance covers it.
inline float guess_multiply_add(float a, float b, float c) {
#ifdef __FMA__
    return __builtin_fmaf(a, b, c);
#else
    return a * b + c;
#endif
}

struct Guess {
    static float multiply_add(float a, float b, float c) { return guess_multiply_add(a, b, c); }
};

/// The same, rounded after the product in every build.
struct Exact {
    static float multiply_add(float a, float b, float c) { return a * b + c; }
};

inline float float_of(Word bits) { return __builtin_bit_cast(float, bits); }

inline Word bits_of(float value) { return __builtin_bit_cast(Word, value); }

inline float smaller(float a, float b) { return a < b ? a : b; }

inline float larger(float a, float b) { return a > b ? a : b; }

/// All bits set where the value is negative: a choice without a branch, which vectorises anywhere.
inline Word negative(int value) { return static_cast<Word>(value >> 31); }

inline float either(Word chosen, float yes, float no) {
    return float_of((bits_of(yes) & chosen) | (bits_of(no) & ~chosen));
}

/// Coefficients in ascending order at x, by Horner's scheme.
template <class Arithmetic, int size>
inline float polynomial(const float (&coefficients)[size], float x) {
    // Pairs first: their products do not wait for each other.
    const float square = x * x;
    constexpr int pairs = (size + 1) / 2;
    float value = 0.0F;
#pragma GCC unroll 16
    for (int i = pairs - 1; i >= 0; --i) {
        const float pair = 2 * i + 1 < size ? Arithmetic::multiply_add(coefficients[2 * i + 1], x,
                                                                       coefficients[2 * i])
                                            : coefficients[2 * i];
        value = i == pairs - 1 ? pair : Arithmetic::multiply_add(value, square, pair);
    }
    return value;
}

inline Word rotated(Word word, int bits) { return (word << bits) | (word >> (32 - bits)); }

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

/// -log(y) for 0 < y <= 1, absolute error about 1e-7.
template <class Arithmetic>
inline float minus_logarithm(float y) {
    constexpr Word two_thirds = 0x3f2aaaab;
    constexpr float series[] = {2.0F, 2.0F / 3, 2.0F / 5, 2.0F / 7};
    const int exponent = static_cast<int>(bits_of(y) - two_thirds) >> 23;
    const float mantissa = float_of(bits_of(y) - (static_cast<Word>(exponent) << 23));
    const float f = mantissa - 1.0F;
    const float s = f / (2.0F + f);
    const float log_mantissa = s * polynomial<Arithmetic>(series, s * s);
    return -Arithmetic::multiply_add(static_cast<float>(exponent), 0.693147181F, log_mantissa);
}

/// A word as a uniform u = (word + 1/2) / 2^32 seen from the nearer end of the interval: the far
/// tail must not lose its leading bits.
struct FromEnd {
    /// The sign bit of u - 1/2, negative below it.
    Word sign;
    /// |1 - 2u|, and -log(4u(1 - u)).
    float size;
    float w;
};

template <class Arithmetic>
inline FromEnd from_end(Word word) {
    const Word upper = static_cast<Word>(-static_cast<int>(word >> 31));
    const Word to_end = word ^ upper;
    const float tail = (static_cast<float>(static_cast<int>(to_end)) + 0.5F) * 0x1p-32F;
    const float w = minus_logarithm<Arithmetic>(4.0F * tail * (1.0F - tail));
    return {~upper & 0x80000000U, 1.0F - 2.0F * tail, w};
}

void make_normals(const Word* words, int count, float* normals) {
    namespace fit = coefficients;
    for (int i = 0; i < count; ++i) {
        const FromEnd u = from_end<Exact>(words[i]);
        const float middle = polynomial<Exact>(fit::normal_middle, u.w - fit::normal_middle_centre);
        const float root = __builtin_sqrtf(larger(u.w, 0.0F));
        const float end = polynomial<Exact>(fit::normal_tail, root - fit::normal_tail_centre);
        const float z = u.size * (u.w <= fit::normal_split ? middle : end);
        normals[i] = float_of(bits_of(z) ^ u.sign);
    }
}

void guess_normals(const Word* words, int count, float* normals) {
    namespace fit = coefficients;
    constexpr float too_far = 1e9F;
    for (int i = 0; i < count; ++i) {
        const FromEnd u = from_end<Guess>(words[i]);
        const float z =
            u.size * polynomial<Guess>(fit::normal_guess, u.w - fit::normal_guess_centre);
        const float signed_z = float_of(bits_of(z) ^ u.sign);
        // After the polynomial, so that nothing which it makes of a tail can slip through.
        normals[i] = u.w <= fit::normal_guess_end ? signed_z : too_far;
    }
}

/// exp(x) for |x| < 87, relative error about 2e-7.
inline float exponential_of(float x) {
    constexpr float series[] = {1.0F,      1.0F,       1.0F / 2,   1.0F / 6,
                                1.0F / 24, 1.0F / 120, 1.0F / 720, 1.0F / 5040};
    const float bounded = larger(smaller(x, 87.0F), -87.0F);
    const float nearest = bounded * 1.44269504F;
    const int k = static_cast<int>(nearest + (nearest < 0.0F ? -0.5F : 0.5F));
    const auto whole = static_cast<float>(k);
    const float r = (bounded - whole * 0.693359375F) + whole * 2.12194440e-4F;
    return polynomial<Exact>(series, r) * float_of(static_cast<Word>(k + 127) << 23);
}

void exponentials(float* values, int count) {
    for (int i = 0; i < count; ++i) values[i] = exponential_of(values[i]);
}

void make_activity(const ActivityRun& run) {
    float log_activity[max_sectors] = {};
    // One more at either end, for the neighbours on the ring.
    float flaring[max_sectors + 2] = {};
    for (int day = 0; day < run.days; ++day) {
        const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(day) * run.stride;
        float* activity = run.activity + row;
        const float front = run.front_log[day];
        if (run.sector_normals != nullptr) {
            const float* z = run.sector_normals + row;
            // The first day is drawn from the stationary law.
            const float persistence = day == 0 ? 0.0F : run.sector_persistence;
            const float innovation = day == 0 ? 1.0F : run.sector_innovation;
            for (int s = 0; s < run.stride; ++s) {
                log_activity[s] = persistence * log_activity[s] + innovation * z[s];
                activity[s] = exponential_of(front + run.sector_sd * log_activity[s]);
            }
        } else {
            const float factor = exponential_of(front);
            for (int s = 0; s < run.stride; ++s) activity[s] = factor;
        }
        if (run.flare_words == nullptr) continue;
        const Word* words = run.flare_words + row;
        flaring[0] = flaring[run.sectors];
        flaring[run.sectors + 1] = flaring[1];
        float next[max_sectors];
        for (int s = 0; s < run.stride; ++s) {
            const float u = (static_cast<float>(static_cast<int>(words[s] >> 8)) + 0.5F) * 0x1p-24F;
            const float neighbours = 0.5F * (flaring[s] + flaring[s + 2]);
            const float later = run.flare_start + run.flare_persistence * flaring[s + 1] +
                                run.flare_contagion * neighbours;
            next[s] = u < (day == 0 ? run.flare_share : later) ? 1.0F : 0.0F;
            activity[s] *= next[s] > 0.5F ? run.flare_factor : run.quiet_factor;
        }
        for (int s = 0; s < run.stride; ++s) flaring[s + 1] = next[s];
    }
}

/// 1 / sqrt(x), relative error below 1e-6: two Newton steps from the bit-shift estimate. Their
/// constants lie a little above 3/2, which halves an error that is otherwise never positive.
inline float reciprocal_root(float x) {
    float y = float_of(0x5f375a86U - (bits_of(x) >> 1));
    const float half = 0.5F * x;
    y *= guess_multiply_add(-half * y, y, 1.50087896F);
    y *= guess_multiply_add(-half * y, y, 1.50000057F);
    return y;
}

/// Guesses every count from (intensity, z); returns whether any is in doubt; those are < 0 in
/// `doubts`.
template <int fixed_lanes>
inline bool guess_counts(const float* __restrict intensity, const float* __restrict normals,
                         int any_lanes, int* __restrict counts, int* __restrict doubts) {
    namespace fit = coefficients;
    const int lanes = fixed_lanes > 0 ? fixed_lanes : any_lanes;
    alignas(64) float quantile[max_lanes];
    alignas(64) float mean_of[max_lanes];
    alignas(64) float root_of[max_lanes];
    for (int c = 0; c < lanes; ++c) {
        mean_of[c] = larger(intensity[c], fit::smallest_mean);
        root_of[c] = reciprocal_root(mean_of[c]);
    }
    for (int c = 0; c < lanes; ++c) {
        const float mean = mean_of[c];
        const float root = root_of[c];
        const float slope = normals[c] * root;
        const float s = smaller(larger(slope, fit::smallest_slope), fit::largest_slope);
        const float a = polynomial<Guess>(fit::poisson_a, s);
        const float b = polynomial<Guess>(fit::poisson_b, s);
        const float rest = polynomial<Guess>(fit::poisson_c, s);
        const float bend = guess_multiply_add(guess_multiply_add(a, s, 1.0F), s, 1.0F);
        quantile[c] = guess_multiply_add(mean, bend, guess_multiply_add(root * root, rest, b));
    }
    int any = 0;
    for (int c = 0; c < lanes; ++c) {
        const float mean = mean_of[c];
        const float slope = normals[c] * root_of[c];
        const float guard =
            guess_multiply_add(fit::guard_root, root_of[c],
                               guess_multiply_add(fit::guard_slope, mean, fit::guard_constant));
        // Below 1/2 the count is 0 and in no doubt, however the polynomial bends there.
        const float x = larger(quantile[c], 0.5F);
        const int count = static_cast<int>(x);
        const float part = x - static_cast<float>(count);
        // Each is negative where it casts a doubt; the sign bits are joined without comparisons.
        const Word near_threshold = bits_of(part - guard) | bits_of((1.0F - part) - guard);
        // Outside the fit only a clear 0 may stand: the quantile grows with mean and z.
        const Word below_fit =
            bits_of(slope - fit::smallest_slope) | bits_of(intensity[c] - fit::smallest_mean);
        const Word no_clear_zero = bits_of((1.0F - guard) - x);
        const Word above_fit =
            bits_of(fit::largest_slope - slope) | bits_of(fit::largest_mean - mean);
        const Word in_doubt = near_threshold | (below_fit & no_clear_zero) | above_fit;
        counts[c] = count;
        doubts[c] = static_cast<int>(in_doubt);
        any |= doubts[c];
    }
    return any < 0;
}

template <int fixed_sectors>
void fire_lanes(const FireRun& run, Line& line, LineDay& out) {
    const int sectors = fixed_sectors > 0 ? fixed_sectors : line.sectors;
    const int lanes = fixed_sectors > 0 ? 2 * fixed_sectors : line.lanes;
    const LineSettings settings = line.settings;
    const float* __restrict base = line.base.data();
    float* __restrict intensity = out.intensity.data();
    int* __restrict counts = out.counts.data();

    float* all = line.memory.data() + memory_margin;
    const float* opponents = all + sectors;
    const float* here = run.activity;
    const float* across = run.activity - sectors;
    const float near = 0.5F * settings.near;
    for (int c = 0; c < lanes; ++c) {
        const Word second = negative(sectors - 1 - c);
        const int sector = c - static_cast<int>(second & static_cast<Word>(sectors));
        const float left = either(negative(sector - 1), opponents[c - 1], all[c - 1]);
        const float right = either(negative(sectors - 2 - sector), opponents[c + 1], all[c + 1]);
        // Both sides share the sector's activity; the row has room on either side of it.
        const float activity = either(second, across[c], here[c]);
        const float factor = either(second, run.side_factor[1], run.side_factor[0]);
        const float own_fire = (base[c] * factor) * activity;
        const float answer =
            (settings.own * all[c] + settings.cross * opponents[c]) + near * (left + right);
        const float sum = smaller(run.day_factor * (own_fire + answer), greatest_intensity);
        intensity[c] = either(negative(c - 2 * sectors), sum, 0.0F);
    }

    alignas(64) int doubts[max_lanes];
    if (guess_counts<2 * fixed_sectors>(intensity, run.normals, lanes, counts, doubts)) {
        settle_doubts(run, doubts, out);
    }

    const float forgotten = 1.0F - settings.rho;
    if constexpr (fixed_sectors > 0) {
        for (int c = 0; c < lanes; ++c) {
            const float fresh = settings.rho * all[c] + forgotten * static_cast<float>(counts[c]);
            all[c] = fresh;
            all[2 * sectors + c] = fresh;
        }
    } else {
        // The copy covers the padding of the original, so it comes after it.
        alignas(64) float fresh[max_lanes];
        for (int c = 0; c < lanes; ++c) {
            fresh[c] = settings.rho * all[c] + forgotten * static_cast<float>(counts[c]);
        }
        for (int c = 0; c < lanes; ++c) all[c] = fresh[c];
        for (int c = 0; c < lanes; ++c) all[2 * sectors + c] = fresh[c];
    }

    int first_total = 0;
    int both_totals = 0;
    int first_largest = 0;
    int second_largest = 0;
    for (int c = 0; c < lanes; ++c) {
        // Bits of floats that are not negative are ordered as integers.
        const int second = static_cast<int>(negative(sectors - 1 - c));
        const int bits = static_cast<int>(bits_of(intensity[c]));
        const int first_bits = bits & ~second;
        const int second_bits = bits & second;
        first_largest = first_largest > first_bits ? first_largest : first_bits;
        second_largest = second_largest > second_bits ? second_largest : second_bits;
        both_totals += counts[c];
        first_total += counts[c] & ~second;
    }
    out.violations = {first_total, both_totals - first_total};
    out.largest_intensity = {float_of(static_cast<Word>(first_largest)),
                             float_of(static_cast<Word>(second_largest))};
}

void fire_day(const FireRun& run, Line& line, LineDay& out) {
    // The usual number of sectors, known to the compiler, is a third faster.
    if (line.sectors == 24) {
        fire_lanes<24>(run, line, out);
    } else {
        fire_lanes<0>(run, line, out);
    }
}

bool guess_any_counts(const float* intensity, const float* normals, int lanes, int* counts,
                      int* doubts) {
    return guess_counts<0>(intensity, normals, lanes, counts, doubts);
}

constexpr Kernel functions = {make_words,    make_normals,     guess_normals, exponentials,
                              make_activity, guess_any_counts, fire_day};

}  // namespace

const Kernel& kernel() { return functions; }

}  // namespace firebreak::FIREBREAK_KERNEL
