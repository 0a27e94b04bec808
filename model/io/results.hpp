#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ensemble/ensemble.hpp"
#include "ensemble/estimate.hpp"
#include "io/results_grid.hpp"
#include "regime/prior.hpp"

namespace firebreak {

/// Version of the result file's layout (docs/results_format.md); readers refuse any other.
inline constexpr std::int32_t results_format_version = 3;

/// The sentence that goes with every table, figure and file.
inline constexpr std::string_view results_caveat =
    "Levels are not forecasts: published annual risks span five orders of magnitude. What is "
    "estimated is the difference between regimes, under stated assumptions.";

/// Where results come from.
struct Provenance {
    std::string title;
    std::string question;
    std::string history;        ///< the command, without a time
    std::string configuration;  ///< all configuration texts as read, with headings
    std::string reference;      ///< regime that differences are shown against
    std::uint64_t seed{};
    std::int32_t horizon{};  ///< [d]
    std::string version;     ///< of the program that ran it; filled by `result_heading`
    std::string git_commit;  ///< the same
    std::string compiler;    ///< the same
};

/// One parameter that varies over the design points.
struct ParameterColumn {
    std::string path;  ///< `line.immigrant_rate`
    std::string unit;
    std::string long_name;
    std::string kind;  ///< `lever` or `uncertainty`
    Prior prior;
};

/// A setting of the rule by which replications were added, as text or number.
struct StoppingSetting {
    std::string name;  ///< becomes the attribute `stopping_NAME`
    std::variant<std::string, double, std::int64_t> value;
};

/// What a result file says of all its design points together.
struct ResultHeading {
    Provenance provenance;
    IntervalChoice intervals;
    std::uint64_t points = 1;
    std::vector<std::string> regimes;
    std::vector<std::string> references;  ///< regimes that differences are taken against
    std::vector<std::string> outcomes;
    std::vector<std::int32_t> days;  ///< of the checkpoints [d]
    std::vector<std::string> measures;
    std::vector<std::string> measure_units;  ///< per measure
    std::vector<std::int8_t> estimator;      ///< per outcome, the recommended `Estimator`
    std::vector<ParameterColumn> parameters;
    std::vector<StoppingSetting> stopping;  ///< empty: no rule, all points have as many
    std::uint32_t histories = 0;  ///< replications of each point whose first days are kept
};

/// A heading for tallies of this shape: one point, no parameters, no rule, no histories.
ResultHeading result_heading(Provenance provenance, std::vector<std::string> regimes,
                             const TallyShape& shape, const IntervalChoice& intervals = {});

/// What was found at one design point.
struct PointResult {
    std::uint64_t id{};
    std::vector<double> coordinates;      ///< one per parameter of the heading
    Tally tally;                          ///< of any shape if the point failed
    std::vector<StartingBelief> beliefs;  ///< by regime; none if the point failed
    std::optional<PointFailure> failure;
    FirstDayTable first_day;  ///< empty: no histories
    MeasureTable measures;    ///< of the same histories
    std::int32_t looks = 0;   ///< how often the stopping rule looked
    bool target_reached = false;
};

/// Estimates over [regime][outcome][time].
struct ProbabilityGrids {
    Grid<double, 3> value;
    Grid<double, 3> low;
    Grid<double, 3> high;
    Grid<double, 3> standard_error;  ///< empty for the recommended estimator
};

/// Paired differences over [regime][reference][outcome][time].
struct DifferenceGrids {
    Grid<double, 4> value;
    Grid<double, 4> low;
    Grid<double, 4> high;
    Grid<double, 4> standard_error;  ///< empty for the analog estimator
};

/// Means over [regime][measure], in the unit of each measure.
struct MeasureGrids {
    Grid<double, 2> value;
    Grid<double, 2> low;
    Grid<double, 2> high;
    Grid<double, 2> standard_error;
};

/// Paired differences of means over [regime][reference][measure].
struct MeasureDifferenceGrids {
    Grid<double, 3> value;
    Grid<double, 3> low;
    Grid<double, 3> high;
    Grid<double, 3> standard_error;
};

/// What a result file says of one design point, but for what differs between identical runs. Of a
/// point that failed all estimates are NaN and all counts 0.
struct PointEstimates {
    std::uint64_t id{};
    std::vector<double> coordinates;  ///< one per parameter of the heading
    bool failed = false;
    bool target_reached = false;
    std::int32_t looks = 0;

    ProbabilityGrids probability;  ///< by the recommended estimator, within [0, 1]
    ProbabilityGrids analog;
    ProbabilityGrids weighted;
    Grid<std::int64_t, 3> count;  ///< hits of the analog estimator
    Grid<double, 3> variance_ratio;
    DifferenceGrids difference;  ///< by the recommended estimator
    DifferenceGrids difference_analog;
    Grid<double, 4> difference_variance_ratio;

    MeasureGrids measure;
    MeasureDifferenceGrids measure_difference;
    Grid<double, 3> measure_difference_variance_ratio;

    Grid<std::int64_t, 1> replications;    ///< [regime]
    Grid<double, 3> violations_per_day;    ///< [regime][side][time] [1/d]
    Grid<std::int64_t, 2> path_count;      ///< [regime][path]
    Grid<double, 2> path_share;            ///< of first clashes [1]
    Grid<std::int64_t, 2> source_count;    ///< [regime][source]
    Grid<double, 2> source_share;          ///< of first clashes [1]
    Grid<double, 3> cumulative_incidence;  ///< [regime][risk][time] [1]
    Grid<double, 2> event_rate;            ///< [regime][event] [1/year of ceasefire]
    Grid<double, 1> ceasefire_years;       ///< [regime] [year]
    Grid<double, 2> belief;                ///< [regime][protection] [1]

    FirstDayTable first_day;        ///< not read back
    MeasureTable history_measures;  ///< not read back
};

/// One design point with its heading.
struct Results {
    ResultHeading heading;
    PointEstimates point;
};

/// Estimates everything from what was found at a point.
PointEstimates estimate_point(const ResultHeading& heading, const PointResult& found);

/// What may differ between identical runs.
struct RuntimeNotes {
    std::string host;
    std::string started;   ///< ISO 8601, UTC
    std::string finished;  ///< the same
    double seconds{};
    std::int32_t threads{};
    std::string kernel;                ///< build of the vector kernel
    double replications_per_second{};  ///< histories, over all regimes
};

/// Refuses the path of a result file before any work is done for it: as `check_output_path`, and
/// an existing file that is neither empty nor HDF5 is not replaced, for it is no result. Throws
/// InputError.
void check_result_path(const std::filesystem::path& path, bool replace);

/// Gives the design points one after another, each position from 0 once.
using PointSource = std::function<PointResult(std::uint64_t position)>;

/// Writes a result file, whole or not at all. One point is held in memory at a time, and of each
/// array the rows of one chunk. Throws InputError (path refused) or SystemError (disk full).
void write_results(const std::filesystem::path& path, const ResultHeading& heading,
                   const PointSource& points, const RuntimeNotes& runtime, bool replace);

/// Bytes that one more design point adds to a file before compression.
std::size_t result_bytes_per_point(const ResultHeading& heading);

/// Reads the heading of a result file and the design point with this number, or the first one.
/// Throws InputError: no such file, not HDF5, damaged, another program's, incomplete, of another
/// format, or without that point.
Results read_results(const std::filesystem::path& path, std::optional<std::uint64_t> id = {});

}  // namespace firebreak
