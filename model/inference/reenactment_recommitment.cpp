#include <algorithm>
#include <cstddef>

#include "inference/historical_settings.hpp"
#include "inference/line_play.hpp"

namespace firebreak {
namespace {

/// Normal fire before the truce is agreed, and the longest that one is watched for [d].
constexpr int days_before = 60;
constexpr int days_watched = 730;

constexpr int week = 7;
constexpr int month = 30;

double mean_of(const std::vector<double>& totals, int first, int days) {
    double sum = 0.0;
    for (int day = first; day < first + days; ++day) sum += totals[static_cast<std::size_t>(day)];
    return sum / days;
}

/// Days until the mean of a week is back at the mean of the month before the truce.
double days_held(const std::vector<double>& totals) {
    const double former = mean_of(totals, days_before - month, month);
    for (int day = week; day <= days_watched; ++day) {
        if (mean_of(totals, days_before + day - week, week) >= former) return day;
    }
    return days_watched;
}

/// How much less the first week of the truce has than the week before.
double drop_of(const std::vector<double>& daily) {
    const double before = mean_of(daily, days_before - week, week);
    return before > 0.0 ? 1.0 - mean_of(daily, days_before, week) / before : 0.0;
}

std::vector<double> run(const Worlds& worlds, const Evidence&, ReplicationId replication,
                        const Draws& draws) {
    LinePlay line(worlds.unprotected, days_before + days_watched, replication, draws);
    std::vector<double> totals;
    std::vector<double> heavy;
    Toll last;
    for (int day = 0; day < days_before + days_watched; ++day) {
        if (day == days_before) {
            line.begin_truce();
            last = {};
        }
        const LineDay& fire = line.play_day();
        totals.push_back(fire.violations[0] + fire.violations[1]);
        heavy.push_back(line.toll().heavy_violations - last.heavy_violations);
        last = line.toll();
    }
    return {days_held(totals), drop_of(totals), drop_of(heavy)};
}

}  // namespace

Reenactment reenact_recommitment() {
    return {"recommitment", {"hold_days", "drop_of_all", "drop_of_heavy"}, run, {}};
}

}  // namespace firebreak
