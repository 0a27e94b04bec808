#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "conflict/violations.hpp"
#include "line_setting.hpp"

namespace firebreak {
namespace {

using namespace line_setting;

std::vector<KernelTarget> supported_targets() {
    std::vector<KernelTarget> targets;
    for (const KernelTarget target :
         {KernelTarget::portable, KernelTarget::v2, KernelTarget::v3, KernelTarget::v4}) {
        if (is_supported(target)) targets.push_back(target);
    }
    return targets;
}

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

TEST(Violations, of_a_line_that_runs_away_are_cut_off_before_they_overflow) {
    for (const KernelTarget target : supported_targets()) {
        Noise noise;
        make_noise(noise, Draws(seed), ReplicationId(1), 20, 64, lively(), 0.8, target);
        Line line = start_line(noise, usual, 1e5F, 1.0F);
        LineDay out;
        for (int day = 0; day < 20; ++day) {
            const float factor = day < 10 ? 1e6F : 1e30F;
            fire(noise, day, line, {factor, factor}, out);
            for (std::size_t c = 0; c < 128; ++c) {
                ASSERT_LE(out.intensity[c], greatest_intensity);
                ASSERT_GE(out.counts[c], 0);
            }
            for (const std::int32_t total : out.violations) {
                ASSERT_GT(total, 0);
                ASSERT_LT(total, 65'000'000);
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
        EXPECT_EQ(history_hash(target, lively()), 0x96df60a690427727);
    }
}

}  // namespace
}  // namespace firebreak
