#include <algorithm>
#include <cstring>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "io/atomic_file.hpp"
#include "io/hdf5.hpp"
#include "io/results_layout.hpp"
#include "io/results_reader.hpp"
#include "results_sample.hpp"

namespace firebreak {
namespace {

using testing::HasSubstr;

class ResultFile : public ResultFolder {
  protected:
    std::string refusal(const std::filesystem::path& file) const {
        try {
            read_results(file);
        } catch (const InputError& error) {
            EXPECT_THAT(error.what(), HasSubstr(file.string()));
            return error.what();
        }
        return "was read";
    }

    /// Writes a root of one point, whatever it holds.
    void write_root(const StoredGroup& root, const std::vector<StoredVariable>& rows) const {
        AtomicFile file(path(), true);
        Hdf5Writer writer(file.descriptor(), path(), {"design_point", 1});
        writer.add(root);
        writer.append("", rows);
        writer.close();
        file.commit();
    }
};

template <class Value, std::size_t Axes>
void expect_same_bits(const Grid<Value, Axes>& read, const Grid<Value, Axes>& expected) {
    ASSERT_EQ(read.shape(), expected.shape());
    EXPECT_EQ(std::memcmp(read.values().data(), expected.values().data(),
                          read.values().size() * sizeof(Value)),
              0);
}

TEST_F(ResultFile, reads_back_what_was_written) {
    const SampleDesign design;
    const ResultHeading made = design.heading(3);
    written(design, 3);
    const Results read = read_results(path(), 2);
    EXPECT_EQ(read.heading.provenance.title, made.provenance.title);
    EXPECT_EQ(read.heading.provenance.question, "");
    EXPECT_EQ(read.heading.provenance.configuration, made.provenance.configuration);
    EXPECT_EQ(read.heading.provenance.git_commit, made.provenance.git_commit);
    EXPECT_EQ(read.heading.provenance.seed, 20221115U);
    EXPECT_EQ(read.heading.provenance.horizon, 400);
    EXPECT_EQ(read.heading.points, 3U);
    EXPECT_EQ(read.heading.regimes, sample_regimes);
    EXPECT_EQ(read.heading.references, sample_regimes);
    EXPECT_EQ(read.heading.outcomes, made.outcomes);
    EXPECT_EQ(read.heading.days, synthetic_checkpoints);
    EXPECT_EQ(read.heading.estimator, made.estimator);
    ASSERT_EQ(read.heading.parameters.size(), 1U);
    const ParameterColumn& column = read.heading.parameters[0];
    EXPECT_EQ(column.path, "neutrality:commitment.armament");
    EXPECT_EQ(column.unit, "x");
    EXPECT_EQ(column.kind, "lever");
    EXPECT_EQ(column.prior, (Prior{Distribution::uniform, 0.25, 1.0}));

    const PointEstimates expected = estimate_point(made, design.point(2));
    EXPECT_EQ(read.point.id, 2U);
    EXPECT_EQ(read.point.coordinates, (std::vector<double>{0.5}));
    EXPECT_FALSE(read.point.failed);
    expect_same_bits(read.point.probability.value, expected.probability.value);
    expect_same_bits(read.point.weighted.standard_error, expected.weighted.standard_error);
    expect_same_bits(read.point.difference.high, expected.difference.high);
    expect_same_bits(read.point.difference_variance_ratio, expected.difference_variance_ratio);
    expect_same_bits(read.point.count, expected.count);
    expect_same_bits(read.point.replications, expected.replications);
    expect_same_bits(read.point.source_share, expected.source_share);
    expect_same_bits(read.point.cumulative_incidence, expected.cumulative_incidence);
    expect_same_bits(read.point.ceasefire_years, expected.ceasefire_years);
    expect_same_bits(read.point.belief, expected.belief);
    EXPECT_EQ(read.heading.measures, made.measures);
    EXPECT_EQ(read.heading.measure_units, made.measure_units);
    expect_same_bits(read.point.measure.value, expected.measure.value);
    expect_same_bits(read.point.measure.high, expected.measure.high);
    expect_same_bits(read.point.measure_difference.value, expected.measure_difference.value);
    expect_same_bits(read.point.measure_difference.standard_error,
                     expected.measure_difference.standard_error);
    expect_same_bits(read.point.measure_difference_variance_ratio,
                     expected.measure_difference_variance_ratio);
}

TEST_F(ResultFile, is_the_same_bytes_every_time) {
    SampleDesign design;
    design.histories = true;
    const std::string bytes = content(written(design, 5));
    EXPECT_EQ(bytes, content(written(design, 5, "again.h5")));
    EXPECT_NE(bytes, content(written(design, 6, "more.h5")));
}

TEST_F(ResultFile, a_point_is_found_by_its_number_or_not_at_all) {
    const SampleDesign design;
    write_results(
        path(), design.heading(2),
        [&](std::uint64_t position) { return design.point(40 + position); }, sample_runtime, false);
    EXPECT_EQ(read_results(path()).point.id, 40U);
    EXPECT_EQ(read_results(path(), 41).point.id, 41U);
    try {
        read_results(path(), 42);
        FAIL() << "nothing thrown";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(),
                    HasSubstr("no design point 42: its 2 are numbered from 40 to 41"));
    }
}

TEST_F(ResultFile, holds_the_histories_on_request) {
    SampleDesign design;
    design.histories = true;
    const Hdf5Reader file(written(design, 2));
    EXPECT_EQ(file.shape("histories/first_day"),
              (std::vector<std::size_t>{2, 3, 100, outcome_count}));
    const std::vector<std::int64_t> stored = file.integers("histories/first_day", 1);
    EXPECT_TRUE(std::ranges::equal(stored, design.point(1).first_day));
    EXPECT_EQ(file.shape("histories/measures"),
              (std::vector<std::size_t>{2, 3, 100, measure_count}));
    EXPECT_EQ(file.numbers("histories/measures", 1), design.point(1).measures);
}

TEST_F(ResultFile, histories_that_were_not_simulated_are_told_from_those_without_the_outcome) {
    SampleDesign design;
    design.histories = true;
    ResultHeading heading = design.heading(1);
    heading.histories = 120;
    write_results(
        path(), heading, [&](std::uint64_t id) { return design.point(id); }, sample_runtime, false);
    const std::vector<std::int64_t> stored = Hdf5Reader(path()).integers("histories/first_day");
    ASSERT_EQ(stored.size(), 3U * 120 * outcome_count);
    for (std::size_t position = 0; position < stored.size(); ++position) {
        const bool simulated = position / outcome_count % 120 < 100;
        EXPECT_EQ(stored[position] == -2, !simulated) << position;
    }
}

TEST_F(ResultFile, tells_what_the_stopping_rule_did_if_there_was_one) {
    const SampleDesign design;
    written(design, 2);
    EXPECT_FALSE(Hdf5Reader(path()).has("looks"));
    ResultHeading heading = design.heading(2);
    heading.stopping = {{"halfwidth", 0.01}, {"first_look", std::int64_t{1024}}};
    const auto source = [&](std::uint64_t id) {
        PointResult found = design.point(id);
        found.looks = static_cast<std::int32_t>(3 + id);
        found.target_reached = id == 1;
        return found;
    };
    write_results(path("stopped.h5"), heading, source, sample_runtime, false);
    const Hdf5Reader file(path("stopped.h5"));
    EXPECT_EQ(file.number_attribute("stopping_halfwidth"), 0.01);
    EXPECT_EQ(file.integer_attribute("stopping_first_look"), 1024);
    EXPECT_EQ(file.text_attribute_of("target_reached", "dtype"), "bool");
    EXPECT_EQ(file.integers("looks"), (std::vector<std::int64_t>{3, 4}));
    EXPECT_EQ(file.integers("target_reached"), (std::vector<std::int64_t>{0, 1}));
    EXPECT_TRUE(read_results(path("stopped.h5"), 1).point.target_reached);
}

TEST_F(ResultFile, replaces_another_only_when_told_to) {
    const SampleDesign design;
    written(design, 1);
    const auto source = [&](std::uint64_t id) { return design.point(id); };
    EXPECT_THROW(write_results(path(), design.heading(1), source, sample_runtime, false),
                 InputError);
    write_results(path(), design.heading(1), source, sample_runtime, true);
    EXPECT_EQ(files_in_folder(), 1U) << "a temporary file was left behind";
}

TEST_F(ResultFile, needs_a_folder) {
    EXPECT_THROW(written(SampleDesign{}, 1, "no/such.h5"), InputError);
}

TEST_F(ResultFile, says_what_is_wrong_with_what_it_cannot_read) {
    EXPECT_THAT(refusal(path()), HasSubstr("no such file"));
    EXPECT_THAT(refusal(path().parent_path()), HasSubstr("is a folder"));
    std::ofstream(path("empty.h5")).close();
    EXPECT_THAT(refusal(path("empty.h5")), HasSubstr("is empty"));
    std::ofstream(path("text.h5")) << std::string(5000, 'x');
    EXPECT_THAT(refusal(path("text.h5")), HasSubstr("not HDF5"));
}

TEST_F(ResultFile, says_so_when_it_was_cut_short) {
    written(SampleDesign{}, 1);
    std::filesystem::resize_file(path(), std::filesystem::file_size(path()) / 2);
    EXPECT_THAT(refusal(path()), HasSubstr("damaged"));
}

TEST_F(ResultFile, refuses_what_another_program_wrote) {
    write_root({"", {{"title", "other"}}, {}}, {});
    EXPECT_THAT(refusal(path()), HasSubstr("not a Firebreak result file"));
}

TEST_F(ResultFile, refuses_other_formats_and_an_incomplete_file) {
    const SampleDesign design;
    const ResultHeading heading = design.heading(1);
    const std::vector<StoredVariable> rows =
        point_rows(heading, estimate_point(heading, design.point(0)));
    StoredGroup root = root_group(heading);
    const auto version =
        std::ranges::find(root.attributes, "results_format_version", &StoredAttribute::name);
    version->value = std::int32_t{4};
    write_root(root, rows);
    EXPECT_THAT(refusal(path()), HasSubstr("has results format 4, and this program reads 3"));
    EXPECT_THAT(refusal(path()), HasSubstr("newer"));
    version->value = std::int32_t{1};
    write_root(root, rows);
    EXPECT_THAT(refusal(path()), HasSubstr("older, run it again"));
    version->value = results_format_version;
    std::vector<StoredVariable> fewer = rows;
    std::erase_if(fewer, [](const auto& v) { return v.name == "count"; });
    std::erase_if(root.variables, [](const auto& v) { return v.name == "count"; });
    write_root(root, fewer);
    EXPECT_THAT(refusal(path()), HasSubstr("lacks the variable count"));
}

TEST_F(ResultFile, refuses_a_variable_that_its_coordinates_do_not_fit) {
    const SampleDesign design;
    const ResultHeading heading = design.heading(1);
    // Each is laid out over other axes, but holds as many values as those need.
    const std::vector<StoredVariable> misfits{
        {"variance_ratio",
         {"design_point", "regime", "outcome"},
         std::vector<double>(3 * outcome_count),
         {}},
        {"difference_analog_low",
         {"design_point", "regime", "outcome", "reference", "time"},
         std::vector<double>(3 * 3 * outcome_count * synthetic_checkpoints.size()),
         {}},
        {"event_rate", {"design_point", "regime", "path"}, std::vector<double>(3 * 5), {}},
        {"measure_mean", {"design_point", "regime", "path"}, std::vector<double>(3 * 5), {}},
        {"belief", {"design_point", "regime"}, std::vector<double>(3), {}},
        {"estimator", {"time"}, std::vector<std::int8_t>(synthetic_checkpoints.size()), {}}};
    for (const StoredVariable& misfit : misfits) {
        StoredGroup root = root_group(heading);
        std::vector<StoredVariable> rows =
            point_rows(heading, estimate_point(heading, design.point(0)));
        for (auto* variables : {&root.variables, &rows}) {
            for (StoredVariable& variable : *variables) {
                if (variable.name == misfit.name) variable = misfit;
            }
        }
        write_root(root, rows);
        EXPECT_THAT(refusal(path()), HasSubstr("damaged: " + misfit.name + " has another shape"));
    }
}

TEST_F(ResultFile, what_is_laid_out_wrongly_is_our_own_mistake) {
    EXPECT_THROW(write_root({"", {}, {{"x", {"nowhere"}, std::vector<double>{1.0}, {}}}}, {}),
                 LogicError);
    const StoredVariable point{"design_point", {"design_point"}, std::vector<double>{1.0}, {}};
    EXPECT_THROW(write_root({"", {}, {point}}, {{"y", {}, std::vector<double>{1.0}, {}}}),
                 LogicError);
    EXPECT_THROW(write_root({"", {}, {point}}, {{"design_point", {}, std::vector<double>{}, {}}}),
                 LogicError);
    EXPECT_EQ(files_in_folder(), 0U);
}

}  // namespace
}  // namespace firebreak
