#include "io/results_csv.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "results_sample.hpp"
#include "small_disk.hpp"

namespace firebreak {
namespace {

class CsvTable : public ResultFolder {
  protected:
    std::vector<std::string> lines(ResultTable table) const {
        write_csv(path("table.csv"), ResultsReader(path()), table, true);
        std::istringstream stream(content(path("table.csv")));
        std::vector<std::string> all;
        for (std::string line; std::getline(stream, line);) all.push_back(line);
        return all;
    }
};

TEST_F(CsvTable, says_what_the_file_says) {
    const SampleDesign design;
    written(design, 2);
    const auto all = lines(ResultTable::probabilities);
    ASSERT_EQ(all.size(), 1 + 2 * 3 * outcome_count * 4);
    EXPECT_EQ(all[0],
              "design_point,neutrality:commitment.armament,regime,outcome,time,estimate,"
              "standard_error,low,high,n,hits,method");
    const PointEstimates point = read_results(path(), 1).point;
    for (const OutcomeKind outcome : {OutcomeKind::stray, OutcomeKind::clash}) {
        const std::size_t kind = index_of(outcome);
        const bool weighted = outcome == OutcomeKind::clash;
        const auto& by = weighted ? point.weighted : point.analog;
        EXPECT_EQ(all[1 + (3 + 2) * outcome_count * 4 + kind * 4 + 3],
                  "1,0.375,neutrality," + std::string(outcome_names[kind]) + "," +
                      number_text(400 / 365.25) + "," +
                      number_text(point.probability.value[{2, kind, 3}]) + "," +
                      number_text(by.standard_error[{2, kind, 3}]) + "," +
                      number_text(point.probability.low[{2, kind, 3}]) + "," +
                      number_text(point.probability.high[{2, kind, 3}]) + ",100," +
                      std::to_string(point.count[{2, kind, 3}]) +
                      (weighted ? ",weighted" : ",analog"));
    }
}

TEST_F(CsvTable, holds_the_differences_from_each_reference) {
    SampleDesign design;
    design.shape.references = {1};
    written(design, 2);
    const auto all = lines(ResultTable::differences);
    ASSERT_EQ(all.size(), 1 + 2 * 2 * outcome_count * 4);
    EXPECT_EQ(all[0],
              "design_point,neutrality:commitment.armament,regime,reference,outcome,time,estimate,"
              "standard_error,low,high,n,method");
    const PointEstimates point = read_results(path(), 0).point;
    EXPECT_EQ(all[1 + outcome_count * 4],
              "0,0.25,neutrality,membership,salient_incident," + number_text(100 / 365.25) + "," +
                  number_text(point.difference.value[{2, 0, 0, 0}]) + "," +
                  number_text(point.difference.standard_error[{2, 0, 0, 0}]) + "," +
                  number_text(point.difference.low[{2, 0, 0, 0}]) + "," +
                  number_text(point.difference.high[{2, 0, 0, 0}]) + ",100,analog");
}

TEST_F(CsvTable, holds_the_measures_and_their_differences) {
    constexpr std::size_t days = index_of(Measure::settlement_days);
    SampleDesign design;
    design.shape.references = {1};
    written(design, 2);
    const PointEstimates point = read_results(path(), 1).point;
    const auto numbers = [](double value, double error, double low, double high) {
        return number_text(value) + "," + number_text(error) + "," + number_text(low) + "," +
               number_text(high) + ",100";
    };
    const auto means = lines(ResultTable::measures);
    ASSERT_EQ(means.size(), 1 + 2 * 3 * measure_count);
    EXPECT_EQ(means[0],
              "design_point,neutrality:commitment.armament,regime,measure,unit,estimate,"
              "standard_error,low,high,n");
    EXPECT_EQ(means[1 + 5 * measure_count + days],
              "1,0.375,neutrality,settlement_days,d," +
                  numbers(point.measure.value[{2, days}], point.measure.standard_error[{2, days}],
                          point.measure.low[{2, days}], point.measure.high[{2, days}]));
    const auto differences = lines(ResultTable::measure_differences);
    ASSERT_EQ(differences.size(), 1 + 2 * 2 * measure_count);
    const MeasureDifferenceGrids& grids = point.measure_difference;
    EXPECT_EQ(differences[1 + 3 * measure_count + days],
              "1,0.375,neutrality,membership,settlement_days,d," +
                  numbers(grids.value[{2, 0, days}], grids.standard_error[{2, 0, days}],
                          grids.low[{2, 0, days}], grids.high[{2, 0, days}]));
}

TEST_F(CsvTable, quotes_what_must_be_and_says_what_is_not_known) {
    const SampleDesign design;
    ResultHeading heading = design.heading(1);
    heading.regimes[0] = "one, \"or\" two";
    write_results(
        path(), heading, [&](std::uint64_t id) { return design.failing_point(id); }, sample_runtime,
        false);
    EXPECT_EQ(lines(ResultTable::probabilities)[1],
              "0,0.5,\"one, \"\"or\"\" two\",salient_incident," + number_text(100 / 365.25) +
                  ",NA,NA,NA,NA,0,0,analog");
}

TEST_F(CsvTable, is_written_whole_or_not_at_all) {
    written(SampleDesign{}, 2);
    const ResultsReader file(path());
    {
        const SmallDisk disk(1'000);
        EXPECT_THROW(write_csv(path("t.csv"), file, ResultTable::probabilities, false),
                     SystemError);
    }
    EXPECT_EQ(files_in_folder(), 1U);
    write_csv(path("t.csv"), file, ResultTable::probabilities, false);
    EXPECT_THROW(write_csv(path("t.csv"), file, ResultTable::probabilities, false), InputError);
}

}  // namespace
}  // namespace firebreak
