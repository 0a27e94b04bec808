#include "io/config_variant.hpp"

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config_folder.hpp"
#include "io/config.hpp"
#include "io/config_point.hpp"
#include "regime/parameter_table.hpp"

namespace firebreak {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Runs `regimes` (a list in TOML) with what `more` says below.
void write_study(const ConfigFolder& folder, const std::string& regimes, const std::string& more) {
    folder.write("studies/quick.toml",
                 "title = \"t\"\nquestion = \"q\"\nbaseline = "
                 "\"../baseline.toml\"\nallies = \"../allies.csv\"\n"
                 "[run]\nreplications = 4\nseed = 1\nhorizon = 60\n"
                 "checkpoints = 1\nhistories = false\nregimes = " +
                     regimes + "\nreference = \"membership\"\n" + more);
}

double value(const Scenario& scenario, std::string_view path) {
    Scenario copy = scenario;
    return find_parameter(path)->field(copy);
}

/// Every number of two scenarios but those at `paths`.
void expect_equal_but_for(const Scenario& one, const Scenario& other,
                          const std::vector<std::string_view>& paths) {
    for (const ParameterField& row : parameter_fields()) {
        if (std::find(paths.begin(), paths.end(), row.path) != paths.end()) continue;
        EXPECT_EQ(value(one, row.path), value(other, row.path)) << row.path;
    }
}

TEST(Variant, that_sets_nothing_is_its_regime_under_another_name) {
    const ConfigFolder folder;
    write_study(folder, R"(["membership", "twin"])", "[variants.twin]\nregime = \"membership\"\n");
    const Study study = load_study(folder.study());
    ASSERT_EQ(study.scenarios.size(), 2U);
    EXPECT_EQ(study.scenarios[1].regime, "twin");
    EXPECT_EQ(study.scenarios[1].commitment.timing, Timing::at_ceasefire);
    expect_equal_but_for(study.scenarios[0], study.scenarios[1], {});
    EXPECT_EQ(study.bases.size(), 1U);
}

TEST(Variant, changes_numbers_and_words_and_nothing_else) {
    const ConfigFolder folder;
    write_study(folder, R"(["membership", "other"])", R"(
[variants.other]
regime = "membership"
title = "Another one"
set = { "investigation.deadline_hours" = { times = 0.25 }, "commitment.line_weight" = 0.5, "commitment.timing" = "immediate" }
[variants.other.set.capitals]
provocation = { plus = 0.5 }
)");
    // A table is either written inline or as a section, not both.
    EXPECT_THAT(folder.problems(folder.study()), HasSubstr("other"));
    write_study(folder, R"(["membership", "other"])", R"(
[variants.other]
regime = "membership"
title = "Another one"
set = { "investigation.deadline_hours" = { times = 0.25 }, "commitment.line_weight" = 0.5, "commitment.timing" = "immediate", capitals = { provocation = { plus = 0.5, times = 2 } } }
)");
    const Study study = load_study(folder.study());
    const Scenario& base = study.scenarios[0];
    const Scenario& other = study.scenarios[1];
    EXPECT_EQ(other.title, "Another one");
    EXPECT_EQ(other.commitment.timing, Timing::immediate);
    EXPECT_EQ(value(other, "commitment.line_weight"), 0.5);
    EXPECT_EQ(value(other, "investigation.deadline_hours"),
              0.25 * value(base, "investigation.deadline_hours"));
    EXPECT_EQ(value(other, "capitals.provocation"),
              2.0 * value(base, "capitals.provocation") + 0.5);
    expect_equal_but_for(
        base, other,
        {"commitment.line_weight", "investigation.deadline_hours", "capitals.provocation"});
}

TEST(Variant, acts_after_factors_and_ties_of_its_regime_even_if_that_is_not_run) {
    const ConfigFolder folder;
    write_study(folder, R"(["membership", "dear", "half"])", R"(
[design]
method = "grid"
levers = { "line.immigrant_rate" = [2, 3], "neutrality:commitment.armament" = [1.0, 1.2], "pledges.coalition_obligation" = [0.4, 0.8] }
[variants.dear]
regime = "neutrality"
set = { line = { immigrant_rate = { times = 2 } }, commitment = { armament = { plus = 0.1 } } }
[variants.half]
regime = "air-shield"
set = { "commitment.obligation" = { times = 0.5 }, "commitment.alignment" = { of = "capitals.reference_alignment" } }
)");
    const Study study = load_study(folder.study());
    std::vector<Problem> problems;
    for (std::uint64_t point = 0; point < study.design.points(); ++point) {
        const std::vector<double> at = study.design.coordinates(point);
        const std::vector<Scenario> scenarios =
            scenarios_at(study,
                         std::vector<Coordinate>{{study.design.factors()[0].path, at[0]},
                                                 {study.design.factors()[1].path, at[1]},
                                                 {study.design.factors()[2].path, at[2]}},
                         problems);
        ASSERT_THAT(problems, IsEmpty());
        EXPECT_EQ(value(scenarios[0], "line.immigrant_rate"), at[0]);
        EXPECT_EQ(value(scenarios[1], "line.immigrant_rate"), 2.0 * at[0]);
        EXPECT_EQ(value(scenarios[1], "commitment.armament"), at[1] + 0.1);
        EXPECT_EQ(value(scenarios[2], "commitment.obligation"), 0.5 * (0.7 * at[2]));
        EXPECT_EQ(value(scenarios[2], "commitment.alignment_in_force"), 0.3);
    }
}

TEST(Variant, grows_with_the_factor_it_is_given) {
    double before = 0.0;
    for (const char* times : {"0.5", "1", "2"}) {
        const ConfigFolder folder;
        write_study(folder, R"(["membership", "more"])",
                    std::string("[variants.more]\nregime = \"membership\"\nset = { "
                                "\"line.immigrant_rate\" = { times = ") +
                        times + " } }\n");
        const double now = value(load_study(folder.study()).scenarios[1], "line.immigrant_rate");
        EXPECT_GT(now, before);
        before = now;
    }
}

TEST(Variant, comes_from_the_file_of_claims_too_which_the_configuration_then_holds) {
    const ConfigFolder folder;
    folder.write("some.toml", "[variants.twin]\nregime = \"membership\"\n");
    write_study(folder, R"(["membership", "twin"])", "");
    const std::string text = folder.read("studies/quick.toml");
    folder.write("studies/quick.toml", "claims = \"../some.toml\"\n" + text);
    const Study study = load_study(folder.study());
    EXPECT_EQ(study.scenarios[1].regime, "twin");
    EXPECT_THAT(study.configuration, HasSubstr("[variants.twin]\nregime"));
}

TEST(Variant, is_picked_by_name_like_any_regime) {
    const ConfigFolder folder;
    write_study(folder, R"(["membership", "twin"])", "[variants.twin]\nregime = \"membership\"\n");
    Overrides overrides;
    overrides.regimes = {"twin"};
    const Study study = load_study(folder.study(), overrides);
    EXPECT_THAT(study.run.regimes, ElementsAre("twin"));
    EXPECT_EQ(study.run.reference, "twin");
}

TEST(Variant, tells_every_mistake_at_once) {
    const ConfigFolder folder;
    write_study(folder, R"(["membership", "bad", "Worse", "neutrality", "unknwon"])", R"(
[variants.bad]
regime = "membrship"
colour = 1
set = { "line.imigrant_rate" = 1, "commitment.obligation" = 2.5, "commitment.rule" = "veto", "line.sectors" = { of = "line.x" }, "line.immigrant_rate" = {}, "capitals.provocation" = { times = "much" } }
[variants.Worse]
regime = "membership"
[variants.neutrality]
regime = "membership"
[variants.unused]
set = { "line.frailty_shape" = { thrice = 3 } }
)");
    const std::string problems = folder.problems(folder.study());
    EXPECT_THAT(problems, HasSubstr("studies/quick.toml:15: variants.bad.regime = \"membrship\""));
    EXPECT_THAT(problems, HasSubstr("did you mean membership?"));
    EXPECT_THAT(problems, HasSubstr("variants.bad.colour"));
    EXPECT_THAT(problems, HasSubstr("bad:line.imigrant_rate (unknown parameter; did you mean "
                                    "line.immigrant_rate?)"));
    EXPECT_THAT(problems, HasSubstr("bad:commitment.obligation = 2.5"));
    EXPECT_THAT(problems, HasSubstr("bad:commitment.rule = \"veto\""));
    EXPECT_THAT(problems, HasSubstr("bad:line.sectors.of = \"line.x\""));
    EXPECT_THAT(problems, HasSubstr("bad:line.immigrant_rate"));
    EXPECT_THAT(problems, HasSubstr("bad:capitals.provocation.times = \"much\""));
    EXPECT_THAT(problems, HasSubstr("variants.Worse (must be named"));
    EXPECT_THAT(problems, HasSubstr("variants.neutrality (has the name of a regime)"));
    EXPECT_THAT(problems, HasSubstr("variants.unused.regime (is missing)"));
    EXPECT_THAT(problems, HasSubstr("unused:line.frailty_shape.thrice"));
    EXPECT_THAT(problems, HasSubstr("run.regimes = \"unknwon\""));
}

constexpr const char* threefold =
    "[variants.more]\nregime = \"membership\"\nset = { \"commitment.obligation\" = { times = 3 } "
    "}\n";

TEST(Variant, out_of_range_at_the_baseline_is_refused_at_once) {
    const ConfigFolder folder;
    write_study(folder, R"(["membership", "more"])", threefold);
    EXPECT_THAT(folder.problems(folder.study()),
                HasSubstr("more:commitment.obligation = 3 (must be between 0 and 2 [x]; it is 3 x "
                          "commitment.obligation)"));
}

TEST(Variant, out_of_range_at_an_end_of_a_factor_is_refused_at_once) {
    const ConfigFolder folder;
    const std::string set = "[regime.membership.commitment]\nobligation = 0.5\n";
    write_study(folder, R"(["membership", "more"])", set + threefold);
    EXPECT_THAT(folder.problems(folder.study()), IsEmpty());
    const auto levers = [](const char* range) {
        return std::string("[design]\nmethod = \"grid\"\nlevers = { ") +
               "\"membership:commitment.obligation\" = " + range + " }\n";
    };
    write_study(folder, R"(["membership", "more"])",
                set + threefold + levers(R"({ distribution = "uniform", low = 0.1, high = 0.6 })"));
    EXPECT_THAT(folder.problems(folder.study()), IsEmpty());
    write_study(folder, R"(["membership", "more"])",
                set + threefold + levers(R"({ distribution = "uniform", low = 0.1, high = 0.8 })"));
    EXPECT_THAT(folder.problems(folder.study()), HasSubstr("more:commitment.obligation = 2.4"));
    write_study(folder, R"(["membership", "more"])", set + threefold + levers("[0.1, 0.9]"));
    EXPECT_THAT(folder.problems(folder.study()), HasSubstr("more:commitment.obligation = 2.7"));
}

TEST(Variant, out_of_range_through_a_tie_fails_the_point) {
    const ConfigFolder folder;
    write_study(folder, R"(["membership", "more"])", R"(
[design]
method = "grid"
levers = { "pledges.coalition_obligation" = [0.4, 0.8] }
[variants.more]
regime = "coalition-rear"
set = { "commitment.obligation" = { times = 3 } }
)");
    const Study study = load_study(folder.study());
    std::vector<Problem> problems;
    scenarios_at(study, std::vector<Coordinate>{{"pledges.coalition_obligation", 0.4}}, problems);
    EXPECT_THAT(problems, IsEmpty());
    scenarios_at(study, std::vector<Coordinate>{{"pledges.coalition_obligation", 0.8}}, problems);
    ASSERT_THAT(problems, Not(IsEmpty()));
    EXPECT_THAT(problems.front().text(), HasSubstr("more:commitment.obligation = 2.4"));
}

}  // namespace
}  // namespace firebreak
