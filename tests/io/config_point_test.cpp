#include "io/config_point.hpp"

#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config_folder.hpp"
#include "regime/parameter_table.hpp"

namespace firebreak {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* every_regime = "configs/studies/baseline.toml";

const Scenario& named(const std::vector<Scenario>& scenarios, std::string_view regime) {
    for (const Scenario& scenario : scenarios) {
        if (scenario.regime == regime) return scenario;
    }
    throw std::out_of_range(std::string(regime));
}

double obligation(const std::vector<Scenario>& scenarios, std::string_view regime) {
    return named(scenarios, regime).commitment.obligation;
}

double alignment(const std::vector<Scenario>& scenarios, std::string_view regime, Phase phase) {
    return named(scenarios, regime).commitment.alignment[static_cast<std::size_t>(phase)];
}

Study study_with(std::vector<std::pair<std::string, std::string>> set) {
    Overrides overrides;
    overrides.set = std::move(set);
    return load_study(every_regime, overrides);
}

std::vector<Scenario> at(const Study& study, std::vector<Coordinate> point) {
    std::vector<Problem> problems;
    std::vector<Scenario> scenarios = scenarios_at(study, point, problems);
    EXPECT_THAT(problems, IsEmpty());
    return scenarios;
}

std::string problem_text(const Study& study, std::vector<Coordinate> point) {
    std::vector<Problem> problems;
    scenarios_at(study, point, problems);
    std::string text;
    for (const Problem& problem : problems) text += problem.text() + "\n";
    return text;
}

TEST(Tie, gives_the_value_of_its_source_times_its_factor) {
    const Study study = study_with({});
    EXPECT_EQ(obligation(study.scenarios, "coalition-tripwire"), 0.5);
    EXPECT_EQ(obligation(study.scenarios, "coalition-rear"), 0.5);
    EXPECT_EQ(obligation(study.scenarios, "air-shield"), 0.35);
    EXPECT_THAT(named(study.scenarios, "open-door").commitment.alignment,
                ElementsAre(0.3, 0.6, 0.6, 0.6, 0.6));
}

TEST(Tie, follows_its_source_through_every_later_layer) {
    const Study all = study_with({{"pledges.coalition_obligation", "0.8"}});
    EXPECT_EQ(obligation(all.scenarios, "coalition-rear"), 0.8);
    EXPECT_EQ(obligation(all.scenarios, "air-shield"), 0.7 * 0.8);
    const Study one = study_with({{"coalition-rear:pledges.coalition_obligation", "0.8"}});
    EXPECT_EQ(obligation(one.scenarios, "coalition-rear"), 0.8);
    EXPECT_EQ(obligation(one.scenarios, "coalition-tripwire"), 0.5);
}

TEST(Tie, of_the_status_quo_moves_with_the_anchor) {
    const Study study = study_with({{"capitals.reference_alignment", "0.45"}});
    for (const std::string regime : {"status-quo", "open-door", "membership"}) {
        EXPECT_EQ(alignment(study.scenarios, regime, Phase::none), 0.45) << regime;
    }
    EXPECT_EQ(alignment(study.scenarios, "status-quo", Phase::in_force), 0.45);
    EXPECT_EQ(alignment(study.scenarios, "membership", Phase::promised), 0.6);
    EXPECT_EQ(alignment(study.scenarios, "neutrality", Phase::none), 0.0);
}

TEST(Tie, ends_where_a_later_layer_gives_a_plain_value) {
    const Study study = study_with(
        {{"air-shield:commitment.obligation", "0.1"}, {"pledges.coalition_obligation", "0.8"}});
    EXPECT_EQ(obligation(study.scenarios, "air-shield"), 0.1);
    EXPECT_EQ(obligation(study.scenarios, "coalition-rear"), 0.8);
    const Study all = study_with({{"commitment.obligation", "0.2"}});
    EXPECT_EQ(obligation(all.scenarios, "coalition-rear"), 0.2);
}

TEST(Tie, may_be_made_by_a_study_for_all_regimes) {
    const ConfigFolder folder;
    folder.append("studies/quick.toml",
                  "[set.capitals]\n"
                  "probe_gain = { of = \"capitals.blocking_gain\", times = 2 }\n"
                  "[regime.neutrality.capitals]\n"
                  "blocking_gain = 0.5");
    const Study study = load_study(folder.study());
    EXPECT_EQ(named(study.scenarios, "membership").parameters.capitals.probe_gain, 3.0);
    EXPECT_EQ(named(study.scenarios, "neutrality").parameters.capitals.probe_gain, 1.0);
}

TEST(Tie, to_nothing_or_to_a_tie_or_out_of_range_is_refused) {
    const ConfigFolder folder;
    const std::string file = "regimes/neutrality.toml";
    const auto problem_of = [&](const std::string& line) {
        const auto number = folder.replace(file, "", "coverage", line);
        std::string text = folder.problems(folder.study());
        folder.replace(file, "", "coverage", "coverage = 0.8");
        const std::string place = "configs/" + file + ":" + std::to_string(number) + ": ";
        EXPECT_THAT(text, testing::StartsWith(place));
        return text.substr(std::min(place.size(), text.size()));
    };
    EXPECT_EQ(problem_of("coverage = { of = \"line.sektors\" }"),
              "commitment.coverage.of = \"line.sektors\" (must be the path of a number; did you "
              "mean line.sectors?)\n");
    EXPECT_EQ(problem_of("coverage = { of = \"capitals.prize\", times = 0.5 }"),
              "neutrality:commitment.coverage = 3 (must be a share between 0 and 1; it is 0.5 x "
              "capitals.prize)\n");
    EXPECT_EQ(problem_of("coverage = { of = \"capitals.provocation\", factor = 0.5 }"),
              "commitment.coverage.factor (unknown key of a tie)\n");
    EXPECT_EQ(problem_of("coverage = { of = \"commitment.holding\" }\n"
                         "holding = { of = \"commitment.exposure\" }"),
              "commitment.coverage.of = \"commitment.holding\" (must not be tied itself)\n");
}

TEST(DesignPoint, without_coordinates_is_the_baseline) {
    Study study = study_with({});
    std::vector<Scenario> scenarios = at(study, {});
    ASSERT_EQ(scenarios.size(), study.scenarios.size());
    for (std::size_t regime = 0; regime < scenarios.size(); ++regime) {
        for (const ParameterField& row : parameter_fields()) {
            EXPECT_EQ(row.field(scenarios[regime]), row.field(study.scenarios[regime])) << row.path;
        }
    }
}

TEST(DesignPoint, is_the_world_that_the_same_settings_give) {
    const std::vector<Coordinate> point{{"capitals.reference_alignment", 0.2},
                                        {"pledges.coalition_obligation", 0.6},
                                        {"commitment.coverage", 0.4},
                                        {"neutrality:commitment.armament", 1.2},
                                        {"line.immigrant_rate", 3.0}};
    std::vector<Scenario> scenarios = at(study_with({}), point);
    // A setting for all would replace the regimes' own coverage as well, a coordinate does not.
    Study set = study_with({{"capitals.reference_alignment", "0.2"},
                            {"pledges.coalition_obligation", "0.6"},
                            {"status-quo:commitment.coverage", "0.4"},
                            {"neutrality:commitment.armament", "1.2"},
                            {"line.immigrant_rate", "3"}});
    for (std::size_t regime = 0; regime < scenarios.size(); ++regime) {
        for (const ParameterField& row : parameter_fields()) {
            if (row.path == "commitment.coverage") continue;
            EXPECT_EQ(row.field(scenarios[regime]), row.field(set.scenarios[regime])) << row.path;
        }
    }
    EXPECT_EQ(named(scenarios, "status-quo").commitment.coverage, 0.4);
    EXPECT_EQ(named(scenarios, "neutrality").commitment.coverage, 0.8);
}

TEST(DesignPoint, unties_a_number_that_it_sets_itself) {
    const std::vector<Scenario> scenarios =
        at(study_with({}),
           {{"coalition-rear:commitment.obligation", 0.3}, {"pledges.coalition_obligation", 0.6}});
    EXPECT_EQ(obligation(scenarios, "coalition-rear"), 0.3);
    EXPECT_EQ(obligation(scenarios, "coalition-tripwire"), 0.6);
}

TEST(DesignPoint, never_puts_the_weaker_pledge_above_the_stronger) {
    const Study study = study_with({});
    for (const double shared : {0.2, 0.35, 0.5, 0.8}) {
        const auto scenarios = at(study, {{"pledges.coalition_obligation", shared}});
        EXPECT_LT(obligation(scenarios, "air-shield"), obligation(scenarios, "coalition-rear"));
    }
}

TEST(DesignPoint, tells_what_is_wrong_with_it) {
    const Study study = study_with({});
    EXPECT_EQ(problem_text(study, {{"line.sektors", 3}}),
              "design point: line.sektors (unknown parameter)\n");
    EXPECT_EQ(problem_text(study, {{"nobody:line.sectors", 3}}),
              "design point: nobody:line.sectors (unknown parameter)\n");
    EXPECT_THAT(problem_text(study, {{"capitals.reference_alignment", 1.5}}),
                HasSubstr("capitals.reference_alignment = 1.5 (must be a share between 0 and 1)"));
    EXPECT_THAT(problem_text(study, {{"capitals.reference_alignment", std::nan("")}}),
                HasSubstr("must be a share between 0 and 1"));
    EXPECT_THAT(problem_text(study, {{"response.cut_consult", 7}}),
                HasSubstr("regime membership: response.cut_reinforce = 6.2 (must be above "
                          "response.cut_consult = 7)"));
}

}  // namespace
}  // namespace firebreak
