#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace firebreak {

/// A number that every history has; results give its mean over histories.
enum class Measure : std::uint8_t {
    violations_per_day,
    heavy_violations_per_day,
    daily_log_sd,
    civilian_casualties,
    soldiers_killed,
    probes_per_year,
    allied_probes_per_year,
    settlement_days,
    accession_days,
    ceasefire_delay,
    low_cohesion_days,
    collapse_low_cohesion
};

/// What a measure is called, what it is counted in, and what it means.
struct MeasureFacts {
    std::string_view name;
    std::string_view unit;
    std::string_view meaning;
};

inline constexpr std::size_t measure_count = 12;
inline constexpr std::array<MeasureFacts, measure_count> measure_facts{{
    {"violations_per_day", "1/d", "violations by both sides per day of ceasefire"},
    {"heavy_violations_per_day", "1/d", "of these by heavy weapons, in the mean given the fire"},
    {"daily_log_sd", "1",
     "standard deviation over the days of ceasefire of log(1 + violations by both sides), less the "
     "log of the day's calm"},
    {"civilian_casualties", "1",
     "civilians killed or wounded during the ceasefire, in the mean given fire and retaliations"},
    {"soldiers_killed", "1",
     "soldiers killed on the line during the ceasefire, in the mean given the fire"},
    {"probes_per_year", "1/year", "probes by Russia per year of ceasefire"},
    {"allied_probes_per_year", "1/year", "of these on allied territory"},
    {"settlement_days", "d", "days before a settlement, the horizon where none came"},
    {"accession_days", "d", "days before an accession is in force, the horizon where none was"},
    {"ceasefire_delay", "d", "days of war before the first ceasefire"},
    {"low_cohesion_days", "1",
     "share of the days of ceasefire with low cohesion: the lead ally's politics adverse, or the "
     "supporters' fatigue above one half"},
    {"collapse_low_cohesion", "1",
     "1 if the ceasefire collapsed by an offensive decided on while cohesion was low, else 0"},
}};

constexpr std::size_t index_of(Measure measure) { return static_cast<std::size_t>(measure); }

/// All measures of one history.
using Measures = std::array<double, measure_count>;

/// The values a measure can take.
struct ValueRange {
    double low{};
    double high{};  ///< infinity where there is no bound
};

/// The values of a measure in histories of this length [d].
constexpr ValueRange range_of(Measure measure, std::int32_t horizon) {
    switch (measure) {
        case Measure::settlement_days:
        case Measure::accession_days:
            return {0.0, static_cast<double>(horizon)};
        case Measure::low_cohesion_days:
        case Measure::collapse_low_cohesion:
            return {0.0, 1.0};
        case Measure::violations_per_day:
        case Measure::heavy_violations_per_day:
        case Measure::daily_log_sd:
        case Measure::civilian_casualties:
        case Measure::soldiers_killed:
        case Measure::probes_per_year:
        case Measure::allied_probes_per_year:
        case Measure::ceasefire_delay:
            break;
    }
    return {0.0, std::numeric_limits<double>::infinity()};
}

}  // namespace firebreak
