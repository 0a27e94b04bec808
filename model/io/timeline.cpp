#include "io/timeline.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "conflict/state.hpp"
#include "io/dated_log.hpp"
#include "io/episode_text.hpp"

namespace firebreak {
namespace {

std::string spaced(std::string_view identifier) {
    std::string text(identifier);
    std::ranges::replace(text, '_', ' ');
    return text;
}

std::string name_of(Side side) { return std::string(side_names[index_of(side)]); }

/// Writes one kind of record each.
struct Narrator {
    const Scenario& scenario;
    DatedLog& log;
    std::int32_t day;
    bool& commitment_in_force;

    void operator()(const PostureChange& change) const {
        log.entry(
            day, name_of(change.side) + " now " + std::string(posture_names[change.posture]) + ".");
    }

    void operator()(const WarDecision& decision) const {
        log.entry(day, name_of(decision.side) + " decides on war: its offensive is to begin on " +
                           date_text(decision.start_day) + ".");
    }

    void operator()(const Collapse& collapse) const {
        const bool russia = collapse.offensive.origin == Actor::russia;
        log.entry(day, std::string("THE CEASEFIRE COLLAPSES: ") + (russia ? "Russia" : "Ukraine") +
                           " resumes the war.");
    }

    void operator()(const WarCalledOff&) const {
        log.entry(day, "Met by force, Russia calls its offensive off: the ceasefire is restored.");
    }

    void operator()(const WarEnded&) const {
        log.entry(day, "The renewed war ends, and this history with it.");
    }

    void operator()(const PhaseChange& change) const {
        if (change.phase == Phase::in_force) {
            commitment_in_force = true;
            log.entry(day, "Every ally has ratified: the commitment is in force.");
            return;
        }
        if (scenario.commitment.timing == Timing::never) {
            log.entry(day, "The promise never to join is revised: membership is promised.");
            return;
        }
        log.entry(day, "Accession: now " +
                           std::string(phase_names[static_cast<std::size_t>(change.phase)]) + ".");
    }

    void operator()(const Activation&) const {
        commitment_in_force = true;
        log.entry(day, "The commitment becomes active.");
    }

    void operator()(const CommitmentEnded& end) const {
        commitment_in_force = false;
        log.entry(day, end.withdrawn ? "The protectors withdraw: the commitment ends."
                                     : "The commitment's term has run out: it ends.");
    }

    void operator()(const Election& election) const {
        log.entry(
            day,
            "Election in " + scenario.allies[election.ally.value()].name + ": its politics " +
                (election.adverse ? "turn against the commitment." : "turn back to its support."));
    }

    void operator()(const Settlement&) const { log.entry(day, "A permanent peace is signed."); }

    void operator()(const WalkBack& walk_back) const {
        log.entry(day, "The truth is out: the response of " + date_text(walk_back.taken_day) +
                           " was taken on a wrong view and is withdrawn.");
    }

    void operator()(const Episode& episode) const {
        write_episode(log, scenario, commitment_in_force, day, episode);
    }
};

void write_heading(DatedLog& log, const Scenario& scenario, ReplicationId replication,
                   std::uint64_t seed) {
    log.plain("One history: regime " + scenario.regime + " (" + scenario.title + "), replication " +
              std::to_string(replication.value()) + ", seed " + std::to_string(seed) + ".");
    log.plain(
        "Dates: Y1-01-01 is the first day of the ceasefire (day 0); every year has 365 days. "
        "The horizon is " +
        date_text(scenario.horizon) + " (day " + std::to_string(scenario.horizon) + ").");
    log.plain(
        "Belief: the allies' probability that Russia did it; leaders decide by the evidence once "
        "it "
        "settles, or by the clock. WRONG marks a decision against the truth. Reports: hours after "
        "the incident, whom they "
        "name, how many in a row (if more than one), belief after them. Where no response is named "
        "there was none.");
    log.plain(
        "This is one of many possible histories, simulated under stated assumptions; it is "
        "not a forecast.");
    log.plain("");
}

std::string opening_text(const Commitment& commitment) {
    switch (commitment.timing) {
        case Timing::never:
            return "There is no commitment.";
        case Timing::promised:
            return "Membership is promised, without a timetable.";
        case Timing::at_ceasefire:
            return "Accession begins: Ukraine is invited.";
        case Timing::after_settlement:
            return "Membership is promised for the time after a peace.";
        case Timing::after_quiet:
            return "Membership is promised for the time after a run of quiet days.";
        case Timing::immediate:
            return "The commitment is in force.";
        case Timing::activation:
            return "A commitment is pledged and not active yet.";
    }
    return {};
}

/// True if the history was over before the horizon.
bool ended_early(const Told& told) {
    if (told.records.empty()) return false;
    const Change& last = told.records.back().change;
    const auto* episode = std::get_if<Episode>(&last);
    return std::holds_alternative<WarEnded>(last) ||
           (episode != nullptr && episode->crisis && episode->crisis->highest >= Rung::general_war);
}

void write_outcomes(DatedLog& log, const ReplicationResult& result) {
    log.plain("");
    log.plain("What happened, by its first day:");
    std::vector<std::size_t> happened;
    std::string never;
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
        if (result.first_day.day[outcome] != FirstDays::never) {
            happened.push_back(outcome);
        } else {
            never += (never.empty() ? "" : ", ") + spaced(outcome_names[outcome]);
        }
    }
    std::ranges::stable_sort(happened, {},
                             [&](std::size_t outcome) { return result.first_day.day[outcome]; });
    for (const std::size_t outcome : happened) {
        std::string text = spaced(outcome_names[outcome]);
        if (outcome == index_of(OutcomeKind::clash) && result.path && result.source) {
            text += " (path: " + spaced(path_names[static_cast<std::size_t>(*result.path)]) +
                    ", source: " + spaced(source_names[static_cast<std::size_t>(*result.source)]) +
                    ")";
        }
        log.entry(result.first_day.day[outcome], text);
    }
    log.plain("Never: " + (never.empty() ? "nothing" : never) + ".");
}

void write_totals(DatedLog& log, const ReplicationResult& result) {
    std::array<std::int64_t, side_count> violations{};
    for (const auto& interval : result.violations) {
        for (std::size_t side = 0; side < side_count; ++side) violations[side] += interval[side];
    }
    std::string text = std::to_string(result.ceasefire_days) +
                       " days of ceasefire; violations: " + std::to_string(violations[0]) +
                       " Russian, " + std::to_string(violations[1]) + " Ukrainian. Events:";
    for (std::size_t event = 0; event < event_count; ++event) {
        text += (event == 0 ? " " : ", ") + spaced(event_names[event]) + " " +
                std::to_string(result.events[event]);
    }
    log.plain(text + ".");
}

}  // namespace

std::string timeline_text(const Scenario& scenario, const Told& told, ReplicationId replication,
                          std::uint64_t seed) {
    DatedLog log;
    write_heading(log, scenario, replication, seed);
    log.entry(0, "The ceasefire begins. " + opening_text(scenario.commitment));
    bool commitment_in_force = scenario.commitment.timing == Timing::immediate;
    for (const Record& record : told.records) {
        std::visit(Narrator{scenario, log, record.day, commitment_in_force}, record.change);
    }
    log.entry(scenario.horizon, ended_early(told)
                                    ? "The horizon; the history was over before."
                                    : "The horizon: the history is followed no further.");
    write_outcomes(log, told.result);
    write_totals(log, told.result);
    return log.str();
}

}  // namespace firebreak
