#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/elementary.hpp"
#include "conflict/accession.hpp"
#include "inference/historical_settings.hpp"

namespace firebreak {
namespace {

/// Allies whose days were counted, the fastest.
constexpr std::size_t counted = 26;

/// Lucks of one data set: one for each ally, and one for each of the totals.
constexpr std::uint32_t lucks = 128;
constexpr std::uint32_t first_total = 100;

/// Who had joined latest, the last one first: each newcomer was ratified by those before it.
constexpr std::array<std::string_view, 4> newcomers{"SWE", "FIN", "MKD", "MNE"};

/// The scenario before the first `missing` newcomers joined.
Scenario before_joining(const Scenario& given, std::size_t missing) {
    Scenario scenario = given;
    std::erase_if(scenario.allies, [&](const Ally& ally) {
        return std::find(newcomers.begin(),
                         newcomers.begin() + static_cast<std::ptrdiff_t>(missing),
                         ally.iso3) != newcomers.begin() + static_cast<std::ptrdiff_t>(missing);
    });
    return scenario;
}

double days_of(const Scenario& scenario, ReplicationId luck, const Draws& draws) {
    const Timetable timetable = draw_timetable(scenario, luck, draws);
    return timetable.in_force_after - timetable.ratifying_after;
}

/// Median of the days and mean of log(1 + days) of the fastest allies.
std::vector<double> shape_of_fastest(std::vector<double> days) {
    std::ranges::sort(days);
    days.resize(std::min(days.size(), counted));
    if (days.empty()) return {no_value, no_value};
    const std::size_t middle = days.size() / 2;
    const double median =
        days.size() % 2 == 1 ? days[middle] : 0.5 * (days[middle - 1] + days[middle]);
    double sum = 0.0;
    for (const double value : days) sum += log_one_plus(value);
    return {median, sum / static_cast<double>(days.size())};
}

std::vector<double> run(const Worlds& worlds, const Evidence&, ReplicationId replication,
                        const Draws& draws) {
    const auto luck = [&](std::uint32_t number) {
        return ReplicationId(replication.value() * lucks + number);
    };
    const Scenario thirty = before_joining(worlds.unprotected, 2);
    Scenario one = thirty;
    std::vector<double> days;
    for (std::uint32_t row = 0; row < thirty.allies.size(); ++row) {
        one.allies = {thirty.allies[row]};
        days.push_back(days_of(one, luck(row), draws));
    }
    std::vector<double> values = shape_of_fastest(std::move(days));
    values.push_back(days_of(thirty, luck(first_total), draws));
    values.push_back(days_of(before_joining(thirty, 3), luck(first_total + 1), draws));
    values.push_back(days_of(before_joining(thirty, 4), luck(first_total + 2), draws));
    return values;
}

std::vector<double> observe(const Evidence& evidence) {
    const EvidenceSeries& series = evidence.series("ratification-first-26");
    std::vector<double> days;
    for (std::size_t row = 0; row < series.size(); ++row) {
        days.push_back(series.number(row, "days"));
    }
    return shape_of_fastest(std::move(days));
}

}  // namespace

Reenactment reenact_ratification() {
    return {
        "ratification",
        {"median_days", "mean_log_days", "sweden_days", "north_macedonia_days", "montenegro_days"},
        run,
        observe};
}

}  // namespace firebreak
