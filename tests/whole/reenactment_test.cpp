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

TEST(Reenactment, of_pacts_without_reason_has_the_same_rates) {
    // At rationality 0 nothing tells the two worlds apart: the ratio of 118 to 396 onsets in
    // expectation has a log standard deviation of 0.11.
    const std::vector<Scenario> blind =
        baseline_worlds([](Scenario& scenario) { scenario.parameters.capitals.rationality = 0.0; });
    EXPECT_NEAR(std::log(value_of("pacts", "force_ratio", blind, all_evidence())), 0.0, 0.55);
}

}  // namespace
}  // namespace firebreak
