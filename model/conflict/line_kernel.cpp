#include "conflict/line_kernel.hpp"

#include <cstddef>

#include "conflict/kernel_arithmetic.hpp"
#include "conflict/line.hpp"
#include "conflict/noise_kernel.hpp"
#include "conflict/poisson_coefficients.hpp"

// Plain loops over arrays, in short stages: the compiler turns each into vector code of the
// instruction set at hand, and a short stage fits into the processor's window where one long loop
// over everything would not.

namespace firebreak::FIREBREAK_KERNEL {
namespace {

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
