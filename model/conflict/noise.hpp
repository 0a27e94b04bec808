#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <string_view>

#include "base/id.hpp"
#include "base/random.hpp"

namespace firebreak {

struct Kernel;

/// Which build of the vector kernel is used. All give the same bits; `automatic` is the fastest
/// that this processor runs.
enum class KernelTarget : std::uint8_t { automatic, portable, v2, v3, v4 };

/// The name of the build that `automatic` chooses here, such as x86-64-v3.
std::string_view kernel_name();

/// True where this processor and this build have the target.
bool is_supported(KernelTarget target);

/// How active the front is beside what its commands do: latent factors with mean one, so that none
/// of them moves the mean of the violations.
struct LatentActivity {
    /// Front-wide log-activity (weather, rotations, holidays): standard deviation, and daily
    /// persistence of its autoregression in [0, 1).
    double front_activity_sd = 0.0;
    double front_activity_persistence = 0.0;
    /// Standard deviation of the logarithm of an independent daily factor on the whole intensity.
    double day_factor_sd = 0.0;
    /// The same as the front's, for each sector on its own.
    double sector_activity_sd = 0.0;
    double sector_activity_persistence = 0.0;
    /// A sector flares up on the next day with probability start + persistence [it is flaring] +
    /// contagion (share of its two neighbours flaring); the three sum to at most 1.
    double flare_up_start = 0.0;
    double flare_up_persistence = 0.0;
    double flare_up_contagion = 0.0;
    /// Activity of a sector in a flare-up over that of one without.
    double flare_up_factor = 1.0;

    bool operator==(const LatentActivity&) const = default;
};

/// Long-run share of days on which a sector is flaring: start / (1 - persistence - contagion).
double flare_up_share(const LatentActivity& latent);

/// The daily events thinned from the day's fire, one uniform each and day.
enum class Thinning : std::uint8_t {
    line_from_russia,
    line_from_ukraine,
    troops_from_russia,
    troops_from_ukraine,
    stray_from_russia,
    stray_from_ukraine,
    stray_from_ally,
};
inline constexpr std::size_t thinning_count = 7;

/// Values in memory aligned for vectors, reused from one replication to the next.
template <class Value>
class AlignedBuffer {
  public:
    /// Room for at least `size` values; what was there is lost when it grows.
    void reserve(std::size_t size) {
        if (size <= capacity_) return;
        values_.reset(new (std::align_val_t{64}) Value[size]());
        capacity_ = size;
    }

    Value* data() { return values_.get(); }

    const Value* data() const { return values_.get(); }

    Value operator[](std::size_t i) const { return values_[i]; }

  private:
    struct Release {
        void operator()(Value* values) const { ::operator delete[](values, std::align_val_t{64}); }
    };

    std::unique_ptr<Value[], Release> values_;
    std::size_t capacity_ = 0;
};

/// All the luck of a replication that no regime changes: made once, then every regime's history is
/// simulated from it. Commands are numbered side by side: Russia's sectors first, then Ukraine's.
class Noise {
  public:
    int days() const { return days_; }

    int sectors() const { return sectors_; }

    /// Commands, padded to a multiple of 16 with commands that never fire.
    int lanes() const { return lanes_; }

    ReplicationId replication() const { return ReplicationId(replication_); }

    /// Factor of a sector's own violations on a day, mean one.
    float activity(int day, SectorId sector) const;
    /// Factor of all intensities of a day, mean one.
    float day_factor(int day) const;
    /// Indiscipline of a command, mean one.
    float frailty(int side, SectorId sector) const;

    /// Uniform in (0, 1) for one thinned stream of events on a day.
    double thinning(int day, Thinning stream) const {
        const std::uint32_t word = thinning_[static_cast<std::size_t>(stream) * thinning_run_ +
                                             static_cast<std::size_t>(day)];
        return (static_cast<double>(word) + 0.5) * 0x1p-32;
    }

    /// The word that decides a command's count on a day, made anew from its address.
    std::uint32_t fire_word(int day, int command) const;

    // Rows for the kernel: one value per lane, and one per sector.
    const float* fire_normals(int day) const {
        return normals_.data() + static_cast<std::size_t>(day) * static_cast<std::size_t>(lanes_);
    }

    const float* activities(int day) const {
        return activity_.data() + activity_margin +
               static_cast<std::size_t>(day) * static_cast<std::size_t>(sectors_);
    }

    const Kernel& kernel() const { return *kernel_; }

  private:
    /// The kernel reads up to a line's length before and after a row and selects afterwards.
    static constexpr std::size_t activity_margin = 128;

    friend void make_noise(Noise&, const Draws&, ReplicationId, int days, int sectors,
                           const LatentActivity&, double frailty_shape, KernelTarget);

    void make_words(Purpose purpose, std::uint16_t stream, std::uint32_t first_group,
                    std::uint32_t groups, std::uint32_t* words) const;
    void make_normals(Purpose purpose, std::uint32_t first_group, std::uint32_t groups,
                      float* normals);
    void make_fire();
    void make_thinning();
    void make_day_factor(double sd);
    void make_front_log(const LatentActivity& latent);
    void make_activity(const LatentActivity& latent);
    void make_frailty(double shape);

    const Kernel* kernel_ = nullptr;
    Draws draws_{0};
    std::uint32_t replication_ = 0;
    int days_ = 0;
    int sectors_ = 0;
    int lanes_ = 0;
    std::optional<LatentActivity> latent_;
    std::optional<double> frailty_shape_;
    AlignedBuffer<float> normals_;
    AlignedBuffer<float> activity_;
    AlignedBuffer<float> day_factor_;
    std::size_t thinning_run_ = 0;  ///< words of one stream
    AlignedBuffer<std::uint32_t> thinning_;
    // Kept from one replication to the next only to save their allocation.
    AlignedBuffer<std::uint32_t> words_;
    AlignedBuffer<float> sector_normals_;
    AlignedBuffer<float> front_log_;
    std::array<float, 128> frailty_{};
};

/// Makes the noise of a replication in place: allocates only when it grows, and makes anew only
/// what changed since the last call (other latent factors or another frailty keep the fire's luck).
/// 1 to 64 sectors; frailty_shape > 0 is the shape of the gamma law of indiscipline.
void make_noise(Noise& noise, const Draws& draws, ReplicationId replication, int days, int sectors,
                const LatentActivity& latent, double frailty_shape,
                KernelTarget target = KernelTarget::automatic);

}  // namespace firebreak
