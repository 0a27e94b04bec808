#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "io/progress.hpp"

namespace firebreak {

/// Becomes true at SIGINT, SIGTERM or SIGHUP once `stop_at_signals` was called: finish the blocks
/// in hand. A second signal ends the program at once.
const std::atomic<bool>& stop_requested();
void stop_at_signals();

/// Now, in UTC: 2026-01-31T12:00:00Z.
std::string utc_now();

std::string host_name();

/// Shows how far a run is: a line rewritten in place on a terminal, now and then a new line in a
/// log, nothing when quiet.
class ProgressDisplay {
  public:
    explicit ProgressDisplay(bool quiet);

    void show(const RunProgress& progress);

    /// Ends a line that was left open.
    void close();

  private:
    using Clock = std::chrono::steady_clock;
    bool quiet_;
    bool terminal_;
    bool open_line_ = false;
    Clock::time_point started_ = Clock::now();
    Clock::time_point shown_ = started_;
};

}  // namespace firebreak
