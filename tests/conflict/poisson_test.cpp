#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "base/random.hpp"
#include "conflict/line_kernel.hpp"
#include "conflict/poisson_coefficients.hpp"
#include "conflict/violations.hpp"

namespace firebreak {
namespace {

constexpr double words_in_all = 4294967296.0;

std::vector<const Kernel*> supported_kernels() {
    std::vector<const Kernel*> kernels;
    for (const KernelTarget target :
         {KernelTarget::portable, KernelTarget::v2, KernelTarget::v3, KernelTarget::v4}) {
        if (is_supported(target)) kernels.push_back(&kernel_for(target));
    }
    return kernels;
}

struct Comparison {
    long draws = 0;
    long doubts = 0;
    long wrong = 0;
};

/// Compares the guesses that are not in doubt with exact inversion, all words under one intensity.
void compare(const Kernel& kernel, float intensity, const std::vector<std::uint32_t>& words,
             Comparison& sum) {
    std::vector<float> normals(words.size());
    kernel.guess_normals(words.data(), static_cast<int>(words.size()), normals.data());
    for (std::size_t first = 0; first < words.size(); first += max_lanes) {
        alignas(64) float intensities[max_lanes] = {};
        alignas(64) float lane_normals[max_lanes] = {};
        alignas(64) int counts[max_lanes];
        alignas(64) int doubts[max_lanes];
        const std::size_t size = std::min(words.size() - first, std::size_t{max_lanes});
        for (std::size_t i = 0; i < size; ++i) {
            intensities[i] = intensity;
            lane_normals[i] = normals[first + i];
        }
        kernel.guess_counts(intensities, lane_normals, max_lanes, counts, doubts);
        for (std::size_t i = 0; i < size; ++i) {
            ++sum.draws;
            if (doubts[i] < 0) {
                ++sum.doubts;
            } else if (counts[i] != exact_count(words[first + i], intensity)) {
                ++sum.wrong;
            }
        }
    }
}

/// Words at and around every step of the distribution function, and the ends of the range.
std::vector<std::uint32_t> words_around_steps(float mean) {
    std::vector<std::uint32_t> words = {0, 1, 2, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};
    double term = exponential(-static_cast<double>(mean));
    double sum = term;
    for (int n = 1; sum < 1.0 - 1e-10 && n < 1000; ++n) {
        for (int power = -1; power < 26; ++power) {
            for (const double sign : {-1.0, 1.0}) {
                const double word = std::floor(sum * words_in_all + sign * std::ldexp(1.0, power));
                if (word >= 0.0 && word < words_in_all) {
                    words.push_back(static_cast<std::uint32_t>(word));
                }
            }
        }
        term *= static_cast<double>(mean) / n;
        sum += term;
    }
    return words;
}

TEST(PoissonGuess, is_right_or_in_doubt_around_every_step_of_the_distribution) {
    for (const Kernel* kernel : supported_kernels()) {
        Comparison sum;
        // Far below the smallest and beyond the largest mean of the fit, too.
        for (float mean = 0.001F; mean < 640.0F; mean *= 1.0173F) {
            compare(*kernel, mean, words_around_steps(mean), sum);
        }
        EXPECT_GT(sum.draws, 1000000);
        EXPECT_GT(sum.draws - sum.doubts, sum.draws / 4);
        EXPECT_EQ(sum.wrong, 0);
    }
}

TEST(PoissonGuess, is_right_or_in_doubt_for_words_at_random_and_seldom_in_doubt) {
    for (const Kernel* kernel : supported_kernels()) {
        for (const float mean : {0.15F, 0.5F, 1.0F, 2.0F, 6.0F, 18.0F, 60.0F, 300.0F}) {
            std::vector<std::uint32_t> words(64 * 256);
            kernel->make_words({{1, 2, 3, 4}, 5, 6, 0, 256}, words.data());
            Comparison sum;
            compare(*kernel, mean, words, sum);
            EXPECT_EQ(sum.wrong, 0) << mean;
            // A claim about speed: a mean below one may cost more, as few such days are simulated.
            const long in_thousand = mean >= 6.0F ? 2 : mean >= 1.0F ? 10 : 100;
            EXPECT_LT(sum.doubts * 1000, sum.draws * in_thousand) << mean;
        }
    }
}

TEST(PoissonGuess, never_trusts_a_tail_or_a_mean_outside_the_fit) {
    for (const Kernel* kernel : supported_kernels()) {
        const std::vector<std::uint32_t> words = {0, 1, 0xffffffff, 0xfffffffe, 0x80000000};
        std::vector<float> normals(words.size());
        kernel->guess_normals(words.data(), 5, normals.data());
        alignas(64) float lane_normals[16] = {};
        for (std::size_t i = 0; i < 5; ++i) lane_normals[i] = normals[i];
        alignas(64) int counts[16];
        alignas(64) int doubts[16];
        alignas(64) float usual[16];
        alignas(64) float huge[16];
        for (int i = 0; i < 16; ++i) {
            usual[i] = 18.0F;
            huge[i] = 601.0F;
        }
        kernel->guess_counts(usual, lane_normals, 16, counts, doubts);
        for (int i = 0; i < 4; ++i) EXPECT_LT(doubts[i], 0) << i;
        EXPECT_GE(doubts[4], 0);
        kernel->guess_counts(huge, lane_normals, 16, counts, doubts);
        for (int i = 0; i < 5; ++i) EXPECT_LT(doubts[i], 0) << i;
    }
}

TEST(PoissonGuess, of_no_intensity_is_a_zero_without_doubt_below_nine_words_in_ten) {
    for (const Kernel* kernel : supported_kernels()) {
        alignas(64) const float none[16] = {};
        alignas(64) const float normals[16] = {-3.7F, -2.0F, -1.0F, 0.0F, 1.0F, 1.2F};
        alignas(64) int counts[16];
        alignas(64) int doubts[16];
        EXPECT_FALSE(kernel->guess_counts(none, normals, 16, counts, doubts));
        for (const int count : counts) EXPECT_EQ(count, 0);
    }
    EXPECT_EQ(exact_count(0xffffffff, 0.0F), 0);
}

TEST(PoissonFit, errs_less_than_its_guard_band_at_every_threshold) {
    namespace fit = coefficients;
    const auto value_at = [](const auto& terms, double s) {
        double value = 0.0;
        double power_of_s = 1.0;
        for (const float term : terms) {
            value += static_cast<double>(term) * power_of_s;
            power_of_s *= s;
        }
        return value;
    };
    double greatest = 0.0;
    for (double mean = fit::smallest_mean; mean < fit::largest_mean; mean *= 1.0037) {
        const double root = 1.0 / std::sqrt(mean);
        const double guard = fit::guard_constant + fit::guard_root * root + fit::guard_slope * mean;
        double term = exponential(-mean);
        double sum = term;
        for (int n = 1; sum < 0.99995; ++n) {
            const double z = sum > 0.0 ? normal_quantile(sum) : -10.0;
            const double s = z * root;
            if (std::fabs(z) <= fit::largest_normal && s >= fit::smallest_slope &&
                s <= fit::largest_slope) {
                const double x = mean * (1.0 + s + s * s * value_at(fit::poisson_a, s)) +
                                 value_at(fit::poisson_b, s) + value_at(fit::poisson_c, s) / mean;
                greatest = std::max(greatest, std::fabs(x - n) / guard);
            }
            term *= mean / n;
            sum += term;
        }
    }
    // The rest of the band is for single precision.
    EXPECT_LT(greatest, 0.80);
    EXPECT_GT(greatest, 0.50);
}

TEST(ExactCount, of_the_greatest_intensity_is_far_from_any_overflow) {
    // The normal approximation with its first correction errs by less than 1/100 sd up here.
    const double mean = static_cast<double>(greatest_intensity);
    std::int32_t before = 0;
    for (const std::uint32_t word :
         {0x00000000U, 0x00010000U, 0x80000000U, 0xffff0000U, 0xffffffffU}) {
        const double z = normal_quantile((static_cast<double>(word) + 0.5) * 0x1p-32);
        const std::int32_t count = exact_count(word, greatest_intensity);
        EXPECT_NEAR(count, mean + z * std::sqrt(mean) + (z * z - 1.0) / 6.0, 10.0) << word;
        EXPECT_GT(count, before);
        before = count;
    }
    EXPECT_LT(static_cast<double>(before) * max_lanes, 2147483647.0);
}

TEST(ExactCount, is_the_quantile_of_the_middle_of_the_words_cell) {
    // exp(-1) 2^32 = 1580030168.7: the last word of a 0 is the one whose middle lies below.
    EXPECT_EQ(exact_count(1580030168, 1.0F), 0);
    EXPECT_EQ(exact_count(1580030169, 1.0F), 1);
}

}  // namespace
}  // namespace firebreak
