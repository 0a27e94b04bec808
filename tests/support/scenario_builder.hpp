#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"
#include "regime/scenario.hpp"

namespace firebreak {

/// The 32 allies with values near those that are shipped, so that no test hangs on a data file.
inline Allies thirty_two_allies() {
    return {
        {"USA", "United States", 0.5312472, 0.35, -0.2, 1.2, 0.4, true, 0, 0},
        {"DEU", "Germany", 0.0772723, 0.6, -0.3, 1.4, 0.2, true, 0, 0.08},
        {"GBR", "United Kingdom", 0.0724428, 0.65, 0.4, 0.8, 0.01, true, 0, 0.02},
        {"FRA", "France", 0.0627837, 0.55, 0.2, 0.8, 0.03, true, 0, 0.01},
        {"POL", "Poland", 0.0347725, 1, 0.3, 0.9, 0.05, true, 0.45, 0.2},
        {"ITA", "Italy", 0.0328407, 0.35, -0.4, 1.3, 0.1, false, 0, 0},
        {"CAN", "Canada", 0.0260794, 0.4, 0, 1, 0.02, false, 0, 0},
        {"TUR", "Türkiye", 0.0270453, 0.35, -0.5, 1.2, 0.25, false, 0, 0},
        {"NLD", "Netherlands", 0.0173863, 0.55, 0.1, 1, 0.02, false, 0, 0.01},
        {"ESP", "Spain", 0.020284, 0.25, -0.4, 1.2, 0.06, false, 0, 0},
        {"SWE", "Sweden", 0.0115908, 0.75, 0.2, 1, 0.01, false, 0, 0.04},
        {"NOR", "Norway", 0.009659, 0.75, 0.2, 1, 0.01, false, 0, 0.04},
        {"DNK", "Denmark", 0.0086931, 0.7, 0.3, 0.9, 0.01, false, 0, 0.05},
        {"ROU", "Romania", 0.009659, 0.85, 0.1, 1, 0.05, false, 0.25, 0.08},
        {"BEL", "Belgium", 0.0077272, 0.4, -0.2, 1.2, 0.04, false, 0, 0},
        {"GRC", "Greece", 0.0086931, 0.2, -0.4, 1.2, 0.08, false, 0, 0},
        {"FIN", "Finland", 0.0077272, 0.95, 0.2, 0.9, 0.01, false, 0, 0.1},
        {"CZE", "Czechia", 0.0067613, 0.6, 0.1, 1, 0.1, false, 0, 0},
        {"HUN", "Hungary", 0.0057954, 0.3, -1.2, 1.4, 0.6, false, 0.08, 0},
        {"PRT", "Portugal", 0.0048295, 0.25, -0.2, 1.1, 0.01, false, 0, 0},
        {"SVK", "Slovakia", 0.0028977, 0.45, -0.8, 1.3, 0.45, false, 0.08, 0},
        {"LTU", "Lithuania", 0.0028977, 1, 0.5, 0.7, 0, false, 0.03, 0.12},
        {"BGR", "Bulgaria", 0.0028977, 0.45, -0.5, 1.2, 0.15, false, 0.02, 0},
        {"HRV", "Croatia", 0.0019318, 0.35, -0.2, 1.1, 0.12, false, 0.02, 0},
        {"EST", "Estonia", 0.0017386, 1, 0.5, 0.7, 0, false, 0.02, 0.14},
        {"LVA", "Latvia", 0.0014489, 1, 0.5, 0.7, 0, false, 0.05, 0.11},
        {"SVN", "Slovenia", 0.0009659, 0.35, -0.2, 1.1, 0.05, false, 0, 0},
        {"LUX", "Luxembourg", 0.0007727, 0.35, 0, 1.1, 0.01, false, 0, 0},
        {"ALB", "Albania", 0.000483, 0.3, 0.1, 1, 0, false, 0, 0},
        {"MKD", "North Macedonia", 0.0003864, 0.3, 0, 1, 0.01, false, 0, 0},
        {"MNE", "Montenegro", 0.0001932, 0.3, -0.1, 1, 0.03, false, 0, 0},
        {"ISL", "Iceland", 0.0000966, 0.4, 0, 1, 0.01, false, 0, 0},
    };
}

/// The whole alliance, in the order of the table.
inline std::vector<AllyId> everybody_of(const Allies& allies) {
    std::vector<AllyId> ids;
    for (std::uint32_t row = 0; row < allies.size(); ++row) ids.push_back(AllyId(row));
    return ids;
}

/// The status quo with values near the shipped ones: a line, its incidents, their investigation and
/// the allies' response. Politics, settlement and ladder stay at zero.
inline Scenario status_quo_scenario() {
    Scenario scenario;
    scenario.regime = "status-quo";
    scenario.horizon = 1826;
    scenario.allies = thirty_two_allies();
    scenario.parameters.incidents = {.line_salience = 2.5e-05,
                                     .salience_exponent = 0.5,
                                     .salience_cap = 20,
                                     .deliberate_share = 0.5,
                                     .own_side_share = 0.03,
                                     .troop_hit_rate = 1.2e-06,
                                     .harassment_long_range = 2,
                                     .stray_rate_russia = 6e-07,
                                     .stray_rate_ukraine = 4.8e-07,
                                     .shield_stray_factor = 0.6,
                                     .shield_stray_rate_ally = 2e-07,
                                     .deaths_exponent = 2.5,
                                     .stray_deaths_exponent = 2,
                                     .deaths_cap = 500,
                                     .offensive_deaths = 2000,
                                     .offensive_deaths_sd = 0.5,
                                     .probe_rate = 0.7,
                                     .probe_ally_share = 0.4,
                                     .probe_fatal_share = 0.043,
                                     .raid_rate = 0.7,
                                     .retaliation_share = 0.4,
                                     .retaliation_salvo = 20000,
                                     .shield_intercept_share = 0.5};
    scenario.parameters.investigation = {.prior_line = 0.85,
                                         .prior_stray = 0.7,
                                         .prior_deniable = 0.65,
                                         .overt_russia = 0.98,
                                         .overt_ukraine = 0.05,
                                         .report_rate = 1.5,
                                         .report_accuracy = 0.7,
                                         .deniable_accuracy = 0.62,
                                         .misleading_stream = 0.03,
                                         .settling_threshold = 4.5,
                                         .claim_weight_ukraine = 0.5,
                                         .ukraine_blames_russia = 0.85,
                                         .deadline_hours = 96,
                                         .deadline_pressure = 0.4,
                                         .truth_days = 20};
    scenario.parameters.response = {.severity_weight = 0.6,
                                    .obligation_weight = 6.5,
                                    .stake_weight = 1.5,
                                    .own_hit_weight = 3.6,
                                    .peer_weight = 1,
                                    .fatigue_weight = 0.8,
                                    .own_error_scale = 0.6,
                                    .gravity_sd = 0.25,
                                    .accidental_discount = 0.5,
                                    .deliberate_discount = 0.85,
                                    .discount_fading = 0.2,
                                    .intent_separation = 1.5,
                                    .intent_noise = 1.5,
                                    .line_stake_factor = 0.3,
                                    .cut_consult = 3,
                                    .cut_reinforce = 6.2,
                                    .cut_limited_force = 8.3,
                                    .cut_general_force = 12.8,
                                    .nuclear_aversion = 1,
                                    .resolve_spread = 0.5,
                                    .trigger_deaths = 30,
                                    .consensus_share = 0.6,
                                    .silence = 0.85,
                                    .force_share = 0.25,
                                    .fallback_share = 0.6,
                                    .majority_share = 0.65,
                                    .walk_back_loss = 0.2,
                                    .agenda_gate = 0.9,
                                    .belief_draws = 20000};
    scenario.parameters.cohesion = {.aid = 0.25,
                                    .aid_fatigue_share = 0.5,
                                    .fatigue_days = 1500,
                                    .adverse_rate = 0.12,
                                    .return_rate = 0.25,
                                    .adverse_loss = 1.5,
                                    .us_aid_share = 0.4};
    scenario.parameters.accession = {
        .invitation_days = 30, .ratification_days = 60, .veto_scale = 0.25, .veto_lift_days = 700};
    scenario.parameters.line = {.sectors = 24,
                                .immigrant_rate = 4.6,
                                .own_excitation = 0.4,
                                .cross_excitation = 0.25,
                                .neighbour_excitation = 0.1,
                                .memory_persistence = 0.55,
                                .frailty_shape = 2,
                                .front_activity_sd = 0.35,
                                .front_activity_persistence = 0.8,
                                .day_factor_sd = 0.25,
                                .sector_activity_sd = 0.6,
                                .sector_activity_persistence = 0.7,
                                .flare_up_start = 0.01,
                                .flare_up_persistence = 0.75,
                                .flare_up_contagion = 0.1,
                                .flare_up_factor = 4,
                                .discipline_russia = 1,
                                .discipline_ukraine = 1,
                                .harassment_posture = 2.5,
                                .preparation_posture = 10,
                                .preparation_days = 5,
                                .initial_restraint = 0.15,
                                .restraint_days = 150,
                                .restraint_shape = 1,
                                .settlement_restraint = 0.05,
                                .heavy_share = 0.083,
                                .heavy_restraint = 0.3,
                                .enforcement = 0.3};
    scenario.parameters.lethality = {.civilian_casualties = 1.2e-3,
                                     .soldiers_killed = 3e-4,
                                     .calm_exponent = 0.25,
                                     .salvo_civilian_deaths = 5};
    scenario.parameters.capitals.escalation_dominance = 0.3;
    scenario.commitment = {.timing = Timing::never,
                           .rule = ResponseRule::coalition,
                           .protectors = everybody_of(scenario.allies),
                           .covered_sectors = {},
                           .troop_sectors = {},
                           .alignment = {0.3, 0.3, 0.3, 0.3, 0.3},
                           .armament = 1.0,
                           .aid_factor = 1.0,
                           .prize_factor = 1.0,
                           .leverage_before = 1.0,
                           .leverage_after = 1.0,
                           .conditionality_factor = 1.0,
                           .coverage = 0.6,
                           .activation_days = 45};
    return scenario;
}

/// All 32 owe a treaty in force from day 0 and decide by consensus.
inline Scenario treaty_scenario() {
    Scenario scenario = status_quo_scenario();
    scenario.regime = "treaty";
    scenario.commitment.timing = Timing::immediate;
    scenario.commitment.rule = ResponseRule::consensus;
    scenario.commitment.obligation = 1.0;
    scenario.commitment.line_weight = 1.0;
    scenario.commitment.rear_weight = 1.0;
    return scenario;
}

/// The United Kingdom, France, Germany and Poland keep troops at the line, as a coalition.
inline Scenario tripwire_scenario() {
    Scenario scenario = treaty_scenario();
    scenario.regime = "tripwire";
    scenario.commitment.timing = Timing::activation;
    scenario.commitment.rule = ResponseRule::coalition;
    scenario.commitment.protectors = {AllyId(2), AllyId(3), AllyId(1), AllyId(4)};
    scenario.commitment.troop_sectors = {8, 9, 10, 11, 12, 13, 14, 15};
    scenario.commitment.obligation = 0.5;
    scenario.commitment.line_weight = 0.7;
    scenario.commitment.exposure = 1.0;
    scenario.commitment.coverage = 0.9;
    return scenario;
}

/// A ceasefire in which both sides comply, nobody has suffered, and a commitment is in force or
/// not.
inline State state_of_ceasefire(bool in_force) {
    State state;
    state.posture = {Posture::comply, Posture::comply};
    state.in_force = in_force;
    return state;
}

/// A Russian or Ukrainian missile astray on Polish soil, as at Przewodów in 2022.
inline Incident stray_in_poland(Actor origin, double deaths) {
    Incident incident;
    incident.day = 100;
    incident.kind = IncidentKind::stray;
    incident.origin = origin;
    incident.victim = Actor::ally;
    incident.place = Place::allied_territory;
    incident.deaths = deaths;
    incident.territory = AllyId(4);
    return incident;
}

/// Fire on the line that falls on the other side.
inline Incident fire_on_the_line(Side side, bool deliberate, double deaths) {
    Incident incident;
    incident.day = 100;
    incident.kind = IncidentKind::line;
    incident.number = static_cast<std::uint32_t>(side);
    incident.origin = actor_of(side);
    incident.victim = actor_of(opponent_of(side));
    incident.deliberate = deliberate;
    incident.place = Place::line;
    incident.deaths = deaths;
    incident.sector = SectorId(3);
    return incident;
}

/// An offensive that resumes the war.
inline Incident offensive_by(Side side, double deaths) {
    Incident incident = fire_on_the_line(side, true, deaths);
    incident.kind = IncidentKind::offensive;
    incident.sector.reset();
    return incident;
}

}  // namespace firebreak
