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

/// A persistence and the innovation that keeps the variance of an autoregression at one.
double innovation(double persistence) { return std::sqrt(1.0 - persistence * persistence); }

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

void Noise::make_normals(Purpose purpose, NormalKind kind, std::size_t count, float* normals) {
    const std::uint32_t groups = groups_for(count);
    words_.reserve(groups_per_piece * words_per_group);
    for (std::uint32_t first = 0; first < groups; first += groups_per_piece) {
        const std::uint32_t piece = std::min(groups_per_piece, groups - first);
        make_words(purpose, 0, first, piece, words_.data());
        float* const out = normals + first * words_per_group;
        const int size = static_cast<int>(piece * words_per_group);
        if (kind == NormalKind::guess) {
            kernel_->guess_normals(words_.data(), size, out);
        } else {
            kernel_->make_normals(words_.data(), size, out);
        }
    }
}

void Noise::make_fire() {
    const std::size_t count = static_cast<std::size_t>(days_) * static_cast<std::size_t>(lanes_);
    normals_.reserve(groups_for(count) * words_per_group);
    make_normals(Purpose::line_fire, NormalKind::guess, count, normals_.data());
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
    day_factor_.reserve(groups_for(days) * words_per_group);
    float* const factor = day_factor_.data();
    if (!(sd > 0.0)) {
        std::fill(factor, factor + days, 1.0F);
        return;
    }
    make_normals(Purpose::day_factor, NormalKind::exact, days, factor);
    const auto scale = static_cast<float>(sd);
    for (std::size_t day = 0; day < days; ++day) {
        factor[day] = scale * factor[day] - 0.5F * scale * scale;
    }
    kernel_->exponentials(factor, days_);
}

void Noise::make_front_log(const LatentActivity& latent) {
    const auto days = static_cast<std::size_t>(days_);
    front_log_.reserve(groups_for(days) * words_per_group);
    float* const front = front_log_.data();
    const auto scale = static_cast<float>(latent.front_activity_sd);
    const auto sector_scale = static_cast<float>(latent.sector_activity_sd);
    const float to_mean_one = -0.5F * (scale * scale + sector_scale * sector_scale);
    if (!(scale > 0.0F)) {
        std::fill(front, front + days, to_mean_one);
        return;
    }
    make_normals(Purpose::front_activity, NormalKind::exact, days, front);
    const auto persistence = static_cast<float>(latent.front_activity_persistence);
    const auto fresh = static_cast<float>(innovation(latent.front_activity_persistence));
    float state = front[0];
    for (std::size_t day = 0; day < days; ++day) {
        if (day > 0) state = persistence * state + fresh * front[day];
        front[day] = scale * state + to_mean_one;
    }
}

void Noise::make_activity(const LatentActivity& latent) {
    const std::size_t count =
        static_cast<std::size_t>(days_) * static_cast<std::size_t>(sector_lanes_);
    const std::size_t room = groups_for(count) * words_per_group;
    make_front_log(latent);
    activity_.reserve(activity_margin + room + activity_margin);
    ActivityRun run{};
    run.days = days_;
    run.sectors = sectors_;
    run.stride = sector_lanes_;
    run.front_log = front_log_.data();
    if (latent.sector_activity_sd > 0.0) {
        sector_normals_.reserve(room);
        make_normals(Purpose::sector_activity, NormalKind::exact, count, sector_normals_.data());
        run.sector_normals = sector_normals_.data();
        run.sector_sd = static_cast<float>(latent.sector_activity_sd);
        run.sector_persistence = static_cast<float>(latent.sector_activity_persistence);
        run.sector_innovation = static_cast<float>(innovation(latent.sector_activity_persistence));
    }
    const double share = flare_up_share(latent);
    if (share > 0.0) {
        flare_words_.reserve(room);
        make_words(Purpose::flare_up, 0, 0, groups_for(count), flare_words_.data());
        const double mean = 1.0 + (latent.flare_up_factor - 1.0) * share;
        run.flare_words = flare_words_.data();
        run.flare_share = static_cast<float>(share);
        run.flare_start = static_cast<float>(latent.flare_up_start);
        run.flare_persistence = static_cast<float>(latent.flare_up_persistence);
        run.flare_contagion = static_cast<float>(latent.flare_up_contagion);
        run.quiet_factor = static_cast<float>(1.0 / mean);
        run.flare_factor = static_cast<float>(latent.flare_up_factor / mean);
    }
    run.activity = activity_.data() + activity_margin;
    kernel_->make_activity(run);
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
        noise.sector_lanes_ = padded(sectors);
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
