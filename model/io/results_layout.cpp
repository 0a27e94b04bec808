#include "io/results_layout.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "base/quantity.hpp"
#include "conflict/outcome.hpp"
#include "ensemble/estimate.hpp"

namespace firebreak {
namespace {

using Dimensions = std::vector<std::string>;

const Dimensions over_regimes{"design_point", "regime"};
const Dimensions over_outcomes{"design_point", "regime", "outcome", "time"};
const Dimensions over_pairs{"design_point", "regime", "reference", "outcome", "time"};

template <class Names>
std::vector<std::string> texts(const Names& names) {
    return {names.begin(), names.end()};
}

Dimensions regimes_and(std::initializer_list<const char*> more) {
    Dimensions dimensions = over_regimes;
    dimensions.insert(dimensions.end(), more.begin(), more.end());
    return dimensions;
}

/// Collects the variables of a group.
class Variables {
  public:
    void names(const std::string& name, std::vector<std::string> values,
               const std::string& long_name) {
        variables_.push_back({name, {name}, std::move(values), {{"long_name", long_name}}});
    }

    /// Without units for what has none.
    template <class Value>
    StoredVariable& add(const std::string& name, Dimensions dimensions, std::vector<Value> values,
                        const std::string& units, const std::string& long_name) {
        StoredVariable variable{
            name, std::move(dimensions), std::move(values), {{"long_name", long_name}}};
        if (!units.empty()) variable.attributes.push_back({"units", units});
        variables_.push_back(std::move(variable));
        return variables_.back();
    }

    template <class Value, std::size_t Axes>
    void grid(const std::string& name, const Dimensions& dimensions,
              const Grid<Value, Axes>& values, const std::string& units,
              const std::string& long_name) {
        add(name, dimensions, values.values(), units, long_name);
    }

    /// Value, ends of the interval and, where it is held, the standard error, of one estimator.
    template <class Grids>
    void estimates(const std::string& stem, const std::string& suffix, const std::string& error,
                   const Dimensions& dimensions, const Grids& grids, const std::string& meaning,
                   const std::string& units = "1") {
        grid(stem + suffix, dimensions, grids.value, units, meaning);
        grid(stem + suffix + "_low", dimensions, grids.low, units,
             "lower end of the interval of: " + meaning);
        grid(stem + suffix + "_high", dimensions, grids.high, units,
             "upper end of the interval of: " + meaning);
        if (!error.empty()) {
            grid(error, dimensions, grids.standard_error, units, "standard error of: " + meaning);
        }
    }

    std::vector<StoredVariable> take() { return std::move(variables_); }

  private:
    std::vector<StoredVariable> variables_;
};

void add_coordinates(const ResultHeading& heading, Variables& variables) {
    variables.names("regime", heading.regimes, "security regime");
    variables.names("reference", heading.references, "regime that a difference is taken against");
    variables.names("outcome", heading.outcomes, "what has happened by the checkpoint");
    std::vector<double> years;
    for (const std::int32_t day : heading.days) years.push_back(day / days_per_year);
    variables.add("time", {"time"}, years, "years",
                  "checkpoint, time since the ceasefire in years of 365.25 days");
    variables.names("side", texts(side_names), "side that fires");
    variables.names("path", texts(path_names), "how the first clash came about");
    variables.names("source", texts(source_names), "what the first clash grew out of");
    variables.names("risk", texts(risk_names), "which of them came first");
    variables.names("event", texts(event_names), "kind of event during the ceasefire");
    variables.names("measure", heading.measures, "number that every history has");
    variables.add("measure_unit", {"measure"}, heading.measure_units, "", "unit of the measure");
    variables.names("protection", {"not_in_force", "in_force"}, "whether a commitment is in force");
    variables.add("day", {"time"}, heading.days, "d",
                  "checkpoint: outcomes whose first day is before it have happened");
    StoredVariable& estimator = variables.add("estimator", {"outcome"}, heading.estimator, "1",
                                              "estimator behind probability and difference");
    estimator.attributes.push_back({"flag_values", std::vector<std::int8_t>{0, 1}});
    estimator.attributes.push_back({"flag_meanings", "analog weighted"});
}

void add_design_point(const PointEstimates& point, Variables& variables) {
    EXPECT(point.id <= std::numeric_limits<std::int32_t>::max(), "an int32 numbers the points");
    variables.add("design_point", {"design_point"},
                  std::vector{static_cast<std::int32_t>(point.id)}, "1",
                  "number of the design point");
}

void add_flag(const std::string& name, bool value, const std::string& long_name,
              Variables& variables) {
    variables
        .add(name, {"design_point"}, std::vector{static_cast<std::int8_t>(value ? 1 : 0)}, "",
             long_name)
        .attributes.push_back({"dtype", "bool"});
}

void add_parameters(const ResultHeading& heading, const PointEstimates& point,
                    Variables& variables) {
    for (std::size_t place = 0; place < heading.parameters.size(); ++place) {
        const ParameterColumn& column = heading.parameters[place];
        const auto distribution = static_cast<std::size_t>(column.prior.distribution);
        auto& attributes =
            variables
                .add(variable_name(column.path), {"design_point"},
                     std::vector{point.coordinates.at(place)}, column.unit, column.long_name)
                .attributes;
        attributes.push_back({"parameter", column.path});
        attributes.push_back({"kind", column.kind});
        attributes.push_back({"prior_distribution", std::string(distribution_names[distribution])});
        attributes.push_back({"prior_low", column.prior.low});
        attributes.push_back({"prior_high", column.prior.high});
    }
}

void add_course(const ResultHeading& heading, const PointEstimates& point, Variables& variables) {
    add_flag("failed", point.failed, "whether the point failed, and nothing is known of it",
             variables);
    if (heading.stopping.empty()) return;
    add_flag("target_reached", point.target_reached,
             "whether the stopping rule found its intervals narrow enough", variables);
    variables.add("looks", {"design_point"}, std::vector{point.looks}, "1",
                  "how often the stopping rule looked");
}

void add_probabilities(const PointEstimates& point, Variables& variables) {
    variables.estimates("probability", "", "", over_outcomes, point.probability,
                        "probability that the outcome has happened, recommended estimator");
    variables.estimates("probability", "_analog", "standard_error_analog", over_outcomes,
                        point.analog, "share of the replications in which the outcome happened");
    variables.grid("count", over_outcomes, point.count, "1",
                   "replications in which the outcome has happened");
    variables.estimates("probability", "_weighted", "standard_error_weighted", over_outcomes,
                        point.weighted, "mean survival-weighted conditional expectation");
    variables.grid("variance_ratio", over_outcomes, point.variance_ratio, "1",
                   "variance of the analog over that of the weighted estimate");
    variables.estimates("difference", "", "difference_standard_error", over_pairs, point.difference,
                        "paired difference, probability under regime minus under reference");
    variables.estimates("difference", "_analog", "", over_pairs, point.difference_analog,
                        "paired difference by the analog estimator");
    variables.grid("difference_variance_ratio", over_pairs, point.difference_variance_ratio, "1",
                   "variance of the difference had it not been paired over its variance as paired");
}

/// Their units differ from measure to measure, so `measure_unit` has them.
void add_measures(const PointEstimates& point, Variables& variables) {
    const Dimensions pairs{"design_point", "regime", "reference", "measure"};
    variables.estimates("measure_mean", "", "measure_mean_standard_error", regimes_and({"measure"}),
                        point.measure, "mean of the measure over histories", "");
    variables.estimates("measure_difference", "", "measure_difference_standard_error", pairs,
                        point.measure_difference,
                        "paired difference, mean under regime minus under reference", "");
    variables.grid("measure_difference_variance_ratio", pairs,
                   point.measure_difference_variance_ratio, "1",
                   "variance of the difference had it not been paired over its variance as paired");
}

void add_counts(const PointEstimates& point, Variables& variables) {
    variables.grid("replications", over_regimes, point.replications, "1",
                   "histories that were simulated");
    variables.grid("violations_per_day", regimes_and({"side", "time"}), point.violations_per_day,
                   "1/d", "mean violations per day of ceasefire in the interval that ends at time");
    variables.grid("path_count", regimes_and({"path"}), point.path_count, "1",
                   "first clashes by path");
    variables.grid("path_share", regimes_and({"path"}), point.path_share, "1",
                   "share of the first clashes by path");
    variables.grid("source_count", regimes_and({"source"}), point.source_count, "1",
                   "first clashes by source");
    variables.grid("source_share", regimes_and({"source"}), point.source_share, "1",
                   "share of the first clashes by source");
    variables.grid("cumulative_incidence", regimes_and({"risk", "time"}),
                   point.cumulative_incidence, "1",
                   "share of the replications in which this risk has come, and came first");
    variables.grid("event_rate", regimes_and({"event"}), point.event_rate, "1/year",
                   "events per year of ceasefire");
    variables.grid("ceasefire_years", over_regimes, point.ceasefire_years, "years",
                   "years of ceasefire simulated, over all replications");
    variables.grid("belief", regimes_and({"protection"}), point.belief, "1",
                   "Russia's starting belief that an attack is met with force, before its bias");
}

std::vector<StoredAttribute> root_attributes(const ResultHeading& heading) {
    const Provenance& from = heading.provenance;
    std::vector<StoredAttribute> attributes{
        {"title", from.title},
        {"question", from.question},
        {"Conventions", "CF-1.8"},
        {"history", from.history},
        {"firebreak_version", from.version},
        {"git_commit", from.git_commit},
        {"compiler", from.compiler},
        {"seed", static_cast<std::int64_t>(from.seed)},
        {"seed_text", std::to_string(from.seed)},
        {"random_scheme",
         "Threefry4x32-20 of Random123: key = seed, counter = meaning of the draw"},
        {"random_scheme_version", static_cast<std::int32_t>(random_scheme_version)},
        {"results_format_version", results_format_version},
        {"horizon_days", from.horizon},
        {"confidence_level", heading.intervals.confidence},
        {"proportion_interval",
         std::string(
             proportion_interval_names[static_cast<std::size_t>(heading.intervals.proportion)])},
        {"reference_regime", from.reference},
        {"caveat", std::string(results_caveat)},
        {"configuration", from.configuration}};
    for (const StoppingSetting& setting : heading.stopping) {
        std::visit(
            [&](const auto& value) {
                attributes.push_back({"stopping_" + setting.name, value});
            },
            setting.value);
    }
    return attributes;
}

/// What is kept of single histories, by regime, with as many numbers each: as much of it as fills
/// the row of a point, and `absent` where a replication was not simulated.
template <class Value>
std::vector<Value> history_row(const ResultHeading& heading, const std::vector<Value>& kept,
                               std::size_t numbers, Value absent) {
    const std::size_t regimes = heading.regimes.size();
    const std::size_t stored = heading.histories * numbers;
    const std::size_t known = kept.size() / regimes;
    std::vector<Value> row(regimes * stored, absent);
    for (std::size_t regime = 0; regime < regimes; ++regime) {
        std::copy_n(kept.begin() + static_cast<std::ptrdiff_t>(regime * known),
                    std::min(known, stored),
                    row.begin() + static_cast<std::ptrdiff_t>(regime * stored));
    }
    return row;
}

/// A point of which nothing is known, to show the size of a row.
PointEstimates unknown_point(const ResultHeading& heading) {
    PointResult nothing;
    nothing.failure.emplace();
    nothing.coordinates.assign(heading.parameters.size(), 0.0);
    return estimate_point(heading, nothing);
}

}  // namespace

std::string variable_name(std::string_view path) {
    std::string name(path);
    std::replace_if(
        name.begin(), name.end(), [](unsigned char letter) { return std::isalnum(letter) == 0; },
        '_');
    return name;
}

StoredGroup root_group(const ResultHeading& heading) {
    EXPECT(heading.provenance.seed < (std::uint64_t{1} << 63U), "a seed below 2^63");
    Variables variables;
    add_coordinates(heading, variables);
    StoredGroup root{"", root_attributes(heading), variables.take()};
    std::vector<StoredVariable> rows = point_rows(heading, unknown_point(heading));
    std::move(rows.begin(), rows.end(), std::back_inserter(root.variables));
    return root;
}

std::vector<StoredVariable> point_rows(const ResultHeading& heading, const PointEstimates& point) {
    Variables variables;
    add_design_point(point, variables);
    add_parameters(heading, point, variables);
    add_course(heading, point, variables);
    add_probabilities(point, variables);
    add_measures(point, variables);
    add_counts(point, variables);
    return variables.take();
}

StoredGroup histories_group(const ResultHeading& heading) {
    EXPECT(heading.histories <= std::numeric_limits<std::int32_t>::max(),
           "an int32 numbers the histories");
    std::vector<std::int32_t> replications(heading.histories);
    std::iota(replications.begin(), replications.end(), 0);
    Variables variables;
    variables.names("regime", heading.regimes, "security regime");
    variables.add("replication", {"replication"}, replications, "1",
                  "number of the replication; equal numbers share their luck");
    variables.names("outcome", heading.outcomes, "what happened");
    variables.names("measure", heading.measures, "number that every history has");
    variables.add("measure_unit", {"measure"}, heading.measure_units, "", "unit of the measure");
    StoredGroup group{histories_group_name, {}, variables.take()};
    std::vector<StoredVariable> rows = history_rows(heading, unknown_point(heading));
    std::move(rows.begin(), rows.end(), std::back_inserter(group.variables));
    return group;
}

std::vector<StoredVariable> history_rows(const ResultHeading& heading,
                                         const PointEstimates& point) {
    constexpr std::int32_t not_simulated = -2;
    Variables variables;
    add_design_point(point, variables);
    variables.add("first_day", {"design_point", "regime", "replication", "outcome"},
                  history_row(heading, point.first_day, heading.outcomes.size(), not_simulated),
                  "d",
                  "first day of the outcome since the ceasefire, -1: never by the horizon, -2: the "
                  "replication was not simulated");
    variables.add("measures", {"design_point", "regime", "replication", "measure"},
                  history_row(heading, point.history_measures, heading.measures.size(),
                              std::numeric_limits<double>::quiet_NaN()),
                  "", "measures of the history, in the units of measure_unit");
    return variables.take();
}

StoredGroup runtime_group(const RuntimeNotes& runtime, const std::string& failures) {
    return {"runtime",
            {{"host", runtime.host},
             {"started", runtime.started},
             {"finished", runtime.finished},
             {"seconds", runtime.seconds},
             {"threads", runtime.threads},
             {"kernel", runtime.kernel},
             {"replications_per_second", runtime.replications_per_second},
             {"failures", failures}},
            {}};
}

}  // namespace firebreak
