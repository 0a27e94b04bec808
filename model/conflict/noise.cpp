#include "conflict/noise.hpp"

#include <algorithm>
#include <cmath>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "conflict/line.hpp"
#include "conflict/line_kernel.hpp"

namespace firebreak {
namespace {

/// Bulk draws have indices of their own, so that they never meet a single draw's address.
constexpr std::uint16_t bulk_index = 0x8000;
constexpr std::size_t words_per_group = 64;
/// Normals are made in pieces whose words stay in the nearest cache.
constexpr std::uint32_t groups_per_piece = 32;

int padded(int count) { return (count + 15) / 16 * 16; }

std::uint32_t groups_for(std::size_t words) {
    return static_cast<std::uint32_t>((words + words_per_group - 1) / words_per_group);
}

/// A word serves two normals where half of it is fine enough.
constexpr std::size_t normals_per_group = 2 * words_per_group;

std::uint32_t groups_for_normals(std::size_t normals) {
    return static_cast<std::uint32_t>((normals + normals_per_group - 1) / normals_per_group);
}

/// A persistence and the innovation that keeps the variance of an autoregression at one.
double innovation(double persistence) { return std::sqrt(1.0 - persistence * persistence); }

/// The largest signed word n for which 1/2 + (n + 1/2) / 2^32 is below a positive probability.
std::int32_t largest_word_below(double probability) {
    return static_cast<std::int32_t>(
        std::max(std::ceil((probability - 0.5) * 0x1p32 - 0.5) - 1.0, -0x1p31));
}

ActivityLaw activity_law(const LatentActivity& latent, int sectors) {
    ActivityLaw law{};
    law.sectors = sectors;
    law.sd = static_cast<float>(latent.sector_activity_sd);
    law.persistence = static_cast<float>(latent.sector_activity_persistence);
    law.innovation = static_cast<float>(innovation(latent.sector_activity_persistence));
    const double share = flare_up_share(latent);
    law.has_flare_ups = share > 0.0;
    if (!law.has_flare_ups) return law;
    const double mean = 1.0 + (latent.flare_up_factor - 1.0) * share;
    law.quiet_factor = static_cast<float>(1.0 / mean);
    law.flare_factor = static_cast<float>(latent.flare_up_factor / mean);
    law.first_day = largest_word_below(share);
    for (int own = 0; own < 2; ++own) {
        for (int beside = 0; beside < 3; ++beside) {
            law.later[own][beside] =
                largest_word_below(latent.flare_up_start + latent.flare_up_persistence * own +
                                   latent.flare_up_contagion * 0.5 * beside);
        }
    }
    return law;
}

}  // namespace

double flare_up_share(const LatentActivity& latent) {
    if (latent.flare_up_start <= 0.0) return 0.0;
    return latent.flare_up_start / (1.0 - latent.flare_up_persistence - latent.flare_up_contagion);
}

float Noise::activity(int day, SectorId sector) const {
    EXPECT(static_cast<int>(sector.value()) < sectors_, "the line has this sector");
    return activities(day)[sector.value()];
}

float Noise::day_factor(int day) const { return day_factor_[static_cast<std::size_t>(day)]; }

float Noise::frailty(int side, SectorId sector) const {
    return frailty_[static_cast<std::size_t>(side * sectors_) + sector.value()];
}

std::uint32_t Noise::fire_word(int day, int command) const {
    const auto position = static_cast<std::uint32_t>(day * lanes_ + command);
    const DrawAddress address = {replication_, position / 64, Purpose::line_fire, bulk_index,
                                 position % 16};
    return draws_.words(address)[position / 16 % 4];
}

void Noise::make_words(Purpose purpose, std::uint16_t stream, std::uint32_t first_group,
                       std::uint32_t groups, std::uint32_t* words) const {
    const auto key = draws_.key();
    const std::uint32_t purpose_and_index =
        static_cast<std::uint32_t>(purpose) << 16 | (bulk_index + stream);
    kernel_->make_words(
        {{key[0], key[1], key[2], key[3]}, replication_, purpose_and_index, first_group, groups},
        words);
}

void Noise::make_normals(Purpose purpose, std::uint32_t first_group, std::uint32_t groups,
                         float* normals) {
    words_.reserve(groups * words_per_group);
    make_words(purpose, 0, first_group, groups, words_.data());
    kernel_->make_normals(words_.data(), static_cast<int>(groups), normals);
}

void Noise::make_fire() {
    const std::size_t count = static_cast<std::size_t>(days_) * static_cast<std::size_t>(lanes_);
    const std::uint32_t groups = groups_for(count);
    normals_.reserve(groups * words_per_group);
    words_.reserve(groups_per_piece * words_per_group);
    for (std::uint32_t first = 0; first < groups; first += groups_per_piece) {
        const std::uint32_t piece = std::min(groups_per_piece, groups - first);
        make_words(Purpose::line_fire, 0, first, piece, words_.data());
        kernel_->guess_normals(words_.data(), static_cast<int>(piece * words_per_group),
                               normals_.data() + first * words_per_group);
    }
    if (lanes_ == 2 * sectors_) return;
    // The padding never fires: no quantile of it is ever in doubt.
    for (int day = 0; day < days_; ++day) {
        float* const row = normals_.data() + static_cast<std::ptrdiff_t>(day) * lanes_;
        std::fill(row + std::ptrdiff_t{2} * sectors_, row + lanes_, -1.0F);
    }
}

void Noise::make_thinning() {
    constexpr Purpose purposes[thinning_count] = {
        Purpose::incident_line,   Purpose::incident_line,  Purpose::incident_troops,
        Purpose::incident_troops, Purpose::incident_stray, Purpose::incident_stray,
        Purpose::incident_stray};
    constexpr std::uint16_t sides[thinning_count] = {0, 1, 0, 1, 0, 1, 2};
    const std::uint32_t groups = groups_for(static_cast<std::size_t>(days_));
    thinning_run_ = groups * words_per_group;
    thinning_.reserve(thinning_run_ * thinning_count);
    for (std::size_t stream = 0; stream < thinning_count; ++stream) {
        make_words(purposes[stream], sides[stream], 0, groups,
                   thinning_.data() + stream * thinning_run_);
    }
}

void Noise::make_day_factor(double sd) {
    const auto days = static_cast<std::size_t>(days_);
    const std::uint32_t groups = groups_for_normals(days);
    day_factor_.reserve(groups * normals_per_group);
    float* const factor = day_factor_.data();
    if (!(sd > 0.0)) {
        std::fill(factor, factor + days, 1.0F);
        return;
    }
    make_normals(Purpose::day_factor, 0, groups, factor);
    const auto scale = static_cast<float>(sd);
    for (std::size_t day = 0; day < days; ++day) {
        factor[day] = scale * factor[day] - 0.5F * scale * scale;
    }
    kernel_->exponentials(factor, days_);
}

void Noise::make_front_log(const LatentActivity& latent) {
    const auto days = static_cast<std::size_t>(days_);
    const std::uint32_t groups = groups_for_normals(days);
    front_log_.reserve(groups * normals_per_group);
    float* const front = front_log_.data();
    const auto scale = static_cast<float>(latent.front_activity_sd);
    const auto sector_scale = static_cast<float>(latent.sector_activity_sd);
    const float to_mean_one = -0.5F * (scale * scale + sector_scale * sector_scale);
    if (!(scale > 0.0F)) {
        std::fill(front, front + days, to_mean_one);
        return;
    }
    make_normals(Purpose::front_activity, 0, groups, front);
    const auto persistence = static_cast<float>(latent.front_activity_persistence);
    const auto fresh = static_cast<float>(innovation(latent.front_activity_persistence));
    float state = front[0];
    for (std::size_t day = 0; day < days; ++day) {
        if (day > 0) state = persistence * state + fresh * front[day];
        front[day] = scale * state + to_mean_one;
    }
}

void Noise::make_activity(const LatentActivity& latent) {
    make_front_log(latent);
    const ActivityLaw law = activity_law(latent, sectors_);
    const std::uint32_t blocks = groups_for(static_cast<std::size_t>(days_));
    const auto flare_groups = static_cast<std::uint32_t>(sectors_);
    const std::size_t block_size = flare_groups * words_per_group;
    const std::uint32_t normal_groups = groups_for_normals(block_size);
    activity_.reserve(activity_margin + blocks * block_size + activity_margin);
    sector_normals_.reserve(normal_groups * normals_per_group);
    words_.reserve(block_size);
    const bool sectors_differ = latent.sector_activity_sd > 0.0;
    ActivityState state;
    for (std::uint32_t block = 0; block < blocks; ++block) {
        if (sectors_differ) {
            make_normals(Purpose::sector_activity, block * normal_groups, normal_groups,
                         sector_normals_.data());
        }
        if (law.has_flare_ups) {
            make_words(Purpose::flare_up, 0, block * flare_groups, flare_groups, words_.data());
        }
        kernel_->make_activity(law,
                               {front_log_.data() + block * words_per_group,
                                sectors_differ ? sector_normals_.data() : nullptr, words_.data(),
                                activity_.data() + activity_margin + block * block_size},
                               state);
    }
}

void Noise::make_frailty(double shape) {
    for (std::uint32_t command = 0; command < 2 * static_cast<std::uint32_t>(sectors_); ++command) {
        const DrawAddress address = {replication_, 0, Purpose::line_frailty, 0, command};
        frailty_[command] = static_cast<float>(draws_.gamma(shape, address) / shape);
    }
}

void make_noise(Noise& noise, const Draws& draws, ReplicationId replication, int days, int sectors,
                const LatentActivity& latent, double frailty_shape, KernelTarget target) {
    EXPECT(days > 0 && days <= 1 << 22, "a history has days");
    EXPECT(sectors > 0 && sectors <= max_sectors, "a line has 1 to 64 sectors");
    EXPECT(frailty_shape > 0.0, "the frailty needs a positive shape");
    EXPECT(latent.flare_up_start + latent.flare_up_persistence + latent.flare_up_contagion <= 1.0,
           "the chance of a flare-up is a probability");
    const Kernel& kernel = kernel_for(target);
    const bool same = noise.kernel_ == &kernel && noise.draws_.seed() == draws.seed() &&
                      noise.replication_ == replication.value() && noise.days_ == days &&
                      noise.sectors_ == sectors;
    if (!same) {
        noise.kernel_ = &kernel;
        noise.draws_ = draws;
        noise.replication_ = replication.value();
        noise.days_ = days;
        noise.sectors_ = sectors;
        noise.lanes_ = padded(2 * sectors);
        noise.make_fire();
        noise.make_thinning();
    }
    if (!same || noise.latent_ != latent) {
        noise.make_day_factor(latent.day_factor_sd);
        noise.make_activity(latent);
        noise.latent_ = latent;
    }
    if (!same || noise.frailty_shape_ != frailty_shape) {
        noise.make_frailty(frailty_shape);
        noise.frailty_shape_ = frailty_shape;
    }
}

}  // namespace firebreak
