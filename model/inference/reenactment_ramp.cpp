#include <cstddef>

#include "inference/historical_settings.hpp"
#include "inference/line_play.hpp"

namespace firebreak {
namespace {

// Days of the truce of 27 July 2020.
constexpr int february_15 = 568;
constexpr int february_19 = 572;
constexpr int invasion = 577;

/// Half a politics step, the mean time from a decision on war to its offensive [d].
constexpr int days_of_notice = 15;

/// Violations on 19 February over those on 15 February.
double rise(const Worlds& worlds, bool decided, ReplicationId replication, const Draws& draws) {
    LinePlay line(worlds.unprotected, invasion, replication, draws);
    line.begin_truce();
    double before = 0.0;
    double after = 0.0;
    for (int day = 0; day <= february_19; ++day) {
        if (decided && day == invasion - days_of_notice) line.decide_on_war(invasion);
        const LineDay& fire = line.play_day();
        const double total = fire.violations[0] + fire.violations[1];
        if (day == february_15) before = total;
        if (day == february_19) after = total;
    }
    return (1.0 + after) / (1.0 + before);
}

std::vector<double> run(const Worlds& worlds, const Evidence&, ReplicationId replication,
                        const Draws& draws) {
    return {rise(worlds, true, replication, draws), rise(worlds, false, replication, draws)};
}

std::vector<double> observe(const Evidence& evidence) {
    const EvidenceSeries& series = evidence.series("ramp-2022");
    if (series.size() == 0) return {};
    const double rise = (1.0 + series.number(series.size() - 1, "violations")) /
                        (1.0 + series.number(0, "violations"));
    return {rise, rise};
}

}  // namespace

Reenactment reenact_ramp() {
    return {"ramp", {"rise_after_decision", "rise_by_noise"}, run, observe};
}

}  // namespace firebreak
