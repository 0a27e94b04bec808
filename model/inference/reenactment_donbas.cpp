#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

#include "inference/donbas_line.hpp"
#include "inference/historical_settings.hpp"
#include "inference/sample_luck.hpp"

namespace firebreak {
namespace {

constexpr int first_year = 2016;
constexpr int last_year = 2021;

/// Windows of days after the truce, day 0, first and last day included.
struct Window {
    std::string_view name;
    int first;
    int last;
};

constexpr std::array windows{Window{"first_twelve_days", 0, 11}, Window{"fortnight_1", 84, 97},
                             Window{"fortnight_2", 98, 111}, Window{"fortnight_3", 112, 125},
                             Window{"by_end_of_november", 0, 126}};

int date_of(std::string_view text) {
    int parts[3] = {};
    const char* at = text.data();
    for (int& part : parts) {
        at = std::from_chars(at, text.data() + text.size(), part).ptr + 1;
    }
    return donbas_day(parts[0], static_cast<unsigned>(parts[1]), static_cast<unsigned>(parts[2]));
}

/// The reports of 2021 that cover a single day, without the fire of announced exercises.
std::vector<DailyViolations> reports_of_2021(const Evidence& evidence) {
    const EvidenceSeries& series = evidence.series("daily-shape-2021");
    std::vector<DailyViolations> reports;
    for (std::size_t row = 0; row < series.size(); ++row) {
        if (series.number(row, "days") != 1.0) continue;
        reports.push_back({date_of(series.text(row, "end_date")),
                           series.number(row, "luhansk") - series.number(row, "exercise"),
                           series.number(row, "donetsk")});
    }
    return reports;
}

/// Nine days from 1 January to 7 February 2022, spread evenly.
std::vector<DailyViolations> days_of_2022(const DonbasLine& line) {
    std::vector<DailyViolations> days;
    for (int i = 0; i < 9; ++i) days.push_back(line.by_region(donbas_day(2022, 1, 3) + 4 * i));
    return days;
}

/// Share of all violations in the areas that had most.
double share_of_largest(const std::vector<double>& areas, std::size_t largest) {
    double sum = 0.0;
    double top = 0.0;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        sum += areas[i];
        if (i < largest) top += areas[i];
    }
    return sum > 0.0 ? top / sum : 0.0;
}

void add_years(const DonbasLine& line, std::vector<double>& values) {
    for (int year = first_year; year <= last_year; ++year) {
        values.push_back(line.violations(donbas_day(year, 1, 1), donbas_day(year + 1, 1, 1) - 1));
    }
}

void add_truce(const DonbasLine& line, std::vector<double>& values) {
    const int start = donbas_day(2020, 1, 1);
    const int truce = donbas_truce_day();
    const int end = donbas_day(2021, 1, 1);
    values.push_back(line.violations(start, truce - 1) / (truce - start));
    values.push_back(line.violations(truce, end - 1) / (end - truce));
    for (const Window& window : windows) {
        values.push_back(line.violations(truce + window.first, truce + window.last));
    }
}

void add_shape(const DailyShape& shape, bool given, std::vector<double>& values) {
    for (const double value : {shape.log_sd, shape.negative_binomial_size,
                               shape.log_autocorrelation, shape.regional_log_correlation}) {
        values.push_back(given ? value : no_value);
    }
}

void add_daily_shape(const DonbasLine& line, const Evidence& evidence,
                     std::vector<double>& values) {
    std::vector<DailyViolations> days = reports_of_2021(evidence);
    for (DailyViolations& day : days) day = line.by_region(day.day);
    add_shape(shape_of(days), !days.empty(), values);
    const DailyShape later = shape_of(days_of_2022(line));
    values.insert(values.end(), {later.mean, later.log_sd, later.negative_binomial_size});
}

void add_concentration(const DonbasLine& line, std::vector<double>& values) {
    const auto week = [&](int first) { return line.areas(first, first + 6); };
    const std::vector<double> summer = week(donbas_day(2017, 7, 1));
    values.push_back(
        share_of_largest(line.areas(donbas_day(2020, 1, 1), donbas_day(2021, 1, 1) - 1), 4));
    values.push_back(share_of_largest(week(donbas_day(2018, 2, 1)), 4));
    values.push_back(share_of_largest(summer, 1));
    values.push_back(share_of_largest(summer, 2));
}

double over(double count, double violations) { return violations > 0.0 ? count / violations : 0.0; }

/// Those killed are as few as on record, so that their number is drawn.
void add_toll(const DonbasLine& line, ReplicationId replication, const Draws& draws,
              std::vector<double>& values) {
    const int truce = donbas_truce_day();
    SampleLuck luck(draws, replication, SampleSubject::violations);
    const auto civilians = [&](int first, int last) {
        return over(luck.poisson(line.toll(first, last).civilian_casualties),
                    line.violations(first, last));
    };
    // Soldiers of both sides count in the model, those of Ukraine on record: half of them.
    const auto soldiers = [&](int first, int last) {
        return over(luck.poisson(0.5 * line.toll(first, last).soldiers_killed),
                    line.violations(first, last));
    };
    const int first = donbas_day(2017, 1, 1);
    const int last = donbas_day(2017, 12, 31);
    values.push_back(over(line.toll(first, last).heavy_violations, line.violations(first, last)));
    values.push_back(civilians(first, last));
    values.push_back(civilians(donbas_day(2020, 1, 1), donbas_day(2020, 11, 30)));
    values.push_back(soldiers(donbas_day(2020, 1, 1), truce - 1));
    values.push_back(soldiers(truce, donbas_day(2021, 2, 15)));
}

std::vector<double> run(const Worlds& worlds, const Evidence& evidence, ReplicationId replication,
                        const Draws& draws) {
    const DonbasLine line(worlds.unprotected, replication, draws);
    std::vector<double> values;
    add_years(line, values);
    add_truce(line, values);
    add_daily_shape(line, evidence, values);
    add_concentration(line, values);
    add_toll(line, replication, draws, values);
    return values;
}

double observed_total(const Evidence& evidence, int year) {
    for (const std::string_view id : {"violations-2017-2019", "violations-2016-2018-2021"}) {
        const EvidenceSeries& series = evidence.series(id);
        for (std::size_t row = 0; row < series.size(); ++row) {
            if (series.number(row, "year") == year) return series.number(row, "violations");
        }
    }
    return no_value;
}

double observed_window(const Evidence& evidence, const Window& window) {
    const EvidenceSeries& series = evidence.series("truce-regrowth-2020");
    for (std::size_t row = 0; row < series.size(); ++row) {
        if (series.number(row, "first_day") == window.first &&
            series.number(row, "last_day") == window.last) {
            return series.number(row, "violations");
        }
    }
    return no_value;
}

std::vector<double> observe(const Evidence& evidence) {
    std::vector<double> values;
    for (int year = first_year; year <= last_year; ++year) {
        values.push_back(observed_total(evidence, year));
    }
    values.insert(values.end(), {no_value, no_value});
    for (const Window& window : windows) values.push_back(observed_window(evidence, window));
    const std::vector<DailyViolations> reports = reports_of_2021(evidence);
    add_shape(shape_of(reports), !reports.empty(), values);
    return values;
}

}  // namespace

Reenactment reenact_donbas_line() {
    return {"donbas-line",
            {"violations_2016",
             "violations_2017",
             "violations_2018",
             "violations_2019",
             "violations_2020",
             "violations_2021",
             "rate_before_truce",
             "rate_after_truce",
             "first_twelve_days",
             "fortnight_1",
             "fortnight_2",
             "fortnight_3",
             "by_end_of_november",
             "daily_log_sd_2021",
             "negative_binomial_size_2021",
             "log_autocorrelation_2021",
             "regional_log_correlation_2021",
             "daily_mean_2022",
             "daily_log_sd_2022",
             "negative_binomial_size_2022",
             "share_of_four_areas_2020",
             "share_of_four_areas_week_2018",
             "share_of_first_area_week_2017",
             "share_of_two_areas_week_2017",
             "heavy_share_2017",
             "casualties_per_violation_2017",
             "casualties_per_violation_2020",
             "soldiers_per_violation_before",
             "soldiers_per_violation_after"},
            run,
            observe};
}

}  // namespace firebreak
