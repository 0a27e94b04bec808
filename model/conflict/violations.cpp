#include "conflict/violations.hpp"

#include <type_traits>

#include "base/error.hpp"
#include "conflict/line_kernel.hpp"

namespace firebreak {

static_assert(std::is_trivially_copyable_v<Line>, "a history is forked by copying its line");

bool is_supported(KernelTarget target) {
    switch (target) {
        case KernelTarget::automatic:
            return true;
#if defined(__x86_64__) && !defined(FIREBREAK_PORTABLE_ONLY)
        case KernelTarget::portable:
            return false;
        case KernelTarget::v2:
            return __builtin_cpu_supports("sse4.2") != 0;
        case KernelTarget::v3:
            return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                   __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
        case KernelTarget::v4:
            return is_supported(KernelTarget::v3) && __builtin_cpu_supports("avx512f") &&
                   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
        case KernelTarget::portable:
            return true;
        case KernelTarget::v2:
        case KernelTarget::v3:
        case KernelTarget::v4:
            return false;
#endif
    }
    return false;
}

#if defined(__x86_64__) && !defined(FIREBREAK_PORTABLE_ONLY)
namespace {

KernelTarget fastest_target() {
    if (is_supported(KernelTarget::v4)) return KernelTarget::v4;
    return is_supported(KernelTarget::v3) ? KernelTarget::v3 : KernelTarget::v2;
}

}  // namespace

const Kernel& kernel_for(KernelTarget target) {
    switch (target) {
        case KernelTarget::v2:
            return v2::kernel();
        case KernelTarget::v3:
            return v3::kernel();
        case KernelTarget::v4:
            return v4::kernel();
        case KernelTarget::automatic:
        case KernelTarget::portable:
            break;
    }
    return kernel_for(fastest_target());
}
#else
const Kernel& kernel_for(KernelTarget) { return portable::kernel(); }
#endif

std::string_view kernel_name() {
    if (is_supported(KernelTarget::v4)) return "x86-64-v4";
    if (is_supported(KernelTarget::v3)) return "x86-64-v3";
    return is_supported(KernelTarget::v2) ? "x86-64-v2" : "portable";
}

std::int32_t exact_count(std::uint32_t word, float intensity) {
    const double u = (static_cast<double>(word) + 0.5) * 0x1p-32;
    return static_cast<std::int32_t>(poisson_quantile(static_cast<double>(intensity), u));
}

void settle_doubts(const FireRun& run, const int* doubts, LineDay& out) {
    const int lanes = run.noise->lanes();
    for (int command = 0; command < lanes; ++command) {
        if (doubts[command] >= 0) continue;
        const auto slot = static_cast<std::size_t>(command);
        out.counts[slot] = exact_count(run.noise->fire_word(run.day, command), out.intensity[slot]);
    }
}

Line start_line(const Noise& noise, const LineSettings& settings, float baseline,
                float calm_at_start) {
    const float branching = settings.own + settings.cross + settings.near;
    EXPECT(
        settings.own >= 0.0F && settings.cross >= 0.0F && settings.near >= 0.0F && branching < 1.0F,
        "the branching ratio of the line lies between 0 and 1");
    EXPECT(settings.rho >= 0.0F && settings.rho < 1.0F, "the memory of the line fades");
    Line line;
    line.settings = settings;
    line.sectors = noise.sectors();
    line.lanes = noise.lanes();
    const auto sectors = static_cast<std::size_t>(noise.sectors());
    for (int side = 0; side < 2; ++side) {
        for (std::uint32_t sector = 0; sector < sectors; ++sector) {
            const std::size_t command = static_cast<std::size_t>(side) * sectors + sector;
            line.base[command] = noise.frailty(side, SectorId(sector)) * baseline;
            const float memory = line.base[command] * calm_at_start / (1.0F - branching);
            line.memory[memory_margin + command] = memory;
            line.memory[memory_margin + 2 * sectors + command] = memory;
        }
    }
    return line;
}

void fire(const Noise& noise, int day, Line& line, SideFactors factors, LineDay& out) {
    EXPECT(day >= 0 && day < noise.days(), "the noise of this day was made");
    EXPECT(line.lanes == noise.lanes() && line.sectors == noise.sectors(),
           "the line has the sectors of the noise");
    const FireRun run = {noise.fire_normals(day),
                         noise.activities(day),
                         noise.day_factor(day),
                         {factors.russia, factors.ukraine},
                         &noise,
                         day};
    noise.kernel().fire(run, line, out);
}

}  // namespace firebreak
