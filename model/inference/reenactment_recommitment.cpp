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

std::vector<double> run(const Worlds& worlds, const Evidence&, ReplicationId replication,
                        const Draws& draws) {
    LinePlay line(worlds.unprotected, days_before + days_watched, replication, draws);
    std::vector<double> totals;
    for (int day = 0; day < days_before + days_watched; ++day) {
        if (day == days_before) line.begin_truce();
        const LineDay& fire = line.play_day();
        totals.push_back(fire.violations[0] + fire.violations[1]);
    }
    const double before = mean_of(totals, days_before - week, week);
    const double after = mean_of(totals, days_before, week);
    return {days_held(totals), before > 0.0 ? 1.0 - after / before : 0.0, no_value};
}

}  // namespace

Reenactment reenact_recommitment() {
    return {"recommitment", {"hold_days", "drop_of_all", "drop_of_heavy"}, run, {}};
}

}  // namespace firebreak
