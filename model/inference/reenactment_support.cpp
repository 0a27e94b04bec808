#include <algorithm>
#include <cmath>
#include <cstddef>

#include "conflict/incidents.hpp"
#include "inference/examination.hpp"
#include "inference/historical_settings.hpp"

namespace firebreak {
namespace {

/// Offensives that the allies are asked about: a public is asked about attacks as such.
constexpr std::uint32_t offensives = 48;

/// Share of the offensives for which each ally wants limited force or more.
std::vector<double> willingness(const Scenario& given, ReplicationId replication,
                                const Draws& draws) {
    Scenario scenario = given;
    scenario.horizon = 1;
    const Setting setting = lay_out(std::move(scenario));
    const State state = opening_state(setting.scenario, Line{});
    std::vector<double> willing(setting.scenario.allies.size(), 0.0);
    for (std::uint32_t n = 0; n < offensives; ++n) {
        const ReplicationId luck(replication.value() * offensives + n);
        const Cast cast = draw_cast(setting.scenario, luck, draws);
        const Incident attack = draw_offensive(setting, state, Side::russia, 0, luck, draws);
        const Response response = examine(setting, cast, state, attack, luck, draws, true).response;
        for (std::size_t i = 0; i < response.levels.size(); ++i) {
            if (response.levels[i] >= ResponseLevel::limited_force) {
                willing[response.deciding[i].value()] += 1.0 / offensives;
            }
        }
    }
    return willing;
}

double mean_of(const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

/// The value below which the share `u` of sorted values lies, between two of them linearly.
double quantile_of(const std::vector<double>& sorted, double u) {
    const double place = u * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

/// Median and distance of the quartiles of the support in single countries.
std::vector<double> level_and_spread(std::vector<double> support) {
    if (support.empty()) return {no_value, no_value};
    std::ranges::sort(support);
    return {quantile_of(support, 0.5), quantile_of(support, 0.75) - quantile_of(support, 0.25)};
}

std::vector<double> run(const Worlds& worlds, const Evidence& evidence, ReplicationId replication,
                        const Draws& draws) {
    const std::vector<double> for_member = willingness(worlds.member, replication, draws);
    const std::vector<double> for_other = willingness(worlds.unprotected, replication, draws);
    std::vector<double> asked;
    const EvidenceSeries& series = evidence.series("support-levels-2019");
    for (std::size_t row = 0; row < series.size(); ++row) {
        const AllyId ally = ally_named(worlds.member.allies, series.text(row, "iso3"));
        asked.push_back(for_member[ally.value()]);
    }
    const std::vector<double> levels = level_and_spread(std::move(asked));
    return {mean_of(for_member), mean_of(for_other), levels[0], levels[1]};
}

std::vector<double> observe(const Evidence& evidence) {
    const EvidenceSeries& series = evidence.series("support-levels-2019");
    std::vector<double> support;
    for (std::size_t row = 0; row < series.size(); ++row) {
        support.push_back(series.number(row, "percent") / 100.0);
    }
    const std::vector<double> levels = level_and_spread(std::move(support));
    return {no_value, no_value, levels[0], levels[1]};
}

}  // namespace

Reenactment reenact_support() {
    return {"support",
            {"support_for_member", "support_for_non_member", "median_support",
             "support_quartile_range"},
            run,
            observe};
}

}  // namespace firebreak
