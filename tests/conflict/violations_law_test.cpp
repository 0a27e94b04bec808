#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "conflict/violations.hpp"
#include "line_setting.hpp"

// "5 sigma": the standard error is taken from the spread between replications; a fresh seed would
// fail a right program about once in a million times.

namespace firebreak {
namespace {

using namespace line_setting;

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

}  // namespace
}  // namespace firebreak
