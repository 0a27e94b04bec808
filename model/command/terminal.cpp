#include "command/terminal.hpp"

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <iostream>

#include <unistd.h>

#include "command/arguments.hpp"

namespace firebreak {
namespace {

/// The only global: a signal has no argument.
std::atomic<bool> stop{false};

/// The first signal asks; the second ends the program at once.
extern "C" void request_stop(int) {
    if (stop.exchange(true)) std::_Exit(interrupted);
}

}  // namespace

const std::atomic<bool>& stop_requested() { return stop; }

void stop_at_signals() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        // What was to be ignored, as by nohup, goes on being ignored.
        if (std::signal(signal, request_stop) == SIG_IGN) std::signal(signal, SIG_IGN);
    }
}

std::string utc_now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm broken{};
    gmtime_r(&now, &broken);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &broken)};
}

std::string host_name() {
    char name[256] = {};
    return gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

ProgressDisplay::ProgressDisplay(bool quiet)
    : quiet_(quiet), terminal_(isatty(STDERR_FILENO) != 0) {}

void ProgressDisplay::show(const RunProgress& progress) {
    if (quiet_) return;
    const auto now = Clock::now();
    const bool last = progress.replications_done == progress.replications_wanted;
    const std::chrono::duration<double> pause(terminal_ ? 0.1 : 10.0);
    if (!last && now - shown_ < pause) return;
    shown_ = now;
    const double elapsed = std::chrono::duration<double>(now - started_).count();
    const std::string line = progress_line(progress, elapsed);
    std::cerr << (terminal_ ? "\r\033[K" : "") << line << (terminal_ && !last ? "" : "\n")
              << std::flush;
    open_line_ = terminal_ && !last;
}

void ProgressDisplay::close() {
    if (open_line_) {
        std::cerr << "\n";
        open_line_ = false;
    }
}

}  // namespace firebreak
