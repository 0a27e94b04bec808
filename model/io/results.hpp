#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ensemble/ensemble.hpp"
#include "ensemble/estimate.hpp"
#include "io/results_grid.hpp"

namespace firebreak {

/// Version of the result file's layout (docs/results_format.md); readers refuse a newer one.
inline constexpr std::int32_t results_format_version = 1;

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
    std::string version;     ///< of the program that ran it; filled by `assemble_results`
    std::string git_commit;  ///< the same
    std::string compiler;    ///< the same
};

/// One varied parameter over the design points.
struct ParameterColumn {
    std::string path;  ///< `line.immigrant_rate`
    std::string unit;
    std::string long_name;
    std::vector<double> values;  ///< one per design point
};

/// Estimates over [design point][regime][outcome][time].
struct ProbabilityGrids {
    Grid<double, 4> value;
    Grid<double, 4> low;
    Grid<double, 4> high;
    Grid<double, 4> standard_error;  ///< empty for the recommended estimator
};

/// Paired differences over [design point][regime][reference][outcome][time].
struct DifferenceGrids {
    Grid<double, 5> value;
    Grid<double, 5> low;
    Grid<double, 5> high;
    Grid<double, 5> standard_error;  ///< empty for the analog estimator
};

/// All that a result file says, but for histories and what differs between identical runs.
struct Results {
    Provenance provenance;
    IntervalChoice intervals;

    std::vector<std::int32_t> design_points;
    std::vector<std::string> regimes;  ///< and references, in the same order
    std::vector<std::string> outcomes;
    std::vector<std::int32_t> days;  ///< of the checkpoints [d]
    std::vector<ParameterColumn> parameters;

    std::vector<std::int8_t> estimator;  ///< per outcome, an `Estimator`
    ProbabilityGrids probability;        ///< by the recommended estimator, within [0, 1]
    ProbabilityGrids analog;
    ProbabilityGrids weighted;
    Grid<std::int64_t, 4> count;  ///< hits of the analog estimator
    Grid<double, 4> variance_ratio;
    DifferenceGrids difference;  ///< by the recommended estimator
    DifferenceGrids difference_analog;
    Grid<double, 5> difference_variance_ratio;

    Grid<std::int64_t, 2> replications;    ///< [design point][regime]
    Grid<double, 4> violations_per_day;    ///< [..][regime][side][time] [1/d]
    Grid<std::int64_t, 3> path_count;      ///< [..][regime][path]
    Grid<double, 3> path_share;            ///< of first clashes [1]
    Grid<std::int64_t, 3> source_count;    ///< [..][regime][source]
    Grid<double, 3> source_share;          ///< of first clashes [1]
    Grid<double, 4> cumulative_incidence;  ///< [..][regime][risk][time] [1]
    Grid<double, 3> event_rate;            ///< [..][regime][event] [1/year of ceasefire]
    Grid<double, 2> ceasefire_years;       ///< [..][regime] [year]
    Grid<double, 3> belief;                ///< [..][regime][protection] [1]
};

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

/// Estimates everything from the tallies of an ensemble.
Results assemble_results(Provenance provenance, std::span<const DesignPoint> points,
                         std::span<const Tally> tallies, std::vector<ParameterColumn> parameters,
                         const IntervalChoice& intervals = {});

/// Refuses the path of a result file before any work is done for it: as `check_output_path`, and
/// an existing file that is neither empty nor HDF5 is not replaced, for it is no result. Throws
/// InputError.
void check_result_path(const std::filesystem::path& path, bool replace);

/// Writes a result file, whole or not at all; `ensemble` brings the histories, if it holds them.
/// Throws InputError (path refused) or SystemError (disk full).
void write_results(const std::filesystem::path& path, const Results& results,
                   const RuntimeNotes& runtime, const EnsembleResult& ensemble, bool replace);

/// The bytes of that file.
std::vector<std::byte> results_bytes(const Results& results, const RuntimeNotes& runtime,
                                     const EnsembleResult& ensemble);

/// Reads a result file. Throws InputError: no such file, not HDF5, damaged, another program's,
/// incomplete, or of a newer format.
Results read_results(const std::filesystem::path& path);

}  // namespace firebreak
