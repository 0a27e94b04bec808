#include "conflict/capitals.hpp"

#include <algorithm>

#include "base/elementary.hpp"
#include "base/quantity.hpp"
#include "conflict/concessions.hpp"
#include "conflict/credibility.hpp"

namespace firebreak {
namespace {

/// Time base of the capitals' hazards [d].
constexpr double hazard_days = 30.0;

/// A month in which war is as likely as e^-0.5 already leaves nothing to decide [1/30d].
constexpr double largest_war_hazard = 0.5;

/// Deaths at which grievance starts to weigh, and its weight on an ordinary month of ceasefire, at
/// which it is nil. Source: assumption, see the model description.
constexpr double grievance_scale = 10.0;
constexpr double ordinary_grievance = 0.6;

/// Harassing is a smaller risk than a raid, so emboldening counts half. Source: assumption.
constexpr double harassment_emboldening = 0.5;

/// Past this e^x is not a double any more; every hazard is capped long before.
constexpr double largest_exponent = 700.0;

double grievance_term(const CapitalParameters& parameters, const State& state, Side side) {
    const double deaths = state.grievance[index_of(side)];
    return parameters.grievance_weight *
           (log_one_plus(deaths / grievance_scale) - ordinary_grievance);
}

double breach_cost(const Setting& setting, const State& state) {
    return state.is_settled() ? setting.scenario.parameters.settlement.breach_cost : 0.0;
}

/// Emboldening of Ukraine by a commitment in force.
double emboldening(const CapitalParameters& parameters, const State& state, const Outlook& view) {
    return state.in_force ? parameters.emboldening * view.belief : 0.0;
}

/// The starting belief with a commitment in force or without one, given its lead's politics.
double starting_belief(const Setting& setting, const State& state, bool in_force) {
    const bool adverse = state.is_adverse(lead_of(setting, in_force));
    return setting.starting_belief.table[in_force ? 1 : 0][adverse ? 1 : 0];
}

/// True while a commitment is about to come into force and everybody knows it.
bool is_accession_near(const State& state) {
    return !state.in_force && (state.phase == Phase::invited || state.phase == Phase::ratifying);
}

/// What Russia loses if met with force: less if few of the allies' means are obliged.
double intervention_cost(const Setting& setting, const State& state) {
    const CapitalParameters& capitals = setting.scenario.parameters.capitals;
    if (!state.in_force) return capitals.intervention_cost;
    return capitals.intervention_cost *
           power(setting.obliged_capability, capitals.capability_exponent);
}

/// Utility of war for Russia less that at the anchor.
double war_utility_russia(const Setting& setting, const Cast& cast, const State& state,
                          const Outlook& view) {
    const Scenario& scenario = setting.scenario;
    const CapitalParameters& capitals = scenario.parameters.capitals;
    const double settled_factor =
        state.is_settled() ? scenario.parameters.settlement.prize_factor : 1.0;
    // Only the prize at stake is scaled, never the anchor's: a concession lowers the hazard
    // whatever the odds (prototype mend 40: the anchor stands for the cost of war).
    const double prize = capitals.prize * view.prize_factor * settled_factor;
    return prize * view.win_russia - capitals.prize * capitals.reference_win_probability +
           capitals.provocation * (view.alignment - capitals.reference_alignment) -
           intervention_cost(setting, state) * view.belief_russia +
           capitals.intervention_cost * view.belief_anchor +
           capitals.preventive_motive * std::max(0.0, view.belief_next - view.belief_russia) +
           cast.leader_type_russia + grievance_term(capitals, state, Side::russia) -
           breach_cost(setting, state);
}

/// Utility of war for Ukraine less that at its anchor.
double war_utility_ukraine(const Setting& setting, const Cast& cast, const State& state,
                           const Outlook& view) {
    const CapitalParameters& capitals = setting.scenario.parameters.capitals;
    const double conditionality = setting.scenario.commitment.conditionality_factor;
    return capitals.revisionism * (view.win_ukraine - capitals.reference_win_probability) +
           emboldening(capitals, state, view) - capitals.conditionality * (conditionality - 1.0) +
           cast.leader_type_ukraine + grievance_term(capitals, state, Side::ukraine) -
           breach_cost(setting, state);
}

/// The postures a side chooses from, mild to severe.
std::array<Posture, 3> postures_of(Side side) {
    return {Posture::comply, Posture::harass,
            side == Side::russia ? Posture::probe : Posture::raid};
}

}  // namespace

double readiness(const CapitalParameters& parameters, Side side, std::int32_t day) {
    const bool russia = side == Side::russia;
    const double start =
        russia ? parameters.readiness_russia_start : parameters.readiness_ukraine_start;
    const double full =
        russia ? parameters.readiness_russia_full : parameters.readiness_ukraine_full;
    const double days =
        russia ? parameters.rebuilding_days_russia : parameters.rebuilding_days_ukraine;
    return full - (full - start) * exponential(-day / days);
}

Outlook outlook(const Setting& setting, const Cast& cast, const State& state, std::int32_t day,
                double aid, bool accession_waits) {
    const CapitalParameters& capitals = setting.scenario.parameters.capitals;
    const Commitment& commitment = setting.scenario.commitment;
    const double attack = readiness(capitals, Side::russia, day);
    const double defence = readiness(capitals, Side::ukraine, day) * commitment.armament + aid;
    const double deployed = state.in_force ? capitals.deployed_defence * commitment.exposure : 0.0;

    const auto updated = [&](bool in_force) {
        return updated_belief(starting_belief(setting, state, in_force), capitals.belief_weight,
                              state.honoured, state.failed);
    };
    // A shift of the log-odds is a factor on the odds.
    const double odds_factor = exponential(cast.perception);
    const auto as_russia_sees = [&](double belief) {
        return belief * odds_factor / (belief * odds_factor + (1.0 - belief));
    };

    const Phase phase = state.in_force ? Phase::in_force : state.phase;
    Outlook view;
    view.win_russia =
        logistic(capitals.win_slope * (attack - defence - capitals.attacker_handicap - deployed));
    view.win_ukraine =
        logistic(capitals.win_slope * (defence - attack - capitals.attacker_handicap));
    // What ended is promised no more; phase none of a pledge is one not active yet.
    const Terms terms = terms_seen(setting.scenario, phase);
    view.alignment = state.lapsed ? capitals.reference_alignment : terms.alignment;
    view.prize_factor = terms.prize_factor;
    view.belief = updated(state.in_force);
    view.belief_russia = as_russia_sees(view.belief);
    view.belief_next =
        is_accession_near(state) ? as_russia_sees(updated(true)) : view.belief_russia;
    view.belief_anchor = as_russia_sees(setting.starting_belief.table[0][0]);
    view.accession_waits = accession_waits;
    return view;
}

double war_hazard(Side side, const Setting& setting, const Cast& cast, const State& state,
                  const Outlook& view) {
    const CapitalParameters& capitals = setting.scenario.parameters.capitals;
    const bool russia = side == Side::russia;
    const double anchor = russia ? capitals.war_hazard_russia : capitals.war_hazard_ukraine;
    const double utility = russia ? war_utility_russia(setting, cast, state, view)
                                  : war_utility_ukraine(setting, cast, state, view);
    const double exponent = std::min(capitals.rationality * utility, largest_exponent);
    return std::min(anchor * exponential(exponent), largest_war_hazard);
}

double war_chance(Side side, const Setting& setting, const Cast& cast, const State& state,
                  const Outlook& view) {
    const Rate rate(war_hazard(side, setting, cast, state, view) / hazard_days);
    return chance_within(rate, setting.scenario.parameters.capitals.politics_step).value();
}

std::array<double, 3> posture_utilities(Side side, const Setting& setting, const State& state,
                                        const Outlook& view) {
    const CapitalParameters& capitals = setting.scenario.parameters.capitals;
    const Commitment& commitment = setting.scenario.commitment;
    const double grievance = grievance_term(capitals, state, side);
    const double breach = breach_cost(setting, state);
    std::array<double, 3> utility{};
    if (side == Side::russia) {
        // Only a commitment in force can be tested: a promise is none.
        const double testing = state.in_force ? capitals.probe_gain : 0.0;
        utility[1] = capitals.harassment_gain_russia +
                     (view.accession_waits ? capitals.blocking_gain : 0.0) + grievance -
                     view.punishment - breach;
        utility[2] = testing * (1.0 - view.belief_russia) +
                     capitals.probe_gain * doubt_about_members(capitals, state) +
                     capitals.probe_provocation * view.alignment - capitals.probe_cost - breach;
    } else {
        const double bolder = emboldening(capitals, state, view);
        utility[1] = capitals.harassment_gain_ukraine + harassment_emboldening * bolder +
                     grievance - view.punishment - breach;
        utility[2] = capitals.raid_gain + bolder -
                     capitals.conditionality * commitment.conditionality_factor + grievance -
                     breach;
    }
    const std::array<Posture, 3> postures = postures_of(side);
    for (std::size_t i = 0; i < postures.size(); ++i) {
        if (state.posture[index_of(side)] == postures[i]) utility[i] += capitals.inertia;
    }
    return utility;
}

std::array<double, 3> posture_chances(Side side, const Setting& setting, const State& state,
                                      const Outlook& view) {
    const double rationality = setting.scenario.parameters.capitals.rationality;
    const std::array<double, 3> utility = posture_utilities(side, setting, state, view);
    const double best = *std::ranges::max_element(utility);
    std::array<double, 3> chance{};
    double sum = 0.0;
    for (std::size_t i = 0; i < chance.size(); ++i) {
        chance[i] = utility[i] == best ? 1.0 : exponential(rationality * (utility[i] - best));
        sum += chance[i];
    }
    for (double& share : chance) share /= sum;
    return chance;
}

Posture choose_posture(Side side, const Setting& setting, const State& state, const Outlook& view,
                       std::int32_t day, ReplicationId replication, const Draws& draws) {
    const std::array<double, 3> chances = posture_chances(side, setting, state, view);
    const std::size_t chosen =
        draws.categorical(chances, {.replication = replication.value(),
                                    .day = static_cast<std::uint32_t>(day),
                                    .purpose = Purpose::posture,
                                    .subject = static_cast<std::uint32_t>(index_of(side))});
    return postures_of(side)[chosen];
}

}  // namespace firebreak
