#include "base/random.hpp"

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <Random123/threefry.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

// Statistical tests have fixed seeds, so each passes or fails for good; "5 sigma" says that a fresh
// seed would fail a right program once in 1.7 million times.

namespace firebreak {
namespace {

constexpr std::uint64_t seed = 20260101;

std::uint32_t number(const std::string& text) {
    return static_cast<std::uint32_t>(std::stoul(text, nullptr, 0));
}

TEST(Threefry, gives_the_known_answers_of_its_authors) {
    // Source: Random123, tests/kat_vectors, threefry4x32 with 20 rounds.
    using Generator = r123::Threefry4x32_R<20>;
    const Generator::ctr_type zeros = {{0, 0, 0, 0}};
    const Generator::ctr_type zeros_out = {{0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8}};
    EXPECT_EQ(Generator()(zeros, {{0, 0, 0, 0}}), zeros_out);
    const Generator::ctr_type ones = {{~0U, ~0U, ~0U, ~0U}};
    const Generator::ctr_type ones_out = {{0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732}};
    EXPECT_EQ(Generator()(ones, {{~0U, ~0U, ~0U, ~0U}}), ones_out);
    const Generator::ctr_type pi = {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}};
    const Generator::ctr_type pi_out = {{0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84}};
    EXPECT_EQ(Generator()(pi, {{0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89}}), pi_out);
}

TEST(Draws, give_the_known_answers_of_scheme_version_one) {
    std::ifstream file(std::string(FIREBREAK_SOURCE_DIR) + "/tests/known_answers/draws.txt");
    ASSERT_TRUE(file.is_open());
    int lines = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream row(line);
        std::vector<std::string> cell;
        for (std::string word; row >> word;) cell.push_back(word);
        ASSERT_EQ(cell.size(), 11U) << line;
        const Draws draws(std::stoull(cell[0], nullptr, 0));
        const DrawAddress address = {number(cell[1]), number(cell[2]),
                                     static_cast<Purpose>(number(cell[3])),
                                     static_cast<std::uint16_t>(number(cell[4])), number(cell[5])};
        const auto words = draws.words(address);
        for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(words[i], number(cell[6 + i])) << line;
        EXPECT_EQ(draws.uniform(address), std::strtod(cell[10].c_str(), nullptr)) << line;
        ++lines;
    }
    EXPECT_EQ(random_scheme_version, 1U);
    EXPECT_GE(lines, 20);
}

TEST(Draws, change_with_every_field_of_the_address_and_with_the_seed) {
    const DrawAddress home = {5, 17, Purpose::claim, 2, 9};
    std::vector<DrawAddress> others;
    for (std::uint32_t bit = 0; bit < 32; ++bit) {
        DrawAddress a = home, b = home, c = home;
        a.replication ^= 1U << bit;
        b.day ^= 1U << bit;
        c.subject ^= 1U << bit;
        others.insert(others.end(), {a, b, c});
    }
    for (std::uint32_t bit = 0; bit < 16; ++bit) {
        DrawAddress a = home, b = home;
        a.index = static_cast<std::uint16_t>(a.index ^ 1U << bit);
        b.purpose = static_cast<Purpose>(static_cast<std::uint32_t>(b.purpose) ^ 1U << bit);
        others.insert(others.end(), {a, b});
    }
    std::set<std::array<std::uint32_t, 4>> seen = {Draws(seed).words(home)};
    for (const DrawAddress& address : others) seen.insert(Draws(seed).words(address));
    for (int bit = 0; bit < 64; ++bit) {
        seen.insert(Draws(seed ^ std::uint64_t{1} << bit).words(home));
    }
    EXPECT_EQ(seen.size(), 1 + others.size() + 64);
}

TEST(Uniform, lies_inside_the_open_interval_whatever_the_words) {
    EXPECT_EQ(uniform_of(0, 0), 0x1p-53);
    EXPECT_EQ(uniform_of(~0U, ~0U), 1.0 - 0x1p-53);
    EXPECT_LT(uniform_of(0, 5), uniform_of(0, 6));
    EXPECT_LT(uniform_of(0, 5), uniform_of(~0U, 5));
}

TEST(Uniform, fills_the_interval_evenly) {
    // Chi-square with 255 degrees of freedom; 383 is 5 sigma (false alarm 3e-7 by its own law).
    const Draws draws(seed);
    std::vector<int> bins(256);
    constexpr int count = 256 * 400;
    for (std::uint32_t i = 0; i < count; ++i) {
        ++bins[static_cast<std::size_t>(256 * draws.uniform({i / 1826, i % 1826, Purpose::claim}))];
    }
    double chi_square = 0.0;
    for (const int hits : bins) chi_square += (hits - 400.0) * (hits - 400.0) / 400.0;
    EXPECT_LT(chi_square, 383.0);
    EXPECT_GT(chi_square, 150.0);
}

TEST(Uniform, of_neighbouring_addresses_is_uncorrelated) {
    const Draws draws(seed);
    constexpr std::uint32_t count = 40000;
    const DrawAddress home = {1, 0, Purpose::claim, 0, 0};
    for (int field = 0; field < 4; ++field) {
        double sum = 0.0;
        for (std::uint32_t i = 0; i < count; ++i) {
            DrawAddress first = home;
            first.day = i;
            DrawAddress second = first;
            if (field == 0) ++second.replication;
            if (field == 1) second.day += count;
            if (field == 2) ++second.index;
            if (field == 3) ++second.subject;
            sum += (draws.uniform(first) - 0.5) * (draws.uniform(second) - 0.5) * 12.0;
        }
        EXPECT_LT(std::fabs(sum / std::sqrt(count)), 5.0) << field;  // 5 sigma
    }
}

TEST(Bernoulli, is_never_at_zero_always_at_one_and_monotone_between) {
    const Draws draws(seed);
    int hits = 0;
    for (std::uint32_t day = 0; day < 10000; ++day) {
        const DrawAddress address = {0, day, Purpose::veto};
        ASSERT_FALSE(draws.bernoulli(0.0, address));
        ASSERT_TRUE(draws.bernoulli(1.0, address));
        ASSERT_LE(draws.bernoulli(0.3, address), draws.bernoulli(0.31, address));
        hits += draws.bernoulli(Probability(0.3), address) ? 1 : 0;
    }
    EXPECT_NEAR(hits, 3000, 5 * std::sqrt(2100.0));  // 5 sigma
}

TEST(Quantiles, of_exponential_and_logistic_meet_their_closed_forms) {
    EXPECT_NEAR(exponential_quantile(48.0, 0.5), 48.0 * 0.69314718055994531, 1e-13);
    EXPECT_EQ(exponential_quantile(0.0, 0.5), 0.0);
    EXPECT_LT(exponential_quantile(2.0, 0.3), exponential_quantile(2.0, 0.31));
    EXPECT_EQ(logistic_quantile(0.5), 0.0);
    EXPECT_NEAR(logistic_quantile(0.88079707797788244), 2.0, 1e-14);
}

TEST(PowerLaw, gives_one_death_at_the_median_grows_with_luck_and_stops_at_its_cap) {
    EXPECT_EQ(power_law_quantile(2.5, 500.0, 0.999), 1.0);
    // 0.5 * 0.001^(-1/1.5) + 0.5 = 50.5
    EXPECT_EQ(power_law_quantile(2.5, 500.0, 0.00099), 50.0);
    EXPECT_EQ(power_law_quantile(2.5, 20.0, 0.00099), 20.0);
    EXPECT_GE(power_law_quantile(2.0, 500.0, 0.01), power_law_quantile(2.5, 500.0, 0.01));
    // P(D >= d) = (2d - 1)^(1 - exponent), checked at every step.
    for (double deaths = 1.0; deaths < 40.0; deaths += 1.0) {
        const double tail = std::pow(2.0 * deaths - 1.0, -1.5);
        EXPECT_GE(power_law_quantile(2.5, 1e9, tail * (1 - 1e-9)), deaths);
        if (deaths > 1.0) {
            EXPECT_EQ(power_law_quantile(2.5, 1e9, tail * (1 + 1e-9)), deaths - 1.0);
        }
    }
}

TEST(PowerLaw, its_tail_is_the_chance_of_as_many_deaths_or_more) {
    EXPECT_EQ(power_law_tail(2.5, 0.0), 1.0);
    EXPECT_EQ(power_law_tail(2.5, 1.0), 1.0);
    EXPECT_DOUBLE_EQ(power_law_tail(2.0, 30.0), 1.0 / 59.0);
    EXPECT_DOUBLE_EQ(power_law_tail(2.0, 29.5), 1.0 / 59.0);
    for (const double exponent : {1.5, 2.0, 3.2}) {
        for (const double least : {2.0, 7.0, 100.0}) {
            const double tail = power_law_tail(exponent, least);
            EXPECT_GE(power_law_quantile(exponent, 1e9, tail * (1 - 1e-9)), least);
            EXPECT_LT(power_law_quantile(exponent, 1e9, tail * (1 + 1e-9)), least);
        }
    }
}

TEST(Categorical, follows_the_order_and_the_weights_given) {
    const std::vector<double> weights = {1.0, 0.0, 3.0};
    EXPECT_EQ(categorical_quantile(weights, 0.2499), 0U);
    EXPECT_EQ(categorical_quantile(weights, 0.2501), 2U);
    EXPECT_EQ(categorical_quantile(weights, 1.0 - 0x1p-53), 2U);
    EXPECT_EQ(categorical_quantile(std::vector<double>{0.0, 2.0, 0.0}, 1.0 - 0x1p-53), 1U);
#if defined(FIREBREAK_CONTRACTS) && FIREBREAK_CONTRACTS
    EXPECT_THROW(categorical_quantile(std::vector<double>{0.0}, 0.5), LogicError);
#endif
}

TEST(PoissonQuantile, is_zero_without_a_mean_and_meets_the_steps_of_the_distribution) {
    EXPECT_EQ(poisson_quantile(0.0, 0.999), 0U);
    // exp(-1) = 0.36787944, twice that = 0.73575888.
    EXPECT_EQ(poisson_quantile(1.0, 0.367879), 0U);
    EXPECT_EQ(poisson_quantile(1.0, 0.367880), 1U);
    EXPECT_EQ(poisson_quantile(1.0, 0.735758), 1U);
    EXPECT_EQ(poisson_quantile(1.0, 0.735759), 2U);
}

TEST(PoissonQuantile, agrees_with_long_double_sums_on_both_sides_of_every_step) {
    for (const double mean : {0.01, 0.7, 6.0, 18.0, 60.0, 400.0, 599.0, 700.0, 5000.0}) {
        long double log_term = -static_cast<long double>(mean);
        long double sum = std::exp(log_term);
        for (std::uint32_t n = 0; n < 6000; ++n) {
            if (sum > 1e-7L && sum < 1.0L - 1e-7L) {
                const auto step = static_cast<double>(sum);
                ASSERT_EQ(poisson_quantile(mean, step * (1 - 1e-11)), n) << mean;
                ASSERT_EQ(poisson_quantile(mean, step * (1 + 1e-11)), n + 1) << mean;
            }
            log_term += std::log(static_cast<long double>(mean) / (n + 1));
            sum += std::exp(log_term);
        }
    }
}

TEST(PoissonQuantile, never_decreases_in_the_mean_nor_in_the_uniform_and_always_ends) {
    for (double u = 0.001; u < 1.0; u += 0.0137) {
        std::uint32_t before = 0;
        for (double mean = 0.0; mean < 900.0; mean = 1.01 * mean + 0.01) {
            const std::uint32_t now = poisson_quantile(mean, u);
            ASSERT_GE(now, before) << mean << " " << u;
            before = now;
        }
    }
    EXPECT_LT(poisson_quantile(600.0, 1.0 - 0x1p-53), 900U);
    EXPECT_LT(poisson_quantile(601.0, 1.0 - 0x1p-53), 900U);
    EXPECT_GT(poisson_quantile(18.0, 1.0 - 0x1p-53), 50U);
}

TEST(Draws, of_the_continuous_laws_have_the_right_moments) {
    const Draws draws(seed);
    constexpr std::uint32_t count = 40000;
    double normal = 0.0, normal_square = 0.0, exponential = 0.0, logistic_square = 0.0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const double z = draws.normal({0, i, Purpose::gravity});
        normal += z;
        normal_square += z * z;
        exponential += draws.exponential(3.0, {0, i, Purpose::deadline});
        const double x = draws.logistic({0, i, Purpose::ally_error});
        logistic_square += x * x;
    }
    // All 5 sigma.
    EXPECT_NEAR(normal / count, 0.0, 5 / std::sqrt(count));
    EXPECT_NEAR(normal_square / count, 1.0, 5 * std::sqrt(2.0 / count));
    EXPECT_NEAR(exponential / count, 3.0, 5 * 3.0 / std::sqrt(count));
    EXPECT_NEAR(logistic_square / count, 3.2899, 5 * 5.9 / std::sqrt(count));
}

TEST(Gamma, has_mean_and_variance_equal_to_its_shape_on_both_sides_of_one) {
    const Draws draws(seed);
    constexpr std::uint32_t count = 40000;
    for (const double shape : {0.3, 1.0, 2.0, 7.5}) {
        double sum = 0.0, square = 0.0;
        for (std::uint32_t i = 0; i < count; ++i) {
            const double x = draws.gamma(shape, {i, 0, Purpose::line_frailty, 0, 3});
            ASSERT_GT(x, 0.0);
            sum += x;
            square += (x - shape) * (x - shape);
        }
        EXPECT_NEAR(sum / count, shape, 5 * std::sqrt(shape / count));  // 5 sigma
        // Var of the squared deviation is 2 shape^2 + 6 shape.
        EXPECT_NEAR(square / count, shape,
                    5 * std::sqrt((2 * shape * shape + 6 * shape) / count));  // 5 sigma
    }
}

}  // namespace
}  // namespace firebreak
