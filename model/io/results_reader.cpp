#include <algorithm>
#include <array>
#include <string>

#include "base/error.hpp"
#include "io/hdf5.hpp"
#include "io/results.hpp"

namespace firebreak {
namespace {

void check_kind(const Hdf5Reader& file, const std::filesystem::path& path) {
    const auto refuse = [&](const std::string& why) {
        throw InputError(Problem{path.string(), why, ""});
    };
    if (!file.has_attribute("results_format_version")) {
        refuse("not a Firebreak result file: no results_format_version");
    }
    const std::int64_t version = file.integer_attribute("results_format_version");
    if (version > results_format_version) {
        refuse("has results format " + std::to_string(version) + ", newer than the " +
               std::to_string(results_format_version) + " this program reads: update it");
    }
    if (version < 1) refuse("not a Firebreak result file: bad results_format_version");
}

/// Reads grids, each only if its axes are as long as their coordinates.
class GridReader {
  public:
    GridReader(const Hdf5Reader& file, const std::filesystem::path& path)
        : file_(file), path_(path) {}

    template <std::size_t Axes>
    void read(const std::string& name, const std::array<std::size_t, Axes>& shape,
              Grid<double, Axes>& grid) const {
        check(name, shape);
        grid = Grid<double, Axes>(shape, file_.numbers(name));
    }

    template <std::size_t Axes>
    void read(const std::string& name, const std::array<std::size_t, Axes>& shape,
              Grid<std::int64_t, Axes>& grid) const {
        check(name, shape);
        grid = Grid<std::int64_t, Axes>(shape, file_.integers(name));
    }

    template <std::size_t Axes, class Grids>
    void read(const std::string& stem, const std::string& error,
              const std::array<std::size_t, Axes>& shape, Grids& grids) const {
        read(stem, shape, grids.value);
        read(stem + "_low", shape, grids.low);
        read(stem + "_high", shape, grids.high);
        if (!error.empty()) read(error, shape, grids.standard_error);
    }

    /// Length of a coordinate, which holds at least one value.
    std::size_t length(const std::string& coordinate) const {
        const std::vector<std::size_t> shape = file_.shape(coordinate);
        if (shape.size() != 1 || shape.front() == 0) refuse(coordinate);
        return shape.front();
    }

    /// Refuses a variable of another shape than its coordinates say.
    template <std::size_t Axes>
    void check(const std::string& name, const std::array<std::size_t, Axes>& shape) const {
        if (!std::ranges::equal(file_.shape(name), shape)) refuse(name);
    }

  private:
    [[noreturn]] void refuse(const std::string& name) const {
        throw InputError(Problem{path_.string(), "damaged: " + name + " has another shape", ""});
    }

    const Hdf5Reader& file_;
    const std::filesystem::path& path_;
};

std::vector<std::int32_t> small_integers(const Hdf5Reader& file, const std::string& name) {
    std::vector<std::int32_t> values;
    for (const std::int64_t value : file.integers(name)) {
        values.push_back(static_cast<std::int32_t>(value));
    }
    return values;
}

void read_axes(const Hdf5Reader& file, const GridReader& grids, Results& results) {
    using Length = std::array<std::size_t, 1>;
    for (const char* name : {"design_point", "regime", "outcome", "day"}) grids.length(name);
    results.design_points = small_integers(file, "design_point");
    results.regimes = file.texts("regime");
    results.outcomes = file.texts("outcome");
    results.days = small_integers(file, "day");
    grids.check("reference", Length{results.regimes.size()});
    grids.check("time", Length{results.days.size()});
    grids.check("estimator", Length{results.outcomes.size()});
    for (const std::int64_t value : file.integers("estimator")) {
        results.estimator.push_back(static_cast<std::int8_t>(value));
    }
    for (const std::string& name : file.variable_names()) {
        const std::string path = file.text_attribute_of(name, "parameter");
        if (path.empty()) continue;
        grids.check(name, Length{results.design_points.size()});
        results.parameters.push_back({path, file.text_attribute_of(name, "units"),
                                      file.text_attribute_of(name, "long_name"),
                                      file.numbers(name)});
    }
}

void read_provenance(const Hdf5Reader& file, Results& results) {
    Provenance& from = results.provenance;
    from.title = file.text_attribute("title");
    from.question = file.text_attribute("question");
    from.history = file.text_attribute("history");
    from.configuration = file.text_attribute("configuration");
    from.reference = file.text_attribute("reference_regime");
    from.seed = static_cast<std::uint64_t>(file.integer_attribute("seed"));
    from.horizon = static_cast<std::int32_t>(file.integer_attribute("horizon_days"));
    from.version = file.text_attribute("firebreak_version");
    from.git_commit = file.text_attribute("git_commit");
    from.compiler = file.text_attribute("compiler");
    results.intervals.confidence = file.number_attribute("confidence_level");
    const auto interval =
        std::ranges::find(proportion_interval_names, file.text_attribute("proportion_interval"));
    results.intervals.proportion =
        interval == proportion_interval_names.end()
            ? ProportionInterval::wilson
            : static_cast<ProportionInterval>(interval - proportion_interval_names.begin());
}

}  // namespace

Results read_results(const std::filesystem::path& path) {
    const Hdf5Reader file(path);
    check_kind(file, path);
    Results results;
    read_provenance(file, results);
    const GridReader grids(file, path);
    read_axes(file, grids, results);

    const std::size_t points = results.design_points.size();
    const std::size_t regimes = results.regimes.size();
    const std::size_t outcomes = results.outcomes.size();
    const std::size_t times = results.days.size();
    const std::array<std::size_t, 4> over_outcomes{points, regimes, outcomes, times};
    const std::array<std::size_t, 5> over_pairs{points, regimes, regimes, outcomes, times};
    const auto of_regimes = [&](const std::string& coordinate) {
        return std::array<std::size_t, 3>{points, regimes, grids.length(coordinate)};
    };
    const auto in_time = [&](const std::string& coordinate) {
        return std::array<std::size_t, 4>{points, regimes, grids.length(coordinate), times};
    };
    const std::array<std::size_t, 2> over_regimes{points, regimes};

    grids.read("probability", "", over_outcomes, results.probability);
    grids.read("probability_analog", "standard_error_analog", over_outcomes, results.analog);
    grids.read("probability_weighted", "standard_error_weighted", over_outcomes, results.weighted);
    grids.read("count", over_outcomes, results.count);
    grids.read("variance_ratio", over_outcomes, results.variance_ratio);
    grids.read("difference", "difference_standard_error", over_pairs, results.difference);
    grids.read("difference_analog", "", over_pairs, results.difference_analog);
    grids.read("difference_variance_ratio", over_pairs, results.difference_variance_ratio);
    grids.read("replications", over_regimes, results.replications);
    grids.read("violations_per_day", in_time("side"), results.violations_per_day);
    grids.read("path_count", of_regimes("path"), results.path_count);
    grids.read("path_share", of_regimes("path"), results.path_share);
    grids.read("source_count", of_regimes("source"), results.source_count);
    grids.read("source_share", of_regimes("source"), results.source_share);
    grids.read("cumulative_incidence", in_time("risk"), results.cumulative_incidence);
    grids.read("event_rate", of_regimes("event"), results.event_rate);
    grids.read("ceasefire_years", over_regimes, results.ceasefire_years);
    grids.read("belief", of_regimes("protection"), results.belief);
    return results;
}

}  // namespace firebreak
