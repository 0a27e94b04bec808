#include "io/progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace firebreak {
namespace {

constexpr int bar_width = 24;

template <class... Values>
std::string formatted(const char* format, Values... values) {
    char text[96];
    const int length = std::snprintf(text, sizeof text, format, values...);
    return {text, static_cast<std::size_t>(std::clamp(length, 0, 95))};
}

}  // namespace

std::string duration_text(double seconds) {
    constexpr double longest = 1e9;  // [s], 30 years
    if (!(seconds >= 0.0 && seconds < longest)) return "?";
    const auto whole = static_cast<long>(std::lround(seconds));
    if (whole < 60) return formatted("%ld s", whole);
    if (whole < 3600) return formatted("%ld min %02ld s", whole / 60, whole % 60);
    if (whole < 86400) return formatted("%ld h %02ld min", whole / 3600, whole % 3600 / 60);
    return formatted("%ld d %02ld h", whole / 86400, whole % 86400 / 3600);
}

std::string progress_line(const RunProgress& progress, double elapsed) {
    const auto done = static_cast<double>(progress.replications_done);
    const auto found = static_cast<double>(progress.replications_found);
    const auto planned = static_cast<double>(progress.replications_wanted);
    const double share = planned > 0.0 ? std::min(done / planned, 1.0) : 1.0;
    const double rate = elapsed > 0.0 ? (done - found) / elapsed : 0.0;
    const int full = static_cast<int>(share * bar_width);

    std::string line(1, '[');
    line.append(static_cast<std::size_t>(full), '#');
    line.append(static_cast<std::size_t>(bar_width - full), '.');
    line += ']';
    // Rounded down, so that 100 % means the end.
    line += formatted(" %3d %%", static_cast<int>(100.0 * share));
    line += formatted("  %.0f of %.0f ", done, planned) + std::string(progress.unit);
    line += formatted(rate < 10.0 ? ", %.1f/s" : ", %.0f/s", rate);
    line.append(", ").append(duration_text(elapsed));
    if (share < 1.0 && rate > 0.0) {
        line.append(", ").append(duration_text((planned - done) / rate)).append(" left");
    } else if (share < 1.0) {
        line += ", time left unknown";
    }
    return line;
}

}  // namespace firebreak
