#include "inference/claim_reading.hpp"

#include <cmath>
#include <cstdio>

namespace firebreak {
namespace {

std::string percent(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%.0f %%", 100.0 * share);
    return text;
}

/// Three significant digits, without an exponent where there need be none.
std::string amount(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", value == 0.0 ? 0.0 : value);
    return text;
}

std::string strength(const Decider& decider) {
    char text[32];
    std::snprintf(text, sizeof text, " (%+.2f)", decider.strength);
    return decider.path + text;
}

std::string capitalised(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text;
}

std::string deciders_of(const ClaimSummary& summary) {
    std::string names;
    for (const Decider& decider : deciders_beyond_chance(summary)) {
        names += (names.empty() ? "" : ", ") + strength(decider);
    }
    if (names.empty()) return "no parameter stands out from chance";
    return "it goes most with " + names;
}

/// Where a comparison's ranking turns; nothing if it is held in no draw.
std::string turning(const std::vector<double>& levels) {
    if (levels.empty()) return "";
    return " (the ranking turns at a level of " + amount(quantile_of(levels, 0.5)) +
           ", the median of the " + std::to_string(levels.size()) + " draws in which it is held)";
}

std::string told_besides(const ClaimSummary& summary) {
    std::string text;
    for (std::size_t at = 0; at < summary.comparisons.size(); ++at) {
        const Comparison& comparison = summary.claim.comparisons[at];
        const VerdictShares& shares = summary.comparisons[at];
        if (comparison.decides || std::isnan(shares.held.share)) continue;
        text += (text.empty() ? "; besides, " : ", and ") + comparison.words + " in " +
                percent(shares.held.share) + turning(summary.turning_levels[at]) +
                " and the reverse in " + percent(shares.reversed.share);
    }
    return text;
}

}  // namespace

std::string reading_of(const ClaimSummary& summary) {
    if (summary.draws == 0) return "Not run.";
    std::string text =
        capitalised(summary.claim.seen) + " in " + percent(summary.shares.held.share) +
        " of the draws, " + summary.claim.reversed + " in " +
        percent(summary.shares.reversed.share) + ", and " +
        percent(summary.shares.undecided.share) + " are undecided; the effect has a median of " +
        amount(summary.effect_median) + (summary.unit == "1" ? "" : " " + summary.unit) +
        " (90 % of the draws: " + amount(summary.effect_low) + " to " +
        amount(summary.effect_high) + "), and " + deciders_of(summary);
    for (std::size_t at = 0; at < summary.turning_levels.size(); ++at) {
        const std::vector<double>& levels = summary.turning_levels[at];
        if (!summary.claim.comparisons[at].decides || levels.empty()) continue;
        text += "; in the " + std::to_string(levels.size()) +
                " draws in which the ranking turns beyond error it does so at a level of " +
                amount(quantile_of(levels, 0.5)) + " (median)";
    }
    return text + told_besides(summary) + ".";
}

}  // namespace firebreak
