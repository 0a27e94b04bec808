#include <algorithm>
#include <cstddef>
#include <string_view>

#include "conflict/war.hpp"
#include "inference/historical_settings.hpp"

namespace firebreak {
namespace {

constexpr int first_year = 2022;
constexpr int years = 4;
constexpr int days_of_year = 365;

std::vector<double> run(const Worlds& worlds, const Evidence&, ReplicationId replication,
                        const Draws& draws) {
    Setting setting;
    setting.scenario.parameters = worlds.unprotected.parameters;
    const WarChances chances = war_chances(setting);
    std::vector<double> strays(years, 0.0);
    for (int day = 0; day < years * days_of_year; ++day) {
        const WarDay war = draw_war_day(chances, day, replication, draws);
        if (war.stray_russia) strays[static_cast<std::size_t>(day / days_of_year)] += 1.0;
    }
    return strays;
}

std::vector<double> observe(const Evidence& evidence) {
    std::vector<double> violations(years, no_value);
    for (const std::string_view id : {"airspace-2022-2024", "airspace-2025"}) {
        const EvidenceSeries& series = evidence.series(id);
        for (std::size_t row = 0; row < series.size(); ++row) {
            const double year = series.number(row, "year") - first_year;
            if (year >= 0.0 && year < years) {
                violations[static_cast<std::size_t>(year)] = series.number(row, "violations");
            }
        }
    }
    return violations;
}

}  // namespace

Reenactment reenact_airspace() {
    return {"airspace",
            {"airspace_2022", "airspace_2023", "airspace_2024", "airspace_2025"},
            run,
            observe};
}

}  // namespace firebreak
