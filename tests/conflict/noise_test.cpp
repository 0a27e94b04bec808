#include "conflict/noise.hpp"

#include <cmath>
#include <cstring>
#include <vector>

#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "conflict/line_kernel.hpp"

// "5 sigma": the standard error is taken from the spread between replications; a fresh seed would
// fail a right program about once in a million times.

namespace firebreak {
namespace {

constexpr std::uint64_t seed = 20260102;

LatentActivity lively() {
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

std::vector<KernelTarget> supported_targets() {
    std::vector<KernelTarget> targets;
    for (const KernelTarget target :
         {KernelTarget::portable, KernelTarget::v2, KernelTarget::v3, KernelTarget::v4}) {
        if (is_supported(target)) targets.push_back(target);
    }
    return targets;
}

struct Estimate {
    double sum = 0.0;
    double square = 0.0;
    int count = 0;

    void add(double x) {
        sum += x;
        square += x * x;
        ++count;
    }

    double mean() const { return sum / count; }

    double error() const { return std::sqrt((square / count - mean() * mean()) / (count - 1.0)); }
};

TEST(KernelWords, are_the_words_of_single_draws) {
    const Draws draws(seed);
    const auto key = draws.key();
    for (const KernelTarget target : supported_targets()) {
        std::vector<std::uint32_t> words(64 * 5);
        const std::uint32_t purpose = static_cast<std::uint32_t>(Purpose::flare_up) << 16;
        kernel_for(target).make_words({{key[0], key[1], key[2], key[3]}, 77, purpose | 3, 9, 5},
                                      words.data());
        for (std::uint32_t position = 0; position < words.size(); ++position) {
            const DrawAddress address = {77, 9 + position / 64, Purpose::flare_up, 3,
                                         position % 16};
            ASSERT_EQ(words[position], draws.words(address)[position / 16 % 4]);
        }
    }
}

TEST(KernelNormals, are_the_same_bits_in_every_build_and_near_the_exact_quantiles) {
    constexpr std::uint32_t run = 64;
    std::vector<std::uint32_t> words(1U << 15);
    for (std::uint32_t i = 0; i < words.size(); ++i) words[i] = 2 * i | (2 * i + 1) << 16;
    std::vector<float> first;
    for (const KernelTarget target : supported_targets()) {
        std::vector<float> normals(2 * words.size());
        kernel_for(target).make_normals(words.data(), static_cast<int>(words.size() / run),
                                        normals.data());
        if (first.empty()) first = normals;
        ASSERT_EQ(std::memcmp(first.data(), normals.data(), sizeof(float) * normals.size()), 0);
    }
    double square = 0.0;
    for (std::uint32_t i = 0; i < words.size(); ++i) {
        for (std::uint32_t half = 0; half < 2; ++half) {
            const std::uint32_t number = words[i] >> (16 * half) & 0xffffU;
            const double u = ((number ^ 0x8000U) + 0.5) * 0x1p-16;
            const float z = first[i / run * 2 * run + half * run + i % run];
            ASSERT_NEAR(z, normal_quantile(u), 6e-5) << number;
            square += static_cast<double>(z) * static_cast<double>(z);
        }
    }
    EXPECT_NEAR(square * 0x1p-16, 1.0, 5e-5);
}

TEST(KernelExponentials, are_the_same_bits_in_every_build_and_near_the_exact_values) {
    std::vector<float> arguments;
    for (float x = -86.0F; x < 86.0F; x += 0.0137F) arguments.push_back(x);
    arguments.push_back(0.0F);
    std::vector<float> first;
    for (const KernelTarget target : supported_targets()) {
        std::vector<float> values = arguments;
        kernel_for(target).exponentials(values.data(), static_cast<int>(values.size()));
        if (first.empty()) first = values;
        ASSERT_EQ(std::memcmp(first.data(), values.data(), 4 * values.size()), 0);
    }
    EXPECT_EQ(first.back(), 1.0F);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        ASSERT_NEAR(first[i] / exponential(static_cast<double>(arguments[i])), 1.0, 5e-7);
    }
}

TEST(Noise, is_the_same_bits_in_every_build) {
    Noise first;
    make_noise(first, Draws(seed), ReplicationId(3), 400, 24, lively(), 2.0,
               supported_targets().front());
    for (const KernelTarget target : supported_targets()) {
        Noise noise;
        make_noise(noise, Draws(seed), ReplicationId(3), 400, 24, lively(), 2.0, target);
        for (int day = 0; day < 400; ++day) {
            ASSERT_EQ(noise.day_factor(day), first.day_factor(day));
            ASSERT_EQ(std::memcmp(noise.activities(day), first.activities(day), 4 * 24), 0) << day;
            ASSERT_EQ(noise.thinning(day, Thinning::stray_from_ally),
                      first.thinning(day, Thinning::stray_from_ally));
        }
    }
}

TEST(Noise, of_a_shorter_history_is_the_beginning_of_a_longer_one) {
    Noise longer;
    Noise shorter;
    make_noise(longer, Draws(seed), ReplicationId(3), 500, 24, lively(), 2.0);
    make_noise(shorter, Draws(seed), ReplicationId(3), 77, 24, lively(), 2.0);
    for (int day = 0; day < 77; ++day) {
        ASSERT_EQ(std::memcmp(longer.fire_normals(day), shorter.fire_normals(day), 4 * 48), 0);
        ASSERT_EQ(std::memcmp(longer.activities(day), shorter.activities(day), 4 * 24), 0);
        ASSERT_EQ(longer.day_factor(day), shorter.day_factor(day));
        for (std::size_t stream = 0; stream < thinning_count; ++stream) {
            ASSERT_EQ(longer.thinning(day, static_cast<Thinning>(stream)),
                      shorter.thinning(day, static_cast<Thinning>(stream)));
        }
    }
}

TEST(Noise, made_in_used_buffers_equals_noise_made_afresh) {
    Noise used;
    make_noise(used, Draws(9), ReplicationId(1), 900, 40, {}, 0.7);
    make_noise(used, Draws(seed), ReplicationId(2), 300, 24, lively(), 3.0);
    make_noise(used, Draws(seed), ReplicationId(3), 300, 24, {}, 3.0);
    make_noise(used, Draws(seed), ReplicationId(3), 300, 24, lively(), 2.0);
    Noise fresh;
    make_noise(fresh, Draws(seed), ReplicationId(3), 300, 24, lively(), 2.0);
    for (int day = 0; day < 300; ++day) {
        ASSERT_EQ(std::memcmp(used.fire_normals(day), fresh.fire_normals(day), 4 * 48), 0);
        ASSERT_EQ(std::memcmp(used.activities(day), fresh.activities(day), 4 * 24), 0);
        ASSERT_EQ(used.day_factor(day), fresh.day_factor(day));
    }
    for (std::uint32_t sector = 0; sector < 24; ++sector) {
        EXPECT_EQ(used.frailty(1, SectorId(sector)), fresh.frailty(1, SectorId(sector)));
    }
}

TEST(Noise, fire_normals_are_the_quantiles_of_the_fire_words) {
    Noise noise;
    for (const int sectors : {1, 5, 24, 64}) {
        make_noise(noise, Draws(seed), ReplicationId(4), 60, sectors, {}, 2.0);
        for (int day = 0; day < 60; ++day) {
            for (int command = 0; command < 2 * sectors; ++command) {
                const double u = (noise.fire_word(day, command) + 0.5) * 0x1p-32;
                const double z = normal_quantile(u);
                const float guess = noise.fire_normals(day)[command];
                if (std::fabs(z) < 3.79) {
                    ASSERT_NEAR(guess, z, 4e-6);
                }
                if (std::fabs(z) > 3.81) {
                    ASSERT_GT(guess, 1e6F);
                }
            }
        }
    }
}

TEST(LatentActivity, of_no_spread_is_one_everywhere) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(0), 200, 24, {}, 2.0);
    for (int day = 0; day < 200; ++day) {
        ASSERT_EQ(noise.day_factor(day), 1.0F);
        for (std::uint32_t s = 0; s < 24; ++s) ASSERT_EQ(noise.activity(day, SectorId(s)), 1.0F);
    }
}

TEST(LatentActivity, has_mean_one_on_the_first_and_on_a_late_day_whatever_drives_it) {
    LatentActivity front;
    front.front_activity_sd = 0.5;
    front.front_activity_persistence = 0.9;
    LatentActivity sector;
    sector.sector_activity_sd = 0.7;
    sector.sector_activity_persistence = 0.8;
    LatentActivity flare;
    flare.flare_up_start = 0.02;
    flare.flare_up_persistence = 0.6;
    flare.flare_up_contagion = 0.3;
    flare.flare_up_factor = 6.0;
    Noise noise;
    for (const LatentActivity& latent : {front, sector, flare, lively()}) {
        Estimate first;
        Estimate late;
        Estimate factor;
        for (std::uint32_t replication = 0; replication < 4000; ++replication) {
            make_noise(noise, Draws(seed), ReplicationId(replication), 60, 8, latent, 2.0);
            double sum_first = 0.0;
            double sum_late = 0.0;
            for (std::uint32_t s = 0; s < 8; ++s) {
                sum_first += noise.activity(0, SectorId(s));
                sum_late += noise.activity(59, SectorId(s));
            }
            first.add(sum_first / 8);
            late.add(sum_late / 8);
            factor.add(noise.day_factor(30));
        }
        EXPECT_NEAR(first.mean(), 1.0, 5 * first.error());  // 5 sigma
        EXPECT_NEAR(late.mean(), 1.0, 5 * late.error());    // 5 sigma
        EXPECT_NEAR(factor.mean(), 1.0, 5 * factor.error() + 1e-7);
    }
}

TEST(LatentActivity, of_the_front_has_the_stated_spread_and_persistence) {
    LatentActivity latent;
    latent.front_activity_sd = 0.4;
    latent.front_activity_persistence = 0.7;
    Noise noise;
    Estimate variance;
    Estimate product;
    for (std::uint32_t replication = 0; replication < 300; ++replication) {
        make_noise(noise, Draws(seed), ReplicationId(replication), 400, 3, latent, 2.0);
        double sum = 0.0;
        double lagged = 0.0;
        for (int day = 0; day < 399; ++day) {
            const double x = std::log(noise.activity(day, SectorId(1))) + 0.08;
            const double y = std::log(noise.activity(day + 1, SectorId(1))) + 0.08;
            sum += x * x;
            lagged += x * y;
            ASSERT_EQ(noise.activity(day, SectorId(1)), noise.activity(day, SectorId(2)));
        }
        variance.add(sum / 399);
        product.add(lagged / 399);
    }
    EXPECT_NEAR(variance.mean(), 0.16, 5 * variance.error());      // 5 sigma
    EXPECT_NEAR(product.mean(), 0.7 * 0.16, 5 * product.error());  // 5 sigma
}

TEST(LatentActivity, of_two_sectors_is_independent_but_for_the_front) {
    LatentActivity latent;
    latent.sector_activity_sd = 0.6;
    latent.sector_activity_persistence = 0.5;
    Noise noise;
    Estimate product;
    for (std::uint32_t replication = 0; replication < 300; ++replication) {
        make_noise(noise, Draws(seed), ReplicationId(replication), 200, 24, latent, 2.0);
        double sum = 0.0;
        for (int day = 0; day < 200; ++day) {
            sum +=
                (noise.activity(day, SectorId(4)) - 1.0) * (noise.activity(day, SectorId(5)) - 1.0);
        }
        product.add(sum / 200);
    }
    EXPECT_NEAR(product.mean(), 0.0, 5 * product.error());  // 5 sigma
}

/// Share of flaring sectors on a day, and of neighbours that flare together.
struct FlareShares {
    Estimate flaring;
    Estimate together;
};

FlareShares flare_shares(const LatentActivity& latent, int day) {
    Noise noise;
    FlareShares shares;
    for (std::uint32_t replication = 0; replication < 3000; ++replication) {
        make_noise(noise, Draws(seed), ReplicationId(replication), day + 1, 24, latent, 2.0);
        int flaring = 0;
        int together = 0;
        for (std::uint32_t s = 0; s < 24; ++s) {
            const bool here = noise.activity(day, SectorId(s)) > 1.0F;
            const bool next = noise.activity(day, SectorId((s + 1) % 24)) > 1.0F;
            flaring += here ? 1 : 0;
            together += here && next ? 1 : 0;
        }
        shares.flaring.add(flaring / 24.0);
        shares.together.add(together / 24.0);
    }
    return shares;
}

TEST(FlareUps, have_exactly_their_long_run_share_on_every_day) {
    LatentActivity latent;
    latent.flare_up_start = 0.01;
    latent.flare_up_persistence = 0.6;
    latent.flare_up_contagion = 0.3;
    latent.flare_up_factor = 4.0;
    EXPECT_NEAR(flare_up_share(latent), 0.1, 1e-15);
    EXPECT_EQ(flare_up_share({}), 0.0);
    for (const int day : {0, 1, 5, 100}) {
        const Estimate share = flare_shares(latent, day).flaring;
        EXPECT_NEAR(share.mean(), 0.1, 5 * share.error()) << day;  // 5 sigma
    }
}

TEST(FlareUps, spread_to_neighbours_only_by_contagion) {
    LatentActivity alone;
    alone.flare_up_start = 0.01;
    alone.flare_up_persistence = 0.9;
    alone.flare_up_factor = 4.0;
    const Estimate independent = flare_shares(alone, 100).together;
    EXPECT_NEAR(independent.mean(), 0.01, 5 * independent.error());  // 5 sigma
    LatentActivity contagious = alone;
    contagious.flare_up_persistence = 0.4;
    contagious.flare_up_contagion = 0.5;
    EXPECT_GT(flare_shares(contagious, 100).together.mean(), 0.015);
}

TEST(FlareUps, take_two_values_whose_mean_is_one) {
    LatentActivity latent;
    latent.flare_up_start = 0.05;
    latent.flare_up_persistence = 0.75;
    latent.flare_up_factor = 3.0;  // share 0.2, so 1 / 1.4 and 3 / 1.4
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(0), 300, 24, latent, 2.0);
    for (int day = 0; day < 300; ++day) {
        for (std::uint32_t s = 0; s < 24; ++s) {
            const float activity = noise.activity(day, SectorId(s));
            ASSERT_TRUE(std::fabs(activity - 1.0 / 1.4) < 1e-6 ||
                        std::fabs(activity - 3.0 / 1.4) < 1e-6);
        }
    }
}

TEST(Frailty, has_mean_one_and_the_variance_of_its_shape) {
    Noise noise;
    Estimate mean;
    Estimate variance;
    for (std::uint32_t replication = 0; replication < 1000; ++replication) {
        make_noise(noise, Draws(seed), ReplicationId(replication), 1, 24, {}, 2.0);
        for (std::uint32_t s = 0; s < 24; ++s) {
            const double f = noise.frailty(static_cast<int>(s % 2), SectorId(s));
            ASSERT_GT(f, 0.0);
            mean.add(f);
            variance.add((f - 1.0) * (f - 1.0));
        }
    }
    EXPECT_NEAR(mean.mean(), 1.0, 5 * mean.error());          // 5 sigma
    EXPECT_NEAR(variance.mean(), 0.5, 5 * variance.error());  // 5 sigma
}

TEST(Thinning, is_uniform_and_independent_between_streams) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(0), 20000, 1, {}, 2.0);
    for (std::size_t stream = 0; stream < thinning_count; ++stream) {
        Estimate mean;
        Estimate product;
        const auto other = static_cast<Thinning>((stream + 1) % thinning_count);
        for (int day = 0; day < 20000; ++day) {
            const double u = noise.thinning(day, static_cast<Thinning>(stream));
            ASSERT_GT(u, 0.0);
            ASSERT_LT(u, 1.0);
            mean.add(u);
            product.add((u - 0.5) * (noise.thinning(day, other) - 0.5));
        }
        EXPECT_NEAR(mean.mean(), 0.5, 5 * mean.error());        // 5 sigma
        EXPECT_NEAR(product.mean(), 0.0, 5 * product.error());  // 5 sigma
    }
}

}  // namespace
}  // namespace firebreak
