#include "io/evidence_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <set>
#include <vector>

#include "base/elementary.hpp"

namespace firebreak {
namespace {

constexpr double hours_per_day = 24.0;
constexpr double longest_in_hours = 4.0 * hours_per_day;
constexpr std::size_t most_runs = 8;
constexpr std::size_t kept_at_each_end = 2;

/// Consecutive reports that name the same culprit.
struct Run {
    std::span<const Report> reports;

    bool names_russia() const { return reports.front().names_russia; }

    double log_odds() const { return reports.back().log_odds; }
};

std::vector<Run> runs_of(std::span<const Report> reports) {
    std::vector<Run> runs;
    std::size_t start = 0;
    for (std::size_t i = 1; i <= reports.size(); ++i) {
        if (i == reports.size() || reports[i].names_russia != reports[start].names_russia) {
            runs.push_back({reports.subspan(start, i - start)});
            start = i;
        }
    }
    return runs;
}

/// The runs worth telling, in order.
std::set<std::size_t> turning_points(const std::vector<Run>& runs) {
    std::set<std::size_t> kept;
    const auto lower = [](const Run& a, const Run& b) { return a.log_odds() < b.log_odds(); };
    const auto [least, most] = std::minmax_element(runs.begin(), runs.end(), lower);
    kept.insert(static_cast<std::size_t>(least - runs.begin()));
    kept.insert(static_cast<std::size_t>(most - runs.begin()));
    for (std::size_t i = 0; i < kept_at_each_end; ++i) {
        kept.insert(i);
        kept.insert(runs.size() - 1 - i);
    }
    for (std::size_t i = runs.size() - 1; i > 0; --i) {
        if ((runs[i].log_odds() > 0.0) != (runs[i - 1].log_odds() > 0.0)) {
            kept.insert(i);
            break;
        }
    }
    return kept;
}

std::string one_decimal(double value) {
    const auto tenths = static_cast<long>(std::lround(value * 10.0));
    const std::string whole = std::to_string(tenths / 10);
    return tenths % 10 == 0 ? whole : whole + "." + std::to_string(tenths % 10);
}

std::string number_of_hours(double hours) {
    return hours < 10.0 ? one_decimal(hours) : std::to_string(std::lround(hours));
}

std::string run_text(const Run& run) {
    const Report& first = run.reports.front();
    const Report& last = run.reports.back();
    const std::size_t count = run.reports.size();
    std::string text = number_of_hours(first.hours);
    if (number_of_hours(last.hours) != text) text.append("-").append(number_of_hours(last.hours));
    text += run.names_russia() ? " h Russia " : " h not Russia ";
    if (count > 1) text.append("(").append(std::to_string(count)).append(") ");
    return text + belief_text(logistic(run.log_odds()));
}

}  // namespace

std::string belief_text(double probability) {
    if (probability > 0.995) return "over 99%";
    if (probability < 0.005) return "under 1%";
    return std::to_string(std::lround(100.0 * probability)) + "%";
}

std::string hours_text(double hours) {
    return hours < longest_in_hours ? number_of_hours(hours) + " h"
                                    : std::to_string(std::lround(hours / hours_per_day)) + " days";
}

double opening_belief(std::span<const Report> reports) {
    if (reports.size() < 2) return std::numeric_limits<double>::quiet_NaN();
    // Every report moves the log-odds by the same step, up or down.
    const double moved = reports[1].log_odds - reports[0].log_odds;
    return reports[0].names_russia == reports[1].names_russia ? reports[0].log_odds - moved
                                                              : reports[1].log_odds;
}

std::string reports_text(std::span<const Report> reports) {
    if (reports.empty()) return "none";
    const std::vector<Run> runs = runs_of(reports);
    const bool all = runs.size() <= most_runs;
    const std::set<std::size_t> kept = all ? std::set<std::size_t>() : turning_points(runs);
    std::string text;
    bool gap = false;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!all && !kept.contains(i)) {
            gap = true;
            continue;
        }
        if (!text.empty()) text += gap ? "; ...; " : "; ";
        gap = false;
        text += run_text(runs[i]);
    }
    return text;
}

}  // namespace firebreak
