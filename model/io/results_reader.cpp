#include <algorithm>
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

/// Reads grids and checks that their axes are as long as their coordinates.
class GridReader {
  public:
    GridReader(const Hdf5Reader& file, const std::filesystem::path& path)
        : file_(file), path_(path) {}

    template <std::size_t Axes>
    void read(const std::string& name, Grid<double, Axes>& grid) const {
        grid = Grid<double, Axes>(shape<Axes>(name), file_.numbers(name));
    }

    template <std::size_t Axes>
    void read(const std::string& name, Grid<std::int64_t, Axes>& grid) const {
        grid = Grid<std::int64_t, Axes>(shape<Axes>(name), file_.integers(name));
    }

    template <class Grids>
    void read(const std::string& stem, const std::string& error, Grids& grids) const {
        read(stem, grids.value);
        read(stem + "_low", grids.low);
        read(stem + "_high", grids.high);
        if (!error.empty()) read(error, grids.standard_error);
    }

    template <class Values>
    void same_shape(const std::string& name, const Values& grid,
                    const typename Values::Shape& expected) const {
        if (grid.shape() != expected) refuse(name);
    }

  private:
    template <std::size_t Axes>
    std::array<std::size_t, Axes> shape(const std::string& name) const {
        const std::vector<std::size_t> found = file_.shape(name);
        if (found.size() != Axes) refuse(name);
        std::array<std::size_t, Axes> extents{};
        std::copy(found.begin(), found.end(), extents.begin());
        return extents;
    }

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

void read_axes(const Hdf5Reader& file, Results& results) {
    results.design_points = small_integers(file, "design_point");
    results.regimes = file.texts("regime");
    results.outcomes = file.texts("outcome");
    results.days = small_integers(file, "day");
    for (const std::int64_t value : file.integers("estimator")) {
        results.estimator.push_back(static_cast<std::int8_t>(value));
    }
    for (const std::string& name : file.variable_names()) {
        const std::string path = file.text_attribute_of(name, "parameter");
        if (path.empty()) continue;
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
    read_axes(file, results);
    const GridReader grids(file, path);
    grids.read("probability", "", results.probability);
    grids.read("probability_analog", "standard_error_analog", results.analog);
    grids.read("probability_weighted", "standard_error_weighted", results.weighted);
    grids.read("count", results.count);
    grids.read("variance_ratio", results.variance_ratio);
    grids.read("difference", "difference_standard_error", results.difference);
    grids.read("difference_analog", "", results.difference_analog);
    grids.read("difference_variance_ratio", results.difference_variance_ratio);
    grids.read("replications", results.replications);
    grids.read("violations_per_day", results.violations_per_day);
    grids.read("path_count", results.path_count);
    grids.read("path_share", results.path_share);
    grids.read("source_count", results.source_count);
    grids.read("source_share", results.source_share);
    grids.read("cumulative_incidence", results.cumulative_incidence);
    grids.read("event_rate", results.event_rate);
    grids.read("ceasefire_years", results.ceasefire_years);
    grids.read("belief", results.belief);

    const std::size_t points = results.design_points.size();
    const std::size_t regimes = results.regimes.size();
    grids.same_shape("probability", results.probability.value,
                     {points, regimes, results.outcomes.size(), results.days.size()});
    grids.same_shape("difference", results.difference.value,
                     {points, regimes, regimes, results.outcomes.size(), results.days.size()});
    grids.same_shape("replications", results.replications, {points, regimes});
    return results;
}

}  // namespace firebreak
