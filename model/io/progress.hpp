#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace firebreak {

/// How far a run is.
struct RunProgress {
    std::uint64_t replications_done{};  ///< over all design points
    std::uint64_t replications_wanted{};
    std::uint64_t replications_found{};  ///< of those done, the ones that an earlier run did
    std::string_view unit = "replications";
};

/// One line on how far a run is: share done, replications, their rate, time spent and time left.
/// `elapsed` is the time since the run began [s].
std::string progress_line(const RunProgress& progress, double elapsed);

/// A span of time in its two largest units, such as "1 h 05 min", "42 s"; "?" if not finite.
std::string duration_text(double seconds);

}  // namespace firebreak
