#include "inference/reenactment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "inference/predictive_check.hpp"
#include "io/evidence_targets.hpp"
#include "whole_model.hpp"

namespace firebreak {
namespace {

constexpr std::array both{EvidenceUse::calibration, EvidenceUse::held_out};

Evidence all_evidence() {
    return load_evidence(std::filesystem::path(FIREBREAK_SOURCE_DIR) / "configs/evidence", both);
}

std::vector<Scenario> baseline_worlds(const std::function<void(Scenario&)>& change = {}) {
    return whole::scenarios_of("baseline",
                               {std::string(world_regimes[0]), std::string(world_regimes[1]),
                                std::string(world_regimes[2])},
                               change);
}

/// One statistic of a reenactment in one data set.
double value_of(std::string_view reenactment, std::string_view statistic,
                const std::vector<Scenario>& scenarios, const Evidence& evidence,
                std::uint32_t replication = 0) {
    const Reenactment& played = *find_reenactment(reenactment);
    const auto at = std::ranges::find(played.statistics, statistic);
    const std::vector<double> values =
        played.run(worlds_of(scenarios), evidence, ReplicationId(replication), Draws(20221115));
    return values.at(static_cast<std::size_t>(at - played.statistics.begin()));
}

TEST(Reenactment, gives_a_value_for_each_of_its_statistics) {
    const Evidence evidence = all_evidence();
    const std::vector<Scenario> scenarios = baseline_worlds();
    for (const Reenactment& one : reenactments()) {
        const auto values =
            one.run(worlds_of(scenarios), evidence, ReplicationId(1), Draws(20221115));
        ASSERT_EQ(values.size(), one.statistics.size()) << one.name;
        for (std::size_t i = 0; i < values.size(); ++i) {
            EXPECT_FALSE(std::isinf(values[i])) << one.name << " " << one.statistics[i];
        }
        if (one.observe) {
            EXPECT_LE(one.observe(evidence).size(), one.statistics.size());
        }
        const auto again =
            one.run(worlds_of(scenarios), evidence, ReplicationId(1), Draws(20221115));
        for (std::size_t i = 0; i < values.size(); ++i) {
            EXPECT_TRUE(values[i] == again[i] || std::isnan(values[i])) << one.statistics[i];
        }
    }
}

TEST(Reenactment, does_not_look_at_what_is_held_out_to_give_the_rest) {
    constexpr std::array calibration{EvidenceUse::calibration};
    const Evidence all = all_evidence();
    const Evidence part = load_evidence(
        std::filesystem::path(FIREBREAK_SOURCE_DIR) / "configs/evidence", calibration);
    const std::vector<Scenario> scenarios = baseline_worlds();
    const auto simulate = [&](const Evidence& evidence) {
        return simulate_evidence(worlds_of(scenarios), evidence, ReplicationId(3), Draws(1));
    };
    const std::vector<double> with = simulate(all);
    const std::vector<double> without = simulate(part);
    // Calibrating targets come first.
    for (std::size_t i = 0; i < without.size(); ++i) {
        EXPECT_TRUE(with[i] == without[i] || (std::isnan(with[i]) && std::isnan(without[i])));
    }
}

TEST(Reenactment, of_a_line_without_fire_counts_none) {
    const std::vector<Scenario> silent =
        baseline_worlds([](Scenario& scenario) { scenario.parameters.line.immigrant_rate = 0.0; });
    EXPECT_EQ(value_of("donbas-line", "violations_2017", silent, all_evidence()), 0.0);
    EXPECT_EQ(value_of("donbas-line", "share_of_four_areas_2020", silent, all_evidence()), 0.0);
}

TEST(Reenactment, of_the_donbas_line_has_the_closed_mean_of_an_even_line) {
    // Without latent factors, indiscipline and harassing the mean is 48 mu / (1 - n) a day; the
    // total of a year has a relative standard deviation below 1 %.
    const std::vector<Scenario> even = baseline_worlds([](Scenario& scenario) {
        LineOfContact& line = scenario.parameters.line;
        line.front_activity_sd = line.day_factor_sd = line.sector_activity_sd = 0.0;
        line.flare_up_start = 0.0;
        line.frailty_shape = 1000.0;
        line.harassment_posture = 1.0;
        line.discipline_russia = line.discipline_ukraine = 1.0;
    });
    const LineOfContact& line = even.front().parameters.line;
    const double branching =
        line.own_excitation + line.cross_excitation + line.neighbour_excitation;
    const double mean = 365.0 * 2.0 * line.sectors * line.immigrant_rate / (1.0 - branching);
    EXPECT_NEAR(value_of("donbas-line", "violations_2017", even, all_evidence()) / mean, 1.0, 0.04);
}

TEST(Reenactment, of_a_truce_that_binds_nobody_has_no_drop) {
    const std::vector<Scenario> free = baseline_worlds([](Scenario& scenario) {
        scenario.parameters.line.initial_restraint = 1.0;
        scenario.parameters.line.harassment_posture = 1.0;
    });
    const std::vector<Scenario> bound = baseline_worlds([](Scenario& scenario) {
        scenario.parameters.line.initial_restraint = 0.01;
        scenario.parameters.line.restraint_days = 800.0;
        scenario.parameters.line.harassment_posture = 1.0;
    });
    const Evidence evidence = all_evidence();
    EXPECT_LT(value_of("recommitment", "drop_of_all", free, evidence), 0.75);
    EXPECT_GT(value_of("recommitment", "drop_of_all", bound, evidence), 0.9);
    EXPECT_GT(value_of("recommitment", "hold_days", bound, evidence),
              value_of("recommitment", "hold_days", free, evidence));
}

TEST(Reenactment, of_war_years_counts_strays_at_their_rate) {
    // 4 years at 8 a year: a Poisson number of mean 32, outside 10 to 60 once in 100,000.
    const std::vector<Scenario> scenarios = baseline_worlds(
        [](Scenario& scenario) { scenario.parameters.renewed_war.stray_rate_russia = 8.0; });
    const Evidence evidence = all_evidence();
    double sum = 0.0;
    for (const char* year : {"airspace_2022", "airspace_2023", "airspace_2024", "airspace_2025"}) {
        sum += value_of("airspace", year, scenarios, evidence);
    }
    EXPECT_GT(sum, 10.0);
    EXPECT_LT(sum, 60.0);
}

TEST(Reenactment, of_disputes_that_nobody_can_climb_has_no_wars) {
    const std::vector<Scenario> tame = baseline_worlds([](Scenario& scenario) {
        for (RungParameters* rung :
             {&scenario.parameters.ladder.alert, &scenario.parameters.ladder.clash}) {
            rung->autonomous_climb = 0.0;
            rung->escalate = -50.0;
        }
    });
    EXPECT_EQ(value_of("war-after-dispute", "war_after_dispute", tame, all_evidence()), 0.0);
    EXPECT_EQ(value_of("war-after-dispute", "war_after_force", tame, all_evidence()), 0.0);
}

TEST(Reenactment, of_disputes_has_more_wars_after_force) {
    const std::vector<Scenario> scenarios = baseline_worlds();
    EXPECT_GT(value_of("war-after-dispute", "war_after_force", scenarios, all_evidence()),
              value_of("war-after-dispute", "war_after_dispute", scenarios, all_evidence()));
}

TEST(Reenactment, of_ratifications_at_once_takes_a_day) {
    const std::vector<Scenario> quick = baseline_worlds([](Scenario& scenario) {
        scenario.parameters.accession.ratification_days = 1e-6;
        scenario.parameters.accession.veto_scale = 0.0;
    });
    const Evidence evidence = all_evidence();
    EXPECT_EQ(value_of("ratification", "median_days", quick, evidence), 1.0);
    EXPECT_EQ(value_of("ratification", "sweden_days", quick, evidence), 1.0);
}

TEST(Reenactment, of_support_without_an_obligation_has_no_gap_but_by_the_duty) {
    const std::vector<Scenario> dutiless = baseline_worlds([](Scenario& scenario) {
        scenario.parameters.response.obligation_weight = 0.0;
        scenario.parameters.response.peer_weight = 0.0;
    });
    const Evidence evidence = all_evidence();
    EXPECT_DOUBLE_EQ(value_of("support", "support_for_member", dutiless, evidence),
                     value_of("support", "support_for_non_member", dutiless, evidence));
    const std::vector<Scenario> scenarios = baseline_worlds();
    EXPECT_GT(value_of("support", "support_for_member", scenarios, evidence),
              value_of("support", "support_for_non_member", scenarios, evidence));
}

TEST(Reenactment, of_attribution_by_perfect_monitors_is_right_at_once) {
    const std::vector<Scenario> perfect = baseline_worlds([](Scenario& scenario) {
        InvestigationParameters& investigation = scenario.parameters.investigation;
        investigation.report_accuracy = investigation.deniable_accuracy = 1.0;
        investigation.misleading_stream = 0.0;
        investigation.report_rate = 100.0;
    });
    const Evidence evidence = all_evidence();
    for (std::uint32_t replication = 0; replication < 20; ++replication) {
        // One report decides, which takes more than an hour once in e^100.
        EXPECT_LT(value_of("attribution", "przewodow_hours", perfect, evidence, replication), 1.0);
        EXPECT_EQ(value_of("attribution", "zagreb_attributed", perfect, evidence, replication),
                  1.0);
    }
}

TEST(Reenactment, of_attribution_without_reports_settles_nothing) {
    const std::vector<Scenario> blind = baseline_worlds(
        [](Scenario& scenario) { scenario.parameters.investigation.report_rate = 0.0; });
    const Evidence evidence = all_evidence();
    EXPECT_EQ(value_of("attribution", "zagreb_attributed", blind, evidence), 0.0);
    EXPECT_GT(value_of("attribution", "przewodow_hours", blind, evidence), 1e8);
}

TEST(Reenactment, of_an_assessor_who_suspects_ukraine_is_not_wrong_first) {
    const std::vector<Scenario> suspicious = baseline_worlds([](Scenario& scenario) {
        scenario.parameters.investigation.prior_stray = 0.2;
        scenario.parameters.investigation.ukraine_blames_russia = 0.0;
    });
    EXPECT_EQ(value_of("attribution", "przewodow_wrong_first", suspicious, all_evidence()), 0.0);
    EXPECT_EQ(value_of("attribution", "przewodow_wrong_first", baseline_worlds(), all_evidence()),
              1.0);
}

TEST(Reenactment, of_disputes_without_probes_has_none) {
    const std::vector<Scenario> tame =
        baseline_worlds([](Scenario& scenario) { scenario.parameters.incidents.probe_rate = 0.0; });
    const Evidence evidence = all_evidence();
    for (const char* statistic :
         {"disputes_1949_1991", "consultations_1949_2025", "sabotage_2022_2024"}) {
        EXPECT_EQ(value_of("disputes", statistic, tame, evidence), 0.0) << statistic;
    }
}

TEST(Reenactment, of_disputes_by_a_capital_that_only_probes_has_their_rate) {
    // Probes at r = 1 per 30 days for 43 years: each day has one with 1 - e^(-1/30), so that 515
    // are expected with a standard deviation of 22; 120 is left by chance once in 10 million.
    const std::vector<Scenario> probing = baseline_worlds([](Scenario& scenario) {
        scenario.parameters.incidents.probe_rate = 1.0;
        scenario.parameters.capitals.probe_gain = 0.0;
        scenario.parameters.capitals.probe_cost = -100.0;
    });
    const double expected = 43.0 * 365.25 * (1.0 - std::exp(-1.0 / 30.0));
    EXPECT_NEAR(value_of("disputes", "disputes_1949_1991", probing, all_evidence()), expected,
                120.0);
}

TEST(Reenactment, of_pacts_that_cost_more_has_fewer_wars) {
    const auto at_cost = [](double cost) {
        return baseline_worlds([cost](Scenario& scenario) {
            scenario.parameters.capitals.intervention_cost = cost;
            scenario.parameters.capitals.provocation = 0.0;
        });
    };
    const Evidence evidence = all_evidence();
    EXPECT_LT(value_of("pacts", "war_ratio", at_cost(14.0), evidence),
              value_of("pacts", "war_ratio", at_cost(0.0), evidence));
}

TEST(Reenactment, of_truces_that_nobody_wants_to_break_lets_all_last) {
    const std::vector<Scenario> peaceful = baseline_worlds([](Scenario& scenario) {
        scenario.parameters.capitals.war_hazard_russia = 0.0;
        scenario.parameters.capitals.war_hazard_ukraine = 0.0;
    });
    EXPECT_EQ(value_of("truces", "recurrence_5_years", peaceful, all_evidence()), 0.0);
}

TEST(Reenactment, of_truces_counts_no_fewer_broken_ones_later) {
    const Evidence evidence = all_evidence();
    const std::vector<Scenario> scenarios = baseline_worlds();
    const double first = value_of("truces", "recurrence_1_year", scenarios, evidence);
    const double third = value_of("truces", "recurrence_3_years", scenarios, evidence);
    EXPECT_LE(first, third);
    EXPECT_LE(third, value_of("truces", "recurrence_5_years", scenarios, evidence));
}

TEST(Reenactment, of_a_line_has_its_heavy_share_and_its_lethality) {
    const std::vector<Scenario> scenarios = baseline_worlds([](Scenario& scenario) {
        scenario.parameters.line.heavy_share = 0.1;
        scenario.parameters.lethality.civilian_casualties = 0.01;
        scenario.parameters.lethality.calm_exponent = 0.0;
    });
    const Evidence evidence = all_evidence();
    EXPECT_NEAR(value_of("donbas-line", "heavy_share_2017", scenarios, evidence), 0.1, 1e-6);
    // A Poisson number of some 3,000 over its mean: 0.1 is more than five standard deviations.
    EXPECT_NEAR(
        value_of("donbas-line", "casualties_per_violation_2017", scenarios, evidence) / 0.01, 1.0,
        0.1);
}

TEST(Reenactment, of_a_decision_on_war_rises_more_than_noise) {
    const std::vector<Scenario> scenarios = baseline_worlds();
    const Evidence evidence = all_evidence();
    double decided = 0.0;
    double noise = 0.0;
    for (std::uint32_t replication = 0; replication < 20; ++replication) {
        decided += value_of("ramp", "rise_after_decision", scenarios, evidence, replication);
        noise += value_of("ramp", "rise_by_noise", scenarios, evidence, replication);
    }
    EXPECT_GT(decided, noise);
}

TEST(Reenactment, of_pacts_without_reason_has_the_same_rates) {
    // At rationality 0 nothing tells the two worlds apart: the ratio of 118 to 396 onsets in
    // expectation has a log standard deviation of 0.11.
    const std::vector<Scenario> blind =
        baseline_worlds([](Scenario& scenario) { scenario.parameters.capitals.rationality = 0.0; });
    EXPECT_NEAR(std::log(value_of("pacts", "force_ratio", blind, all_evidence())), 0.0, 0.55);
}

}  // namespace
}  // namespace firebreak
