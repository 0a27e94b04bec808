#include "inference/claim_verdict.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "base/elementary.hpp"
#include "ensemble/intervals.hpp"

namespace firebreak {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Half of an interval, the longer half.
double half_width(const Measured& one) {
    return std::max(one.high - one.value, one.value - one.low);
}

/// Quotient of Student's quantiles of the two levels.
double widening(const DrawResults& draw, double links) {
    const double alpha = 1.0 - draw.confidence;
    const double freedom = std::max(1.0, static_cast<double>(draw.replications) - 1.0);
    return student_quantile(1.0 - alpha / (2.0 * links), freedom) /
           student_quantile(1.0 - alpha / 2.0, freedom);
}

/// The difference, from the results or turned round.
Measured difference_of(const DrawResults& draw, const std::string& regime,
                       const std::string& reference, const std::string& quantity) {
    const Measured known = draw.difference(regime, reference, quantity);
    if (!std::isnan(known.value)) return known;
    const Measured turned = draw.difference(reference, regime, quantity);
    return {-turned.value, turned.standard_error, -turned.high, -turned.low};
}

std::map<std::string, double> weights_of(const Link& link) {
    std::map<std::string, double> weights;
    for (const PairTerm& term : link.pairs) {
        weights[term.regime] += term.weight;
        weights[term.reference] -= term.weight;
    }
    return weights;
}

/// Half-width by the exact standard error; nothing if a difference between two regimes is unknown.
std::optional<double> exact_half_width(const Link& link, const DrawResults& draw) {
    const std::map<std::string, double> weights = weights_of(link);
    double variance = 0.0;
    double width = 0.0;
    double unseen = 0.0;
    for (auto one = weights.begin(); one != weights.end(); ++one) {
        for (auto other = std::next(one); other != weights.end(); ++other) {
            if (one->second == 0.0 || other->second == 0.0) continue;
            const Measured found = difference_of(draw, one->first, other->first, link.quantity);
            const double error = found.standard_error;
            if (!std::isfinite(error)) return std::nullopt;
            variance -= one->second * other->second * error * error;
            if (error > 0.0) {
                width = std::max(width, half_width(found) / error);
            } else {
                // The two were level in every history, which does not say that they always are.
                unseen +=
                    std::min(std::abs(one->second), std::abs(other->second)) * half_width(found);
            }
        }
    }
    // Nothing happened in any of them, or rounding: their own intervals still have a width.
    if (variance <= 0.0) return std::nullopt;
    return width * std::sqrt(variance) + unseen;
}

Measured excess_estimate(const Link& link, const DrawResults& draw) {
    const Measured whole = draw.level(link.regime, link.quantity);
    const Measured one = draw.level(link.regime, link.factors[0]);
    const Measured other = draw.level(link.regime, link.factors[1]);
    const double value = whole.value - one.value * other.value;
    const double half = half_width(whole) + std::abs(one.value) * half_width(other) +
                        (std::abs(other.value) + half_width(other)) * half_width(one);
    return {value, nan, value - half, value + half};
}

Measured sum_estimate(const Link& link, const DrawResults& draw) {
    double value = 0.0;
    double added = 0.0;
    for (const PairTerm& term : link.pairs) {
        const Measured found = difference_of(draw, term.regime, term.reference, link.quantity);
        value += term.weight * found.value;
        added += std::abs(term.weight) * half_width(found);
    }
    const double half = exact_half_width(link, draw).value_or(added);
    return {value, nan, value - half, value + half};
}

Measured unwidened(const Link& link, const DrawResults& draw) {
    if (!link.factors.empty()) return excess_estimate(link, draw);
    const bool single = link.pairs.size() == 1 && link.pairs.front().weight == 1.0;
    if (!single) return sum_estimate(link, draw);
    return difference_of(draw, link.pairs.front().regime, link.pairs.front().reference,
                         link.quantity);
}

std::size_t links_in(const Condition& condition) {
    std::size_t links = 0;
    for (const auto& all : condition.alternatives) links += all.size();
    return links;
}

/// What is known of several links that must all be above zero.
struct Conjunction {
    bool held = true;
    bool reversed = false;
    double weakest = std::numeric_limits<double>::infinity();
};

Conjunction judge_all(const std::vector<Link>& links, const DrawResults& draw, double level) {
    Conjunction all;
    for (const Link& link : links) {
        const Measured found = link_estimate(link, draw, level);
        all.held = all.held && found.low > 0.0;
        all.reversed = all.reversed || found.high < 0.0;
        if (std::isnan(found.value) || found.value < all.weakest) all.weakest = found.value;
        if (std::isnan(all.weakest)) break;
    }
    return all;
}

ComparisonVerdict judge_condition(const Condition& condition, const DrawResults& draw,
                                  double level) {
    bool held = false;
    bool reversed = true;
    double best = -std::numeric_limits<double>::infinity();
    for (const auto& links : condition.alternatives) {
        const Conjunction all = judge_all(links, draw, level);
        if (std::isnan(all.weakest)) return {Verdict::unknown, nan, nan};
        held = held || all.held;
        reversed = reversed && all.reversed;
        best = std::max(best, all.weakest);
    }
    if (condition.negated) {
        std::swap(held, reversed);
        best = -best;
    }
    const Verdict verdict =
        held ? Verdict::held : (reversed ? Verdict::reversed : Verdict::undecided);
    return {verdict, best, nan};
}

/// Where the ladder and the regime it is ranked against are first level, by straight lines between
/// levels; NaN if they are not ranked as stated at both ends.
double turning_level(const Comparison& comparison, const DrawResults& draw) {
    std::vector<double> gaps;  // above 0 before the ranking turns, below after
    for (const std::string& regime : comparison.regimes) {
        const Measured gap = difference_of(draw, regime, comparison.against, comparison.of.front());
        gaps.push_back(comparison.falling ? gap.value : -gap.value);
    }
    if (!(gaps.front() > 0.0 && gaps.back() < 0.0)) return nan;
    for (std::size_t at = 1; at < gaps.size(); ++at) {
        if (!(gaps[at - 1] > 0.0 && gaps[at] <= 0.0)) continue;
        const double share = gaps[at - 1] / (gaps[at - 1] - gaps[at]);
        const double low = comparison.levels[at - 1];
        const double high = comparison.levels[at];
        return comparison.log_levels ? low * power(high / low, share) : low + share * (high - low);
    }
    return nan;  // a level between the ends was not run
}

}  // namespace

Measured link_estimate(const Link& link, const DrawResults& draw, double links) {
    Measured found = unwidened(link, draw);
    const double factor = widening(draw, links);
    found.low = found.value - factor * (found.value - found.low);
    found.high = found.value + factor * (found.high - found.value);
    return found;
}

ClaimVerdict judge(const Claim& claim, const DrawResults& draw) {
    std::vector<Condition> conditions;
    std::size_t links = 0;
    for (const Comparison& comparison : claim.comparisons) {
        conditions.push_back(condition_of(comparison));
        if (comparison.decides) links += links_in(conditions.back());
    }
    ClaimVerdict result;
    bool held = true;
    bool reversed = false;
    bool known = true;
    for (std::size_t at = 0; at < conditions.size(); ++at) {
        const Comparison& comparison = claim.comparisons[at];
        const double level =
            static_cast<double>(comparison.decides ? links : links_in(conditions[at]));
        ComparisonVerdict one = judge_condition(conditions[at], draw, level);
        one.turning_level =
            comparison.kind == ComparisonKind::threshold ? turning_level(comparison, draw) : nan;
        result.comparisons.push_back(one);
        if (!comparison.decides) continue;
        held = held && one.verdict == Verdict::held;
        reversed = reversed || one.verdict == Verdict::reversed;
        known = known && one.verdict != Verdict::unknown;
    }
    result.verdict = !known     ? Verdict::unknown
                     : held     ? Verdict::held
                     : reversed ? Verdict::reversed
                                : Verdict::undecided;
    return result;
}

}  // namespace firebreak
