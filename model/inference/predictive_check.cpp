#include "inference/predictive_check.hpp"

#include <algorithm>
#include <cmath>

namespace firebreak {
namespace {

constexpr double lowest_percentile = 5.0;
constexpr double highest_percentile = 95.0;

/// The value below which the share `u` of sorted values lies, between two of them linearly.
double quantile_of(std::span<const double> sorted, double u) {
    const double place = u * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

bool passes(const TargetStatistic& statistic, double percentile, double median) {
    switch (statistic.criterion) {
        case Criterion::inside:
            return percentile >= lowest_percentile && percentile <= highest_percentile;
        case Criterion::beyond:
            return percentile > highest_percentile;
        case Criterion::range:
            return median >= statistic.range_low && median <= statistic.range_high;
    }
    return false;
}

PredictiveCheck check(const Target& target, const TargetStatistic& statistic,
                      std::vector<double> values) {
    PredictiveCheck check;
    check.target = &target;
    check.statistic = &statistic;
    check.draws = values.size();
    check.low5 = check.low25 = check.median = check.high75 = check.high95 = no_value;
    check.percentile = no_value;
    if (values.empty()) return check;
    std::ranges::sort(values);
    check.low5 = quantile_of(values, 0.05);
    check.low25 = quantile_of(values, 0.25);
    check.median = quantile_of(values, 0.5);
    check.high75 = quantile_of(values, 0.75);
    check.high95 = quantile_of(values, 0.95);
    const double observed = statistic.criterion == Criterion::range
                                ? std::sqrt(statistic.range_low * statistic.range_high)
                                : statistic.observed;
    check.percentile = percentile_of(observed, values);
    check.passed = passes(statistic, check.percentile, check.median);
    return check;
}

}  // namespace

std::vector<double> simulate_evidence(const Worlds& worlds, const Evidence& evidence,
                                      ReplicationId replication, const Draws& draws) {
    const std::vector<Reenactment>& all = reenactments();
    std::vector<std::vector<double>> played(all.size());
    std::vector<double> values;
    for (const Target& target : evidence.targets) {
        const Reenactment* reenactment = find_reenactment(target.reenactment);
        for (const TargetStatistic& statistic : target.statistics) {
            values.push_back(no_value);
            if (reenactment == nullptr || !statistic.not_modelled.empty()) continue;
            const auto at = std::ranges::find(reenactment->statistics, statistic.name);
            if (at == reenactment->statistics.end()) continue;
            auto& result = played[static_cast<std::size_t>(reenactment - all.data())];
            if (result.empty()) result = reenactment->run(worlds, evidence, replication, draws);
            values.back() = result[static_cast<std::size_t>(at - reenactment->statistics.begin())];
        }
    }
    return values;
}

double percentile_of(double observed, std::span<const double> simulated) {
    double rank = 0.0;
    for (const double value : simulated) {
        if (value < observed) rank += 1.0;
        if (value == observed) rank += 0.5;
    }
    return simulated.empty() ? no_value : 100.0 * rank / static_cast<double>(simulated.size());
}

std::vector<PredictiveCheck> check_evidence(const Evidence& evidence,
                                            std::span<const std::vector<double>> data_sets) {
    std::vector<PredictiveCheck> checks;
    std::size_t column = 0;
    for (const Target& target : evidence.targets) {
        for (const TargetStatistic& statistic : target.statistics) {
            std::vector<double> values;
            for (const std::vector<double>& data_set : data_sets) {
                if (!std::isnan(data_set[column])) values.push_back(data_set[column]);
            }
            checks.push_back(check(target, statistic, std::move(values)));
            ++column;
        }
    }
    return checks;
}

bool has_passed(std::span<const PredictiveCheck> checks, const Target& target) {
    return std::ranges::all_of(checks, [&](const PredictiveCheck& check) {
        return check.target != &target || check.passed;
    });
}

Score score_of(std::span<const PredictiveCheck> checks, EvidenceUse use) {
    Score score;
    const Target* last = nullptr;
    for (const PredictiveCheck& check : checks) {
        if (check.target->use != use) continue;
        ++score.statistics;
        if (check.passed) ++score.statistics_passed;
        if (check.target == last) continue;
        last = check.target;
        ++score.targets;
        if (has_passed(checks, *last)) ++score.passed;
    }
    return score;
}

}  // namespace firebreak
