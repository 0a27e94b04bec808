#include "io/episode_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/elementary.hpp"
#include "io/evidence_text.hpp"

namespace firebreak {
namespace {

constexpr double hours_per_day = 24.0;

/// Groups of more allies than this are counted instead of named, the largest one only.
constexpr std::size_t most_named = 6;

constexpr std::array<std::string_view, 3> adjectives{"Russian", "Ukrainian", "allied"};
constexpr std::array<std::string_view, 3> peoples{"Russian", "Ukrainian", "allied citizen"};

std::string_view adjective(Actor actor) { return adjectives[static_cast<std::size_t>(actor)]; }

/// A whole number with its thousands apart.
std::string count_text(double number) {
    const std::string digits = std::to_string(std::lround(number));
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    return text;
}

std::string killing(double deaths, std::string_view people = {}) {
    if (deaths < 0.5) return "kills nobody";
    std::string text("kills ");
    text += count_text(deaths);
    if (!people.empty()) text.append(" ").append(people);
    if (!people.empty() && std::lround(deaths) != 1) text += "s";
    return text;
}

std::string place_text(const Scenario& scenario, const Incident& incident) {
    if (incident.territory) return scenario.allies[incident.territory->value()].name;
    if (incident.sector) return std::string("sector ") + std::to_string(incident.sector->value());
    return std::string(place_names[static_cast<std::size_t>(incident.place)]);
}

/// What flies astray: a Russian round, or what was fired to intercept one.
std::string stray_text(const Scenario& scenario, const Incident& incident) {
    const std::string missile = incident.origin == Actor::russia ? "Russian round"
                                : incident.origin == Actor::ukraine
                                    ? "Ukrainian interceptor"
                                    : "interceptor of the air shield";
    return "stray " + missile + " falls on " + place_text(scenario, incident) + " and " +
           killing(incident.deaths);
}

/// What happened, in truth.
std::string event_text(const Scenario& scenario, const Incident& incident) {
    const std::string intent = incident.deliberate ? "deliberate" : "accidental";
    const std::string where = place_text(scenario, incident);
    const std::string_view people = peoples[static_cast<std::size_t>(incident.victim)];
    const std::string fire = std::string(adjective(incident.origin)) + " fire";
    switch (incident.kind) {
        case IncidentKind::line:
            return fire + " at " + where +
                   (incident.origin == incident.victim ? ", on its own side, "
                                                       : ", " + intent + ", ") +
                   killing(incident.deaths, people);
        case IncidentKind::troops:
            return fire + " at " + where + ", " + intent + ", hits protector troops and " +
                   killing(incident.deaths);
        case IncidentKind::stray:
            return "A " + stray_text(scenario, incident);
        case IncidentKind::war_stray:
            return "In the war a " + stray_text(scenario, incident);
        case IncidentKind::probe:
            return "Russia probes " +
                   (incident.troops_hit ? "protector troops at " + where : where) +
                   " with an act it denies, which " + killing(incident.deaths);
        case IncidentKind::raid:
            return "Ukraine raids " + where + ", which " + killing(incident.deaths);
        case IncidentKind::retaliation:
            return "Russia answers a raid with a strike on " + where + ", which " +
                   killing(incident.deaths);
        case IncidentKind::offensive:
            return std::string(incident.origin == Actor::russia ? "Russia" : "Ukraine") +
                   "'s offensive " + killing(incident.deaths) + " in its first days";
        case IncidentKind::war_spillover:
            return "The war spills over: force between Russia and an ally";
    }
    return {};
}

std::string culprit_text(const Judgement& judgement) {
    return judgement.probability_russia > 0.5 ? "Russia did it" : "Russia did not do it";
}

/// Something came of it, or might well have.
bool is_telling(const Episode& episode) {
    const Incident& incident = episode.incident;
    const Response& response = episode.response;
    const bool touches_allies = incident.troops_hit || incident.place == Place::allied_territory;
    return response.level > ResponseLevel::none || response.truly_triggered || episode.crisis ||
           (touches_allies && (response.agenda || incident.deaths > 0.0 ||
                               is_misattributed(incident, episode.judgement)));
}

/// Half a line instead of the whole investigation.
std::string short_verdict(const Incident& incident, const Judgement& judgement) {
    if (judgement.overt) return ".";
    std::string text = "; belief " + belief_text(judgement.probability_russia) + " (" +
                       (judgement.by_deadline ? "clock" : "evidence") + ", " +
                       hours_text(judgement.decided_hours) + ")";
    return text + (is_misattributed(incident, judgement) ? ", WRONG." : ".");
}

std::string claims_text(const Judgement& judgement) {
    std::string text = judgement.claim_ukraine_blames_russia
                           ? "Claims: Ukraine blames Russia, Russia denies."
                           : "Claims: Ukraine does not blame Russia, Russia denies.";
    const double opening = judgement.reports.empty() ? logit(judgement.probability_russia)
                                                     : opening_belief(judgement.reports);
    if (std::isfinite(opening)) text += " Belief at first: " + belief_text(logistic(opening)) + ".";
    return text;
}

std::string decision_text(const Incident& incident, const Judgement& judgement) {
    std::string text = "Leaders decide after " + hours_text(judgement.decided_hours) + ", by the " +
                       (judgement.by_deadline ? "clock" : "evidence") + ": " +
                       culprit_text(judgement) + " (belief " +
                       belief_text(judgement.probability_russia) + ").";
    if (is_misattributed(incident, judgement)) {
        text += incident.origin == Actor::russia ? " WRONG: it did." : " WRONG: it did not.";
    }
    return text;
}

/// What is learnt after the decision.
std::string aftermath_text(const Scenario& scenario, std::int32_t day, const Judgement& judgement) {
    const double horizon_hours = hours_per_day * static_cast<double>(scenario.horizon - day);
    if (judgement.settled_hours > horizon_hours) return "The evidence never settles.";
    std::string text;
    if (judgement.by_deadline) {
        text = "The evidence settles after " + hours_text(judgement.settled_hours) + ": Russia " +
               (judgement.settled_on_russia ? "did it." : "did not do it.");
    }
    if (judgement.truth_hours > judgement.settled_hours) {
        text += text.empty() ? "" : " WRONG. ";
        text += judgement.truth_hours > horizon_hours
                    ? "The truth is not out by the horizon."
                    : "The truth is out after " + hours_text(judgement.truth_hours) + ".";
    }
    return text;
}

/// Reports that were on the desk when leaders decided.
std::size_t reports_in_time(const Judgement& judgement) {
    if (!judgement.by_deadline) return judgement.reports.size();
    const auto late = std::ranges::find_if(judgement.reports, [&](const Report& report) {
        return report.hours > judgement.decided_hours;
    });
    return static_cast<std::size_t>(late - judgement.reports.begin());
}

void write_investigation(DatedLog& log, const Incident& incident, const Judgement& judgement) {
    if (incident.kind == IncidentKind::war_spillover) return;  // nobody asks who did it
    if (judgement.overt) {
        log.more("Nobody has to investigate: " + culprit_text(judgement) + " (belief " +
                 belief_text(judgement.probability_russia) + ").");
        return;
    }
    log.more(claims_text(judgement));
    const std::span<const Report> reports(judgement.reports);
    log.more("Reports: " + reports_text(reports.first(reports_in_time(judgement))) + ".");
    log.more(decision_text(incident, judgement));
}

void write_aftermath(DatedLog& log, const Scenario& scenario, std::int32_t day,
                     const Judgement& judgement) {
    if (judgement.overt) return;
    const std::span<const Report> late =
        std::span<const Report>(judgement.reports).subspan(reports_in_time(judgement));
    if (!late.empty()) log.more("Later reports: " + reports_text(late) + ".");
    if (judgement.by_deadline || judgement.truth_hours > judgement.settled_hours) {
        log.more(aftermath_text(scenario, day, judgement));
    }
}

std::string rule_text(ResponseRule rule, std::size_t deciding) {
    const std::string allies = deciding == 1 ? "one ally" : std::to_string(deciding) + " allies";
    switch (rule) {
        case ResponseRule::consensus:
            return "Vote of " + allies + ", by consensus";
        case ResponseRule::qualified_majority:
            return "Vote of " + allies + ", by qualified majority";
        case ResponseRule::coalition:
            return "Choice of " + allies + ", a coalition of the willing";
        case ResponseRule::lead_nation:
            return "Choice of " + allies + ", the first one leads";
    }
    return {};
}

std::string votes_text(const Scenario& scenario, const Response& response) {
    std::array<std::size_t, response_level_names.size()> sizes{};
    for (const ResponseLevel level : response.levels) ++sizes[static_cast<std::size_t>(level)];
    const auto largest =
        static_cast<std::size_t>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin());
    std::string text;
    for (std::size_t level = sizes.size(); level-- > 0;) {
        if (sizes[level] == 0) continue;
        if (!text.empty()) text += "; ";
        text += std::string(response_level_names[level]) + ": ";
        if (level == largest && sizes[level] > most_named) {
            const bool all = sizes[level] == response.levels.size();
            text += (all ? "all " : "the other ") + std::to_string(sizes[level]);
            continue;
        }
        std::string names;
        for (std::size_t i = 0; i < response.levels.size(); ++i) {
            if (static_cast<std::size_t>(response.levels[i]) != level) continue;
            if (!names.empty()) names += ", ";
            names += scenario.allies[response.deciding[i].value()].name;
        }
        text += names;
    }
    return text;
}

/// How the clause on first use was read, if the duty has one.
std::string first_use_text(const Incident& incident, const Response& response) {
    const bool held = *response.held_ukraine_first;
    std::string text = "The clause on first use: Ukraine is held ";
    text += held ? "to have fired first." : "not to have fired first.";
    if (held != did_ukraine_fire_first(incident))
        text += held ? " WRONG: it did not." : " WRONG: it did.";
    return text;
}

std::string result_text(ResponseRule rule, const Incident& incident, const Response& response) {
    const bool joint = response.level >= ResponseLevel::reinforce;
    std::string text;
    if (response.deciding.empty()) {
        text = response.agenda ? "Answered at once: " : "Not on the agenda: ";
    } else if (response.invoked) {
        text = "The obligation is invoked: ";
    } else if (!response.obligation_in_force) {
        text = joint ? "Nothing to invoke, the willing act: " : "Nothing to invoke: ";
    } else {
        text = "The obligation is not invoked: ";
        if (joint && rule == ResponseRule::consensus) {
            text = "No consensus, the willing act: ";
        } else if (joint && rule == ResponseRule::qualified_majority) {
            text = "No majority, the willing act: ";
        }
    }
    text += std::string(response_level_names[static_cast<std::size_t>(response.level)]) + ".";
    if (response.truly_triggered && !joint) {
        text +=
            " CREDIBILITY FAILURE: a deliberate Russian attack that passes the threshold is not "
            "answered together.";
    }
    if (is_force(response) && is_force_misattributed(incident)) {
        text += " FORCE ON A WRONG VIEW.";
    }
    return text;
}

std::string crisis_text(const Scenario& scenario, const Crisis& crisis) {
    std::string text = "Crisis:";
    for (std::size_t rung = 1; rung < crisis.day.size(); ++rung) {
        if (crisis.day[rung] == FirstDays::never) continue;
        text.append(" ").append(rung_names[rung]);
        text.append(" on ").append(date_text(crisis.day[rung])).append(",");
    }
    text.back() = ';';
    if (crisis.end_day > scenario.horizon) return text + " undecided at the horizon.";
    if (!crisis.backed_down) return text + " nobody backed down.";
    return text +
           (*crisis.backed_down == LadderSide::russia ? " Russia backs" : " the allies back") +
           " down on " + date_text(crisis.end_day) + ".";
}

}  // namespace

void write_episode(DatedLog& log, const Scenario& scenario, bool commitment_in_force,
                   std::int32_t day, const Episode& episode) {
    const Incident& incident = episode.incident;
    const Judgement& judgement = episode.judgement;
    const Response& response = episode.response;
    const std::string event = event_text(scenario, incident);
    if (!is_telling(episode)) {
        log.entry(day, event + short_verdict(incident, judgement));
        return;
    }
    log.entry(day, event + ".");
    write_investigation(log, incident, judgement);
    if (response.held_ukraine_first) log.more(first_use_text(incident, response));
    // On allied territory the alliance's own treaty applies, in every regime.
    const ResponseRule rule = incident.place == Place::allied_territory ? ResponseRule::consensus
                              : commitment_in_force                     ? scenario.commitment.rule
                                                                        : ResponseRule::coalition;
    if (!response.deciding.empty()) {
        log.more(rule_text(rule, response.deciding.size()) + ": " + votes_text(scenario, response) +
                 ".");
    }
    log.more(result_text(rule, incident, response));
    write_aftermath(log, scenario, day, judgement);
    if (episode.crisis) log.more(crisis_text(scenario, *episode.crisis));
}

}  // namespace firebreak
