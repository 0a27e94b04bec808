#include "io/results_reader.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"

namespace firebreak {
namespace {

[[noreturn]] void refuse_shape(const std::filesystem::path& path, const std::string& name) {
    throw InputError(Problem{path.string(), "damaged: " + name + " has another shape", ""});
}

/// Length of a coordinate, which holds at least one value.
std::size_t length_of(const Hdf5Reader& file, const std::filesystem::path& path,
                      const std::string& coordinate) {
    const std::vector<std::size_t> shape = file.shape(coordinate);
    if (shape.size() != 1 || shape.front() == 0) refuse_shape(path, coordinate);
    return shape.front();
}

/// Refuses a variable of another shape than its coordinates say.
template <class Shape>
void check_shape(const Hdf5Reader& file, const std::filesystem::path& path, const std::string& name,
                 const Shape& shape) {
    if (!std::ranges::equal(file.shape(name), shape)) refuse_shape(path, name);
}

/// Reads the grids of one point, each only if its axes are as long as their coordinates.
class GridReader {
  public:
    GridReader(const Hdf5Reader& file, const std::filesystem::path& path, std::uint64_t points,
               std::uint64_t position)
        : file_(file), path_(path), points_(points), position_(position) {}

    template <std::size_t Axes>
    void read(const std::string& name, const std::array<std::size_t, Axes>& shape,
              Grid<double, Axes>& grid) const {
        check(name, shape);
        grid = Grid<double, Axes>(shape, file_.numbers(name, position_));
    }

    template <std::size_t Axes>
    void read(const std::string& name, const std::array<std::size_t, Axes>& shape,
              Grid<std::int64_t, Axes>& grid) const {
        check(name, shape);
        grid = Grid<std::int64_t, Axes>(shape, file_.integers(name, position_));
    }

    template <std::size_t Axes, class Grids>
    void read(const std::string& stem, const std::string& error,
              const std::array<std::size_t, Axes>& shape, Grids& grids) const {
        read(stem, shape, grids.value);
        read(stem + "_low", shape, grids.low);
        read(stem + "_high", shape, grids.high);
        if (!error.empty()) read(error, shape, grids.standard_error);
    }

    /// A number of the point itself.
    double number(const std::string& name) const {
        check(name, std::array<std::size_t, 0>{});
        return file_.numbers(name, position_).front();
    }

    std::int64_t integer(const std::string& name) const {
        check(name, std::array<std::size_t, 0>{});
        return file_.integers(name, position_).front();
    }

  private:
    template <std::size_t Axes>
    void check(const std::string& name, const std::array<std::size_t, Axes>& shape) const {
        std::vector<std::size_t> whole{static_cast<std::size_t>(points_)};
        whole.insert(whole.end(), shape.begin(), shape.end());
        check_shape(file_, path_, name, whole);
    }

    const Hdf5Reader& file_;
    const std::filesystem::path& path_;
    std::uint64_t points_;
    std::uint64_t position_;
};

Prior prior_of(const Hdf5Reader& file, const std::string& variable) {
    Prior prior;
    const auto named = std::ranges::find(distribution_names,
                                         file.text_attribute_of(variable, "prior_distribution"));
    if (named != distribution_names.end()) {
        prior.distribution = static_cast<Distribution>(named - distribution_names.begin());
    }
    prior.low = file.number_attribute_of(variable, "prior_low");
    prior.high = file.number_attribute_of(variable, "prior_high");
    return prior;
}

}  // namespace

ResultsReader::ResultsReader(const std::filesystem::path& path) : path_(path), file_(path) {
    if (!file_.has_attribute("results_format_version")) {
        refuse("not a Firebreak result file: no results_format_version");
    }
    const std::int64_t version = file_.integer_attribute("results_format_version");
    const std::string formats = "has results format " + std::to_string(version) + ", and this " +
                                "program reads " + std::to_string(results_format_version);
    if (version < 1) refuse("not a Firebreak result file: bad results_format_version");
    if (version > results_format_version) refuse(formats + ": the file is newer, update Firebreak");
    if (version < results_format_version) refuse(formats + ": the file is older, run it again");
    read_provenance();
    read_axes();
}

void ResultsReader::refuse(const std::string& why) const {
    throw InputError(Problem{path_.string(), why, ""});
}

void ResultsReader::read_axes() {
    using Length = std::array<std::size_t, 1>;
    const auto length = [&](const char* name) { return length_of(file_, path_, name); };
    for (const char* name : {"regime", "reference", "outcome", "measure", "day"}) length(name);
    heading_.points = length("design_point");
    heading_.regimes = file_.texts("regime");
    heading_.references = file_.texts("reference");
    heading_.outcomes = file_.texts("outcome");
    heading_.measures = file_.texts("measure");
    heading_.measure_units = file_.texts("measure_unit");
    for (const std::int64_t day : file_.integers("day")) {
        heading_.days.push_back(static_cast<std::int32_t>(day));
    }
    check_shape(file_, path_, "time", Length{heading_.days.size()});
    check_shape(file_, path_, "measure_unit", Length{heading_.measures.size()});
    check_shape(file_, path_, "estimator", Length{heading_.outcomes.size()});
    for (const std::int64_t value : file_.integers("estimator")) {
        heading_.estimator.push_back(static_cast<std::int8_t>(value));
    }
    for (const std::string& name : file_.variable_names()) {
        const std::string parameter = file_.text_attribute_of(name, "parameter");
        if (parameter.empty()) continue;
        columns_.push_back(name);
        heading_.parameters.push_back({parameter, file_.text_attribute_of(name, "units"),
                                       file_.text_attribute_of(name, "long_name"),
                                       file_.text_attribute_of(name, "kind"),
                                       prior_of(file_, name)});
    }
}

void ResultsReader::read_provenance() {
    Provenance& from = heading_.provenance;
    from.title = file_.text_attribute("title");
    from.question = file_.text_attribute("question");
    from.history = file_.text_attribute("history");
    from.configuration = file_.text_attribute("configuration");
    from.reference = file_.text_attribute("reference_regime");
    from.seed = static_cast<std::uint64_t>(file_.integer_attribute("seed"));
    from.horizon = static_cast<std::int32_t>(file_.integer_attribute("horizon_days"));
    from.version = file_.text_attribute("firebreak_version");
    from.git_commit = file_.text_attribute("git_commit");
    from.compiler = file_.text_attribute("compiler");
    heading_.intervals.confidence = file_.number_attribute("confidence_level");
    const auto interval =
        std::ranges::find(proportion_interval_names, file_.text_attribute("proportion_interval"));
    heading_.intervals.proportion =
        interval == proportion_interval_names.end()
            ? ProportionInterval::wilson
            : static_cast<ProportionInterval>(interval - proportion_interval_names.begin());
}

std::uint64_t ResultsReader::position_of(std::uint64_t id) const {
    const std::vector<std::int64_t> ids = file_.integers("design_point");
    const auto found = std::ranges::find(ids, static_cast<std::int64_t>(id));
    if (found == ids.end()) {
        const auto [low, high] = std::ranges::minmax(ids);
        refuse("holds no design point " + std::to_string(id) + ": its " +
               std::to_string(ids.size()) + " are numbered from " + std::to_string(low) + " to " +
               std::to_string(high));
    }
    return static_cast<std::uint64_t>(found - ids.begin());
}

std::vector<double> ResultsReader::coordinates(std::uint64_t position) const {
    const GridReader grids(file_, path_, heading_.points, position);
    std::vector<double> values;
    for (const std::string& column : columns_) values.push_back(grids.number(column));
    return values;
}

PointEstimates ResultsReader::main_estimates(std::uint64_t position) const {
    const GridReader grids(file_, path_, heading_.points, position);
    const std::size_t regimes = heading_.regimes.size();
    const std::array<std::size_t, 3> cells{regimes, heading_.outcomes.size(), heading_.days.size()};
    PointEstimates point;
    point.id = static_cast<std::uint64_t>(grids.integer("design_point"));
    point.coordinates = coordinates(position);
    point.failed = grids.integer("failed") != 0;
    grids.read("replications", std::array<std::size_t, 1>{regimes}, point.replications);
    grids.read("probability", "", cells, point.probability);
    grids.read("difference", "difference_standard_error",
               std::array<std::size_t, 4>{regimes, heading_.references.size(), cells[1], cells[2]},
               point.difference);
    const std::array<std::size_t, 2> measures{regimes, heading_.measures.size()};
    grids.read("measure_mean", "measure_mean_standard_error", measures, point.measure);
    grids.read(
        "measure_difference", "measure_difference_standard_error",
        std::array<std::size_t, 3>{regimes, heading_.references.size(), heading_.measures.size()},
        point.measure_difference);
    return point;
}

PointEstimates ResultsReader::point(std::uint64_t position) const {
    const GridReader grids(file_, path_, heading_.points, position);
    PointEstimates point = main_estimates(position);
    const std::array<std::size_t, 3> cells = point.probability.value.shape();
    const std::array<std::size_t, 4> pairs = point.difference.value.shape();
    const auto of_regimes = [&](const std::string& coordinate) {
        return std::array<std::size_t, 2>{cells[0], length_of(file_, path_, coordinate)};
    };
    const auto in_time = [&](const std::string& coordinate) {
        return std::array<std::size_t, 3>{cells[0], length_of(file_, path_, coordinate), cells[2]};
    };
    if (file_.has("looks")) {
        point.looks = static_cast<std::int32_t>(grids.integer("looks"));
        point.target_reached = grids.integer("target_reached") != 0;
    }
    grids.read("probability_analog", "standard_error_analog", cells, point.analog);
    grids.read("probability_weighted", "standard_error_weighted", cells, point.weighted);
    grids.read("count", cells, point.count);
    grids.read("variance_ratio", cells, point.variance_ratio);
    grids.read("difference_analog", "", pairs, point.difference_analog);
    grids.read("difference_variance_ratio", pairs, point.difference_variance_ratio);
    grids.read("measure_difference_variance_ratio", point.measure_difference.value.shape(),
               point.measure_difference_variance_ratio);
    grids.read("violations_per_day", in_time("side"), point.violations_per_day);
    grids.read("path_count", of_regimes("path"), point.path_count);
    grids.read("path_share", of_regimes("path"), point.path_share);
    grids.read("source_count", of_regimes("source"), point.source_count);
    grids.read("source_share", of_regimes("source"), point.source_share);
    grids.read("cumulative_incidence", in_time("risk"), point.cumulative_incidence);
    grids.read("event_rate", of_regimes("event"), point.event_rate);
    grids.read("ceasefire_years", std::array<std::size_t, 1>{cells[0]}, point.ceasefire_years);
    grids.read("belief", of_regimes("protection"), point.belief);
    return point;
}

Results read_results(const std::filesystem::path& path, std::optional<std::uint64_t> id) {
    const ResultsReader file(path);
    return {file.heading(), file.point(id ? file.position_of(*id) : 0)};
}

}  // namespace firebreak
