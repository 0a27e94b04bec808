#include "io/results_layout.hpp"

#include <algorithm>
#include <cctype>
#include <limits>

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

    template <class Value>
    StoredVariable& add(const std::string& name, Dimensions dimensions, std::vector<Value> values,
                        const std::string& units, const std::string& long_name) {
        variables_.push_back({name,
                              std::move(dimensions),
                              std::move(values),
                              {{"long_name", long_name}, {"units", units}}});
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
                   const Dimensions& dimensions, const Grids& grids, const std::string& meaning) {
        grid(stem + suffix, dimensions, grids.value, "1", meaning);
        grid(stem + suffix + "_low", dimensions, grids.low, "1",
             "lower end of the interval of: " + meaning);
        grid(stem + suffix + "_high", dimensions, grids.high, "1",
             "upper end of the interval of: " + meaning);
        if (!error.empty()) {
            grid(error, dimensions, grids.standard_error, "1", "standard error of: " + meaning);
        }
    }

    std::vector<StoredVariable> take() { return std::move(variables_); }

  private:
    std::vector<StoredVariable> variables_;
};

void add_coordinates(const Results& results, Variables& variables) {
    variables.add("design_point", {"design_point"}, results.design_points, "1",
                  "number of the design point");
    variables.names("regime", results.regimes, "security regime");
    variables.names("reference", results.regimes, "regime that a difference is taken against");
    variables.names("outcome", results.outcomes, "what has happened by the checkpoint");
    std::vector<double> years;
    for (const std::int32_t day : results.days) years.push_back(day / days_per_year);
    variables.add("time", {"time"}, years, "years",
                  "checkpoint, time since the ceasefire in years of 365.25 days");
    variables.names("side", texts(side_names), "side that fires");
    variables.names("path", texts(path_names), "how the first clash came about");
    variables.names("source", texts(source_names), "what the first clash grew out of");
    variables.names("risk", texts(risk_names), "which of them came first");
    variables.names("event", texts(event_names), "kind of event during the ceasefire");
    variables.names("protection", {"not_in_force", "in_force"}, "whether a commitment is in force");
    variables.add("day", {"time"}, results.days, "d",
                  "checkpoint: outcomes whose first day is before it have happened");
    for (const ParameterColumn& column : results.parameters) {
        variables
            .add(variable_name(column.path), {"design_point"}, column.values, column.unit,
                 column.long_name)
            .attributes.push_back({"parameter", column.path});
    }
}

void add_probabilities(const Results& results, Variables& variables) {
    variables.estimates("probability", "", "", over_outcomes, results.probability,
                        "probability that the outcome has happened, recommended estimator");
    StoredVariable& estimator = variables.add("estimator", {"outcome"}, results.estimator, "1",
                                              "estimator behind probability and difference");
    estimator.attributes.push_back({"flag_values", std::vector<std::int8_t>{0, 1}});
    estimator.attributes.push_back({"flag_meanings", "analog weighted"});
    variables.estimates("probability", "_analog", "standard_error_analog", over_outcomes,
                        results.analog, "share of the replications in which the outcome happened");
    variables.grid("count", over_outcomes, results.count, "1",
                   "replications in which the outcome has happened");
    variables.estimates("probability", "_weighted", "standard_error_weighted", over_outcomes,
                        results.weighted, "mean survival-weighted conditional expectation");
    variables.grid("variance_ratio", over_outcomes, results.variance_ratio, "1",
                   "variance of the analog over that of the weighted estimate");
    variables.estimates("difference", "", "difference_standard_error", over_pairs,
                        results.difference,
                        "paired difference, probability under regime minus under reference");
    variables.estimates("difference", "_analog", "", over_pairs, results.difference_analog,
                        "paired difference by the analog estimator");
    variables.grid("difference_variance_ratio", over_pairs, results.difference_variance_ratio, "1",
                   "variance of the difference had it not been paired over its variance as paired");
}

void add_counts(const Results& results, Variables& variables) {
    variables.grid("replications", over_regimes, results.replications, "1",
                   "histories that were simulated");
    variables.grid("violations_per_day", regimes_and({"side", "time"}), results.violations_per_day,
                   "1/d", "mean violations per day of ceasefire in the interval that ends at time");
    variables.grid("path_count", regimes_and({"path"}), results.path_count, "1",
                   "first clashes by path");
    variables.grid("path_share", regimes_and({"path"}), results.path_share, "1",
                   "share of the first clashes by path");
    variables.grid("source_count", regimes_and({"source"}), results.source_count, "1",
                   "first clashes by source");
    variables.grid("source_share", regimes_and({"source"}), results.source_share, "1",
                   "share of the first clashes by source");
    variables.grid("cumulative_incidence", regimes_and({"risk", "time"}),
                   results.cumulative_incidence, "1",
                   "share of the replications in which this risk has come, and came first");
    variables.grid("event_rate", regimes_and({"event"}), results.event_rate, "1/year",
                   "events per year of ceasefire");
    variables.grid("ceasefire_years", over_regimes, results.ceasefire_years, "years",
                   "years of ceasefire simulated, over all replications");
    variables.grid("belief", regimes_and({"protection"}), results.belief, "1",
                   "Russia's starting belief that an attack is met with force, before its bias");
}

std::vector<StoredAttribute> root_attributes(const Results& results) {
    const Provenance& from = results.provenance;
    return {
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
        {"confidence_level", results.intervals.confidence},
        {"proportion_interval",
         std::string(
             proportion_interval_names[static_cast<std::size_t>(results.intervals.proportion)])},
        {"reference_regime", from.reference},
        {"caveat", std::string(results_caveat)},
        {"configuration", from.configuration}};
}

StoredGroup runtime_group(const RuntimeNotes& runtime) {
    return {"runtime",
            {{"host", runtime.host},
             {"started", runtime.started},
             {"finished", runtime.finished},
             {"seconds", runtime.seconds},
             {"threads", runtime.threads},
             {"kernel", runtime.kernel},
             {"replications_per_second", runtime.replications_per_second}},
            {},
            {}};
}

/// Histories of all points, cut to the replications that every point has.
StoredGroup histories_group(const Results& results, const EnsembleResult& ensemble) {
    std::int64_t common = ensemble.tallies.front().replications();
    for (const Tally& tally : ensemble.tallies) common = std::min(common, tally.replications());
    EXPECT(common <= std::numeric_limits<std::int32_t>::max(), "an int32 numbers the histories");
    std::vector<std::int32_t> replications;
    for (std::int32_t number = 0; number < common; ++number) replications.push_back(number);
    std::vector<std::int32_t> first_day;
    const auto kept =
        static_cast<std::ptrdiff_t>(common) * static_cast<std::ptrdiff_t>(results.outcomes.size());
    for (const FirstDayTable& table : ensemble.first_day) {
        const auto stride = static_cast<std::ptrdiff_t>(table.size() / results.regimes.size());
        for (auto row = table.begin(); row != table.end(); row += stride) {
            first_day.insert(first_day.end(), row, row + kept);
        }
    }
    Variables variables;
    variables.add("design_point", {"design_point"}, results.design_points, "1",
                  "number of the design point");
    variables.names("regime", results.regimes, "security regime");
    variables.add("replication", {"replication"}, replications, "1",
                  "number of the replication; equal numbers share their luck");
    variables.names("outcome", results.outcomes, "what happened");
    variables.add("first_day", {"design_point", "regime", "replication", "outcome"}, first_day, "d",
                  "first day of the outcome since the ceasefire, -1: never by the horizon");
    return {"histories", {}, variables.take(), {}};
}

}  // namespace

std::string variable_name(std::string_view path) {
    std::string name(path);
    std::replace_if(
        name.begin(), name.end(), [](unsigned char letter) { return std::isalnum(letter) == 0; },
        '_');
    return name;
}

StoredGroup results_layout(const Results& results, const RuntimeNotes& runtime,
                           const EnsembleResult& ensemble) {
    EXPECT(results.provenance.seed < (std::uint64_t{1} << 63U), "a seed below 2^63");
    Variables variables;
    add_coordinates(results, variables);
    add_probabilities(results, variables);
    add_counts(results, variables);
    StoredGroup root{"", root_attributes(results), variables.take(), {runtime_group(runtime)}};
    const bool any_history = std::any_of(ensemble.first_day.begin(), ensemble.first_day.end(),
                                         [](const FirstDayTable& table) { return !table.empty(); });
    if (any_history) root.groups.push_back(histories_group(results, ensemble));
    return root;
}

}  // namespace firebreak
