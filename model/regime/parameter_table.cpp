#include "regime/parameter_table.hpp"

#include <algorithm>
#include <array>

namespace firebreak {
namespace {

// A path is its field's own name, so the two cannot drift apart.
// clang-format off
#define FIELD(path, place) \
    ParameterField{path, [](Scenario& scenario) -> double& { return scenario.place; }}
#define PARAMETER(path) FIELD(#path, parameters.path)
#define COMMITMENT(name) FIELD("commitment." #name, commitment.name)
#define ALIGNMENT(phase) \
    FIELD("commitment.alignment_" #phase, commitment.alignment[static_cast<std::size_t>(Phase::phase)])
// clang-format on

constexpr std::array fields{
    PARAMETER(line.sectors),
    PARAMETER(line.immigrant_rate),
    PARAMETER(line.own_excitation),
    PARAMETER(line.cross_excitation),
    PARAMETER(line.neighbour_excitation),
    PARAMETER(line.memory_persistence),
    PARAMETER(line.frailty_shape),
    PARAMETER(line.front_activity_sd),
    PARAMETER(line.front_activity_persistence),
    PARAMETER(line.day_factor_sd),
    PARAMETER(line.sector_activity_sd),
    PARAMETER(line.sector_activity_persistence),
    PARAMETER(line.flare_up_start),
    PARAMETER(line.flare_up_persistence),
    PARAMETER(line.flare_up_contagion),
    PARAMETER(line.flare_up_factor),
    PARAMETER(line.discipline_russia),
    PARAMETER(line.discipline_ukraine),
    PARAMETER(line.harassment_posture),
    PARAMETER(line.preparation_posture),
    PARAMETER(line.preparation_days),
    PARAMETER(line.initial_restraint),
    PARAMETER(line.restraint_days),
    PARAMETER(line.restraint_shape),
    PARAMETER(line.settlement_restraint),
    PARAMETER(incidents.line_salience),
    PARAMETER(incidents.salience_exponent),
    PARAMETER(incidents.salience_cap),
    PARAMETER(incidents.deliberate_share),
    PARAMETER(incidents.own_side_share),
    PARAMETER(incidents.troop_hit_rate),
    PARAMETER(incidents.harassment_long_range),
    PARAMETER(incidents.stray_rate_russia),
    PARAMETER(incidents.stray_rate_ukraine),
    PARAMETER(incidents.shield_stray_factor),
    PARAMETER(incidents.shield_stray_rate_ally),
    PARAMETER(incidents.deaths_exponent),
    PARAMETER(incidents.stray_deaths_exponent),
    PARAMETER(incidents.deaths_cap),
    PARAMETER(incidents.offensive_deaths),
    PARAMETER(incidents.offensive_deaths_sd),
    PARAMETER(incidents.probe_rate),
    PARAMETER(incidents.probe_ally_share),
    PARAMETER(incidents.probe_fatal_share),
    PARAMETER(incidents.raid_rate),
    PARAMETER(incidents.retaliation_share),
    PARAMETER(incidents.retaliation_salvo),
    PARAMETER(investigation.prior_line),
    PARAMETER(investigation.prior_stray),
    PARAMETER(investigation.prior_deniable),
    PARAMETER(investigation.overt_russia),
    PARAMETER(investigation.overt_ukraine),
    PARAMETER(investigation.report_rate),
    PARAMETER(investigation.report_accuracy),
    PARAMETER(investigation.deniable_accuracy),
    PARAMETER(investigation.misleading_stream),
    PARAMETER(investigation.settling_threshold),
    PARAMETER(investigation.claim_weight_ukraine),
    PARAMETER(investigation.ukraine_blames_russia),
    PARAMETER(investigation.deadline_hours),
    PARAMETER(investigation.deadline_pressure),
    PARAMETER(investigation.truth_days),
    PARAMETER(response.severity_weight),
    PARAMETER(response.obligation_weight),
    PARAMETER(response.stake_weight),
    PARAMETER(response.own_hit_weight),
    PARAMETER(response.peer_weight),
    PARAMETER(response.fatigue_weight),
    PARAMETER(response.own_error_scale),
    PARAMETER(response.gravity_sd),
    PARAMETER(response.accidental_discount),
    PARAMETER(response.deliberate_discount),
    PARAMETER(response.discount_fading),
    PARAMETER(response.intent_separation),
    PARAMETER(response.intent_noise),
    PARAMETER(response.line_stake_factor),
    PARAMETER(response.cut_consult),
    PARAMETER(response.cut_reinforce),
    PARAMETER(response.cut_limited_force),
    PARAMETER(response.cut_general_force),
    PARAMETER(response.nuclear_aversion),
    PARAMETER(response.resolve_spread),
    PARAMETER(response.trigger_deaths),
    PARAMETER(response.consensus_share),
    PARAMETER(response.silence),
    PARAMETER(response.force_share),
    PARAMETER(response.fallback_share),
    PARAMETER(response.majority_share),
    PARAMETER(response.walk_back_loss),
    PARAMETER(response.agenda_gate),
    PARAMETER(response.belief_draws),
    PARAMETER(capitals.politics_step),
    PARAMETER(capitals.rationality),
    PARAMETER(capitals.inertia),
    PARAMETER(capitals.prize),
    PARAMETER(capitals.war_hazard_russia),
    PARAMETER(capitals.war_hazard_ukraine),
    PARAMETER(capitals.reference_win_probability),
    PARAMETER(capitals.reference_alignment),
    PARAMETER(capitals.intervention_cost),
    PARAMETER(capitals.capability_exponent),
    PARAMETER(capitals.deployed_defence),
    PARAMETER(capitals.provocation),
    PARAMETER(capitals.preventive_motive),
    PARAMETER(capitals.win_slope),
    PARAMETER(capitals.attacker_handicap),
    PARAMETER(capitals.readiness_russia_start),
    PARAMETER(capitals.readiness_ukraine_start),
    PARAMETER(capitals.readiness_russia_full),
    PARAMETER(capitals.readiness_ukraine_full),
    PARAMETER(capitals.rebuilding_days_russia),
    PARAMETER(capitals.rebuilding_days_ukraine),
    PARAMETER(capitals.harassment_gain_russia),
    PARAMETER(capitals.blocking_gain),
    PARAMETER(capitals.probe_gain),
    PARAMETER(capitals.probe_provocation),
    PARAMETER(capitals.probe_cost),
    PARAMETER(capitals.leader_type_sd),
    PARAMETER(capitals.grievance_weight),
    PARAMETER(capitals.grievance_days),
    PARAMETER(capitals.perception_bias),
    PARAMETER(capitals.perception_sd),
    PARAMETER(capitals.belief_weight),
    PARAMETER(capitals.probe_belief_weight),
    PARAMETER(capitals.harassment_gain_ukraine),
    PARAMETER(capitals.raid_gain),
    PARAMETER(capitals.revisionism),
    PARAMETER(capitals.emboldening),
    PARAMETER(capitals.conditionality),
    PARAMETER(cohesion.aid),
    PARAMETER(cohesion.aid_fatigue_share),
    PARAMETER(cohesion.fatigue_days),
    PARAMETER(cohesion.adverse_rate),
    PARAMETER(cohesion.return_rate),
    PARAMETER(cohesion.adverse_loss),
    PARAMETER(cohesion.us_aid_share),
    PARAMETER(accession.invitation_days),
    PARAMETER(accession.ratification_days),
    PARAMETER(accession.veto_scale),
    PARAMETER(accession.veto_lift_days),
    PARAMETER(accession.quiet_days),
    PARAMETER(settlement.hazard),
    PARAMETER(settlement.leverage_effect),
    PARAMETER(settlement.calm_effect),
    PARAMETER(settlement.holding_effect),
    PARAMETER(settlement.quiet_reference),
    PARAMETER(settlement.quiet_memory_days),
    PARAMETER(settlement.prize_factor),
    PARAMETER(settlement.breach_cost),
    PARAMETER(ladder.alert.autonomous_climb),
    PARAMETER(ladder.alert.escalate),
    PARAMETER(ladder.alert.back_down),
    PARAMETER(ladder.clash.autonomous_climb),
    PARAMETER(ladder.clash.escalate),
    PARAMETER(ladder.clash.back_down),
    PARAMETER(ladder.general_war.autonomous_climb),
    PARAMETER(ladder.general_war.escalate),
    PARAMETER(ladder.general_war.back_down),
    PARAMETER(ladder.resolve_weight),
    PARAMETER(ladder.culpability_weight),
    PARAMETER(ladder.misattribution_shift),
    PARAMETER(renewed_war.mean_days),
    PARAMETER(renewed_war.clash_hazard),
    PARAMETER(renewed_war.stray_rate_russia),
    PARAMETER(renewed_war.stray_rate_ukraine),
    PARAMETER(pledges.coalition_obligation),
    ALIGNMENT(none),
    ALIGNMENT(promised),
    ALIGNMENT(invited),
    ALIGNMENT(ratifying),
    ALIGNMENT(in_force),
    COMMITMENT(obligation),
    COMMITMENT(line_weight),
    COMMITMENT(rear_weight),
    COMMITMENT(exposure),
    COMMITMENT(armament),
    COMMITMENT(aid_factor),
    COMMITMENT(prize_factor),
    COMMITMENT(leverage_before),
    COMMITMENT(leverage_after),
    COMMITMENT(conditionality_factor),
    COMMITMENT(coverage),
    COMMITMENT(holding),
    COMMITMENT(activation_days),
    COMMITMENT(air_shield),
    COMMITMENT(term_days),
    COMMITMENT(withdrawal_hazard),
};

#undef FIELD
#undef PARAMETER
#undef COMMITMENT
#undef ALIGNMENT

/// The rows in the order of their paths, for the search by halves.
constexpr auto by_path = [] {
    std::array<const ParameterField*, fields.size()> rows{};
    for (std::size_t row = 0; row < fields.size(); ++row) rows[row] = &fields[row];
    std::sort(rows.begin(), rows.end(), [](const ParameterField* one, const ParameterField* other) {
        return one->path < other->path;
    });
    return rows;
}();

}  // namespace

std::span<const ParameterField> parameter_fields() { return fields; }

const ParameterField* find_parameter(std::string_view path) {
    const auto found = std::lower_bound(
        by_path.begin(), by_path.end(), path,
        [](const ParameterField* row, std::string_view wanted) { return row->path < wanted; });
    return found == by_path.end() || (*found)->path != path ? nullptr : *found;
}

}  // namespace firebreak
