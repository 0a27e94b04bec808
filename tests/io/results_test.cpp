#include "io/results.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../ensemble/synthetic_results.hpp"
#include "base/error.hpp"
#include "io/hdf5.hpp"
#include "io/results_layout.hpp"

namespace firebreak {
namespace {

using testing::HasSubstr;

const std::vector<std::string> regime_names{"status-quo", "membership", "neutrality"};

struct Sample {
    std::vector<DesignPoint> points;
    EnsembleResult ensemble;
    Results results;
    RuntimeNotes runtime;
};

DesignPoint named_point(std::uint32_t id) {
    DesignPoint point = synthetic_point(3);
    point.id = id;
    for (std::size_t regime = 0; regime < regime_names.size(); ++regime) {
        point.regimes[regime].scenario.regime = regime_names[regime];
        point.regimes[regime].starting_belief.table = {{{0.125, 0.0625}, {0.5, 0.25}}};
    }
    return point;
}

Sample sample(bool histories = false) {
    Sample made;
    made.points = {named_point(0), named_point(7)};
    RunChoice choice;
    choice.threads = 2;
    choice.histories = histories;
    choice.simulate = [](const Setting& setting, const Noise&, ReplicationId replication,
                         const Draws& draws) {
        return synthetic_result(static_cast<std::uint32_t>(setting.scenario.title.size()),
                                replication, draws);
    };
    made.ensemble = run_ensemble(made.points, plan(2, 100), Draws(9), choice);
    Provenance from;
    from.title = "Ein Prüfstück";
    from.question = "";
    from.history = "firebreak run test.toml";
    from.configuration = std::string(70'000, 'c');
    from.reference = "status-quo";
    from.seed = 20221115;
    from.horizon = 400;
    made.results = assemble_results(
        from, made.points, made.ensemble.tallies,
        {{"neutrality:commitment.armament", "x", "Ukraine's armament", {0.5, 0.75}}});
    made.runtime = {"host", "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z", 60.0, 2, "v3", 10.0};
    return made;
}

class ResultFile : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::path(testing::TempDir()) /
                  testing::UnitTest::GetInstance()->current_test_info()->name();
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }

    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path path(const std::string& name = "results.h5") const {
        return folder_ / name;
    }

    std::filesystem::path written(const Sample& made) const {
        write_results(path(), made.results, made.runtime, made.ensemble, false);
        return path();
    }

    std::string refusal(const std::filesystem::path& file) const {
        try {
            read_results(file);
        } catch (const InputError& error) {
            EXPECT_THAT(error.what(), HasSubstr(file.string()));
            return error.what();
        }
        return "was read";
    }

    std::size_t files_in_folder() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(folder_), {}));
    }

  private:
    std::filesystem::path folder_;
};

template <class Value, std::size_t Axes>
void expect_same_bits(const Grid<Value, Axes>& read, const Grid<Value, Axes>& expected) {
    ASSERT_EQ(read.shape(), expected.shape());
    EXPECT_EQ(std::memcmp(read.values().data(), expected.values().data(),
                          read.values().size() * sizeof(Value)),
              0);
}

TEST(Results, are_estimated_from_the_tallies) {
    const Sample made = sample();
    const Tally& tally = made.ensemble.tallies[1];
    const std::size_t stray = index_of(OutcomeKind::stray);
    const std::size_t clash = index_of(OutcomeKind::clash);
    EXPECT_EQ((made.results.count[{1, 2, stray, 3}]), tally.hits(2, OutcomeKind::stray, 3));
    EXPECT_EQ((made.results.probability.value[{1, 2, stray, 3}]),
              (made.results.analog.value[{1, 2, stray, 3}]));
    EXPECT_EQ((made.results.probability.value[{1, 2, clash, 3}]),
              (made.results.weighted.value[{1, 2, clash, 3}]));
    EXPECT_NEAR((made.results.difference.value[{0, 1, 2, clash, 3}]),
                (made.results.weighted.value[{0, 1, clash, 3}] -
                 made.results.weighted.value[{0, 2, clash, 3}]),
                1e-15);
    EXPECT_EQ((made.results.belief[{0, 1, 0}]), 0.125);
    EXPECT_EQ((made.results.belief[{0, 1, 1}]), 0.5);
    EXPECT_NEAR((made.results.ceasefire_years[{0, 0}]), 100 * 400 / 365.25, 1e-9);
    EXPECT_NEAR((made.results.event_rate[{0, 0, 1}]), 2 * 365.25 / 400, 1e-12);
    EXPECT_EQ((made.results.violations_per_day[{0, 2, 1, 0}]), 0.02);
    double shares = 0.0;
    for (std::size_t path = 0; path < path_count; ++path) {
        shares += made.results.path_share[{0, 0, path}];
    }
    EXPECT_DOUBLE_EQ(shares, 1.0);
}

TEST(Results, intervals_hold_their_estimates) {
    const Results results = sample().results;
    for (const ProbabilityGrids* grids :
         {&results.probability, &results.analog, &results.weighted}) {
        for (std::size_t cell = 0; cell < grids->value.values().size(); ++cell) {
            EXPECT_LE(grids->low.values()[cell], grids->value.values()[cell]);
            EXPECT_GE(grids->high.values()[cell], grids->value.values()[cell]);
        }
    }
}

TEST(Results, a_difference_changes_its_sign_with_the_order) {
    const Results results = sample().results;
    const DifferenceGrids& grids = results.difference;
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
        EXPECT_EQ((grids.value[{0, 1, 2, outcome, 3}]), -(grids.value[{0, 2, 1, outcome, 3}]));
        EXPECT_EQ((grids.low[{0, 1, 2, outcome, 3}]), -(grids.high[{0, 2, 1, outcome, 3}]));
        EXPECT_EQ((grids.value[{0, 1, 1, outcome, 3}]), 0.0);
    }
}

TEST(VariableName, is_an_identifier) {
    EXPECT_EQ(variable_name("neutrality-unarmed:commitment.armament"),
              "neutrality_unarmed_commitment_armament");
}

TEST_F(ResultFile, reads_back_what_was_written) {
    const Sample made = sample();
    const Results read = read_results(written(made));
    EXPECT_EQ(read.provenance.title, made.results.provenance.title);
    EXPECT_EQ(read.provenance.question, "");
    EXPECT_EQ(read.provenance.configuration, made.results.provenance.configuration);
    EXPECT_EQ(read.provenance.git_commit, made.results.provenance.git_commit);
    EXPECT_EQ(read.provenance.seed, 20221115U);
    EXPECT_EQ(read.provenance.horizon, 400);
    EXPECT_EQ(read.regimes, regime_names);
    EXPECT_EQ(read.outcomes, made.results.outcomes);
    EXPECT_EQ(read.design_points, (std::vector<std::int32_t>{0, 7}));
    EXPECT_EQ(read.days, synthetic_checkpoints);
    EXPECT_EQ(read.estimator, made.results.estimator);
    ASSERT_EQ(read.parameters.size(), 1U);
    EXPECT_EQ(read.parameters[0].path, "neutrality:commitment.armament");
    EXPECT_EQ(read.parameters[0].unit, "x");
    EXPECT_EQ(read.parameters[0].values, (std::vector<double>{0.5, 0.75}));
    expect_same_bits(read.probability.value, made.results.probability.value);
    expect_same_bits(read.weighted.standard_error, made.results.weighted.standard_error);
    expect_same_bits(read.difference.high, made.results.difference.high);
    expect_same_bits(read.difference_variance_ratio, made.results.difference_variance_ratio);
    expect_same_bits(read.count, made.results.count);
    expect_same_bits(read.source_share, made.results.source_share);
    expect_same_bits(read.cumulative_incidence, made.results.cumulative_incidence);
    expect_same_bits(read.belief, made.results.belief);
}

TEST_F(ResultFile, is_the_same_bytes_every_time) {
    const Sample made = sample(true);
    const auto bytes = results_bytes(made.results, made.runtime, made.ensemble);
    const Sample again = sample(true);
    EXPECT_EQ(bytes, results_bytes(again.results, again.runtime, again.ensemble));
}

TEST_F(ResultFile, holds_the_histories_on_request) {
    const Sample made = sample(true);
    const Hdf5Reader file(written(made));
    const auto stored = file.integers("histories/first_day");
    EXPECT_EQ(file.shape("histories/first_day"),
              (std::vector<std::size_t>{2, 3, 100, outcome_count}));
    EXPECT_TRUE(std::equal(stored.begin(), stored.begin() + 3 * 100 * 16,
                           made.ensemble.first_day[0].begin()));
}

TEST_F(ResultFile, replaces_another_only_when_told_to) {
    const Sample made = sample();
    written(made);
    EXPECT_THROW(write_results(path(), made.results, made.runtime, made.ensemble, false),
                 InputError);
    write_results(path(), made.results, made.runtime, made.ensemble, true);
    EXPECT_EQ(files_in_folder(), 1U) << "a temporary file was left behind";
}

TEST_F(ResultFile, needs_a_folder) {
    const Sample made = sample();
    EXPECT_THROW(
        write_results(path("no/such.h5"), made.results, made.runtime, made.ensemble, false),
        InputError);
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
    written(sample());
    std::filesystem::resize_file(path(), std::filesystem::file_size(path()) / 2);
    EXPECT_THAT(refusal(path()), HasSubstr("damaged"));
}

TEST_F(ResultFile, refuses_what_another_program_wrote) {
    const auto bytes = hdf5_bytes({"", {{"title", "other"}}, {}, {}});
    std::ofstream(path(), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    EXPECT_THAT(refusal(path()), HasSubstr("not a Firebreak result file"));
}

TEST_F(ResultFile, refuses_a_newer_format_and_an_incomplete_file) {
    const Sample made = sample();
    StoredGroup layout = results_layout(made.results, made.runtime, made.ensemble);
    const auto write = [&] {
        const auto bytes = hdf5_bytes(layout);
        std::ofstream(path(), std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()),
                   static_cast<std::streamsize>(bytes.size()));
    };
    for (StoredAttribute& attribute : layout.attributes) {
        if (attribute.name == "results_format_version") attribute.value = std::int32_t{2};
    }
    write();
    EXPECT_THAT(refusal(path()), HasSubstr("newer"));
    layout = results_layout(made.results, made.runtime, made.ensemble);
    std::erase_if(layout.variables, [](const auto& v) { return v.name == "count"; });
    write();
    EXPECT_THAT(refusal(path()), HasSubstr("lacks the variable count"));
}

TEST_F(ResultFile, refuses_a_variable_that_its_coordinates_do_not_fit) {
    const Sample made = sample();
    // Each is laid out over other axes, but holds as many values as those need.
    const std::vector<StoredVariable> misfits{
        {"variance_ratio",
         {"design_point", "regime", "outcome"},
         std::vector<double>(2 * 3 * outcome_count),
         {}},
        {"difference_analog_low",
         {"design_point", "regime", "outcome", "reference", "time"},
         std::vector<double>(2 * 3 * 3 * outcome_count * synthetic_checkpoints.size()),
         {}},
        {"event_rate", {"design_point", "regime", "path"}, std::vector<double>(2 * 3 * 5), {}},
        {"belief", {"design_point", "regime"}, std::vector<double>(2 * 3), {}},
        {"estimator", {"time"}, std::vector<std::int8_t>(synthetic_checkpoints.size()), {}}};
    for (const StoredVariable& misfit : misfits) {
        StoredGroup layout = results_layout(made.results, made.runtime, made.ensemble);
        for (StoredVariable& variable : layout.variables) {
            if (variable.name == misfit.name) variable = misfit;
        }
        const auto bytes = hdf5_bytes(layout);
        std::ofstream(path(), std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()),
                   static_cast<std::streamsize>(bytes.size()));
        EXPECT_THAT(refusal(path()), HasSubstr("damaged: " + misfit.name + " has another shape"));
    }
}

TEST(Hdf5, a_variable_without_a_coordinate_is_our_own_mistake) {
    EXPECT_THROW(hdf5_bytes({"", {}, {{"x", {"nowhere"}, std::vector<double>{1.0}, {}}}, {}}),
                 LogicError);
}

}  // namespace
}  // namespace firebreak
