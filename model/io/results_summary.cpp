#include "io/results_summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace firebreak {
namespace {

/// Of sorted values.
double quantile_of(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

void count_sign(double low, double high, SignCounts& counts) {
    if (high < 0.0) {
        ++counts.below;
    } else if (low > 0.0) {
        ++counts.above;
    } else {
        ++counts.undecided;
    }
}

}  // namespace

Spread spread_of(std::vector<double>& values) {
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    if (values.empty()) return {unknown, unknown, unknown};
    std::sort(values.begin(), values.end());
    return {quantile_of(values, 0.5), quantile_of(values, 0.05), quantile_of(values, 0.95)};
}

PointsSummary summarise_points(const ResultsReader& file, const std::vector<std::size_t>& outcomes,
                               std::size_t reference) {
    const ResultHeading& heading = file.heading();
    const std::size_t last = heading.days.size() - 1;
    const std::array<std::size_t, 2> cells{heading.regimes.size(), outcomes.size()};
    PointsSummary summary;
    summary.points = heading.points;
    summary.probability = Grid<Spread, 2>(cells);
    summary.difference = Grid<SignCounts, 2>(cells);
    Grid<std::vector<double>, 2> values(cells);
    for (std::uint64_t position = 0; position < heading.points; ++position) {
        const PointEstimates point = file.main_estimates(position);
        if (point.failed) {
            ++summary.failed;
            continue;
        }
        const auto [fewest, most] = std::ranges::minmax(point.replications.values());
        const bool first = position == summary.failed;
        summary.fewest_replications =
            first ? fewest : std::min(summary.fewest_replications, fewest);
        summary.most_replications = std::max(summary.most_replications, most);
        for (std::size_t regime = 0; regime < cells[0]; ++regime) {
            for (std::size_t place = 0; place < outcomes.size(); ++place) {
                const std::size_t outcome = outcomes[place];
                const double probability = point.probability.value[{regime, outcome, last}];
                if (std::isnan(probability)) continue;
                values[{regime, place}].push_back(probability);
                count_sign(point.difference.low[{regime, reference, outcome, last}],
                           point.difference.high[{regime, reference, outcome, last}],
                           summary.difference[{regime, place}]);
            }
        }
    }
    for (std::size_t regime = 0; regime < cells[0]; ++regime) {
        for (std::size_t place = 0; place < outcomes.size(); ++place) {
            summary.probability[{regime, place}] = spread_of(values[{regime, place}]);
        }
    }
    return summary;
}

}  // namespace firebreak
