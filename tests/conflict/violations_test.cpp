#include "conflict/violations.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"

// "5 sigma": the standard error is taken from the spread between replications; a fresh seed would
// fail a right program about once in a million times.

namespace firebreak {
namespace {

constexpr std::uint64_t seed = 20260103;
constexpr LineSettings usual = {0.35F, 0.30F, 0.10F, 0.6F};
constexpr double branching = 0.75;
/// A frailty so narrow that every command is the average one.
constexpr double no_frailty = 1e8;

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

/// The line as docs/model.md writes it, one command after the other, exact inversion throughout.
class PlainLine {
  public:
    PlainLine(const Noise& noise, const LineSettings& settings, float baseline, float calm)
        : settings_(settings), sectors_(noise.sectors()) {
        const float n = settings.own + settings.cross + settings.near;
        for (int side = 0; side < 2; ++side) {
            for (int s = 0; s < sectors_; ++s) {
                const float f = noise.frailty(side, SectorId(static_cast<std::uint32_t>(s)));
                base_.push_back(f * baseline);
                memory.push_back(base_.back() * calm / (1.0F - n));
            }
        }
        intensity.resize(memory.size());
        counts.resize(memory.size());
    }

    void fire(const Noise& noise, int day, SideFactors factors) {
        for (int side = 0; side < 2; ++side) {
            for (int s = 0; s < sectors_; ++s) {
                const auto sector = SectorId(static_cast<std::uint32_t>(s));
                const float factor = side == 0 ? factors.russia : factors.ukraine;
                const float own_fire = (base_[at(side, s)] * factor) * noise.activity(day, sector);
                const float neighbours = memory[at(side, s - 1)] + memory[at(side, s + 1)];
                const float answer = (settings_.own * memory[at(side, s)] +
                                      settings_.cross * memory[at(1 - side, s)]) +
                                     (0.5F * settings_.near) * neighbours;
                intensity[at(side, s)] = noise.day_factor(day) * (own_fire + answer);
            }
        }
        for (std::size_t c = 0; c < memory.size(); ++c) {
            counts[c] = exact_count(noise.fire_word(day, static_cast<int>(c)), intensity[c]);
            memory[c] =
                settings_.rho * memory[c] + (1.0F - settings_.rho) * static_cast<float>(counts[c]);
        }
    }

    std::vector<float> memory;
    std::vector<float> intensity;
    std::vector<std::int32_t> counts;

  private:
    std::size_t at(int side, int sector) const {
        const int on_ring = (sector + sectors_) % sectors_;
        return static_cast<std::size_t>(side * sectors_ + on_ring);
    }

    LineSettings settings_;
    int sectors_;
    std::vector<float> base_;
};

TEST(Violations, of_the_kernel_are_those_of_the_plain_line_for_any_number_of_sectors) {
    for (const KernelTarget target : supported_targets()) {
        for (const int sectors : {1, 2, 3, 7, 8, 9, 17, 23, 24, 25, 40, 63, 64}) {
            Noise noise;
            make_noise(noise, Draws(seed), ReplicationId(7), 80, sectors, lively(), 0.8, target);
            Line line = start_line(noise, usual, 4.5F, 0.15F);
            PlainLine plain(noise, usual, 4.5F, 0.15F);
            LineDay out;
            for (int day = 0; day < 80; ++day) {
                const float calm = day < 60 ? 0.15F + 0.01F * static_cast<float>(day) : 0.02F;
                const SideFactors factors = {1.3F * calm, day > 40 ? 2.5F * calm : calm};
                fire(noise, day, line, factors, out);
                plain.fire(noise, day, factors);
                std::int32_t totals[2] = {0, 0};
                float largest[2] = {0.0F, 0.0F};
                for (int c = 0; c < 2 * sectors; ++c) {
                    const auto slot = static_cast<std::size_t>(c);
                    ASSERT_EQ(out.intensity[slot], plain.intensity[slot]) << sectors << " " << day;
                    ASSERT_EQ(out.counts[slot], plain.counts[slot]) << sectors << " " << day;
                    ASSERT_EQ(line.memory_of(c), plain.memory[slot]) << sectors << " " << day;
                    const std::size_t side = c < sectors ? 0 : 1;
                    totals[side] += plain.counts[slot];
                    largest[side] = std::max(largest[side], plain.intensity[slot]);
                }
                for (std::size_t side = 0; side < 2; ++side) {
                    ASSERT_EQ(out.violations[side], totals[side]);
                    ASSERT_EQ(out.largest_intensity[side], largest[side]);
                }
                for (int c = 2 * sectors; c < noise.lanes(); ++c) {
                    ASSERT_EQ(out.counts[static_cast<std::size_t>(c)], 0);
                    ASSERT_EQ(out.intensity[static_cast<std::size_t>(c)], 0.0F);
                }
            }
        }
    }
}

/// A hash of every day's totals over 64 five-year replications.
std::uint64_t history_hash(KernelTarget target, const LatentActivity& latent) {
    std::uint64_t hash = 0xcbf29ce484222325;
    Noise noise;
    for (std::uint32_t replication = 0; replication < 64; ++replication) {
        make_noise(noise, Draws(seed), ReplicationId(replication), 1826, 24, latent, 2.0, target);
        Line line = start_line(noise, usual, 4.5F, 1.0F);
        LineDay out;
        for (int day = 0; day < 1826; ++day) {
            fire(noise, day, line, {}, out);
            for (const std::int32_t total : out.violations) {
                hash = (hash ^ static_cast<std::uint64_t>(total)) * 0x100000001b3;
            }
        }
    }
    return hash;
}

TEST(Violations, are_the_same_in_every_build_of_the_kernel_and_on_every_machine) {
    for (const KernelTarget target : supported_targets()) {
        EXPECT_EQ(history_hash(target, {}), 0xa1f688cc023b1aab);
        EXPECT_EQ(history_hash(target, lively()), 0x6ec280633b96030b);
    }
}

TEST(Violations, are_none_without_a_baseline_and_without_posture) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(1), 200, 24, lively(), 2.0);
    Line silent = start_line(noise, usual, 0.0F, 1.0F);
    Line held = start_line(noise, usual, 4.5F, 0.0F);
    LineDay out;
    for (int day = 0; day < 200; ++day) {
        fire(noise, day, silent, {}, out);
        ASSERT_EQ(out.violations[0] + out.violations[1], 0);
        fire(noise, day, held, {0.0F, 0.0F}, out);
        ASSERT_EQ(out.violations[0] + out.violations[1], 0);
        ASSERT_EQ(out.largest_intensity[0], 0.0F);
    }
}

TEST(Violations, begin_where_the_calm_of_the_first_day_would_have_brought_them) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(1), 1, 24, {}, 2.0);
    const Line line = start_line(noise, usual, 4.6F, 0.15F);
    for (std::uint32_t s = 0; s < 24; ++s) {
        EXPECT_NEAR(line.memory_of(static_cast<int>(s)),
                    noise.frailty(0, SectorId(s)) * 4.6 * 0.15 / 0.25, 1e-4);
    }
}

TEST(Violations, have_the_closed_form_mean_with_latent_activity_or_without) {
    // E[N] = mu posture calm / (1 - n) per command, from the first day on.
    for (const LatentActivity& latent : {LatentActivity{}, lively()}) {
        Noise noise;
        Estimate early;
        Estimate all;
        for (std::uint32_t replication = 0; replication < 1500; ++replication) {
            make_noise(noise, Draws(seed), ReplicationId(replication), 100, 24, latent, 2.0);
            Line line = start_line(noise, usual, 1.5F, 2.0F);
            LineDay out;
            double sum = 0.0;
            for (int day = 0; day < 100; ++day) {
                fire(noise, day, line, {2.0F, 2.0F}, out);
                sum += out.violations[0] + out.violations[1];
                if (day == 0) early.add(sum / 48);
            }
            all.add(sum / 48 / 100);
        }
        const double expected = 1.5 * 2.0 / (1.0 - branching);
        EXPECT_NEAR(early.mean(), expected, 5 * early.error());  // 5 sigma
        EXPECT_NEAR(all.mean(), expected, 5 * all.error());      // 5 sigma
    }
}

TEST(Violations, have_the_second_moments_of_the_linear_recursion) {
    // The sum over both sides has the branching ratio own + cross + near, the difference has
    // own - cross + near. With phi = rho + (1 - rho) n and the same mean intensity L:
    //   Var A = (1 - rho)^2 L / (1 - phi^2),  Var N = L + n^2 Var A,
    //   Cov(N, N a day later) = n (rho n Var A + (1 - rho) Var N).
    Noise noise;
    Estimate variance[2];
    Estimate covariance[2];
    const double mean = 48 * 4.5 / (1.0 - branching);
    for (std::uint32_t replication = 0; replication < 200; ++replication) {
        make_noise(noise, Draws(seed), ReplicationId(replication), 1000, 24, {}, no_frailty);
        Line line = start_line(noise, usual, 4.5F, 1.0F);
        LineDay out;
        double square[2] = {0.0, 0.0};
        double product[2] = {0.0, 0.0};
        double before[2] = {0.0, 0.0};
        for (int day = 0; day < 1000; ++day) {
            fire(noise, day, line, {}, out);
            const double now[2] = {out.violations[0] + out.violations[1] - mean,
                                   static_cast<double>(out.violations[0] - out.violations[1])};
            for (int mode = 0; mode < 2; ++mode) {
                // The first days still remember their common start.
                if (day > 60) square[mode] += now[mode] * now[mode];
                if (day > 60) product[mode] += now[mode] * before[mode];
                before[mode] = now[mode];
            }
        }
        for (int mode = 0; mode < 2; ++mode) {
            variance[mode].add(square[mode] / 939);
            covariance[mode].add(product[mode] / 939);
        }
    }
    for (int mode = 0; mode < 2; ++mode) {
        const double n = mode == 0 ? 0.75 : 0.15;
        const double rho = 0.6;
        const double phi = rho + (1 - rho) * n;
        const double memory = (1 - rho) * (1 - rho) * mean / (1 - phi * phi);
        const double counts = mean + n * n * memory;
        const double lagged = n * (rho * n * memory + (1 - rho) * counts);
        EXPECT_NEAR(variance[mode].mean(), counts, 5 * variance[mode].error());      // 5 sigma
        EXPECT_NEAR(covariance[mode].mean(), lagged, 5 * covariance[mode].error());  // 5 sigma
    }
}

/// The two side totals alone, which on a ring are a process of their own.
struct Lumped {
    double memory[2];
    double base[2];
    std::uint32_t counts[2] = {0, 0};

    void fire(const Draws& draws, std::uint32_t replication, std::uint32_t day) {
        double intensity[2];
        for (std::size_t side = 0; side < 2; ++side) {
            intensity[side] = base[side] + 0.45 * memory[side] + 0.30 * memory[1 - side];
        }
        for (std::uint32_t side = 0; side < 2; ++side) {
            counts[side] =
                draws.poisson(intensity[side], {replication, day, Purpose::branch_choice, 0, side});
            memory[side] = 0.6 * memory[side] + 0.4 * counts[side];
        }
    }
};

/// Largest distance between the distribution functions of two samples of one size.
double distance_between(std::vector<double> left, std::vector<double> right) {
    std::sort(left.begin(), left.end());
    std::sort(right.begin(), right.end());
    double largest = 0.0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const auto below = std::upper_bound(right.begin(), right.end(), left[i]) - right.begin();
        const auto here = std::upper_bound(left.begin(), left.end(), left[i]) - left.begin();
        largest = std::max(largest, std::fabs(static_cast<double>(below - here)) /
                                        static_cast<double>(left.size()));
    }
    return largest;
}

TEST(Violations, of_a_side_follow_the_two_dimensional_process_in_law) {
    constexpr std::uint32_t count = 3000;
    constexpr std::uint32_t days = 40;
    std::vector<double> total[2];
    std::vector<double> change[2];
    Noise noise;
    const Draws draws(seed + 1);
    for (std::uint32_t replication = 0; replication < count; ++replication) {
        make_noise(noise, Draws(seed), ReplicationId(replication), days, 24, {}, 1.0);
        Line line = start_line(noise, usual, 1.0F, 0.2F);
        LineDay out;
        Lumped lumped{};
        for (std::uint32_t side = 0; side < 2; ++side) {
            const DrawAddress address = {replication, 0, Purpose::branch_choice, 0, 10 + side};
            lumped.base[side] = draws.gamma(24.0, address);
            lumped.memory[side] = lumped.base[side] * 0.2 / 0.25;
        }
        double before[2] = {0.0, 0.0};
        for (std::uint32_t day = 0; day < days; ++day) {
            before[0] = out.violations[0] + 0.5 * out.violations[1];
            before[1] = lumped.counts[0] + 0.5 * lumped.counts[1];
            fire(noise, static_cast<int>(day), line, {}, out);
            lumped.fire(draws, replication, day);
        }
        const double now[2] = {out.violations[0] + 0.5 * out.violations[1],
                               lumped.counts[0] + 0.5 * lumped.counts[1]};
        for (std::size_t i = 0; i < 2; ++i) {
            total[i].push_back(now[i]);
            change[i].push_back(now[i] - before[i]);
        }
    }
    // Kolmogorov-Smirnov, 2 exp(-2 c^2) = 4e-6 each at c = 2.56.
    const double limit = 2.56 * std::sqrt(2.0 / count);
    EXPECT_LT(distance_between(total[0], total[1]), limit);
    EXPECT_LT(distance_between(change[0], change[1]), limit);
}

TEST(Violations, never_fall_when_a_posture_hardens_under_the_same_luck) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(2), 300, 24, lively(), 2.0);
    Line mild = start_line(noise, usual, 4.5F, 1.0F);
    Line hard = mild;
    LineDay mild_day;
    LineDay hard_day;
    for (int day = 0; day < 300; ++day) {
        fire(noise, day, mild, {1.0F, 1.0F}, mild_day);
        fire(noise, day, hard, {1.2F, 1.0F}, hard_day);
        for (std::size_t c = 0; c < 48; ++c) ASSERT_GE(hard_day.counts[c], mild_day.counts[c]);
    }
    EXPECT_GT(hard_day.violations[0], mild_day.violations[0]);
    // The other side only answers, and it does.
    EXPECT_GT(hard_day.violations[1], mild_day.violations[1]);
}

TEST(Violations, of_a_forked_line_are_those_of_the_line_it_came_from) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(2), 60, 24, lively(), 2.0);
    Line line = start_line(noise, usual, 4.5F, 1.0F);
    LineDay out;
    for (int day = 0; day < 30; ++day) fire(noise, day, line, {}, out);
    Line fork = line;
    LineDay fork_day;
    for (int day = 30; day < 60; ++day) {
        fire(noise, day, line, {}, out);
        fire(noise, day, fork, {}, fork_day);
        ASSERT_EQ(out.counts, fork_day.counts);
    }
    EXPECT_EQ(line, fork);
}

/// Variance over mean of the daily totals, and their correlation with the next day's.
struct Shape {
    double dispersion;
    double correlation;
};

Shape shape_of(const LatentActivity& latent) {
    Noise noise;
    double mean = 0.0;
    double square = 0.0;
    double product = 0.0;
    constexpr int days = 1000;
    constexpr std::uint32_t replications = 40;
    const double expected = 48 * 4.5 / (1.0 - branching);
    for (std::uint32_t replication = 0; replication < replications; ++replication) {
        make_noise(noise, Draws(seed), ReplicationId(replication), days, 24, latent, no_frailty);
        Line line = start_line(noise, usual, 4.5F, 1.0F);
        LineDay out;
        double before = 0.0;
        for (int day = 0; day < days; ++day) {
            fire(noise, day, line, {}, out);
            const double now = out.violations[0] + out.violations[1] - expected;
            mean += now;
            square += now * now;
            product += now * before;
            before = now;
        }
    }
    constexpr double count = static_cast<double>(days) * replications;
    const double variance = square / count - (mean / count) * (mean / count);
    return {variance / expected, product / count / variance};
}

TEST(Violations, disperse_more_with_every_latent_factor) {
    const Shape calm = shape_of({});
    LatentActivity front;
    front.front_activity_sd = 0.2;
    front.front_activity_persistence = 0.8;
    LatentActivity wider_front = front;
    wider_front.front_activity_sd = 0.4;
    LatentActivity daily;
    daily.day_factor_sd = 0.15;
    LatentActivity wider_daily;
    wider_daily.day_factor_sd = 0.3;
    LatentActivity flares;
    flares.flare_up_start = 0.01;
    flares.flare_up_persistence = 0.7;
    flares.flare_up_contagion = 0.25;
    flares.flare_up_factor = 5.0;
    EXPECT_LT(calm.dispersion, 0.5 * shape_of(front).dispersion);
    EXPECT_LT(shape_of(front).dispersion, 0.5 * shape_of(wider_front).dispersion);
    EXPECT_LT(calm.dispersion, 0.5 * shape_of(daily).dispersion);
    EXPECT_LT(shape_of(daily).dispersion, 0.5 * shape_of(wider_daily).dispersion);
    EXPECT_LT(calm.dispersion, 0.5 * shape_of(flares).dispersion);
    // A lasting factor raises the correlation of days; the share of it falls with an added
    // independent daily one.
    EXPECT_GT(shape_of(wider_front).correlation, calm.correlation);
    LatentActivity both = wider_front;
    both.day_factor_sd = 0.3;
    EXPECT_LT(shape_of(both).correlation, shape_of(wider_front).correlation);
}

#if defined(FIREBREAK_CONTRACTS) && FIREBREAK_CONTRACTS
TEST(Violations, refuse_a_line_that_would_explode_and_a_day_without_noise) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(2), 10, 24, {}, 2.0);
    EXPECT_THROW(start_line(noise, {0.5F, 0.4F, 0.1F, 0.6F}, 4.5F, 1.0F), LogicError);
    EXPECT_THROW(start_line(noise, {0.5F, 0.4F, -0.1F, 0.6F}, 4.5F, 1.0F), LogicError);
    Line line = start_line(noise, usual, 4.5F, 1.0F);
    LineDay out;
    EXPECT_THROW(fire(noise, 10, line, {}, out), LogicError);
}
#endif

}  // namespace
}  // namespace firebreak
