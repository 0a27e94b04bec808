#include "conflict/state.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "conflict/toll.hpp"

namespace firebreak {

namespace {

/// True if the response amounts to acting together, not only to talking.
bool is_joint(const Response& response) { return response.level >= ResponseLevel::reinforce; }

/// Something was at stake: a wrong view that nobody acted on, far from any ally, is not counted
/// (prototype mend 24).
bool is_at_stake(const Incident& incident, const Response& response) {
    return response.level >= ResponseLevel::consult || incident.troops_hit ||
           incident.place == Place::allied_territory;
}

/// How the clash that grows out of `incident` came about (prototype mends 16 and 55).
Path path_of(const Incident& incident) {
    if (incident.kind == IncidentKind::war_spillover) {
        return Path::exogenous;
    }
    if (did_ukraine_fire_first(incident)) {
        return Path::catalytic;
    }
    if (is_force_misattributed(incident)) {
        return Path::misattributed;
    }
    return incident.deliberate ? Path::deliberate : Path::accidental;
}

Source source_of(IncidentKind kind) {
    switch (kind) {
        case IncidentKind::line:
            return Source::line;
        case IncidentKind::troops:
            return Source::troops;
        case IncidentKind::stray:
            return Source::stray;
        case IncidentKind::probe:
            return Source::probe;
        case IncidentKind::raid:
        case IncidentKind::retaliation:
            return Source::raid;
        case IncidentKind::offensive:
            return Source::offensive;
        case IncidentKind::war_stray:
            return Source::war_stray;
        case IncidentKind::war_spillover:
            return Source::war_spillover;
    }
    return Source::line;
}

/// Changes a state by one kind of record each.
struct Applier {
    State& state;
    const Scenario& scenario;
    std::int32_t day;

    void operator()(const PostureChange& change) const {
        state.posture[index_of(change.side)] = static_cast<Posture>(change.posture);
    }

    void operator()(const WarDecision& decision) const {
        state.planned = PlannedOffensive{decision.side, decision.start_day};
        state.posture[index_of(decision.side)] = Posture::harass;
    }

    void operator()(const Collapse& collapse) const {
        state.planned.reset();
        state.at_war = true;
        state.war_end_day = collapse.war_end_day;
        state.first_day.note(OutcomeKind::collapse, day);
    }

    void operator()(const WarCalledOff&) const { state.at_war = false; }

    void operator()(const WarEnded&) const { state.ended = true; }

    void operator()(const PhaseChange& change) const {
        state.phase = change.phase;
        if (scenario.commitment.timing == Timing::after_quiet &&
            state.quiet_day == FirstDays::never) {
            state.quiet_day = day;
        }
        if (change.phase == Phase::in_force) {
            come_into_force();
            state.first_day.note(OutcomeKind::accession, day);
        }
    }

    void operator()(const Activation&) const {
        state.phase = Phase::in_force;
        come_into_force();
    }

    void operator()(const CommitmentEnded&) const {
        state.phase = Phase::none;
        state.in_force = false;
        state.lapsed = true;
    }

    void operator()(const Election& election) const {
        const std::uint64_t bit = std::uint64_t{1} << election.ally.value();
        state.adverse = election.adverse ? state.adverse | bit : state.adverse & ~bit;
    }

    void operator()(const Settlement&) const {
        state.settled_day = day;
        state.first_day.note(OutcomeKind::settlement, day);
    }

    void operator()(const WalkBack& walk_back) const {
        ++state.walked_back;
        const auto known = std::ranges::find_if(state.coming_truths, [&](const ComingTruth& truth) {
            return truth.taken_day == walk_back.taken_day && truth.due_day <= day;
        });
        if (known != state.coming_truths.end()) {
            state.coming_truths.erase(known);
        }
    }

    void operator()(const Episode& episode) const {
        state.last_unquiet_day =
            std::max(state.last_unquiet_day, episode.crisis ? episode.crisis->end_day : day);
        note_incident(episode.incident);
        note_response(episode);
        note_beliefs(episode);
        if (episode.crisis) {
            note_crisis(episode);
        }
    }

  private:
    void come_into_force() const {
        state.in_force = true;
        state.in_force_day = day;
    }

    void count(EventKind kind) const {
        if (!state.at_war) {
            ++state.events[static_cast<std::size_t>(kind)];
        }
    }

    void note_incident(const Incident& incident) const {
        switch (incident.kind) {
            case IncidentKind::line:
            case IncidentKind::troops:
                state.first_day.note(OutcomeKind::salient_incident, day);
                count(EventKind::salient_incident);
                break;
            case IncidentKind::stray:
            case IncidentKind::war_stray:
                state.first_day.note(OutcomeKind::stray, day);
                count(EventKind::stray);
                break;
            case IncidentKind::probe:
                count(EventKind::probe);
                if (incident.place == Place::allied_territory) count(EventKind::allied_probe);
                break;
            case IncidentKind::raid:
                count(EventKind::raid);
                break;
            case IncidentKind::retaliation:
                state.salvo_deaths += salvo_deaths(scenario, state.in_force);
                break;
            case IncidentKind::offensive:
            case IncidentKind::war_spillover:
                break;
        }
        if (incident.troops_hit && incident.origin == Actor::russia && incident.deaths > 0.0) {
            state.first_day.note(OutcomeKind::protector_fatality, day);
        }
        if (incident.victim == Actor::russia) {
            state.grievance[index_of(Side::russia)] += incident.deaths;
        } else if (incident.victim == Actor::ukraine) {
            state.grievance[index_of(Side::ukraine)] += incident.deaths;
        }
    }

    void note_response(const Episode& episode) const {
        const Response& response = episode.response;
        const bool wrong = is_misattributed(episode.incident, episode.judgement);
        if (wrong && is_at_stake(episode.incident, response)) {
            state.first_day.note(OutcomeKind::misattribution, day);
            count(EventKind::misattribution);
        }
        if (response.level >= ResponseLevel::consult) {
            state.first_day.note(OutcomeKind::consultation, day);
            count(EventKind::consultation);
        }
        if (is_joint(response)) {
            state.first_day.note(
                response.invoked ? OutcomeKind::invocation : OutcomeKind::joint_response, day);
        }
        if (is_force(response) && is_force_misattributed(episode.incident)) {
            state.first_day.note(OutcomeKind::misattributed_force, day);
        }
        if (wrong && response.level >= ResponseLevel::consult && !is_force(response)) {
            const auto delay = static_cast<std::int32_t>(episode.judgement.truth_hours / 24.0);
            state.coming_truths.push_back({day + std::max(delay, std::int32_t{1}), day});
        }
    }

    /// What Russia learns about the commitment (prototype mend 43).
    void note_beliefs(const Episode& episode) const {
        const bool answered = is_joint(episode.response);
        if (episode.response.truly_triggered) {
            learn(episode.incident, answered, 1.0);
            if (!answered) {
                ++state.dishonoured;
                state.first_day.note(OutcomeKind::credibility_failure, day);
            }
        }
        if (episode.incident.kind == IncidentKind::probe) {
            learn(episode.incident, answered, scenario.parameters.capitals.probe_belief_weight);
        }
        if (episode.crisis && episode.crisis->highest >= Rung::clash &&
            episode.crisis->backed_down) {
            learn(episode.incident, *episode.crisis->backed_down == LadderSide::russia, 1.0);
        }
    }

    /// Counts one observation of `weight`, and apart if it is one of Ukraine's commitment.
    void learn(const Incident& incident, bool honoured, double weight) const {
        (honoured ? state.honoured : state.failed) += weight;
        if (state.in_force && incident.place != Place::allied_territory) {
            (honoured ? state.honoured_commitment : state.failed_commitment) += weight;
        }
    }

    void note_crisis(const Episode& episode) const {
        const Crisis& crisis = *episode.crisis;
        const auto note = [&](Rung rung, OutcomeKind kind) {
            const std::int32_t reached = crisis.day[static_cast<std::size_t>(rung)];
            if (reached != FirstDays::never) {
                state.first_day.note(kind, reached);
            }
        };
        // A later incident of the day may force at once what an earlier crisis brings days later.
        const std::int32_t clash = crisis.day[static_cast<std::size_t>(Rung::clash)];
        if (clash != FirstDays::never && state.first_day.is_before(clash, OutcomeKind::clash)) {
            state.path = path_of(episode.incident);
            state.source = source_of(episode.incident.kind);
        }
        note(Rung::alert, OutcomeKind::alert);
        note(Rung::clash, OutcomeKind::clash);
        note(Rung::general_war, OutcomeKind::general_war);
        note(Rung::nuclear_use, OutcomeKind::nuclear_use);
        if (crisis.highest >= Rung::general_war) {
            state.ended = true;
        }
    }
};

}  // namespace

State opening_state(const Scenario& scenario, const Line& line) {
    State state;
    state.line = line;
    switch (scenario.commitment.timing) {
        case Timing::promised:
        case Timing::after_settlement:
        case Timing::after_quiet:
            state.phase = Phase::promised;
            break;
        case Timing::at_ceasefire:
            state.phase = Phase::invited;
            break;
        case Timing::immediate:
            state.phase = Phase::in_force;
            state.in_force = true;
            break;
        case Timing::never:
        case Timing::activation:
            state.phase = Phase::none;
            break;
    }
    // What the calm of the first day would always have brought, like the memories of the line.
    state.recent_violations =
        scenario.parameters.settlement.quiet_reference * scenario.parameters.line.initial_restraint;
    return state;
}

void apply(State& state, const Scenario& scenario, std::int32_t day, const Change& change) {
    std::visit(Applier{state, scenario, day}, change);
}

Forgetting forgetting(const Scenario& scenario) {
    return {1.0 - 1.0 / scenario.parameters.capitals.grievance_days,
            1.0 / scenario.parameters.settlement.quiet_memory_days};
}

void end_day(State& state, const Forgetting& forgetting,
             const std::array<std::int32_t, side_count>& fire, const CalmEffects& effects) {
    double total = 0.0;
    for (std::size_t side = 0; side < side_count; ++side) {
        state.violations[side] += fire[side];
        total += static_cast<double>(fire[side]);
        state.grievance[side] *= forgetting.grievance_kept;
    }
    state.long_range_fire += total * static_cast<double>(effects.long_range);
    state.lethal_fire += total * static_cast<double>(effects.lethality);
    state.recent_violations += forgetting.quiet_weight * (total - state.recent_violations);
    ++state.ceasefire_days;
}

}  // namespace firebreak
