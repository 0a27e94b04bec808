#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "build_info.hpp"
#include "conflict/state.hpp"
#include "io/dated_log.hpp"
#include "io/evidence_text.hpp"
#include "io/json.hpp"
#include "io/timeline.hpp"

namespace firebreak {
namespace {

// Names in files are identifiers, unlike those that people read.
constexpr std::array<std::string_view, 9> kind_keys{"line",      "troops",    "stray",
                                                    "probe",     "raid",      "retaliation",
                                                    "offensive", "war_stray", "war_spillover"};
constexpr std::array<std::string_view, 3> actor_keys{"Russia", "Ukraine", "ally"};
constexpr std::array<std::string_view, 4> place_keys{"line", "ukrainian_rear", "russian_territory",
                                                     "allied_territory"};
constexpr std::array<std::string_view, 4> posture_keys{"comply", "harass", "probe", "raid"};
constexpr std::array<std::string_view, 5> level_keys{"none", "consult", "reinforce",
                                                     "limited_force", "general_force"};
constexpr std::array<std::string_view, 5> rung_keys{"none", "alert", "clash", "general_war",
                                                    "nuclear_use"};
constexpr std::array<std::string_view, phase_count> phase_keys{"none", "promised", "invited",
                                                               "ratifying", "in_force"};
static_assert(kind_keys.size() == incident_kind_names.size());
static_assert(actor_keys.size() == actor_names.size());
static_assert(place_keys.size() == place_names.size());
static_assert(posture_keys.size() == posture_names.size());
static_assert(level_keys.size() == response_level_names.size());
static_assert(rung_keys.size() == rung_names.size());

template <std::size_t count, class Enumeration>
std::string_view name_of(const std::array<std::string_view, count>& names, Enumeration value) {
    return names[static_cast<std::size_t>(value)];
}

/// Writes the members of one record's type.
struct RecordWriter {
    const Scenario& scenario;
    JsonText& json;

    void operator()(const PostureChange& change) const {
        type("posture_change");
        text("side", side_names[index_of(change.side)]);
        text("posture", posture_keys[change.posture]);
    }

    void operator()(const WarDecision& decision) const {
        type("war_decision");
        text("side", side_names[index_of(decision.side)]);
        day("start", decision.start_day);
    }

    void operator()(const Collapse& collapse) const {
        type("collapse");
        text("side", name_of(actor_keys, collapse.offensive.origin));
        day("war_end", collapse.war_end_day);
    }

    void operator()(const WarCalledOff&) const { type("war_called_off"); }

    void operator()(const WarEnded&) const { type("war_ended"); }

    void operator()(const PhaseChange& change) const {
        type("phase_change");
        text("phase", name_of(phase_keys, change.phase));
    }

    void operator()(const Activation&) const { type("activation"); }

    void operator()(const CommitmentEnded& end) const {
        type("commitment_ended");
        json.key("withdrawn").boolean(end.withdrawn);
    }

    void operator()(const Election& election) const {
        type("election");
        text("ally", scenario.allies[election.ally.value()].iso3);
        json.key("adverse").boolean(election.adverse);
    }

    void operator()(const Settlement&) const { type("settlement"); }

    void operator()(const WalkBack& walk_back) const {
        type("walk_back");
        day("taken", walk_back.taken_day);
    }

    void operator()(const Episode& episode) const {
        type("incident");
        json.key("incident");
        write(episode.incident);
        json.key("judgement");
        write(episode.judgement, is_misattributed(episode.incident, episode.judgement));
        json.key("response");
        write(episode.response);
        json.key("crisis");
        if (episode.crisis) {
            write(*episode.crisis);
        } else {
            json.null();
        }
    }

  private:
    void type(std::string_view name) const { text("type", name); }

    void text(std::string_view key, std::string_view value) const { json.key(key).text(value); }

    void day(std::string_view key, std::int32_t value) const {
        json.key(std::string(key) + "_day").integer(value);
        json.key(std::string(key) + "_date").text(date_text(value));
    }

    void hours(std::string_view key, double value) const {
        json.key(key);
        if (value / 24.0 > static_cast<double>(scenario.horizon)) {
            json.null();
        } else {
            json.number(value);
        }
    }

    void write(const Incident& incident) const {
        json.begin_object();
        text("kind", name_of(kind_keys, incident.kind));
        json.key("number").integer(incident.number);
        text("origin", name_of(actor_keys, incident.origin));
        text("victim", name_of(actor_keys, incident.victim));
        json.key("deliberate").boolean(incident.deliberate);
        text("place", name_of(place_keys, incident.place));
        json.key("deaths").number(incident.deaths);
        json.key("troops_hit").boolean(incident.troops_hit);
        json.key("after_raid").boolean(incident.after_raid);
        json.key("sector");
        if (incident.sector) {
            json.integer(incident.sector->value());
        } else {
            json.null();
        }
        json.key("territory");
        if (incident.territory) {
            json.text(scenario.allies[incident.territory->value()].iso3);
        } else {
            json.null();
        }
        json.end_object();
    }

    void write(const Judgement& judgement, bool misattributed) const {
        json.begin_object();
        json.key("overt").boolean(judgement.overt);
        json.key("ukraine_blames_russia").boolean(judgement.claim_ukraine_blames_russia);
        json.key("probability_russia").number(judgement.probability_russia);
        json.key("misattributed").boolean(misattributed);
        text("decided_by", judgement.by_deadline ? "clock" : "evidence");
        hours("decided_hours", judgement.decided_hours);
        hours("settled_hours", judgement.settled_hours);
        json.key("settled_on_russia").boolean(judgement.settled_on_russia);
        hours("truth_hours", judgement.truth_hours);
        json.key("opening_log_odds").number(opening_belief(judgement.reports));
        json.key("reports").begin_array();
        for (const Report& report : judgement.reports) {
            json.begin_object();
            json.key("hours").number(report.hours);
            json.key("names_russia").boolean(report.names_russia);
            json.key("log_odds").number(report.log_odds);
            json.end_object();
        }
        json.end_array().end_object();
    }

    void write(const Response& response) const {
        json.begin_object();
        text("level", name_of(level_keys, response.level));
        json.key("agenda").boolean(response.agenda);
        json.key("obligation_in_force").boolean(response.obligation_in_force);
        json.key("triggered").boolean(response.triggered);
        json.key("truly_triggered").boolean(response.truly_triggered);
        json.key("invoked").boolean(response.invoked);
        json.key("held_ukraine_first");
        if (response.held_ukraine_first) {
            json.boolean(*response.held_ukraine_first);
        } else {
            json.null();
        }
        json.key("perceived_intent").number(response.perceived_intent);
        json.key("gravity").number(response.gravity);
        json.key("votes").begin_object();
        const std::size_t votes = std::min(response.deciding.size(), response.levels.size());
        for (std::size_t i = 0; i < votes; ++i) {
            text(scenario.allies[response.deciding[i].value()].iso3,
                 name_of(level_keys, response.levels[i]));
        }
        json.end_object().end_object();
    }

    void write(const Crisis& crisis) const {
        json.begin_object();
        text("opened", name_of(rung_keys, crisis.opened));
        text("highest", name_of(rung_keys, crisis.highest));
        json.key("rungs").begin_object();
        for (std::size_t rung = 1; rung < crisis.day.size(); ++rung) {
            json.key(rung_keys[rung]);
            if (crisis.day[rung] == FirstDays::never) {
                json.null();
            } else {
                json.integer(crisis.day[rung]);
            }
        }
        json.end_object();
        day("end", crisis.end_day);
        json.key("backed_down");
        if (crisis.backed_down) {
            json.text(*crisis.backed_down == LadderSide::russia ? "Russia" : "allies");
        } else {
            json.null();
        }
        json.end_object();
    }
};

void write_results(const ReplicationResult& result, JsonText& json) {
    json.key("outcomes").begin_object();
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
        json.key(outcome_names[outcome]);
        const std::int32_t day = result.first_day.day[outcome];
        if (day == FirstDays::never) {
            json.null();
        } else {
            json.begin_object().key("day").integer(day).key("date").text(date_text(day));
            json.end_object();
        }
    }
    json.end_object();
    json.key("first_clash");
    if (result.path && result.source) {
        json.begin_object();
        json.key("path").text(name_of(path_names, *result.path));
        json.key("source").text(name_of(source_names, *result.source));
        json.end_object();
    } else {
        json.null();
    }
    json.key("events").begin_object();
    for (std::size_t event = 0; event < event_count; ++event) {
        json.key(event_names[event]).integer(result.events[event]);
    }
    json.end_object();
    json.key("ceasefire_days").integer(result.ceasefire_days);
}

void write_fire(const std::vector<DayOfFire>& fire, JsonText& json) {
    json.key("violations").begin_object();
    json.key("day").begin_array();
    for (const DayOfFire& today : fire) json.integer(today.day);
    json.end_array();
    for (const Side side : {Side::russia, Side::ukraine}) {
        json.key(side_names[index_of(side)]).begin_array();
        for (const DayOfFire& today : fire) json.integer(today.violations[index_of(side)]);
        json.end_array();
    }
    json.end_object();
}

}  // namespace

std::string timeline_json(const Scenario& scenario, const Told& told, ReplicationId replication,
                          std::uint64_t seed) {
    JsonText json;
    json.begin_object();
    json.key("regime").text(scenario.regime);
    json.key("title").text(scenario.title);
    json.key("replication").integer(replication.value());
    json.key("seed").integer(seed);
    json.key("horizon_days").integer(scenario.horizon);
    json.key("records").begin_array();
    for (const Record& record : told.records) {
        json.begin_object();
        json.key("day").integer(record.day).key("date").text(date_text(record.day));
        std::visit(RecordWriter{scenario, json}, record.change);
        json.end_object();
    }
    json.end_array();
    write_results(told.result, json);
    write_fire(told.fire, json);
    json.key("settling_threshold").number(scenario.parameters.investigation.settling_threshold);
    json.key("firebreak_version").text(build_info::version);
    json.key("git_commit").text(build_info::git_commit);
    json.end_object();
    return json.str() + "\n";
}

}  // namespace firebreak
