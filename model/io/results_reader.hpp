#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "io/hdf5.hpp"
#include "io/results.hpp"

namespace firebreak {

/// A result file of which single points are read. Every failure is an InputError.
class ResultsReader {
  public:
    /// Reads the heading. Throws as `read_results`.
    explicit ResultsReader(const std::filesystem::path& path);

    const ResultHeading& heading() const { return heading_; }

    /// Position of the design point with this number.
    std::uint64_t position_of(std::uint64_t id) const;

    /// All of a point, but for its histories.
    PointEstimates point(std::uint64_t position) const;

    /// Of a point only what summaries need: number, coordinates, failure, replications,
    /// probability, measures and their differences.
    PointEstimates main_estimates(std::uint64_t position) const;

    /// The values of the parameters at a point.
    std::vector<double> coordinates(std::uint64_t position) const;

  private:
    void read_axes();
    void read_provenance();
    [[noreturn]] void refuse(const std::string& why) const;

    std::filesystem::path path_;
    Hdf5Reader file_;
    ResultHeading heading_;
    std::vector<std::string> columns_;  ///< variables of the parameters
};

}  // namespace firebreak
