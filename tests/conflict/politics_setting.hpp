#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "conflict/capitals.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// Four allies, of whom the first three hold key elections, and capitals with starting values, laid
/// out by hand: the tests of politics need neither the line nor the rules of response.
inline Setting politics_setting() {
    Setting setting;
    Scenario& scenario = setting.scenario;
    scenario.horizon = 1826;
    scenario.allies = {
        {.iso3 = "USA",
         .name = "USA",
         .capability_share = 0.55,
         .resolve_offset = 0.1,
         .veto_propensity = 0.4,
         .key_election = true,
         .stray_share = 0.0},
        {.iso3 = "GBR",
         .name = "GBR",
         .capability_share = 0.2,
         .resolve_offset = 0.3,
         .veto_propensity = 0.0,
         .key_election = true,
         .stray_share = 0.0},
        {.iso3 = "POL",
         .name = "POL",
         .capability_share = 0.2,
         .resolve_offset = 0.5,
         .veto_propensity = 0.2,
         .key_election = true,
         .stray_share = 0.75},
        {.iso3 = "HUN",
         .name = "HUN",
         .capability_share = 0.05,
         .resolve_offset = -0.5,
         .veto_propensity = 0.8,
         .key_election = false,
         .stray_share = 0.25},
    };
    for (std::uint32_t ally = 0; ally < scenario.allies.size(); ++ally) {
        setting.everybody.members.push_back(AllyId(ally));
        setting.everybody.share.push_back(scenario.allies[ally].capability_share);
    }
    scenario.commitment = {.timing = Timing::never,
                           .protectors = {},
                           .covered_sectors = {},
                           .troop_sectors = {},
                           .alignment = {0.3, 0.6, 0.75, 0.85, 1.0},
                           .obligation = 1.0,
                           .armament = 1.0,
                           .aid_factor = 1.0,
                           .prize_factor = 1.0,
                           .leverage_before = 0.3,
                           .conditionality_factor = 1.0,
                           .holding = 1.0};
    scenario.parameters.capitals = {.politics_step = 30,
                                    .rationality = 1.0,
                                    .inertia = 1.2,
                                    .prize = 6.0,
                                    .war_hazard_russia = 0.006,
                                    .war_hazard_ukraine = 0.0003,
                                    .reference_win_probability = 0.35,
                                    .reference_alignment = 0.3,
                                    .intervention_cost = 10.0,
                                    .capability_exponent = 0.5,
                                    .deployed_defence = 0.1,
                                    .provocation = 1.0,
                                    .preventive_motive = 0.5,
                                    .win_slope = 3.0,
                                    .attacker_handicap = 0.15,
                                    .readiness_russia_start = 0.5,
                                    .readiness_ukraine_start = 0.5,
                                    .readiness_russia_full = 1.1,
                                    .readiness_ukraine_full = 1.0,
                                    .rebuilding_days_russia = 700,
                                    .rebuilding_days_ukraine = 700,
                                    .harassment_gain_russia = -0.6,
                                    .blocking_gain = 1.5,
                                    .probe_gain = 1.5,
                                    .probe_provocation = 0.8,
                                    .probe_cost = 3.2,
                                    .leader_type_sd = 0.8,
                                    .grievance_weight = 0.5,
                                    .grievance_days = 120,
                                    .perception_bias = -0.4,
                                    .perception_sd = 0.8,
                                    .belief_weight = 15,
                                    .probe_belief_weight = 0.1,
                                    .harassment_gain_ukraine = -1.2,
                                    .raid_gain = -2.2,
                                    .revisionism = 6.0,
                                    .emboldening = 1.0,
                                    .conditionality = 1.0};
    scenario.parameters.cohesion = {.aid = 0.25,
                                    .aid_fatigue_share = 0.5,
                                    .fatigue_days = 1500,
                                    .adverse_rate = 0.12,
                                    .return_rate = 0.25,
                                    .adverse_loss = 1.5,
                                    .us_aid_share = 0.4};
    scenario.parameters.accession = {
        .invitation_days = 30, .ratification_days = 60, .veto_scale = 0.5, .veto_lift_days = 700};
    scenario.parameters.settlement = {.hazard = 0.002,
                                      .leverage_effect = 0.5,
                                      .calm_effect = 1.0,
                                      .holding_effect = 0.5,
                                      .quiet_reference = 800,
                                      .quiet_memory_days = 30,
                                      .prize_factor = 0.6,
                                      .breach_cost = 2.0};
    scenario.parameters.ladder = {
        .alert = {.autonomous_climb = 0.0015, .escalate = -3.6, .back_down = -0.9},
        .clash = {.autonomous_climb = 0.003, .escalate = -2.6, .back_down = -1.5},
        .general_war = {.autonomous_climb = 0.004, .escalate = -4.6, .back_down = -1.8},
        .resolve_weight = 0.7,
        .culpability_weight = 0.8,
        .misattribution_shift = 0.8};
    scenario.parameters.renewed_war = {.mean_days = 800,
                                       .clash_hazard = 0.02,
                                       .stray_rate_russia = 0.8,
                                       .stray_rate_ukraine = 0.6};
    scenario.parameters.incidents.stray_deaths_exponent = 2.0;
    scenario.parameters.incidents.deaths_cap = 500;
    scenario.parameters.response.resolve_spread = 0.5;
    scenario.parameters.line.initial_restraint = 0.15;
    scenario.parameters.line.restraint_days = 150;
    scenario.parameters.line.restraint_shape = 1;
    scenario.parameters.line.settlement_restraint = 0.05;
    setting.starting_belief.table = {{{0.04, 0.02}, {0.9, 0.6}}};
    return setting;
}

/// The same with a treaty by all four, whose leader is the first.
inline Setting committed_setting() {
    Setting setting = politics_setting();
    setting.scenario.commitment.timing = Timing::at_ceasefire;
    setting.scenario.commitment.protectors = setting.everybody.members;
    setting.protectors = setting.everybody;
    setting.obliged_capability = 1.0;
    return setting;
}

/// A state of the ceasefire in which both sides comply and nobody has suffered.
inline State calm_state() {
    State state;
    state.posture = {Posture::comply, Posture::comply};
    return state;
}

/// Deaths at which grievance is nil: log(1 + G/10) = 0.6.
inline const double ordinary_deaths = 10.0 * (std::exp(0.6) - 1.0);

/// A state in which grievance is nil.
inline State ordinary_state() {
    State state = calm_state();
    state.grievance = {ordinary_deaths, ordinary_deaths};
    return state;
}

/// The same once a commitment is in force.
inline State in_force_state() {
    State state = ordinary_state();
    state.phase = Phase::in_force;
    state.in_force = true;
    return state;
}

/// Everything at the anchor of both sides.
inline Outlook anchored_outlook() {
    return {.win_russia = 0.35,
            .win_ukraine = 0.35,
            .alignment = 0.3,
            .belief = 0.04,
            .belief_russia = 0.03,
            .belief_next = 0.03,
            .belief_anchor = 0.03};
}

}  // namespace firebreak
