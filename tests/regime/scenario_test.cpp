#include "regime/scenario.hpp"

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "regime/parameter_table.hpp"

namespace firebreak {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The plainest scenario that breaks no rule: two allies, one of which protects.
Scenario plain_scenario() {
    Scenario scenario;
    scenario.regime = "plain";
    Parameters& parameters = scenario.parameters;
    parameters.line.sectors = 4;
    parameters.investigation.report_accuracy = 0.7;
    parameters.investigation.deniable_accuracy = 0.6;
    parameters.investigation.report_rate = 1;
    parameters.investigation.deadline_hours = 96;
    parameters.response.cut_consult = 1;
    parameters.response.cut_reinforce = 2;
    parameters.response.cut_limited_force = 3;
    parameters.response.cut_general_force = 4;
    parameters.response.belief_draws = 10000;
    parameters.capitals.politics_step = 30;
    scenario.allies = {{"AAA", "A", 0.75, 0.5, 0, 1, 0, true, 1, 0},
                       {"BBB", "B", 0.25, 0.5, 0, 1, 0, false, 0, 1}};
    scenario.commitment.timing = Timing::activation;
    scenario.commitment.protectors = {AllyId(1)};
    scenario.horizon = 100;
    scenario.checkpoints = {50, 100};
    return scenario;
}

using Change = std::function<void(Scenario&)>;

std::vector<std::string> texts(const Change& change) {
    Scenario scenario = plain_scenario();
    change(scenario);
    std::vector<std::string> lines;
    for (const Problem& problem : problems(scenario)) lines.push_back(problem.text());
    return lines;
}

/// The one problem that `change` makes.
std::string only_problem(const Change& change) {
    const std::vector<std::string> lines = texts(change);
    EXPECT_EQ(lines.size(), 1u);
    return lines.empty() ? "" : lines.front();
}

TEST(Rules, a_plain_scenario_breaks_none) {
    EXPECT_TRUE(texts([](Scenario&) {}).empty());
}

TEST(Rules, excitation_must_die_out) {
    const auto with = [](double own, double cross, double near) {
        return [=](Scenario& scenario) {
            scenario.parameters.line.own_excitation = own;
            scenario.parameters.line.cross_excitation = cross;
            scenario.parameters.line.neighbour_excitation = near;
        };
    };
    EXPECT_TRUE(texts(with(0.5, 0.3, 0.18)).empty());
    EXPECT_EQ(only_problem(with(0.5, 0.3, 0.19)),
              "regime plain: line.own_excitation + line.cross_excitation + "
              "line.neighbour_excitation = 0.99 (must be at most 0.98: the fire would feed "
              "itself almost without end)");
    EXPECT_EQ(texts(with(2.0, 0.0, 0.0)).size(), 1u);
}

TEST(Rules, flare_ups_must_end_and_be_possible) {
    const auto with = [](double start, double persistence, double contagion) {
        return [=](Scenario& scenario) {
            scenario.parameters.line.flare_up_start = start;
            scenario.parameters.line.flare_up_persistence = persistence;
            scenario.parameters.line.flare_up_contagion = contagion;
        };
    };
    EXPECT_TRUE(texts(with(0.1, 0.8, 0.1)).empty());
    EXPECT_EQ(only_problem(with(0.2, 0.8, 0.1)),
              "regime plain: line.flare_up_start + line.flare_up_persistence + "
              "line.flare_up_contagion = 1.1 (must be at most 1: it is a probability when all "
              "neighbours flare)");
    EXPECT_EQ(only_problem(with(0.0, 0.8, 0.2)),
              "regime plain: line.flare_up_persistence + line.flare_up_contagion = 1 (must be "
              "less than 1, or a flare-up never ends)");
}

TEST(Rules, sectors_are_a_whole_number_from_1_to_64) {
    for (const double good : {1.0, 64.0}) {
        EXPECT_TRUE(texts([&](Scenario& s) { s.parameters.line.sectors = good; }).empty()) << good;
    }
    for (const double bad : {0.0, 65.0, 2.5, -1.0}) {
        EXPECT_EQ(texts([&](Scenario& s) { s.parameters.line.sectors = bad; }).size(), 1u) << bad;
    }
}

TEST(Rules, every_parameter_is_a_finite_number) {
    for (const ParameterField& row : parameter_fields()) {
        const std::vector<std::string> lines = texts([&row](Scenario& scenario) {
            row.field(scenario) = std::numeric_limits<double>::quiet_NaN();
        });
        ASSERT_FALSE(lines.empty()) << row.path;
        EXPECT_EQ(lines.front(),
                  "regime plain: " + std::string(row.path) + " = nan (must be a finite number)");
    }
}

TEST(Rules, an_investigation_without_a_deadline_must_be_able_to_settle) {
    const auto with = [](double accuracy, double deniable, double rate) {
        return [=](Scenario& scenario) {
            scenario.parameters.investigation.deadline_hours = infinity;
            scenario.parameters.investigation.report_accuracy = accuracy;
            scenario.parameters.investigation.deniable_accuracy = deniable;
            scenario.parameters.investigation.report_rate = rate;
        };
    };
    EXPECT_TRUE(texts(with(0.7, 0.6, 1)).empty());
    EXPECT_EQ(only_problem(with(0.5, 0.6, 1)),
              "regime plain: investigation.report_accuracy = 0.5 (without a deadline the assessor "
              "would never settle)");
    EXPECT_EQ(texts(with(0.7, 0.5, 1)).size(), 1u);
    EXPECT_EQ(texts(with(0.7, 0.6, 0)).size(), 1u);
    EXPECT_TRUE(texts([](Scenario& scenario) {
                    scenario.parameters.investigation.report_accuracy = 0.5;
                }).empty());
}

TEST(Rules, cuts_ascend) {
    EXPECT_EQ(
        only_problem([](Scenario& scenario) { scenario.parameters.response.cut_consult = 2; }),
        "regime plain: response.cut_reinforce = 2 (must be above response.cut_consult = 2)");
    EXPECT_EQ(only_problem(
                  [](Scenario& scenario) { scenario.parameters.response.cut_general_force = 2.5; }),
              "regime plain: response.cut_general_force = 2.5 (must be above "
              "response.cut_limited_force = 3)");
}

TEST(Rules, the_politics_step_and_the_draws_are_whole_numbers) {
    EXPECT_EQ(only_problem([](Scenario& s) { s.parameters.capitals.politics_step = 0.5; }),
              "regime plain: capitals.politics_step = 0.5 (must be a whole number of days, 1 or "
              "more)");
    EXPECT_EQ(only_problem([](Scenario& s) { s.parameters.response.belief_draws = 0; }),
              "regime plain: response.belief_draws = 0 (must be a whole number, 1 or more)");
}

TEST(Rules, shares_of_the_allies_sum_to_one) {
    EXPECT_TRUE(texts([](Scenario& s) { s.allies[0].capability_share += 9e-7; }).empty());
    EXPECT_EQ(only_problem([](Scenario& s) { s.allies[0].capability_share = 0.5; }),
              "regime plain: sum of allies.capability_share = 0.75 (must be 1 within 0.000001)");
    EXPECT_EQ(only_problem([](Scenario& s) { s.allies[0].stray_share = 0.5; }),
              "regime plain: sum of allies.stray_share = 0.5 (must be 1 within 0.000001)");
    EXPECT_EQ(only_problem([](Scenario& s) { s.allies[0].probe_share = 0.5; }),
              "regime plain: sum of allies.probe_share = 1.5 (must be 1 within 0.000001)");
}

TEST(Rules, allies_are_distinct_and_within_bounds) {
    EXPECT_EQ(only_problem([](Scenario& s) { s.allies[1].iso3 = "AAA"; }),
              "regime plain: allies.AAA (is there twice)");
    EXPECT_EQ(only_problem([](Scenario& s) {
                  while (s.allies.size() < 65) {
                      Ally more = s.allies.front();
                      more.iso3 = std::to_string(s.allies.size());
                      more.capability_share = more.stray_share = more.probe_share = 0.0;
                      s.allies.push_back(more);
                  }
              }),
              "regime plain: allies = 65 (must be at most 64)");
    EXPECT_EQ(only_problem([](Scenario& s) { s.allies[1].stake = 1.5; }),
              "regime plain: allies.BBB.stake = 1.5 (must be between 0 and 1)");
    EXPECT_EQ(only_problem([](Scenario& s) { s.allies[0].veto_propensity = -0.1; }),
              "regime plain: allies.AAA.veto_propensity = -0.1 (must be between 0 and 1)");
    EXPECT_EQ(only_problem([](Scenario& s) {
                  s.allies.clear();
                  s.commitment.protectors.clear();
                  s.commitment.timing = Timing::never;
              }),
              "regime plain: allies (must hold at least one ally)");
}

TEST(Rules, somebody_protects_if_the_commitment_can_come_into_force) {
    for (const Timing timing : {Timing::at_ceasefire, Timing::after_settlement, Timing::after_quiet,
                                Timing::immediate, Timing::activation}) {
        EXPECT_EQ(only_problem([timing](Scenario& scenario) {
                      scenario.commitment.timing = timing;
                      scenario.commitment.protectors.clear();
                  }),
                  "regime plain: commitment.protectors = [] (must name at least one ally, since "
                  "the commitment can come into force)");
    }
    for (const Timing timing : {Timing::never, Timing::promised}) {
        EXPECT_TRUE(texts([timing](Scenario& scenario) {
                        scenario.commitment.timing = timing;
                        scenario.commitment.protectors.clear();
                    }).empty());
    }
}

TEST(Rules, protectors_are_distinct_allies_of_some_capability) {
    EXPECT_EQ(only_problem([](Scenario& s) { s.commitment.protectors.push_back(AllyId(1)); }),
              "regime plain: commitment.protectors: BBB (is listed twice)");
    EXPECT_EQ(only_problem([](Scenario& s) { s.commitment.protectors.push_back(AllyId(2)); }),
              "regime plain: commitment.protectors = 2 (must be a row of the allies' table)");
    EXPECT_EQ(only_problem([](Scenario& s) {
                  s.allies[0].capability_share = 1;
                  s.allies[1].capability_share = 0;
              }),
              "regime plain: commitment.protectors (must hold some capability between them)");
    EXPECT_EQ(only_problem([](Scenario& s) {
                  s.commitment.timing = Timing::never;
                  s.commitment.protectors.clear();
                  s.commitment.exposure = 0.5;
              }),
              "regime plain: commitment.exposure = 0.5 (must be 0 where there are no protectors)");
}

TEST(Rules, masks_lie_on_the_line) {
    EXPECT_TRUE(texts([](Scenario& s) { s.commitment.covered_sectors = {0, 3}; }).empty());
    EXPECT_EQ(only_problem([](Scenario& s) {
                  s.commitment.covered_sectors = {0, 4};
              }),
              "regime plain: commitment.covered_sectors = 4 (must be below line.sectors = 4: "
              "sectors are numbered from 0)");
    EXPECT_EQ(only_problem([](Scenario& s) {
                  s.commitment.troop_sectors = {2, 2};
              }),
              "regime plain: commitment.troop_sectors = 2 (is listed twice)");
}

TEST(Rules, alignment_and_shield_are_within_bounds) {
    EXPECT_EQ(only_problem([](Scenario& s) { s.commitment.alignment[1] = 1.5; }),
              "regime plain: commitment.alignment, promised = 1.5 (must be between 0 and 1)");
    EXPECT_EQ(only_problem([](Scenario& s) { s.commitment.air_shield = 0.5; }),
              "regime plain: commitment.air_shield = 0.5 (must be 0 or 1)");
}

TEST(Rules, only_a_promise_never_to_join_is_revised) {
    EXPECT_EQ(only_problem([](Scenario& s) {
                  s.commitment.timing = Timing::promised;
                  s.commitment.revision_hazard = 0.1;
              }),
              "regime plain: commitment.revision_hazard = 0.1 (must be 0 unless the timing is "
              "never: only a promise never to join is revised)");
}

TEST(Rules, checkpoints_ascend_within_the_horizon) {
    EXPECT_EQ(only_problem([](Scenario& s) {
                  s.checkpoints = {50, 50};
              }),
              "regime plain: run.checkpoints (must be on days that ascend)");
    EXPECT_EQ(only_problem([](Scenario& s) {
                  s.checkpoints = {50, 101};
              }),
              "regime plain: run.checkpoints (must be on days from 1 to the horizon)");
    EXPECT_EQ(only_problem([](Scenario& s) {
                  s.checkpoints = {0, 100};
              }),
              "regime plain: run.checkpoints (must be on days from 1 to the horizon)");
    EXPECT_EQ(only_problem([](Scenario& s) { s.checkpoints.clear(); }),
              "regime plain: run.checkpoints (must hold at least one day)");
    EXPECT_EQ(texts([](Scenario& s) { s.horizon = 0; }).size(), 2u);
}

TEST(Rules, there_are_no_more_checkpoints_than_results_have_room_for) {
    const auto every_day_until = [](std::int32_t last) {
        return [last](Scenario& scenario) {
            scenario.checkpoints.clear();
            for (std::int32_t day = 1; day <= last; ++day) scenario.checkpoints.push_back(day);
        };
    };
    EXPECT_TRUE(texts(every_day_until(64)).empty());
    EXPECT_EQ(only_problem(every_day_until(65)),
              "regime plain: run.checkpoints = 65 (must be at most 64)");
}

TEST(Rules, all_that_are_broken_are_named) {
    EXPECT_EQ(texts([](Scenario& s) {
                  s.parameters.line.sectors = 0;
                  s.commitment.air_shield = 2;
                  s.checkpoints.clear();
              }).size(),
              3u);
}

}  // namespace
}  // namespace firebreak
