#include <algorithm>
#include <limits>

#include "base/error.hpp"
#include "base/quantity.hpp"
#include "build_info.hpp"
#include "ensemble/estimate.hpp"
#include "io/results.hpp"

namespace firebreak {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double share(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : unknown;
}

/// Grids of one estimator, all unknown.
template <class Grids, class Shape>
void shape_grids(const Shape& shape, Grids& grids, bool with_error) {
    grids.value = decltype(grids.value)(shape, unknown);
    grids.low = grids.high = grids.value;
    if (with_error) grids.standard_error = grids.value;
}

/// Fills the grids of one design point from its tally.
class PointAssembly {
  public:
    PointAssembly(Results& results, std::size_t point, const Tally& tally)
        : results_(results), point_(point), tally_(tally) {}

    void fill(const DesignPoint& design_point) {
        for (std::size_t regime = 0; regime < tally_.regimes(); ++regime) {
            fill_counts(regime, design_point.regimes.at(regime));
            for (std::size_t time = 0; time < results_.days.size(); ++time) {
                fill_times(regime, time);
            }
            for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
                for (std::size_t time = 0; time < results_.days.size(); ++time) {
                    fill_probability(regime, static_cast<OutcomeKind>(outcome), time);
                    for (std::size_t reference = regime; reference < tally_.regimes();
                         ++reference) {
                        fill_difference(regime, reference, static_cast<OutcomeKind>(outcome), time);
                    }
                }
            }
        }
    }

  private:
    void fill_counts(std::size_t regime, const Setting& setting) {
        results_.replications[{point_, regime}] = tally_.replications();
        std::int64_t clashes = 0;
        for (std::size_t path = 0; path < path_count; ++path) {
            clashes += tally_.path(regime, static_cast<Path>(path));
        }
        for (std::size_t path = 0; path < path_count; ++path) {
            const std::int64_t count = tally_.path(regime, static_cast<Path>(path));
            results_.path_count[{point_, regime, path}] = count;
            results_.path_share[{point_, regime, path}] = share(count, clashes);
        }
        for (std::size_t source = 0; source < source_count; ++source) {
            const std::int64_t count = tally_.source(regime, static_cast<Source>(source));
            results_.source_count[{point_, regime, source}] = count;
            results_.source_share[{point_, regime, source}] = share(count, clashes);
        }
        const double years = static_cast<double>(tally_.ceasefire_days(regime)) / days_per_year;
        results_.ceasefire_years[{point_, regime}] = years;
        for (std::size_t event = 0; event < event_count; ++event) {
            const auto count =
                static_cast<double>(tally_.events(regime, static_cast<EventKind>(event)));
            results_.event_rate[{point_, regime, event}] = years > 0.0 ? count / years : unknown;
        }
        for (std::size_t in_force = 0; in_force < 2; ++in_force) {
            results_.belief[{point_, regime, in_force}] =
                setting.starting_belief.table[in_force][0];
        }
    }

    void fill_times(std::size_t regime, std::size_t time) {
        for (std::size_t side = 0; side < side_count; ++side) {
            results_.violations_per_day[{point_, regime, side, time}] =
                share(tally_.violations(regime, static_cast<Side>(side), time),
                      tally_.interval_days(regime, time));
        }
        for (std::size_t risk = 0; risk < risk_count; ++risk) {
            results_.cumulative_incidence[{point_, regime, risk, time}] = share(
                tally_.first_risks(regime, static_cast<Risk>(risk), time), tally_.replications());
        }
    }

    void fill_probability(std::size_t regime, OutcomeKind outcome, std::size_t time) {
        const std::array<std::size_t, 4> cell{point_, regime, index_of(outcome), time};
        const auto estimate_by = [&](Estimator estimator) {
            return probability_of(tally_, regime, outcome, time, estimator, results_.intervals);
        };
        const auto put = [&](const Estimate& estimate, ProbabilityGrids& grids) {
            grids.value[cell] = estimate.value;
            grids.low[cell] = estimate.interval.low;
            grids.high[cell] = estimate.interval.high;
            grids.standard_error[cell] = estimate.standard_error;
        };
        const Estimate analog = estimate_by(Estimator::analog);
        const Estimate weighted = estimate_by(Estimator::weighted);
        put(analog, results_.analog);
        put(weighted, results_.weighted);
        const Estimate& recommended =
            recommended_estimator(outcome) == Estimator::weighted ? weighted : analog;
        // A weighted mean may stray outside [0, 1] by chance; a table should not. NaN stays NaN.
        const double value = recommended.value;
        results_.probability.value[cell] = value < 0.0 ? 0.0 : (value > 1.0 ? 1.0 : value);
        results_.probability.low[cell] = recommended.interval.low;
        results_.probability.high[cell] = recommended.interval.high;
        results_.count[cell] = tally_.hits(regime, outcome, time);
        results_.variance_ratio[cell] = variance_ratio(tally_, regime, outcome, time);
    }

    /// Fills a difference and its mirror image.
    void fill_difference(std::size_t regime, std::size_t reference, OutcomeKind outcome,
                         std::size_t time) {
        const Estimator estimator = recommended_estimator(outcome);
        const PairedDifference analog = paired_difference(tally_, regime, reference, outcome, time,
                                                          Estimator::analog, results_.intervals);
        const PairedDifference recommended =
            estimator == Estimator::analog ? analog
                                           : paired_difference(tally_, regime, reference, outcome,
                                                               time, estimator, results_.intervals);
        const auto put = [&](const PairedDifference& difference, DifferenceGrids& grids) {
            const Estimate& estimate = difference.estimate;
            const std::array<std::size_t, 5> cell{point_, regime, reference, index_of(outcome),
                                                  time};
            const std::array<std::size_t, 5> mirror{point_, reference, regime, index_of(outcome),
                                                    time};
            // Subtracted from 0, so that no -0 appears.
            grids.value[mirror] = 0.0 - estimate.value;
            grids.low[mirror] = 0.0 - estimate.interval.high;
            grids.high[mirror] = 0.0 - estimate.interval.low;
            grids.value[cell] = estimate.value;
            grids.low[cell] = estimate.interval.low;
            grids.high[cell] = estimate.interval.high;
            for (const auto& either : {cell, mirror}) {
                if (&grids != &results_.difference) continue;
                grids.standard_error[either] = estimate.standard_error;
                results_.difference_variance_ratio[either] = difference.variance_ratio;
            }
        };
        put(recommended, results_.difference);
        put(analog, results_.difference_analog);
    }

    Results& results_;
    std::size_t point_;
    const Tally& tally_;
};

void shape(Results& results) {
    const std::size_t points = results.design_points.size();
    const std::size_t regimes = results.regimes.size();
    const std::size_t outcomes = results.outcomes.size();
    const std::size_t times = results.days.size();
    const std::array<std::size_t, 4> cells{points, regimes, outcomes, times};
    const std::array<std::size_t, 5> pairs{points, regimes, regimes, outcomes, times};
    shape_grids(cells, results.probability, false);
    shape_grids(cells, results.analog, true);
    shape_grids(cells, results.weighted, true);
    results.count = Grid<std::int64_t, 4>(cells);
    results.variance_ratio = Grid<double, 4>(cells, unknown);
    shape_grids(pairs, results.difference, true);
    shape_grids(pairs, results.difference_analog, false);
    results.difference_variance_ratio = Grid<double, 5>(pairs, unknown);
    results.replications = Grid<std::int64_t, 2>({points, regimes});
    results.violations_per_day = Grid<double, 4>({points, regimes, side_count, times});
    results.path_count = Grid<std::int64_t, 3>({points, regimes, path_count});
    results.path_share = Grid<double, 3>({points, regimes, path_count});
    results.source_count = Grid<std::int64_t, 3>({points, regimes, source_count});
    results.source_share = Grid<double, 3>({points, regimes, source_count});
    results.cumulative_incidence = Grid<double, 4>({points, regimes, risk_count, times});
    results.event_rate = Grid<double, 3>({points, regimes, event_count});
    results.ceasefire_years = Grid<double, 2>({points, regimes});
    results.belief = Grid<double, 3>({points, regimes, 2});
}

}  // namespace

Results assemble_results(Provenance provenance, std::span<const DesignPoint> points,
                         std::span<const Tally> tallies, std::vector<ParameterColumn> parameters,
                         const IntervalChoice& intervals) {
    EXPECT(!points.empty() && points.size() == tallies.size(), "one tally per design point");
    Results results;
    results.provenance = std::move(provenance);
    results.intervals = intervals;
    results.provenance.version = build_info::version;
    results.provenance.git_commit = build_info::git_commit;
    results.provenance.compiler = build_info::compiler;
    for (const DesignPoint& point : points) {
        results.design_points.push_back(static_cast<std::int32_t>(point.id));
    }
    for (const Setting& setting : points.front().regimes) {
        results.regimes.push_back(setting.scenario.regime);
    }
    results.outcomes.assign(outcome_names.begin(), outcome_names.end());
    const auto checkpoints = tallies.front().checkpoints();
    results.days.assign(checkpoints.begin(), checkpoints.end());
    results.parameters = std::move(parameters);
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
        results.estimator.push_back(
            static_cast<std::int8_t>(recommended_estimator(static_cast<OutcomeKind>(outcome))));
    }
    shape(results);
    for (std::size_t point = 0; point < points.size(); ++point) {
        EXPECT(points[point].regimes.size() == results.regimes.size() &&
                   tallies[point].regimes() == results.regimes.size() &&
                   std::ranges::equal(tallies[point].checkpoints(), results.days),
               "every point has the same regimes and checkpoints");
        PointAssembly(results, point, tallies[point]).fill(points[point]);
    }
    return results;
}

}  // namespace firebreak
