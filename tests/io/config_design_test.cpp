#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config_folder.hpp"

namespace firebreak {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string quick = "studies/quick.toml";

Study load(const std::string& section, const Overrides& overrides = {}) {
    const ConfigFolder folder;
    folder.append(quick, section);
    return load_study(folder.study(), overrides);
}

/// What is wrong with a section, its first line called 0.
std::string problems_of(const std::string& section, const Overrides& overrides = {}) {
    const ConfigFolder folder;
    const std::size_t first = folder.append(quick, section);
    std::string text = folder.problems(folder.study(), overrides);
    const std::string place = "configs/" + quick + ":";
    std::size_t at = 0;
    while ((at = text.find(place, at)) != std::string::npos) {
        const std::size_t end = text.find(':', at + place.size());
        const std::size_t line = std::stoul(text.substr(at + place.size(), end));
        text.replace(at, end - at, std::to_string(line - first));
    }
    return text;
}

std::vector<std::string> paths(const Study& study) {
    std::vector<std::string> names;
    for (const Factor& factor : study.design.factors()) names.push_back(factor.path);
    return names;
}

const ParameterEntry& entry_of(const Study& study, const std::string& path) {
    return *std::find_if(study.parameters.begin(), study.parameters.end(),
                         [&](const ParameterEntry& entry) { return entry.path == path; });
}

TEST(DesignSection, none_is_one_point_without_factors) {
    const Study study = load("");
    EXPECT_EQ(study.design.points(), 1U);
    EXPECT_TRUE(study.design.factors().empty());
}

TEST(DesignSection, samples_uncertainties_by_their_priors_and_crosses_levers) {
    const Study study = load(
        "[design]\nmethod = \"sobol\"\npoints = 16\n"
        "uncertainties = [\"line.immigrant_rate\", \"line.frailty_shape\"]\n"
        "[design.levers]\n\"bilateral-guarantee:commitment.obligation\" = [0.2, 0.8]\n");
    ASSERT_EQ(study.design.factors().size(), 3U);
    EXPECT_EQ(study.design.points(), 32U);
    EXPECT_EQ(study.design.settings().seed, study.run.seed);
    const Factor& lever = study.design.factors()[0];
    EXPECT_EQ(lever.path, "bilateral-guarantee:commitment.obligation");
    EXPECT_EQ(lever.kind, FactorKind::lever);
    EXPECT_THAT(lever.levels, ElementsAre(0.2, 0.8));
    const Factor& rate = study.design.factors()[1];
    const ParameterEntry& entry = entry_of(study, "line.immigrant_rate");
    EXPECT_EQ(rate.path, entry.path);
    EXPECT_EQ(rate.kind, FactorKind::uncertainty);
    EXPECT_EQ(rate.unit, entry.unit);
    EXPECT_EQ(rate.meaning, entry.meaning);
    EXPECT_EQ(rate.tag, entry.tag);
    EXPECT_EQ(rate.baseline, entry.value);
    EXPECT_EQ(rate.prior, entry.prior);
}

TEST(DesignSection, all_means_every_parameter_with_a_prior_that_varies) {
    const Study study = load("[design]\nmethod = \"sobol\"\npoints = 1\nuncertainties = \"all\"\n");
    std::size_t varying = 0;
    for (const ParameterEntry& entry : study.parameters) {
        varying += entry.prior.distribution == Distribution::fixed ? 0 : 1;
    }
    EXPECT_GT(varying, 100U);
    EXPECT_LE(study.design.factors().size(), varying);
    EXPECT_GE(study.design.factors().size() + 15, varying);  // 14 commitments, alignment in 5
    EXPECT_THAT(paths(study), Contains("neutrality:commitment.armament"));
    EXPECT_THAT(paths(study), Not(Contains("line.sectors")));
}

TEST(DesignSection, patterns_choose_and_leave_out_in_the_order_of_the_baseline) {
    const Study study = load(
        "[design]\nmethod = \"latin-hypercube\"\npoints = 3\nseed = 5\n"
        "uncertainties = [\"!line.*\", \"neutrality:*\", \"line.*excitation\", "
        "\"capitals.probe_gain\", \"cohesion.*\"]\n");
    EXPECT_EQ(study.design.settings().seed, 5U);
    EXPECT_THAT(paths(study), Each(Not(StartsWith("line."))));
    EXPECT_EQ(paths(study).front(), "capitals.probe_gain");
    EXPECT_THAT(paths(study)[1], StartsWith("cohesion."));
    EXPECT_THAT(paths(study).back(), StartsWith("neutrality:commitment."));
}

TEST(DesignSection, a_lever_with_a_range_is_sampled_from_it_and_no_pattern_adds_it_again) {
    const Study study = load(
        "[design]\nmethod = \"saltelli\"\npoints = 4\nsecond_order = true\n"
        "uncertainties = [\"line.own_*\", \"line.cross_*\"]\n"
        "[design.levers.line]\n"
        "own_excitation = { distribution = \"uniform\", low = 0.1, high = 0.2 }\n");
    EXPECT_THAT(paths(study), ElementsAre("line.own_excitation", "line.cross_excitation"));
    EXPECT_EQ(study.design.points(), 4U * 6U);
    const double value = study.design.coordinates(0)[0];
    EXPECT_GE(value, 0.1);
    EXPECT_LE(value, 0.2);
    EXPECT_EQ(study.design.factors()[0].kind, FactorKind::lever);
}

TEST(DesignSection, a_grid_steps_through_ranges) {
    const Study study = load(
        "[design]\nmethod = \"grid\"\nlevels = 3\nuncertainties = [\"line.immigrant_rate\"]\n"
        "[design.levers]\n\"line.own_excitation\" = [0.3, 0.4]\n");
    EXPECT_EQ(study.design.points(), 6U);
    const Prior prior = entry_of(study, "line.immigrant_rate").prior;
    EXPECT_EQ(study.design.coordinates(0)[1], prior.low);
    EXPECT_EQ(study.design.coordinates(5)[1], prior.high);
}

TEST(DesignSection, one_at_a_time_starts_from_the_values_that_the_study_sets) {
    const Study study = load(
        "[set.line]\nimmigrant_rate = 3\n"
        "[design]\nmethod = \"one-at-a-time\"\n[design.levers]\n"
        "\"line.immigrant_rate\" = [3, 4, 5]\n\"line.own_excitation\" = [0.3]\n");
    ASSERT_EQ(study.design.points(), 4U);
    EXPECT_EQ(study.design.coordinates(0)[0], 3.0);
    EXPECT_EQ(study.design.coordinates(2)[0], 5.0);
}

TEST(DesignSection, a_table_gives_the_points_and_is_kept_with_the_configuration) {
    const ConfigFolder folder;
    folder.append(quick, "[design]\nmethod = \"table\"\ntable = \"points.csv\"\n");
    folder.write("studies/points.csv",
                 "# mine\nline.immigrant_rate, neutrality:commitment.holding\n3, 0.5\n4.5, 1e-1\n");
    const Study study = load_study(folder.study());
    EXPECT_THAT(paths(study), ElementsAre("line.immigrant_rate", "neutrality:commitment.holding"));
    EXPECT_EQ(study.design.points(), 2U);
    EXPECT_THAT(study.design.coordinates(1), ElementsAre(4.5, 0.1));
    EXPECT_EQ(study.design.factors()[0].kind, FactorKind::uncertainty);
    EXPECT_THAT(study.configuration, HasSubstr("studies/points.csv ====\n# mine\n"));
}

const std::string with_posterior = R"(
[design]
method = "sobol"
points = 64
posterior = "../posterior.csv"
)";

Study load_with_posterior(const std::string& section, const std::string& table) {
    const ConfigFolder folder;
    folder.write("posterior.csv", table);
    folder.append(quick, section);
    return load_study(folder.study());
}

TEST(DesignSection, a_posterior_is_drawn_jointly_and_the_rest_by_the_priors) {
    const Study study = load_with_posterior(
        with_posterior + "uncertainties = [\"line.own_excitation\"]\n",
        "# two draws\nline.frailty_shape,weight,line.immigrant_rate\n1,0.5,3\n2,0.5,4\n");
    EXPECT_THAT(paths(study),
                ElementsAre("line.immigrant_rate", "line.own_excitation", "line.frailty_shape"));
    std::set<double> rates;
    std::set<double> excitations;
    for (std::uint64_t point = 0; point < 64; ++point) {
        const auto values = study.design.coordinates(point);
        EXPECT_EQ(values[0], values[2] + 2.0);
        rates.insert(values[0]);
        excitations.insert(values[1]);
    }
    EXPECT_THAT(rates, ElementsAre(3.0, 4.0));
    EXPECT_EQ(excitations.size(), 64U);
    EXPECT_THAT(study.configuration, HasSubstr("# two draws"));
}

TEST(DesignSection, a_posterior_gives_way_to_levers_and_to_what_is_left_out) {
    const std::string table =
        "weight,line.immigrant_rate,line.frailty_shape,line.own_excitation\n1,3,2,0.3\n";
    const Study study = load_with_posterior(
        with_posterior +
            "uncertainties = [\"!line.frailty_shape\"]\nlevers = { \"line.own_excitation\" = "
            "[0.2, 0.4] }\n",
        table);
    EXPECT_THAT(paths(study), ElementsAre("line.own_excitation", "line.immigrant_rate"));
    EXPECT_EQ(study.design.points(), 128U);
    EXPECT_EQ(study.design.coordinates(1)[0], 0.4);
    EXPECT_EQ(study.design.coordinates(1)[1], 3.0);
}

TEST(DesignSection, a_bad_posterior_is_refused_line_by_line) {
    const ConfigFolder folder;
    folder.write("posterior.csv",
                 "line.immigrant_rat,weight,line.frailty_shape\n1,-1,2\n1,1,0\n1,x\n");
    folder.append(quick, with_posterior);
    const std::string found = folder.problems(folder.study());
    EXPECT_THAT(found, HasSubstr("posterior.csv:1: column line.immigrant_rat (is no parameter; did "
                                 "you mean line.immigrant_rate?)"));
    EXPECT_THAT(found, HasSubstr("posterior.csv:2: weight = -1 (must be a number that is not"));
    EXPECT_THAT(found, HasSubstr("posterior.csv:3: line.frailty_shape = 0 (must be"));
    EXPECT_THAT(found, HasSubstr("posterior.csv:4: 2 cells (must be 3"));
}

TEST(DesignSection, a_posterior_has_no_meaning_for_other_methods) {
    EXPECT_THAT(problems_of("[design]\nmethod = \"grid\"\nposterior = \"p.csv\"\n"),
                HasSubstr("design.posterior (has no meaning for method \"grid\")"));
}

TEST(DesignSection, the_seed_of_the_command_line_is_the_designs_where_it_names_none) {
    const std::string section =
        "[design]\nmethod = \"sobol\"\npoints = 2\nuncertainties = [\"line.immigrant_rate\"]\n";
    Overrides overrides;
    overrides.seed = 99;
    EXPECT_EQ(load(section, overrides).design.settings().seed, 99U);
}

TEST(DesignSection, what_varies_in_a_regime_not_picked_is_left_out) {
    Overrides overrides;
    overrides.regimes = {"neutrality"};
    const Study study = load(
        "[design]\nmethod = \"grid\"\n[design.levers]\n\"line.immigrant_rate\" = [3, 4]\n"
        "\"bilateral-guarantee:commitment.obligation\" = [0.2, 0.8]\n",
        overrides);
    EXPECT_THAT(paths(study), ElementsAre("line.immigrant_rate"));
}

TEST(DesignSection, its_keys_are_refused_where_they_are_wrong) {
    EXPECT_EQ(problems_of("[design]\npoints = 3\n"), "0: design.method (is missing)\n");
    EXPECT_EQ(problems_of("[design]\nmethod = \"sobl\"\n"),
              "1: design.method = \"sobl\" (must be one of \"grid\", \"latin-hypercube\", "
              "\"sobol\", \"one-at-a-time\", \"saltelli\", \"table\"; did you mean sobol?)\n");
    EXPECT_EQ(problems_of("[design]\nmethod = \"sobol\"\npoint = 3\nlevels = 2\nseed = -1\n"
                          "second_order = true\n"),
              "2: design.point (unknown key of design; did you mean points?)\n"
              "3: design.levels (has no meaning for method \"sobol\")\n"
              "5: design.second_order (has no meaning for method \"sobol\")\n"
              "0: design.points (is missing)\n"
              "4: design.seed = -1 (must be a whole number from 0 to 9223372036854775807)\n");
    EXPECT_EQ(problems_of("[design]\nmethod = \"sobol\"\npoints = 0\n"),
              "2: design.points = 0 (must be a whole number from 1 to 4294967295)\n");
    EXPECT_EQ(problems_of("[design]\nmethod = \"sobol\"\npoints = 8\n"),
              "1: design.method (samples uncertainties, and there are none to sample)\n");
    EXPECT_EQ(problems_of("[design]\nmethod = \"grid\"\nlevels = 9\nuncertainties = \"all\"\n"),
              "0: design.points (are too many to count; at most 4294967295 are possible)\n");
    EXPECT_EQ(problems_of("[design]\nmethod = \"table\"\nseed = 1\n"),
              "2: design.seed (has no meaning for method \"table\")\n"
              "0: design.table (is missing)\n");
}

TEST(DesignSection, all_wrong_uncertainties_are_told_at_once) {
    EXPECT_EQ(
        problems_of("[design]\nmethod = \"sobol\"\npoints = 4\nuncertainties = [\n"
                    "\"line.imigrant_rate\",\n\"line.sectors\",\n\"zz*\",\n\"!zz*\",\n"
                    "\"capitals.probe_gain\",\n\"capitals.probe_gain\",\n7,\n\"commitment.rule\",\n"
                    "\"commitment.alignment\",\n\"line.own_excitation\"]\n"
                    "[design.levers]\n\"line.own_excitation\" = [0.3]\n"),
        "4: design.uncertainties = \"line.imigrant_rate\" (unknown parameter; did you mean "
        "line.immigrant_rate?)\n"
        "5: design.uncertainties = \"line.sectors\" (has a fixed prior; give it levels or a range "
        "under [design.levers], or a prior under [set])\n"
        "6: design.uncertainties = \"zz*\" (fits no parameter with a prior that varies)\n"
        "9: design.uncertainties = \"capitals.probe_gain\" (is named twice)\n"
        "10: design.uncertainties = 7 (must be text in quotes)\n"
        "11: design.uncertainties = \"commitment.rule\" (is no number and cannot be varied; write "
        "a regime file for each choice)\n"
        "12: design.uncertainties = \"commitment.alignment\" (varies by phase: "
        "commitment.alignment_none to commitment.alignment_in_force)\n"
        "13: design.uncertainties = \"line.own_excitation\" (is a lever already)\n"
        "7: design.uncertainties = \"!zz*\" (leaves out nothing)\n");
}

TEST(DesignSection, all_wrong_levers_are_told_at_once) {
    EXPECT_EQ(
        problems_of("[design]\nmethod = \"grid\"\n[design.levers]\n"
                    "\"line.own_excitation\" = [0.3, 1.3]\n"
                    "\"line.cross_excitation\" = 0.3\n"
                    "\"line.neighbour_excitation\" = { distribution = \"uniform\", low = 0 }\n"
                    "\"line.day_factor_sd\" = { distribution = \"fixed\" }\n"
                    "\"neutralty:commitment.armament\" = [1]\n"
                    "\"air-shield:commitment.armament\" = [1]\n"
                    "commitment.timing = [1]\n"),
        "3: line.own_excitation = 1.3 (must be between 0 and 0.99)\n"
        "4: line.cross_excitation = 0.3 (must be a list of levels or a range such as { "
        "distribution = \"uniform\", low = 0, high = 1 })\n"
        "5: line.neighbour_excitation.high (is missing)\n"
        "6: line.day_factor_sd = a table (must vary: a uniform or log-uniform range)\n"
        "7: neutralty:commitment.armament (must begin with one of the regimes to be run; did "
        "you mean neutrality?)\n"
        "8: air-shield:commitment.armament (must begin with one of the regimes to be run)\n"
        "9: commitment.timing (is no number and cannot be varied; write a regime file for "
        "each choice)\n");
}

TEST(DesignSection, a_level_twice_is_refused_at_its_place) {
    EXPECT_EQ(problems_of("[design]\nmethod = \"grid\"\n[design.levers]\n"
                          "\"line.own_excitation\" = [0.3, 0.3]\n"),
              "3: line.own_excitation (has the same level twice)\n");
}

TEST(DesignSection, a_baseline_value_that_no_regime_takes_is_refused) {
    Overrides overrides;
    overrides.regimes = {"neutrality"};
    EXPECT_EQ(problems_of("[design]\nmethod = \"grid\"\n[design.levers]\n"
                          "\"commitment.armament\" = [1, 1.2]\n",
                          overrides),
              "3: commitment.armament (has no effect: every regime to be run has its own; write "
              "REGIME:commitment.armament)\n");
}

TEST(DesignSection, a_bad_table_is_refused_line_by_line) {
    const ConfigFolder folder;
    folder.append(quick, "[design]\nmethod = \"table\"\ntable = \"points.csv\"\n");
    EXPECT_THAT(folder.problems(folder.study()), StartsWith("configs/studies/points.csv"));
    const auto problems_with = [&](const std::string& text) {
        folder.write("studies/points.csv", text);
        return folder.problems(folder.study());
    };
    const std::string place = "configs/studies/points.csv";
    EXPECT_EQ(problems_with("# none\n"),
              place + ": no columns (must name paths in the first line)\n");
    EXPECT_EQ(problems_with("line.immigrant_rate\n"),
              place + ": no points (must hold at least one)\n");
    EXPECT_EQ(problems_with("line.immigrant_rate,line.own_excitaton,line.cross_excitation,"
                            "line.immigrant_rate\n1,2\n\n300,0,x,1\n3,0,nan,1\n"),
              place +
                  ":1: column line.own_excitaton (unknown parameter; did you mean "
                  "line.own_excitation?)\n" +
                  place + ":1: column line.immigrant_rate (is there twice)\n" + place +
                  ":2: 2 cells (must be 4, one per column)\n" + place +
                  ":4: line.immigrant_rate = 300 (must be between 0 and 100 [1/d])\n" + place +
                  ":4: line.cross_excitation = x (must be a number)\n" + place +
                  ":5: line.cross_excitation = nan (must be between 0 and 0.99)\n");
}

}  // namespace
}  // namespace firebreak
