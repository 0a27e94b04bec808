#include "io/results.hpp"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/results_layout.hpp"
#include "results_sample.hpp"

namespace firebreak {
namespace {

PointEstimates estimates(const SampleDesign& design = {}, std::uint64_t id = 1) {
    return estimate_point(design.heading(2), design.point(id));
}

TEST(Results, are_estimated_from_the_tallies) {
    const SampleDesign design;
    const Tally tally = design.point(1).tally;
    const PointEstimates made = estimates();
    const std::size_t stray = index_of(OutcomeKind::stray);
    const std::size_t clash = index_of(OutcomeKind::clash);
    EXPECT_EQ((made.count[{2, stray, 3}]), tally.hits(2, OutcomeKind::stray, 3));
    EXPECT_EQ((made.probability.value[{2, stray, 3}]), (made.analog.value[{2, stray, 3}]));
    EXPECT_EQ((made.probability.value[{2, clash, 3}]), (made.weighted.value[{2, clash, 3}]));
    EXPECT_NEAR((made.difference.value[{1, 2, clash, 3}]),
                (made.weighted.value[{1, clash, 3}] - made.weighted.value[{2, clash, 3}]), 1e-15);
    EXPECT_EQ((made.belief[{1, 0}]), 0.125);
    EXPECT_EQ((made.belief[{1, 1}]), 0.5);
    EXPECT_NEAR((made.ceasefire_years[{0}]), 100 * 400 / 365.25, 1e-9);
    EXPECT_NEAR((made.event_rate[{0, 1}]), 2 * 365.25 / 400, 1e-12);
    EXPECT_EQ((made.violations_per_day[{2, 1, 0}]), 0.02);
    double shares = 0.0;
    for (std::size_t path = 0; path < path_count; ++path) shares += made.path_share[{0, path}];
    EXPECT_DOUBLE_EQ(shares, 1.0);
}

TEST(Results, intervals_hold_their_estimates) {
    const PointEstimates made = estimates();
    for (const ProbabilityGrids* grids : {&made.probability, &made.analog, &made.weighted}) {
        for (std::size_t cell = 0; cell < grids->value.values().size(); ++cell) {
            EXPECT_LE(grids->low.values()[cell], grids->value.values()[cell]);
            EXPECT_GE(grids->high.values()[cell], grids->value.values()[cell]);
        }
    }
}

TEST(Results, a_difference_changes_its_sign_with_the_order) {
    const DifferenceGrids grids = estimates().difference;
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
        EXPECT_EQ((grids.value[{1, 2, outcome, 3}]), -(grids.value[{2, 1, outcome, 3}]));
        EXPECT_EQ((grids.low[{1, 2, outcome, 3}]), -(grids.high[{2, 1, outcome, 3}]));
        EXPECT_EQ((grids.value[{1, 1, outcome, 3}]), 0.0);
        EXPECT_FALSE(std::signbit(grids.value[{1, 1, outcome, 3}]));
    }
}

TEST(Results, fewer_references_keep_the_same_differences) {
    SampleDesign few;
    few.shape.references = {2, 0};
    const DifferenceGrids all = estimates().difference;
    const DifferenceGrids some = estimates(few).difference;
    EXPECT_EQ(few.heading(2).references, (std::vector<std::string>{"neutrality", "status-quo"}));
    EXPECT_EQ(some.value.shape(), (std::array<std::size_t, 4>{3, 2, outcome_count, 4}));
    for (std::size_t regime = 0; regime < 3; ++regime) {
        for (std::size_t place = 0; place < 2; ++place) {
            const std::size_t reference = few.shape.references[place];
            for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
                EXPECT_EQ((some.value[{regime, place, outcome, 2}]),
                          (all.value[{regime, reference, outcome, 2}]));
                EXPECT_EQ((some.high[{regime, place, outcome, 2}]),
                          (all.high[{regime, reference, outcome, 2}]));
            }
        }
    }
}

TEST(Results, nothing_is_known_of_a_point_that_failed) {
    const SampleDesign design;
    const PointEstimates made = estimate_point(design.heading(2), design.failing_point(5));
    EXPECT_TRUE(made.failed);
    EXPECT_EQ(made.id, 5U);
    EXPECT_EQ(made.coordinates, (std::vector<double>{0.5}));
    const auto all_unknown = [](const auto& grid) {
        return std::ranges::all_of(grid.values(), [](double value) { return std::isnan(value); });
    };
    EXPECT_TRUE(all_unknown(made.probability.high));
    EXPECT_TRUE(all_unknown(made.weighted.standard_error));
    EXPECT_TRUE(all_unknown(made.difference_analog.value));
    EXPECT_TRUE(all_unknown(made.violations_per_day));
    EXPECT_TRUE(all_unknown(made.belief));
    for (const std::int64_t count : made.replications.values()) EXPECT_EQ(count, 0);
    for (const std::int64_t count : made.count.values()) EXPECT_EQ(count, 0);
}

TEST(ResultBytes, are_those_of_the_arrays) {
    SampleDesign design;
    const std::size_t all = result_bytes_per_point(design.heading(2));
    // Three regimes, sixteen outcomes, four times; thirteen arrays of probabilities and counts,
    // eight of differences; of measures four arrays and five of differences.
    const std::size_t cells = 3 * outcome_count * 4 * 8;
    const std::size_t measures = 3 * measure_count * 8;
    const std::size_t named = cells * (13 + 8 * 3) + measures * (4 + 5 * 3);
    EXPECT_GT(all, named);
    EXPECT_LT(all, named + 2'000);
    design.shape.references = {0};
    EXPECT_EQ(all - result_bytes_per_point(design.heading(2)), cells * 8 * 2 + measures * 5 * 2);
    const std::size_t without = result_bytes_per_point(design.heading(2));
    design.histories = true;
    EXPECT_EQ(result_bytes_per_point(design.heading(2)) - without,
              3 * 100 * (outcome_count * 4 + measure_count * 8) + sizeof(std::int32_t));
}

TEST(VariableName, is_an_identifier) {
    EXPECT_EQ(variable_name("neutrality-unarmed:commitment.armament"),
              "neutrality_unarmed_commitment_armament");
}

}  // namespace
}  // namespace firebreak
