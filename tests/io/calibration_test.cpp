#include "io/calibration.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config_folder.hpp"
#include "io/calibration_model.hpp"
#include "io/calibration_report.hpp"
#include "io/trial_journal.hpp"

namespace firebreak {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string file = "calibration.toml";

/// A small calibration of the line alone.
const std::string small = R"(
title = "A test"
study = "studies/quick.toml"
evidence = "evidence"
seed = 7
draws = 50
[[block]]
name = "line"
method = "abc-smc"
particles = 40
trials = 100
parameters = ["line.immigrant_rate", "line.initial_restraint"]
targets = ["truce-drop-2020"]
)";

Calibration load(const std::string& text, const CalibrationOverrides& overrides = {}) {
    const ConfigFolder folder;
    folder.write(file, text);
    return load_calibration(folder.path(file), overrides);
}

std::string problems_of(const ConfigFolder& folder, const CalibrationOverrides& overrides = {}) {
    try {
        load_calibration(folder.path(file), overrides);
    } catch (const InputError& error) {
        std::string lines;
        for (const Problem& problem : error.problems()) lines += problem.text() + "\n";
        return lines;
    }
    return "";
}

std::string problems_of(const std::string& text, const CalibrationOverrides& overrides = {}) {
    const ConfigFolder folder;
    folder.write(file, text);
    return problems_of(folder, overrides);
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(Calibration, the_shipped_one_is_valid_and_its_blocks_share_nothing) {
    const ConfigFolder folder;
    EXPECT_EQ(problems_of(folder), "");
    const Calibration calibration = load_calibration(folder.path(file));
    EXPECT_GE(calibration.blocks.size(), 6U);
    for (const CalibrationBlock& block : calibration.blocks) {
        EXPECT_FALSE(BlockModel(calibration, block).names().empty()) << block.name;
    }
}

TEST(Calibration, never_reads_what_is_held_out) {
    const ConfigFolder folder;
    std::filesystem::remove_all(folder.path("evidence/held_out"));
    EXPECT_EQ(problems_of(folder), "");
    for (const Target& target : load_calibration(folder.path(file)).evidence.targets) {
        EXPECT_EQ(target.use, EvidenceUse::calibration) << target.id;
    }
}

TEST(Calibration, a_held_out_target_is_refused) {
    EXPECT_THAT(problems_of(with(small, "truce-drop-2020", "airspace-2025")),
                HasSubstr("is no target for calibration"));
}

TEST(Calibration, all_that_is_wrong_is_told_at_once) {
    std::string text = with(small, "line.immigrant_rate", "line.immigrant_rat");
    text = with(text, "\"abc-smc\"", "\"abc\"");
    text = with(text, "trials = 100", "trial = 100");
    text = with(text, "seed = 7", "seed = -7");
    text +=
        "[[block]]\nname = \"line\"\nmethod = \"abc-smc\"\nruns = 9\n"
        "parameters = [\"line.initial_restraint\", \"line.sectors\"]\n"
        "targets = [\"truce-drop-2020\"]\n";
    CalibrationOverrides front;
    front.blocks = {"front"};
    const std::string found = problems_of(text, front);
    for (const char* part :
         {"is no parameter; did you mean line.immigrant_rate?", "method = \"abc\"", "trial",
          "seed = -7", "is that of another block", "has no meaning for this method",
          "is calibrated already, in block line", "has a fixed prior",
          "is used already, in block line", "front (is no block of the calibration)"}) {
        EXPECT_THAT(found, HasSubstr(part));
    }
}

TEST(Calibration, the_command_line_chooses_blocks_seed_and_size) {
    const Calibration calibration =
        load(small, {.seed = 99, .simulations = 80, .blocks = {"line"}, .both_methods = true});
    EXPECT_EQ(calibration.seed, 99U);
    EXPECT_TRUE(calibration.blocks.front().settings.direct);
    FitSettings settings;
    settings.abc.most_trials = 20000;
    limit_runs(settings, 400);
    EXPECT_LE(most_runs(settings), 400U);
    EXPECT_EQ(settings.abc.particles, 100U) << "many particles rather than many generations";
    limit_runs(settings, 1000);
    EXPECT_EQ(most_runs(settings), 400U) << "what is smaller already is left alone";
    FitSettings both;
    both.direct = true;
    limit_runs(both, 12000);
    EXPECT_LE(most_runs(both), 12000U);
    EXPECT_GE(both.walk.steps, 25U) << "the walk has half";
}

TEST(BlockModel, gives_statistics_on_the_scale_of_their_error) {
    const Calibration calibration = load(small);
    const BlockModel model(calibration, calibration.blocks.front());
    EXPECT_THAT(model.names(), ElementsAre("truce-drop-2020: rate_before_truce",
                                           "truce-drop-2020: rate_after_truce"));
    EXPECT_NEAR(model.observation().statistics[0], std::log(624.0), 1e-12);
    EXPECT_NEAR(model.observation().statistics[1], std::log(34.0), 1e-12);
    const Statistics usual = model({{0.5, 0.5}, 1});
    EXPECT_EQ(usual, model({{0.5, 0.5}, 1}));
    EXPECT_NE(usual, model({{0.5, 0.5}, 2}));
    EXPECT_NE(usual, model({{0.5, 0.5}, 1U << 27}));
    // More fire before the truce, and less restraint after it.
    EXPECT_GT(model({{0.9, 0.5}, 1})[0], usual[0]);
    EXPECT_GT(model({{0.5, 0.9}, 1})[1], usual[1]);
    EXPECT_EQ(model({{0.5, 0.9}, 1})[0], usual[0]) << "restraint is of the truce alone";
}

TEST(BlockModel, a_place_that_breaks_a_rule_gives_nothing) {
    const std::string text = with(small, "\"line.immigrant_rate\"",
                                  "\"line.own_excitation\", \"line.cross_excitation\"");
    ConfigFolder folder;
    folder.write(file, text);
    for (const char* path : {"[line.own_excitation]", "[line.cross_excitation]"}) {
        folder.replace("baseline.toml", path,
                       "prior =", "prior = { distribution = \"uniform\", low = 0, high = 0.9 }");
    }
    const Calibration calibration = load_calibration(folder.path(file));
    const BlockModel model(calibration, calibration.blocks.front());
    EXPECT_TRUE(model({{0.9, 0.9, 0.5}, 1}).empty());
    EXPECT_EQ(model({{0.3, 0.3, 0.5}, 1}).size(), 2U);
}

TEST(TrialJournal, what_an_earlier_run_left_is_not_run_again) {
    const ConfigFolder folder;
    const std::filesystem::path path = folder.path("x.journal");
    JournalHead head;
    head.set("study", "a test");
    std::vector<Trial> trials;
    for (std::uint32_t i = 0; i < 300; ++i) trials.push_back({{i / 300.0}, i});
    std::atomic<int> runs = 0;
    std::atomic<bool> stop = false;
    const auto model_that_stops_after = [&](int most) {
        return [&, most](const Trial& trial) {
            if (++runs >= most) stop = true;
            if (trial.luck == 17) return Statistics{};
            return Statistics{trial.place[0] / 3.0, std::nan(""), -0.0};
        };
    };
    std::vector<Statistics> whole;
    {
        Journal journal = Journal::create(path, head, false);
        TrialJournal first(journal, {}, 2, &stop, {});
        EXPECT_THROW(first.run(5, trials, model_that_stops_after(100)), Interrupted);
        EXPECT_LT(runs, 300);
    }
    const int before = runs;
    stop = false;
    {
        JournalEntries known;
        Journal journal = Journal::open_to_append(
            path, [&](const JournalEntry& entry) { known.push_back(entry); });
        TrialJournal second(journal, known, 3, &stop, {});
        whole = second.run(5, trials, model_that_stops_after(100000));
    }
    EXPECT_EQ(runs, 300) << "nothing was run twice, of " << before << " at first";
    for (std::uint32_t i = 0; i < 300; ++i) {
        if (i == 17) {
            EXPECT_TRUE(whole[i].empty());
            continue;
        }
        ASSERT_EQ(whole[i].size(), 3U);
        EXPECT_EQ(whole[i][0], i / 300.0 / 3.0);
        EXPECT_TRUE(std::isnan(whole[i][1]));
        EXPECT_TRUE(std::signbit(whole[i][2]));
    }
}

TEST(CalibrationReport, the_joint_posterior_stands_in_the_order_of_the_baseline) {
    const Calibration calibration = load(small);
    const CalibrationBlock& block = calibration.blocks.front();
    Fit fit;
    // The rate at the bottom of its prior where restraint is at the top, and the reverse.
    fit.draws = {{{0.0, 1.0}, 0.25}, {{1.0, 0.0}, 0.75}};
    fit.abc.generations = {{2.0, 1.0, 100, 50}};
    const std::vector<BlockFit> fits{{block, {}, {}, fit}};
    const JointDraws joint = joint_posterior(calibration, fits);
    EXPECT_THAT(joint.paths, ElementsAre("line.immigrant_rate", "line.initial_restraint"));
    ASSERT_EQ(joint.weights.size(), 50U);
    const Prior& rate = block.parameters[0].prior;
    const Prior& restraint = block.parameters[1].prior;
    int low = 0;
    for (std::size_t draw = 0; draw < 50; ++draw) {
        const bool is_low = joint.values[2 * draw] == rate.low;
        low += is_low ? 1 : 0;
        EXPECT_EQ(joint.values[2 * draw + 1], is_low ? restraint.high : restraint.low);
    }
    EXPECT_NEAR(low, 12.5, 1.0);
    EXPECT_THAT(informed_csv(fits), HasSubstr("line,line.immigrant_rate,1/d,"));
    EXPECT_THAT(posterior_heading(calibration, fits, "2026-01-01"),
                HasSubstr("Targets: truce-drop-2020"));
}

}  // namespace
}  // namespace firebreak
