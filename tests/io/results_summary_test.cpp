#include "io/results_summary.hpp"

#include <cmath>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "io/text.hpp"
#include "results_sample.hpp"

namespace firebreak {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Spread, is_that_of_the_values) {
    std::vector<double> none;
    EXPECT_TRUE(std::isnan(spread_of(none).median));
    std::vector<double> one{0.25};
    EXPECT_EQ(spread_of(one).low, 0.25);
    EXPECT_EQ(spread_of(one).high, 0.25);
    std::vector<double> many;
    for (int value = 100; value >= 0; --value) many.push_back(value);
    const Spread spread = spread_of(many);
    EXPECT_DOUBLE_EQ(spread.median, 50);
    EXPECT_DOUBLE_EQ(spread.low, 5);
    EXPECT_DOUBLE_EQ(spread.high, 95);
    std::vector<double> two{1, 0};
    EXPECT_DOUBLE_EQ(spread_of(two).low, 0.05);
}

class SummaryOfPoints : public ResultFolder {};

TEST_F(SummaryOfPoints, is_that_of_the_single_points) {
    const SampleDesign design;
    const ResultsReader file(written(design, 5));
    const std::size_t stray = index_of(OutcomeKind::stray);
    const PointsSummary summary = summarise_points(file, {stray}, 1);
    EXPECT_EQ(summary.points, 5U);
    EXPECT_EQ(summary.failed, 0U);
    EXPECT_EQ(summary.fewest_replications, 100);
    EXPECT_EQ(summary.most_replications, 100);
    std::vector<double> values;
    SignCounts signs;
    for (std::uint64_t position = 0; position < 5; ++position) {
        const PointEstimates point = file.point(position);
        values.push_back(point.probability.value[{2, stray, 3}]);
        const double low = point.difference.low[{2, 1, stray, 3}];
        const double high = point.difference.high[{2, 1, stray, 3}];
        signs.below += high < 0;
        signs.above += low > 0;
        signs.undecided += low <= 0 && high >= 0;
    }
    EXPECT_EQ((summary.probability[{2, 0}].median), spread_of(values).median);
    EXPECT_EQ((summary.probability[{2, 0}].high), spread_of(values).high);
    EXPECT_EQ((summary.difference[{2, 0}].below), signs.below);
    EXPECT_EQ((summary.difference[{2, 0}].above), signs.above);
    EXPECT_EQ((summary.difference[{2, 0}].undecided), signs.undecided);
    EXPECT_EQ((summary.difference[{1, 0}].undecided), 5U) << "a regime against itself";
}

TEST_F(SummaryOfPoints, leaves_failed_ones_out) {
    SampleDesign design;
    write_results(
        path(), design.heading(4),
        [&](std::uint64_t id) {
            design.replications = 50 + 50 * static_cast<std::uint32_t>(id);
            return id == 0 ? design.failing_point(id) : design.point(id);
        },
        sample_runtime, false);
    const PointsSummary summary = summarise_points(ResultsReader(path()), {0}, 0);
    EXPECT_EQ(summary.failed, 1U);
    EXPECT_EQ(summary.fewest_replications, 100);
    EXPECT_EQ(summary.most_replications, 200);
    EXPECT_FALSE(std::isnan(summary.probability[{0, 0}].low));
    EXPECT_EQ((summary.difference[{2, 0}].below + summary.difference[{2, 0}].above +
               summary.difference[{2, 0}].undecided),
              3U);
}

TEST_F(SummaryOfPoints, of_nothing_but_failures_is_unknown) {
    const SampleDesign design;
    write_results(
        path(), design.heading(2), [&](std::uint64_t id) { return design.failing_point(id); },
        sample_runtime, false);
    const std::string text = points_summary_text(ResultsReader(path()));
    EXPECT_THAT(text, HasSubstr("2 design points, 2 failed"));
    EXPECT_THAT(text, HasSubstr("- [-, -]"));
}

TEST_F(SummaryOfPoints, is_shown_as_tables) {
    const ResultsReader file(written(SampleDesign{}, 3));
    const std::string text = points_summary_text(file);
    EXPECT_THAT(text, HasSubstr("3 design points, none failed"));
    EXPECT_THAT(text, HasSubstr("100 replications per regime, seed 20221115"));
    EXPECT_THAT(text, HasSubstr("difference from status-quo"));
    EXPECT_THAT(text, HasSubstr("Levels are not forecasts"));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(text_width(line), 100U) << line;
    EXPECT_THAT(points_summary_text(file, {"accession"}, "neutrality"),
                testing::AllOf(HasSubstr("accession"), Not(HasSubstr("clash")),
                               HasSubstr("difference from neutrality")));
    EXPECT_THROW(points_summary_text(file, {"peace"}), InputError);
    EXPECT_THROW(points_summary_text(file, {}, "anarchy"), InputError);
}

TEST_F(SummaryOfPoints, a_single_one_is_shown_with_its_coordinates) {
    written(SampleDesign{}, 3);
    const std::string text = results_text(read_results(path(), 2));
    EXPECT_THAT(text, HasSubstr("Design point 2 of 3\n  neutrality:commitment.armament = 0.5 x\n"));
}

}  // namespace
}  // namespace firebreak
