#include "conflict/measurement.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include "base/elementary.hpp"
#include "base/quantity.hpp"
#include "conflict/cohesion.hpp"
#include "conflict/toll.hpp"

namespace firebreak {
namespace {

/// The population's, of values whose sum and sum of squares are known.
double standard_deviation(double count, double sum, double squares) {
    const double mean = sum / count;
    return std::sqrt(std::max(squares / count - mean * mean, 0.0));
}

double day_or_horizon(std::int32_t first_day, std::int32_t horizon) {
    return first_day == FirstDays::never ? horizon : std::min(first_day, horizon);
}

}  // namespace

const Measurement::SmallLogs& Measurement::small_logs() {
    static const SmallLogs logs = [] {
        SmallLogs values{};
        for (std::size_t n = 0; n < values.size(); ++n) {
            values[n] = log_one_plus(static_cast<double>(n));
        }
        return values;
    }();
    return logs;
}

double Measurement::log_of(std::int64_t violations) {
    return log_one_plus(static_cast<double>(violations));
}

Measurement::Measurement(const Setting& setting)
    : setting_(&setting),
      small_logs_(small_logs().data()),
      calm_effects_(setting.calm_effects.data()),
      lead_{lead_of(setting, false), lead_of(setting, true)},
      fatigued_from_(
          fatigued_from(setting.scenario.parameters.cohesion, 0.5, setting.scenario.horizon)) {}

void Measurement::recorded(std::int32_t day, const Change& change, const State& state) {
    if (std::holds_alternative<WarDecision>(change)) {
        decided_in_low_cohesion_ = is_cohesion_low(day, state);
    } else if (std::holds_alternative<Collapse>(change) &&
               state.first_day[OutcomeKind::collapse] == day) {
        collapse_in_low_cohesion_ = decided_in_low_cohesion_;
    }
}

Measures Measurement::measures(const State& end) const {
    const std::int32_t horizon = setting_->scenario.horizon;
    const Toll toll = toll_of(setting_->scenario, end);
    Measures measures{};
    const auto set = [&](Measure measure, double value) { measures[index_of(measure)] = value; };
    const auto days = static_cast<double>(end.ceasefire_days);
    if (end.ceasefire_days > 0) {
        const auto per_year = [&](EventKind kind) {
            const auto events = end.events[static_cast<std::size_t>(kind)];
            return static_cast<double>(events) / (days / days_per_year);
        };
        set(Measure::violations_per_day,
            static_cast<double>(end.violations[0] + end.violations[1]) / days);
        set(Measure::heavy_violations_per_day, toll.heavy_violations / days);
        set(Measure::daily_log_sd, standard_deviation(days, log_sum_, log_squares_));
        set(Measure::probes_per_year, per_year(EventKind::probe));
        set(Measure::allied_probes_per_year, per_year(EventKind::allied_probe));
        set(Measure::low_cohesion_days, static_cast<double>(low_cohesion_) / days);
    }
    set(Measure::civilian_casualties, toll.civilian_casualties);
    set(Measure::soldiers_killed, toll.soldiers_killed);
    set(Measure::settlement_days, day_or_horizon(end.first_day[OutcomeKind::settlement], horizon));
    // In force from the first day nothing comes into force, and nobody waited.
    const bool from_the_first_day = setting_->scenario.commitment.timing == Timing::immediate;
    set(Measure::accession_days,
        from_the_first_day ? 0.0 : day_or_horizon(end.first_day[OutcomeKind::accession], horizon));
    set(Measure::collapse_low_cohesion, collapse_in_low_cohesion_ ? 1.0 : 0.0);
    return measures;
}

}  // namespace firebreak
