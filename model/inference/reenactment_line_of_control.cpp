#include <cstddef>

#include "inference/historical_settings.hpp"
#include "inference/line_play.hpp"

namespace firebreak {
namespace {

constexpr int years_of_truce = 17;
constexpr int days_of_year = 365;

/// A run of years of truce, counted from 1.
struct Years {
    int first;
    int last;
};

constexpr std::array spells{Years{1, 5}, Years{6, 10}, Years{14, 17}};

/// What the truce left of a year's violations in each spell, given those of years 0 to 17.
std::vector<double> shares(const std::vector<double>& of_year) {
    std::vector<double> values;
    for (const Years& spell : spells) {
        double sum = 0.0;
        for (int year = spell.first; year <= spell.last; ++year) {
            sum += of_year[static_cast<std::size_t>(year)];
        }
        const double before = of_year.front();
        values.push_back(before > 0.0 ? sum / (spell.last - spell.first + 1) / before : 0.0);
    }
    return values;
}

std::vector<double> run(const Worlds& worlds, const Evidence&, ReplicationId replication,
                        const Draws& draws) {
    LinePlay line(worlds.unprotected, (years_of_truce + 1) * days_of_year, replication, draws);
    std::vector<double> of_year;
    for (int year = 0; year <= years_of_truce; ++year) {
        if (year == 1) line.begin_truce();
        double sum = 0.0;
        for (int day = 0; day < days_of_year; ++day) {
            const LineDay& fire = line.play_day();
            sum += fire.violations[0] + fire.violations[1];
        }
        of_year.push_back(sum);
    }
    return shares(of_year);
}

std::vector<double> observe(const Evidence& evidence) {
    const EvidenceSeries& series = evidence.series("line-of-control-2003-2020");
    if (series.size() == 0) return {};
    std::vector<double> of_year(years_of_truce + 1, no_value);
    for (std::size_t row = 0; row < series.size(); ++row) {
        const double year = series.number(row, "years");
        if (year >= 0.0 && year <= years_of_truce) {
            of_year[static_cast<std::size_t>(year)] = series.number(row, "violations");
        }
    }
    return shares(of_year);
}

}  // namespace

Reenactment reenact_line_of_control() {
    return {"line-of-control",
            {"share_years_1_to_5", "share_years_6_to_10", "share_years_14_to_17"},
            run,
            observe};
}

}  // namespace firebreak
