#include <algorithm>
#include <cstddef>

#include "inference/historical_settings.hpp"
#include "inference/line_play.hpp"

namespace firebreak {
namespace {

// Days of the truce of 27 July 2020.
constexpr int invasion = 577;
constexpr int fortnight = 14;

/// Half a politics step, the mean time from a decision on war to its offensive [d].
constexpr int days_of_notice = 15;

/// Days over which a rise is looked for: the observed ones were picked for theirs, so that the
/// largest one of the last fortnight is compared.
constexpr int days_of_rise = 4;

double rise_of(double before, double after) { return (1.0 + after) / (1.0 + before); }

/// The largest rise in the last fortnight before the invasion.
double largest_rise(const Worlds& worlds, bool decided, ReplicationId replication,
                    const Draws& draws) {
    LinePlay line(worlds.unprotected, invasion, replication, draws);
    line.begin_truce();
    std::vector<double> totals;
    for (int day = 0; day < invasion; ++day) {
        if (decided && day == invasion - days_of_notice) line.decide_on_war(invasion);
        const LineDay& fire = line.play_day();
        totals.push_back(fire.violations[0] + fire.violations[1]);
    }
    double largest = 0.0;
    for (auto day = static_cast<std::size_t>(invasion - fortnight); day < totals.size(); ++day) {
        largest = std::max(largest, rise_of(totals[day - days_of_rise], totals[day]));
    }
    return largest;
}

std::vector<double> run(const Worlds& worlds, const Evidence&, ReplicationId replication,
                        const Draws& draws) {
    return {largest_rise(worlds, true, replication, draws),
            largest_rise(worlds, false, replication, draws)};
}

std::vector<double> observe(const Evidence& evidence) {
    const EvidenceSeries& series = evidence.series("ramp-2022");
    if (series.size() == 0) return {};
    const double rise =
        rise_of(series.number(0, "violations"), series.number(series.size() - 1, "violations"));
    return {rise, rise};
}

}  // namespace

Reenactment reenact_ramp() {
    return {"ramp", {"rise_after_decision", "rise_by_noise"}, run, observe};
}

}  // namespace firebreak
