#include <cmath>
#include <limits>
#include <sstream>
#include <utility>
#include <variant>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../ensemble/synthetic_results.hpp"
#include "base/error.hpp"
#include "io/progress.hpp"
#include "io/text.hpp"

namespace firebreak {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(PercentText, has_two_significant_digits) {
    EXPECT_EQ(percent_text(0.2345), "23");
    EXPECT_EQ(percent_text(0.0174), "1.7");
    EXPECT_EQ(percent_text(0.000523), "0.052");
    EXPECT_EQ(percent_text(0.997), "99.70");
    EXPECT_EQ(percent_text(0.0), "0");
    EXPECT_EQ(percent_text(1.0), "100");
    EXPECT_EQ(percent_text(std::numeric_limits<double>::quiet_NaN()), "-");
}

TEST(PointsText, has_a_sign) {
    EXPECT_EQ(points_text(0.031), "+3.1");
    EXPECT_EQ(points_text(-0.000523), "-0.052");
    EXPECT_EQ(points_text(0.25), "+25");
    EXPECT_EQ(points_text(0.0), "0");
    EXPECT_EQ(points_text(-0.0), "0");
}

TEST(IntervalText, keeps_two_digits_where_they_show_both_ends) {
    EXPECT_EQ(interval_text(percent_text, 0.232, 0.21, 0.25), "23 [21, 25]");
    EXPECT_EQ(interval_text(points_text, 0.031, -0.002, 0.06), "+3.1 [-0.20, +6.0]");
    EXPECT_EQ(interval_text(percent_text, 0.0, 0.0, 0.0012), "0 [0, 0.12]");
}

TEST(IntervalText, shows_more_digits_until_both_ends_differ_from_the_estimate) {
    EXPECT_EQ(interval_text(percent_text, 0.2333, 0.2301, 0.2342), "23.3 [23.0, 23.4]");
    EXPECT_EQ(interval_text(percent_text, 0.2333, 0.2331, 0.25), "23.33 [23.31, 25.00]");
    EXPECT_EQ(interval_text(points_text, -0.0312, -0.0314, -0.0309), "-3.12 [-3.14, -3.09]");
    EXPECT_EQ(interval_text(percent_text, 0.99712, 0.99711, 0.99713), "99.712 [99.711, 99.713]");
}

TEST(IntervalText, of_ends_that_four_digits_cannot_part_stays_short) {
    EXPECT_EQ(interval_text(percent_text, 0.23, 0.23, 0.23), "23 [23, 23]");
    EXPECT_EQ(interval_text(percent_text, 0.23, 0.2299999, 0.2300001), "23 [23, 23]");
    EXPECT_EQ(interval_text(percent_text, 1.0, 1.0, 1.0), "100 [100, 100]");
    const double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(interval_text(points_text, none, none, none), "- [-, -]");
}

TEST(TextWidth, counts_letters_and_not_bytes) {
    EXPECT_EQ(text_width("Przewodów"), 9U);
    EXPECT_EQ(text_width("Київ"), 4U);
    EXPECT_EQ(text_width("e\xCC\x81"), 1U);
    EXPECT_EQ(text_width(""), 0U);
}

TEST(AlignedTable, keeps_columns_under_each_other) {
    EXPECT_EQ(aligned_table({"place", "n"}, {{"Przewodów", "7"}, {"Kyiv", "1234"}}),
              "place         n\n"
              "---------------\n"
              "Przewodów     7\n"
              "Kyiv       1234\n");
#if defined(FIREBREAK_CONTRACTS) && FIREBREAK_CONTRACTS
    EXPECT_THROW(aligned_table({"a"}, {{"b", "c"}}), LogicError);
#endif
}

Results sample_results() {
    DesignPoint point = synthetic_point(3);
    const char* names[] = {"status-quo", "membership-controlled-territory", "neutrality"};
    for (std::size_t regime = 0; regime < 3; ++regime) {
        point.regimes[regime].scenario.regime = names[regime];
    }
    PointResult found;
    auto block = std::get<BlockResult>(
        run_block(point, {0, 0, 200}, Draws(4), keep_all(point), simulate_synthetic));
    found.beliefs = std::move(block.beliefs);
    found.tally = std::move(block.tally);
    Provenance from;
    from.title = "Three regimes";
    from.reference = "status-quo";
    from.seed = 4;
    Results results;
    results.heading = result_heading(from, {names, names + 3}, found.tally.shape());
    results.point = estimate_point(results.heading, found);
    return results;
}

TEST(ResultsText, names_what_matters) {
    const std::string text = results_text(sample_results());
    EXPECT_THAT(text, HasSubstr("Three regimes"));
    EXPECT_THAT(text, HasSubstr("200 replications per regime, seed 4"));
    EXPECT_THAT(text, HasSubstr("Probability within 1.1 years"));
    EXPECT_THAT(text, HasSubstr("Difference from status-quo"));
    EXPECT_THAT(text, HasSubstr("Measures: mean over histories"));
    EXPECT_THAT(text, HasSubstr("violations_per_day [1/d]"));
    EXPECT_THAT(text, HasSubstr("Levels are not forecasts"));
    EXPECT_THAT(text, Not(HasSubstr("nan")));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(text_width(line), 100U) << line;
}

TEST(MeasuresText, has_two_digits_of_the_error) {
    Results results = sample_results();
    const auto cell = [&](double value, double error) {
        const std::array<std::size_t, 2> at{0, index_of(Measure::settlement_days)};
        results.point.measure.value[at] = value;
        results.point.measure.standard_error[at] = error;
        std::istringstream text(measures_text(results));
        for (std::string line; std::getline(text, line);) {
            if (line.find("settlement_days") == std::string::npos) continue;
            std::getline(text, line);
            std::getline(text, line);
            return line;
        }
        return std::string("no such column");
    };
    const double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THAT(cell(1234.567, 12.3), HasSubstr(" 1235 ±12 "));
    EXPECT_THAT(cell(0.0123456, 0.00061), HasSubstr(" 0.01235 ±0.00061 "));
    EXPECT_THAT(cell(1826.0, 0.0), HasSubstr(" 1826 "));
    EXPECT_THAT(cell(1826.0, none), HasSubstr(" 1826 "));
    EXPECT_THAT(cell(none, none), HasSubstr(" - "));
}

TEST(ResultsText, asked_for_an_outcome_does_not_show_measures) {
    EXPECT_THAT(results_text(sample_results(), {"clash"}), Not(HasSubstr("Measures")));
}

TEST(ResultsText, shortens_the_commit_and_keeps_the_mark_of_changed_files) {
    Results results = sample_results();
    results.heading.provenance.git_commit = "0123456789abcdef0123456789abcdef01234567+dirty";
    EXPECT_THAT(results_text(results), HasSubstr("commit 0123456789ab+dirty\n"));
    results.heading.provenance.git_commit = "0123456789abcdef0123456789abcdef01234567";
    EXPECT_THAT(results_text(results), HasSubstr("commit 0123456789ab\n"));
    results.heading.provenance.git_commit = "unknown";
    EXPECT_THAT(results_text(results), HasSubstr("commit unknown\n"));
}

TEST(ResultsText, shows_what_is_asked_for_and_refuses_what_is_not_there) {
    const Results results = sample_results();
    const std::string text = results_text(results, {"accession"}, "neutrality");
    EXPECT_THAT(text, HasSubstr("accession"));
    EXPECT_THAT(text, Not(HasSubstr("nuclear_use")));
    EXPECT_THAT(text, HasSubstr("Difference from neutrality"));
    EXPECT_THROW(results_text(results, {"peace"}), InputError);
    EXPECT_THROW(results_text(results, {}, "anarchy"), InputError);
}

TEST(ResultsText, an_unknown_name_is_met_with_the_nearest_known_one) {
    const Results results = sample_results();
    const auto refusal = [](const auto& ask) -> std::string {
        try {
            ask();
        } catch (const InputError& error) {
            return error.what();
        }
        return "was printed";
    };
    EXPECT_THAT(refusal([&] { results_text(results, {"colapse"}); }),
                HasSubstr("; did you mean collapse?"));
    EXPECT_THAT(refusal([&] { results_text(results, {}, "neutralty"); }),
                HasSubstr("; did you mean neutrality?"));
    EXPECT_THAT(refusal([&] { comparison_text(results, "neutrality", "neutralit"); }),
                HasSubstr("; did you mean neutrality?"));
    EXPECT_THAT(refusal([&] { results_text(results, {"peace in our time"}); }),
                Not(HasSubstr("did you mean")));
}

TEST(ComparisonText, lists_every_outcome) {
    const std::string text =
        comparison_text(sample_results(), "neutrality", "membership-controlled-territory");
    for (const std::string_view outcome : outcome_names) {
        EXPECT_THAT(text, HasSubstr(std::string(outcome)));
    }
    EXPECT_THROW(comparison_text(sample_results(), "neutrality", "?"), InputError);
}

TEST(DurationText, uses_its_two_largest_units) {
    EXPECT_EQ(duration_text(0.2), "0 s");
    EXPECT_EQ(duration_text(59.6), "1 min 00 s");
    EXPECT_EQ(duration_text(3900), "1 h 05 min");
    EXPECT_EQ(duration_text(100'000), "1 d 03 h");
    EXPECT_EQ(duration_text(std::numeric_limits<double>::infinity()), "?");
    EXPECT_EQ(duration_text(-1), "?");
}

TEST(ProgressLine, says_how_far_how_fast_and_how_long) {
    EXPECT_EQ(progress_line({250, 1000}, 10.0),
              "[######..................]  25 %  250 of 1000 replications, 25/s, 10 s, 30 s left");
    EXPECT_EQ(progress_line({1000, 1000}, 400.0),
              "[########################] 100 %  1000 of 1000 replications, 2.5/s, 6 min 40 s");
}

TEST(ProgressLine, knows_nothing_at_the_start_and_is_not_early_at_the_end) {
    EXPECT_THAT(progress_line({0, 1000}, 0.0), HasSubstr("time left unknown"));
    EXPECT_THAT(progress_line({9999, 10'000}, 10.0), HasSubstr(" 99 %"));
    EXPECT_THAT(progress_line({0, 0}, 0.0), HasSubstr("100 %"));
}

}  // namespace
}  // namespace firebreak
