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
    PointAssembly(const ResultHeading& heading, const Tally& tally, PointEstimates& point)
        : heading_(heading), tally_(tally), point_(point) {}

    void fill(const std::vector<StartingBelief>& beliefs) {
        const std::size_t times = heading_.days.size();
        for (std::size_t regime = 0; regime < tally_.regimes(); ++regime) {
            fill_counts(regime, beliefs.at(regime));
            for (std::size_t measure = 0; measure < measure_count; ++measure) {
                fill_measure(regime, static_cast<Measure>(measure));
            }
            for (std::size_t time = 0; time < times; ++time) fill_times(regime, time);
            for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
                for (std::size_t time = 0; time < times; ++time) {
                    fill_probability(regime, static_cast<OutcomeKind>(outcome), time);
                    fill_differences(regime, static_cast<OutcomeKind>(outcome), time);
                }
            }
        }
    }

  private:
    void fill_counts(std::size_t regime, const StartingBelief& belief) {
        point_.replications[{regime}] = tally_.replications();
        std::int64_t clashes = 0;
        for (std::size_t path = 0; path < path_count; ++path) {
            clashes += tally_.path(regime, static_cast<Path>(path));
        }
        for (std::size_t path = 0; path < path_count; ++path) {
            const std::int64_t count = tally_.path(regime, static_cast<Path>(path));
            point_.path_count[{regime, path}] = count;
            point_.path_share[{regime, path}] = share(count, clashes);
        }
        for (std::size_t source = 0; source < source_count; ++source) {
            const std::int64_t count = tally_.source(regime, static_cast<Source>(source));
            point_.source_count[{regime, source}] = count;
            point_.source_share[{regime, source}] = share(count, clashes);
        }
        const double years = static_cast<double>(tally_.ceasefire_days(regime)) / days_per_year;
        point_.ceasefire_years[{regime}] = years;
        for (std::size_t event = 0; event < event_count; ++event) {
            const auto count =
                static_cast<double>(tally_.events(regime, static_cast<EventKind>(event)));
            point_.event_rate[{regime, event}] = years > 0.0 ? count / years : unknown;
        }
        for (std::size_t in_force = 0; in_force < 2; ++in_force) {
            point_.belief[{regime, in_force}] = belief.table[in_force][0];
        }
    }

    void fill_times(std::size_t regime, std::size_t time) {
        for (std::size_t side = 0; side < side_count; ++side) {
            point_.violations_per_day[{regime, side, time}] =
                share(tally_.violations(regime, static_cast<Side>(side), time),
                      tally_.interval_days(regime, time));
        }
        for (std::size_t risk = 0; risk < risk_count; ++risk) {
            point_.cumulative_incidence[{regime, risk, time}] = share(
                tally_.first_risks(regime, static_cast<Risk>(risk), time), tally_.replications());
        }
    }

    void fill_probability(std::size_t regime, OutcomeKind outcome, std::size_t time) {
        const std::array<std::size_t, 3> cell{regime, index_of(outcome), time};
        const auto estimate_by = [&](Estimator estimator) {
            return probability_of(tally_, regime, outcome, time, estimator, heading_.intervals);
        };
        const Estimate analog = estimate_by(Estimator::analog);
        const Estimate weighted = estimate_by(Estimator::weighted);
        put(analog, cell, point_.analog);
        put(weighted, cell, point_.weighted);
        const Estimate& recommended =
            recommended_estimator(outcome) == Estimator::weighted ? weighted : analog;
        // A weighted mean may stray outside [0, 1] by chance; a table should not. NaN stays NaN.
        const double value = recommended.value;
        point_.probability.value[cell] = value < 0.0 ? 0.0 : (value > 1.0 ? 1.0 : value);
        point_.probability.low[cell] = recommended.interval.low;
        point_.probability.high[cell] = recommended.interval.high;
        point_.count[cell] = tally_.hits(regime, outcome, time);
        point_.variance_ratio[cell] = variance_ratio(tally_, regime, outcome, time);
    }

    void fill_measure(std::size_t regime, Measure measure) {
        const std::int32_t horizon = heading_.provenance.horizon;
        put(mean_of(tally_, regime, measure, horizon, heading_.intervals),
            std::array{regime, index_of(measure)}, point_.measure);
        for (std::size_t place = 0; place < heading_.references.size(); ++place) {
            const std::size_t reference = tally_.shape().references[place];
            const PairedDifference difference =
                mean_difference(tally_, regime, reference, measure, horizon, heading_.intervals);
            const std::array<std::size_t, 3> cell{regime, place, index_of(measure)};
            put(difference.estimate, cell, point_.measure_difference);
            point_.measure_difference_variance_ratio[cell] = difference.variance_ratio;
        }
    }

    template <class Cell, class Grids>
    static void put(const Estimate& estimate, const Cell& cell, Grids& grids) {
        grids.value[cell] = estimate.value;
        grids.low[cell] = estimate.interval.low;
        grids.high[cell] = estimate.interval.high;
        grids.standard_error[cell] = estimate.standard_error;
    }

    /// Differences from the regimes after this one and, mirrored, theirs from it, as far as the
    /// other is a reference.
    void fill_differences(std::size_t regime, OutcomeKind outcome, std::size_t time) {
        const std::vector<std::size_t>& references = tally_.shape().references;
        const auto place = [&](std::size_t wanted) {
            return static_cast<std::size_t>(
                std::find(references.begin(), references.end(), wanted) - references.begin());
        };
        const std::size_t own = place(regime);
        for (std::size_t other = regime; other < tally_.regimes(); ++other) {
            const std::size_t others = place(other);
            if (own == references.size() && others == references.size()) continue;
            const auto by = [&](Estimator estimator) {
                return paired_difference(tally_, regime, other, outcome, time, estimator,
                                         heading_.intervals);
            };
            const PairedDifference analog = by(Estimator::analog);
            const PairedDifference recommended = recommended_estimator(outcome) == Estimator::analog
                                                     ? analog
                                                     : by(Estimator::weighted);
            if (own != references.size()) {
                put_difference({other, own, index_of(outcome), time}, mirrored(recommended),
                               mirrored(analog));
            }
            if (others != references.size()) {
                put_difference({regime, others, index_of(outcome), time}, recommended, analog);
            }
        }
    }

    static PairedDifference mirrored(PairedDifference difference) {
        Estimate& estimate = difference.estimate;
        // Subtracted from 0, so that no -0 appears.
        estimate.value = 0.0 - estimate.value;
        estimate.interval = {0.0 - estimate.interval.high, 0.0 - estimate.interval.low};
        return difference;
    }

    void put_difference(const std::array<std::size_t, 4>& cell, const PairedDifference& recommended,
                        const PairedDifference& analog) {
        put(recommended.estimate, cell, point_.difference);
        point_.difference_analog.value[cell] = analog.estimate.value;
        point_.difference_analog.low[cell] = analog.estimate.interval.low;
        point_.difference_analog.high[cell] = analog.estimate.interval.high;
        point_.difference_variance_ratio[cell] = recommended.variance_ratio;
    }

    const ResultHeading& heading_;
    const Tally& tally_;
    PointEstimates& point_;
};

/// Nothing is known and nothing was counted.
void shape(const ResultHeading& heading, PointEstimates& point) {
    const std::size_t regimes = heading.regimes.size();
    const std::size_t outcomes = heading.outcomes.size();
    const std::size_t times = heading.days.size();
    const std::array<std::size_t, 3> cells{regimes, outcomes, times};
    const std::array<std::size_t, 4> pairs{regimes, heading.references.size(), outcomes, times};
    shape_grids(cells, point.probability, false);
    shape_grids(cells, point.analog, true);
    shape_grids(cells, point.weighted, true);
    point.count = Grid<std::int64_t, 3>(cells);
    point.variance_ratio = Grid<double, 3>(cells, unknown);
    shape_grids(pairs, point.difference, true);
    shape_grids(pairs, point.difference_analog, false);
    point.difference_variance_ratio = Grid<double, 4>(pairs, unknown);
    shape_grids(std::array{regimes, heading.measures.size()}, point.measure, true);
    const std::array<std::size_t, 3> measures{regimes, heading.references.size(),
                                              heading.measures.size()};
    shape_grids(measures, point.measure_difference, true);
    point.measure_difference_variance_ratio = Grid<double, 3>(measures, unknown);
    point.replications = Grid<std::int64_t, 1>({regimes});
    point.violations_per_day = Grid<double, 3>({regimes, side_count, times}, unknown);
    point.path_count = Grid<std::int64_t, 2>({regimes, path_count});
    point.path_share = Grid<double, 2>({regimes, path_count}, unknown);
    point.source_count = Grid<std::int64_t, 2>({regimes, source_count});
    point.source_share = Grid<double, 2>({regimes, source_count}, unknown);
    point.cumulative_incidence = Grid<double, 3>({regimes, risk_count, times}, unknown);
    point.event_rate = Grid<double, 2>({regimes, event_count}, unknown);
    point.ceasefire_years = Grid<double, 1>({regimes});
    point.belief = Grid<double, 2>({regimes, 2}, unknown);
}

}  // namespace

ResultHeading result_heading(Provenance provenance, std::vector<std::string> regimes,
                             const TallyShape& shape, const IntervalChoice& intervals) {
    EXPECT(regimes.size() == shape.regimes, "a name for each regime");
    ResultHeading heading;
    heading.provenance = std::move(provenance);
    heading.provenance.version = build_info::version;
    heading.provenance.git_commit = build_info::git_commit;
    heading.provenance.compiler = build_info::compiler;
    heading.intervals = intervals;
    for (const std::size_t regime : shape.references) {
        heading.references.push_back(regimes.at(regime));
    }
    heading.regimes = std::move(regimes);
    heading.outcomes.assign(outcome_names.begin(), outcome_names.end());
    for (const MeasureFacts& facts : measure_facts) {
        heading.measures.emplace_back(facts.name);
        heading.measure_units.emplace_back(facts.unit);
    }
    heading.days = shape.checkpoints;
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
        heading.estimator.push_back(
            static_cast<std::int8_t>(recommended_estimator(static_cast<OutcomeKind>(outcome))));
    }
    return heading;
}

PointEstimates estimate_point(const ResultHeading& heading, const PointResult& found) {
    EXPECT(found.coordinates.size() == heading.parameters.size(), "one coordinate per parameter");
    PointEstimates point;
    shape(heading, point);
    point.id = found.id;
    point.coordinates = found.coordinates;
    point.failed = found.failure.has_value();
    point.looks = found.looks;
    point.target_reached = found.target_reached && !point.failed;
    // A point that nothing was run of yet, of a merge of some shards, knows as little.
    if (point.failed || found.tally.replications() == 0) return point;
    EXPECT(found.tally.regimes() == heading.regimes.size() &&
               found.tally.shape().references.size() == heading.references.size() &&
               found.tally.shape().checkpoints == heading.days,
           "every point has the shape of the heading");
    PointAssembly(heading, found.tally, point).fill(found.beliefs);
    point.first_day = found.first_day;
    point.history_measures = found.measures;
    return point;
}

}  // namespace firebreak
