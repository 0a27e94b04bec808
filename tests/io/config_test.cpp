#include "io/config.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config_folder.hpp"
#include "io/config_check.hpp"
#include "io/config_value.hpp"
#include "regime/parameter_table.hpp"

namespace firebreak {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const Scenario& scenario_of(const Study& study, std::string_view regime) {
    for (const Scenario& scenario : study.scenarios) {
        if (scenario.regime == regime) return scenario;
    }
    throw std::out_of_range(std::string(regime));
}

const ParameterEntry& entry_of(const Study& study, std::string_view path) {
    for (const ParameterEntry& entry : study.parameters) {
        if (entry.path == path) return entry;
    }
    throw std::out_of_range(std::string(path));
}

std::string problem_text(const Overrides& overrides) {
    try {
        load_study("configs/studies/quick.toml", overrides);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

Overrides setting(const std::string& path, const std::string& value) {
    Overrides overrides;
    overrides.set = {{path, value}};
    return overrides;
}

TEST(ShippedStudies, run_twelve_regimes_against_the_status_quo) {
    const Study study = load_study("configs/studies/baseline.toml");
    EXPECT_EQ(study.scenarios.size(), 12u);
    EXPECT_EQ(study.run.regimes.size(), 12u);
    EXPECT_EQ(study.run.reference, "status-quo");
    EXPECT_EQ(study.run.seed, 20221115u);
    EXPECT_EQ(study.run.horizon, 1826);
    EXPECT_FALSE(study.title.empty());
    EXPECT_FALSE(study.question.empty());
}

TEST(ShippedStudies, all_fourteen_regimes_load_and_break_no_rule) {
    Overrides overrides;
    for (const auto& file : std::filesystem::directory_iterator("configs/regimes")) {
        overrides.regimes.push_back(file.path().stem().string());
    }
    ASSERT_EQ(overrides.regimes.size(), 14u);
    const Study study = load_study("configs/studies/baseline.toml", overrides);
    for (const Scenario& scenario : study.scenarios) {
        EXPECT_TRUE(problems(scenario).empty()) << scenario.regime;
        EXPECT_FALSE(scenario.title.empty()) << scenario.regime;
    }
}

TEST(ShippedStudies, give_each_regime_its_commitment) {
    const Study study = load_study("configs/studies/baseline.toml");
    const Scenario& quo = scenario_of(study, "status-quo");
    EXPECT_EQ(quo.commitment.timing, Timing::never);
    EXPECT_EQ(quo.commitment.obligation, 0.0);
    const Scenario& membership = scenario_of(study, "membership");
    EXPECT_EQ(membership.commitment.timing, Timing::at_ceasefire);
    EXPECT_EQ(membership.commitment.rule, ResponseRule::consensus);
    EXPECT_EQ(membership.commitment.protectors.size(), membership.allies.size());
    EXPECT_THAT(membership.commitment.alignment, ElementsAre(0.3, 0.6, 0.75, 0.85, 1.0));
    const Scenario& bilateral = scenario_of(study, "bilateral-guarantee");
    EXPECT_EQ(bilateral.commitment.rule, ResponseRule::lead_nation);
    ASSERT_EQ(bilateral.commitment.protectors.size(), 5u);
    EXPECT_EQ(bilateral.allies[bilateral.commitment.protectors.front().value()].iso3, "USA");
    const Scenario& tripwire = scenario_of(study, "coalition-tripwire");
    EXPECT_EQ(tripwire.commitment.protectors.size(), 13u);
    EXPECT_THAT(tripwire.commitment.troop_sectors, ElementsAre(8, 9, 10, 11, 12, 13, 14, 15));
    EXPECT_TRUE(tripwire.commitment.covered_sectors.empty());
    EXPECT_EQ(scenario_of(study, "air-shield").commitment.air_shield, 1.0);
    // Where at the line a duty is owed, and in full there: never both a mask and half a duty.
    const Commitment& area = scenario_of(study, "membership-controlled-territory").commitment;
    EXPECT_THAT(area.covered_sectors, ElementsAre(0, 1, 2, 3, 4, 5));
    EXPECT_EQ(area.line_weight, 1.0);
}

TEST(ShippedStudies, regimes_differ_in_their_commitment_alone) {
    // Whatever else a regime file set would be a hidden difference between the worlds compared.
    Study study = load_study("configs/studies/baseline.toml");
    Scenario& reference = study.scenarios.front();
    for (Scenario& scenario : study.scenarios) {
        for (const ParameterField& row : parameter_fields()) {
            if (row.path.substr(0, 11) == "commitment.") continue;
            EXPECT_EQ(row.field(scenario), row.field(reference)) << scenario.regime << row.path;
        }
    }
}

TEST(ShippedStudies, a_shorter_alignment_list_repeats_its_last_number) {
    const Study study = load_study("configs/studies/baseline.toml");
    EXPECT_THAT(scenario_of(study, "open-door").commitment.alignment,
                ElementsAre(0.3, 0.6, 0.6, 0.6, 0.6));
}

TEST(ShippedStudies, checkpoints_divide_the_horizon_evenly) {
    const Study study = load_study("configs/studies/quick.toml");
    const auto& days = study.scenarios.front().checkpoints;
    ASSERT_EQ(days.size(), 20u);
    EXPECT_EQ(days.front(), 91);
    EXPECT_EQ(days[9], 913);
    EXPECT_EQ(days.back(), 1826);
}

TEST(ShippedStudies, carry_every_text_that_was_read) {
    const Study study = load_study("configs/studies/quick.toml", setting("line.sectors", "12"));
    EXPECT_THAT(study.configuration, AllOf(HasSubstr("# ==== configs/studies/quick.toml ====\n"),
                                           HasSubstr("# ==== configs/baseline.toml ====\n"),
                                           HasSubstr("# ==== configs/allies.csv ====\n"),
                                           HasSubstr("# ==== configs/regimes/neutrality.toml ===="),
                                           HasSubstr("# ==== --set ====\nline.sectors = 12\n")));
    EXPECT_THAT(study.configuration, Not(HasSubstr("air-shield.toml")));
}

TEST(Overrides, replace_what_the_study_says) {
    Overrides overrides;
    overrides.replications = 7;
    overrides.seed = 3;
    overrides.horizon = 100;
    overrides.histories = true;
    const Study study = load_study("configs/studies/quick.toml", overrides);
    EXPECT_EQ(study.run.replications, 7u);
    EXPECT_EQ(study.run.seed, 3u);
    EXPECT_EQ(study.run.horizon, 100);
    EXPECT_TRUE(study.run.histories);
    EXPECT_EQ(study.scenarios.front().checkpoints.back(), 100);
}

TEST(Overrides, regimes_replace_the_list_and_the_first_becomes_the_reference_if_it_must) {
    Overrides overrides;
    overrides.regimes = {"air-shield", "neutrality"};
    const Study study = load_study("configs/studies/quick.toml", overrides);
    EXPECT_THAT(study.run.regimes, ElementsAre("air-shield", "neutrality"));
    EXPECT_EQ(study.run.reference, "air-shield");
    overrides.regimes = {"neutrality", "status-quo"};
    EXPECT_EQ(load_study("configs/studies/quick.toml", overrides).run.reference, "status-quo");
}

TEST(Overrides, a_setting_reaches_all_regimes_and_is_no_longer_varied) {
    const Study study =
        load_study("configs/studies/quick.toml", setting("capitals.provocation", "2.5"));
    for (const Scenario& scenario : study.scenarios) {
        EXPECT_EQ(scenario.parameters.capitals.provocation, 2.5);
    }
    const Prior fixed{Distribution::fixed, 2.5, 2.5};
    EXPECT_EQ(entry_of(study, "capitals.provocation").value, 2.5);
    EXPECT_EQ(entry_of(study, "capitals.provocation").prior, fixed);
}

TEST(Overrides, a_setting_for_one_regime_leaves_the_others_alone) {
    const Study study =
        load_study("configs/studies/quick.toml", setting("neutrality:capitals.provocation", "0"));
    EXPECT_EQ(scenario_of(study, "neutrality").parameters.capitals.provocation, 0.0);
    EXPECT_NE(scenario_of(study, "status-quo").parameters.capitals.provocation, 0.0);
    EXPECT_EQ(entry_of(study, "neutrality:capitals.provocation").value, 0.0);
}

TEST(Overrides, a_setting_for_all_also_replaces_a_regimes_own_value) {
    const Study study =
        load_study("configs/studies/quick.toml", setting("commitment.armament", "0.5"));
    EXPECT_EQ(scenario_of(study, "neutrality").commitment.armament, 0.5);
    EXPECT_THROW(entry_of(study, "neutrality:commitment.armament"), std::out_of_range);
}

TEST(Overrides, words_and_lists_are_read_as_well) {
    Overrides overrides;
    overrides.set = {{"neutrality:commitment.timing", "activation"},
                     {"neutrality:commitment.rule", "lead-nation"},
                     {"neutrality:commitment.protectors", "POL,USA"},
                     {"neutrality:commitment.covered_sectors", "0,1"},
                     {"neutrality:commitment.troop_sectors", "5"},
                     {"neutrality:commitment.alignment", "0.1,0.2"}};
    const Study study = load_study("configs/studies/quick.toml", overrides);
    const Commitment& commitment = scenario_of(study, "neutrality").commitment;
    EXPECT_EQ(commitment.timing, Timing::activation);
    EXPECT_EQ(commitment.rule, ResponseRule::lead_nation);
    ASSERT_EQ(commitment.protectors.size(), 2u);
    EXPECT_EQ(scenario_of(study, "neutrality").allies[commitment.protectors[0].value()].iso3,
              "POL");
    EXPECT_THAT(commitment.covered_sectors, ElementsAre(0, 1));
    EXPECT_THAT(commitment.troop_sectors, ElementsAre(5));
    EXPECT_THAT(commitment.alignment, ElementsAre(0.1, 0.2, 0.2, 0.2, 0.2));
}

TEST(Overrides, are_refused_with_the_option_as_their_place) {
    EXPECT_EQ(problem_text(setting("line.sektors", "4")),
              "--set: line.sektors (unknown parameter; did you mean line.sectors?)");
    EXPECT_EQ(problem_text(setting("investigation.report_accuracy", "1.3")),
              "--set: investigation.report_accuracy = 1.3 (must be a probability between 0.5 and "
              "1)");
    EXPECT_EQ(problem_text(setting("investigation.report_accuracy", "high")),
              "--set: investigation.report_accuracy = \"high\" (must be a number)");
    EXPECT_EQ(problem_text(setting("line.immigrant_rate", "nan")),
              "--set: line.immigrant_rate = nan (must be a finite number)");
    EXPECT_EQ(problem_text(setting("neutralty:line.sectors", "4")),
              "--set: neutralty:line.sectors (must begin with one of the regimes to be run; did "
              "you mean neutrality?)");
    EXPECT_EQ(problem_text(setting("neutrality:line.sektors", "4")),
              "--set: neutrality:line.sektors (unknown parameter; did you mean line.sectors?)");
    Overrides overrides;
    overrides.replications = 0;
    overrides.horizon = -5;
    EXPECT_EQ(problem_text(overrides),
              "--replications: replications = 0 (must be a whole number from 1 to 4294967295)\n"
              "--horizon: horizon = -5 (must be a whole number from 1 to 36525)");
}

TEST(BrokenRules, are_reported_once_at_their_last_cause) {
    Overrides overrides;
    overrides.set = {{"line.own_excitation", "0.5"},
                     {"line.cross_excitation", "0.5"},
                     {"line.neighbour_excitation", "0.1"}};
    EXPECT_EQ(problem_text(overrides),
              "--set: line.own_excitation + line.cross_excitation + line.neighbour_excitation = "
              "1.1 (must be at most 0.98: the fire would feed itself almost without end)");
    overrides.set = {{"response.cut_limited_force", "8"}, {"response.cut_reinforce", "9"}};
    EXPECT_EQ(problem_text(overrides),
              "--set: response.cut_limited_force = 8 (must be above response.cut_reinforce = 9)");
    overrides.set = {{"commitment.troop_sectors", "7"}, {"line.sectors", "6"}};
    EXPECT_EQ(problem_text(overrides),
              "--set: commitment.troop_sectors = 7 (must be below line.sectors = 6: sectors are "
              "numbered from 0)");
}

TEST(BrokenRules, histories_are_numbered_by_an_int32) {
    Overrides overrides;
    overrides.histories = true;
    overrides.replications = 2147483647;
    EXPECT_EQ(problem_text(overrides), "");
    overrides.replications = 2147483648;
    EXPECT_THAT(problem_text(overrides),
                testing::HasSubstr("replications = 2147483648 (must be at most 2147483647 if "
                                   "histories are kept)"));
    overrides.histories = false;
    EXPECT_EQ(problem_text(overrides), "");
}

TEST(BrokenRules, of_a_study_are_reported_at_its_line) {
    const ConfigFolder folder;
    const std::size_t line = folder.append("studies/quick.toml",
                                           "[set.line]\n"
                                           "own_excitation = 0.5\n"
                                           "neighbour_excitation = 0.1\n"
                                           "[regime.neutrality.line]\n"
                                           "cross_excitation = 0.5");
    EXPECT_EQ(folder.problems(folder.study()),
              "configs/studies/quick.toml:" + std::to_string(line + 4) +
                  ": line.own_excitation + line.cross_excitation + line.neighbour_excitation = 1.1 "
                  "(must be at most 0.98: the fire would feed itself almost without end)\n");
}

TEST(StudySettings, apply_to_all_regimes_or_to_one_with_a_prior_if_given) {
    const ConfigFolder folder;
    folder.append("studies/quick.toml",
                  "[set.capitals]\n"
                  "provocation = { value = 2, prior = { distribution = \"uniform\", low = 1, high "
                  "= 3 } }\n"
                  "[regime.neutrality.commitment]\n"
                  "coverage = 0.25");
    const Study study = load_study(folder.study());
    EXPECT_EQ(scenario_of(study, "membership").parameters.capitals.provocation, 2.0);
    const Prior prior{Distribution::uniform, 1.0, 3.0};
    EXPECT_EQ(entry_of(study, "capitals.provocation").prior, prior);
    EXPECT_EQ(scenario_of(study, "neutrality").commitment.coverage, 0.25);
    EXPECT_NE(scenario_of(study, "membership").commitment.coverage, 0.25);
}

TEST(RegimeSettings, carry_their_own_priors) {
    const Study study = load_study("configs/studies/baseline.toml");
    const ParameterEntry& armament = entry_of(study, "neutrality:commitment.armament");
    EXPECT_EQ(armament.prior.distribution, Distribution::uniform);
    EXPECT_LT(armament.prior.low, armament.prior.high);
    EXPECT_EQ(armament.unit, entry_of(study, "commitment.armament").unit);
    EXPECT_THAT(armament.where, HasSubstr("configs/regimes/neutrality.toml:"));
}

TEST(RegimeSettings, of_a_pledge_can_be_swept_over_the_delay_until_it_is_active) {
    const Study study = load_study("configs/studies/baseline.toml");
    int pledges = 0;
    for (const Scenario& scenario : study.scenarios) {
        if (scenario.commitment.timing != Timing::activation) continue;
        ++pledges;
        const Prior prior{Distribution::uniform, 0.0, 270.0};
        EXPECT_EQ(entry_of(study, scenario.regime + ":commitment.activation_days").prior, prior);
        EXPECT_EQ(scenario.commitment.activation_days, 45.0);
    }
    EXPECT_EQ(pledges, 4);
}

TEST(RegimeSettings, of_the_baseline_are_not_varied) {
    for (const ParameterEntry& entry : load_parameters("configs/baseline.toml")) {
        if (!entry.path.starts_with("commitment.")) continue;
        EXPECT_EQ(entry.prior.distribution, Distribution::fixed) << entry.path;
    }
}

TEST(ConfigFiles, may_begin_with_a_byte_order_mark_and_end_lines_as_windows_does) {
    const ConfigFolder folder;
    const Study plain = load_study(folder.study());
    for (const std::string file : {"studies/quick.toml", "baseline.toml", "allies.csv"}) {
        std::string text = "\xEF\xBB\xBF";
        for (const char letter : folder.read(file))
            text += letter == '\n' ? "\r\n" : std::string(1, letter);
        folder.write(file, text);
    }
    const Study other = load_study(folder.study());
    EXPECT_EQ(other.title, plain.title);
    EXPECT_EQ(other.scenarios.front().allies.back().name,
              plain.scenarios.front().allies.back().name);
    EXPECT_EQ(other.scenarios.front().allies.back().probe_share, 0.0);
}

TEST(ConfigFiles, that_are_empty_missing_folders_or_not_text_are_named) {
    const ConfigFolder folder;
    folder.write("empty.toml", " \r\n");
    folder.write("binary.toml", std::string_view("a = \"\xFF\xFE\"", 8));
    EXPECT_EQ(folder.problems(folder.path("empty.toml")), "configs/empty.toml: is empty\n");
    EXPECT_EQ(folder.problems(folder.path("regimes")),
              "configs/regimes: is a folder (must be a file)\n");
    EXPECT_EQ(folder.problems(folder.path("none.toml")), "configs/none.toml: no such file\n");
    EXPECT_THAT(folder.problems(folder.path("binary.toml")), HasSubstr("(must be valid TOML)"));
    folder.write("allies.csv", "# nobody\n");
    EXPECT_EQ(folder.problems(folder.study()),
              "configs/allies.csv: no columns (must name them in the first line)\n");
}

TEST(ConfigFiles, list_all_their_problems_at_once) {
    const ConfigFolder folder;
    const auto seed = folder.replace("studies/quick.toml", "", "seed", "seed = 1.5");
    const auto sectors = folder.replace("baseline.toml", "[line.sectors]", "value", "value = 65");
    const auto timing = folder.replace("regimes/neutrality.toml", "", "timing", "timing = 3");
    const auto finland = folder.replace("allies.csv", "", "FIN,", "FIN,Finland");
    const std::string text = folder.problems(folder.study(), setting("line.nothing", "1"));
    EXPECT_THAT(text,
                HasSubstr("configs/studies/quick.toml:" + std::to_string(seed) + ": run.seed"));
    EXPECT_THAT(text,
                HasSubstr("configs/baseline.toml:" + std::to_string(sectors) + ": line.sectors"));
    EXPECT_THAT(text, HasSubstr("configs/regimes/neutrality.toml:" + std::to_string(timing) +
                                ": commitment.timing"));
    EXPECT_THAT(text, HasSubstr("configs/allies.csv:" + std::to_string(finland) + ": 2 cells"));
    EXPECT_THAT(text, HasSubstr("--set: line.nothing"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 5);
}

TEST(ConfigFiles, a_baseline_without_a_parameter_is_refused_for_every_parameter) {
    const ConfigFolder folder;
    const std::string whole = folder.read("baseline.toml");
    for (const ParameterField& row : parameter_fields()) {
        const std::string path(row.path);
        folder.replace("baseline.toml", "", "[" + path + "]", "[unknown.table]");
        try {
            load_parameters(folder.path("baseline.toml"));
            ADD_FAILURE() << path << " was not missed";
        } catch (const InputError& error) {
            ASSERT_EQ(error.problems().size(), 2u) << path;
            EXPECT_EQ(error.problems().back().what, path);
            EXPECT_EQ(error.problems().back().why,
                      "is missing: every parameter must be given once");
        }
        folder.write("baseline.toml", whole);
    }
}

TEST(Suggestion, is_the_nearest_word_and_none_if_all_are_far) {
    constexpr std::array<std::string_view, 3> words{"seed", "horizon", "regimes"};
    EXPECT_EQ(nearest("sede", words), "seed");
    EXPECT_EQ(nearest("horizont", words), "horizon");
    EXPECT_EQ(nearest("regime", words), "regimes");
    EXPECT_EQ(nearest("replications", words), "");
    EXPECT_EQ(suggestion("x", words), "");
}

}  // namespace
}  // namespace firebreak
