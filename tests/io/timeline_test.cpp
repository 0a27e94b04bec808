#include "io/timeline.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "conflict/state.hpp"

namespace firebreak {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Scenario five_allies() {
    Scenario scenario;
    scenario.regime = "membership";
    scenario.title = "Membership";
    scenario.horizon = 730;
    scenario.commitment.timing = Timing::immediate;
    scenario.commitment.rule = ResponseRule::consensus;
    for (const auto& [iso3, name] : {std::pair{"POL", "Poland"},
                                     {"TUR", "Türkiye"},
                                     {"FRA", "France"},
                                     {"USA", "United States"},
                                     {"HUN", "Hungary"}}) {
        Ally ally;
        ally.iso3 = iso3;
        ally.name = name;
        scenario.allies.push_back(ally);
    }
    return scenario;
}

std::vector<AllyId> everybody() { return {AllyId(0), AllyId(1), AllyId(2), AllyId(3), AllyId(4)}; }

/// A Ukrainian interceptor falls on Poland, and the alliance blames Russia by the clock.
Episode missile_in_poland() {
    Episode episode;
    Incident& incident = episode.incident;
    incident.day = 60;
    incident.kind = IncidentKind::stray;
    incident.origin = Actor::ukraine;
    incident.victim = Actor::ally;
    incident.place = Place::allied_territory;
    incident.territory = AllyId(0);
    incident.deaths = 2.0;
    Judgement& judgement = episode.judgement;
    judgement.claim_ukraine_blames_russia = true;
    judgement.reports = {
        {0.5, true, 2.0}, {1.25, true, 3.0}, {9.0, false, 2.0}, {30.0, false, 1.0}};
    judgement.probability_russia = logistic(3.0);
    judgement.decided_hours = 6.0;
    judgement.by_deadline = true;
    judgement.settled_hours = 30.0;
    judgement.settled_on_russia = false;
    judgement.truth_hours = 30.0;
    Response& response = episode.response;
    response.agenda = true;
    response.obligation_in_force = true;
    response.level = ResponseLevel::consult;
    response.deciding = everybody();
    response.levels = {ResponseLevel::reinforce, ResponseLevel::none, ResponseLevel::consult,
                       ResponseLevel::consult, ResponseLevel::none};
    return episode;
}

Episode fire_on_the_line() {
    Episode episode;
    Incident& incident = episode.incident;
    incident.day = 40;
    incident.kind = IncidentKind::line;
    incident.origin = Actor::russia;
    incident.victim = Actor::ukraine;
    incident.deliberate = true;
    incident.place = Place::line;
    incident.sector = SectorId(7);
    incident.deaths = 1.0;
    episode.judgement.probability_russia = 0.97;
    episode.judgement.decided_hours = 4.5;
    return episode;
}

Crisis crisis_over_poland() {
    Crisis crisis;
    crisis.opened = Rung::alert;
    crisis.highest = Rung::clash;
    crisis.day = {-1, 60, 61, -1, -1};
    crisis.end_day = 63;
    crisis.backed_down = LadderSide::russia;
    return crisis;
}

std::string text_of(const std::vector<Record>& records, const Scenario& scenario = five_allies()) {
    Told told;
    told.records = records;
    return timeline_text(scenario, told, ReplicationId(12), 7);
}

std::string json_of(const std::vector<Record>& records, const Scenario& scenario = five_allies()) {
    Told told;
    told.records = records;
    return timeline_json(scenario, told, ReplicationId(12), 7);
}

/// Reads one JSON value and no more; an independent check of what the writer writes.
class JsonReader {
  public:
    explicit JsonReader(std::string_view text) : rest_(text) {}

    bool reads_all() {
        const bool good = value();
        space();
        return good && rest_.empty();
    }

  private:
    void space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size())); }

    bool take(std::string_view token) {
        space();
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }

    bool string() {
        if (!take("\"")) return false;
        while (!rest_.empty() && rest_.front() != '"') {
            if (static_cast<unsigned char>(rest_.front()) < 0x20) return false;
            rest_.remove_prefix(rest_.front() == '\\' ? 2 : 1);
        }
        return take("\"");
    }

    bool list(std::string_view close, bool named) {
        if (take(close)) return true;
        do {
            if (named && !(string() && take(":"))) return false;
            if (!value()) return false;
        } while (take(","));
        return take(close);
    }

    bool value() {
        space();
        if (take("{")) return list("}", true);
        if (take("[")) return list("]", false);
        if (rest_.starts_with('"')) return string();
        if (take("true") || take("false") || take("null")) return true;
        const std::size_t end = rest_.find_first_not_of("+-.0123456789e");
        if (end == 0 || rest_.empty()) return false;
        rest_.remove_prefix(std::min(end, rest_.size()));
        return true;
    }

    std::string_view rest_;
};

TEST(Timeline, an_incident_without_consequence_takes_one_line) {
    EXPECT_THAT(text_of({{40, fire_on_the_line()}}),
                HasSubstr("Y1-02-10   Russian fire at sector 7, deliberate, kills 1 Ukrainian; "
                          "belief 97% (evidence, 4.5 h).\nY3-01-01"));
}

TEST(Timeline, a_misattributed_strike_is_told_from_claim_to_vote) {
    EXPECT_THAT(
        text_of({{60, missile_in_poland()}}),
        HasSubstr(
            "Y1-03-02   A stray Ukrainian interceptor falls on Poland and kills 2.\n"
            "             Claims: Ukraine blames Russia, Russia denies. Belief at first: 73%.\n"
            "             Reports: 0.5-1.3 h Russia (2) 95%.\n"
            "             Leaders decide after 6 h, by the clock: Russia did it (belief 95%). "
            "WRONG: it did not.\n"
            "             Vote of 5 allies, by consensus: reinforcement: Poland; consultation: "
            "France, United\n"
            "               States; no response: Türkiye, Hungary.\n"
            "             The obligation is not invoked: consultation.\n"
            "             Later reports: 9-30 h not Russia (2) 73%.\n"
            "             The evidence settles after 30 h: Russia did not do it.\n"));
}

TEST(Timeline, a_crisis_is_dated_rung_by_rung_and_says_who_gave_way) {
    Episode episode = missile_in_poland();
    episode.response.level = ResponseLevel::limited_force;
    episode.response.invoked = true;
    episode.crisis = crisis_over_poland();
    const std::string text = text_of({{60, episode}});
    EXPECT_THAT(text,
                HasSubstr("The obligation is invoked: limited force. FORCE ON A WRONG VIEW.\n"));
    EXPECT_THAT(text, HasSubstr("Crisis: alert on Y1-03-02, clash on Y1-03-03; Russia backs down "
                                "on Y1-03-05.\n"));
}

TEST(Timeline, a_true_trigger_without_a_joint_answer_is_a_credibility_failure) {
    Episode episode = missile_in_poland();
    EXPECT_THAT(text_of({{60, episode}}), Not(HasSubstr("CREDIBILITY FAILURE")));
    episode.response.truly_triggered = true;
    EXPECT_THAT(text_of({{60, episode}}), HasSubstr("CREDIBILITY FAILURE"));
}

TEST(Timeline, the_rule_is_the_commitments_once_it_is_in_force_and_a_coalition_before) {
    Scenario scenario = five_allies();
    scenario.commitment.timing = Timing::activation;
    scenario.commitment.rule = ResponseRule::lead_nation;
    Episode episode = fire_on_the_line();
    episode.response.level = ResponseLevel::consult;
    episode.response.deciding = {AllyId(2)};
    episode.response.levels = {ResponseLevel::consult};
    const std::string text = text_of({{40, episode}, {50, Activation{}}, {55, episode}}, scenario);
    EXPECT_THAT(text, HasSubstr("Choice of one ally, a coalition of the willing: consultation: "
                                "France.\n             Nothing to invoke: consultation.\n"
                                "Y1-02-20   The commitment becomes active.\n"));
    EXPECT_THAT(text, HasSubstr("Choice of one ally, the first one leads: consultation: France."));
}

TEST(Timeline, a_clause_on_first_use_says_how_it_was_read) {
    Episode episode = fire_on_the_line();
    episode.response.level = ResponseLevel::consult;
    EXPECT_THAT(text_of({{40, episode}}), Not(HasSubstr("first use")));
    EXPECT_THAT(json_of({{40, episode}}), HasSubstr("\"held_ukraine_first\": null"));
    episode.response.held_ukraine_first = false;
    EXPECT_THAT(text_of({{40, episode}}),
                HasSubstr("The clause on first use: Ukraine is held not to have fired first.\n"));
    episode.response.held_ukraine_first = true;
    EXPECT_THAT(text_of({{40, episode}}),
                HasSubstr("The clause on first use: Ukraine is held to have fired first. WRONG: it "
                          "did not.\n"));
    EXPECT_THAT(json_of({{40, episode}}), HasSubstr("\"held_ukraine_first\": true"));
    episode.incident.after_raid = true;
    EXPECT_THAT(text_of({{40, episode}}), HasSubstr("held to have fired first.\n"));
}

TEST(Timeline, a_revised_promise_never_to_join_has_its_entry) {
    Scenario scenario = five_allies();
    scenario.commitment.timing = Timing::never;
    EXPECT_THAT(text_of({{400, PhaseChange{Phase::promised}}}, scenario),
                HasSubstr("The promise never to join is revised: membership is promised.\n"));
}

TEST(Timeline, every_kind_of_change_has_its_entry) {
    const std::uint8_t harass = static_cast<std::uint8_t>(Posture::harass);
    Collapse collapse;
    collapse.offensive.origin = Actor::ukraine;
    const std::string text = text_of({{30, PostureChange{Side::russia, harass}},
                                      {60, PhaseChange{Phase::ratifying}},
                                      {61, PhaseChange{Phase::in_force}},
                                      {90, Election{AllyId(3), true}},
                                      {120, Election{AllyId(3), false}},
                                      {150, WarDecision{Side::ukraine, 160}},
                                      {160, collapse},
                                      {165, WarCalledOff{}},
                                      {170, Settlement{}},
                                      {180, WalkBack{60}},
                                      {181, CommitmentEnded{false}},
                                      {182, CommitmentEnded{true}},
                                      {190, WarEnded{}}});
    EXPECT_THAT(
        text,
        HasSubstr(
            "Y1-01-01   The ceasefire begins. The commitment is in force.\n"
            "Y1-01-31   Russia now harasses.\n"
            "Y1-03-02   Accession: now ratifying.\n"
            "Y1-03-03   Every ally has ratified: the commitment is in force.\n"
            "Y1-04-01   Election in United States: its politics turn against the commitment.\n"
            "Y1-05-01   Election in United States: its politics turn back to its support.\n"
            "Y1-05-31   Ukraine decides on war: its offensive is to begin on Y1-06-10.\n"
            "Y1-06-10   THE CEASEFIRE COLLAPSES: Ukraine resumes the war.\n"
            "Y1-06-15   Met by force, Russia calls its offensive off: the ceasefire is restored.\n"
            "Y1-06-20   A permanent peace is signed.\n"
            "Y1-06-30   The truth is out: the response of Y1-03-02 was taken on a wrong view and "
            "is withdrawn.\n"
            "Y1-07-01   The commitment's term has run out: it ends.\n"
            "Y1-07-02   The protectors withdraw: the commitment ends.\n"
            "Y1-07-10   The renewed war ends, and this history with it.\n"
            "Y3-01-01   The horizon; the history was over before.\n"));
}

TEST(Timeline, the_war_spills_over_and_nobody_is_named) {
    Episode episode;
    episode.incident.kind = IncidentKind::war_spillover;
    episode.incident.origin = Actor::russia;
    episode.incident.victim = Actor::ally;
    episode.judgement.overt = true;
    episode.judgement.probability_russia = 0.5;
    episode.response.level = ResponseLevel::limited_force;
    episode.response.agenda = true;
    Crisis crisis;
    crisis.opened = crisis.highest = Rung::clash;
    crisis.day = {-1, -1, 61, -1, -1};
    crisis.end_day = 62;
    crisis.backed_down = LadderSide::russia;
    episode.crisis = crisis;
    const std::string text = text_of({{61, episode}});
    // Neither an investigation nor a verdict stands between the event and its answer.
    EXPECT_THAT(text,
                HasSubstr("Y1-03-03   The war spills over: force between Russia and an ally.\n"
                          "             Answered at once: limited force.\n"
                          "             Crisis: clash on Y1-03-03; Russia backs down on Y1-03-04.\n"
                          "Y3-01-01   "));
    EXPECT_THAT(json_of({{61, episode}}), HasSubstr("\"misattributed\": false"));
}

TEST(Timeline, the_summary_orders_outcomes_by_their_first_day) {
    Told told;
    told.result.first_day.note(OutcomeKind::clash, 61);
    told.result.first_day.note(OutcomeKind::stray, 60);
    told.result.path = Path::misattributed;
    told.result.source = Source::war_stray;
    told.result.ceasefire_days = 700;
    told.result.violations[0] = {10, 20};
    told.result.violations[1] = {1, 2};
    told.result.events = {3, 1, 0, 0, 0, 0};
    const std::string text = timeline_text(five_allies(), told, ReplicationId(0), 1);
    EXPECT_THAT(text, HasSubstr("What happened, by its first day:\n"
                                "Y1-03-02   stray\n"
                                "Y1-03-03   clash (path: misattributed, source: war stray)\n"
                                "Never: salient incident, misattribution,"));
    EXPECT_THAT(text, HasSubstr("700 days of ceasefire; violations: 11 Russian, 22 Ukrainian. "
                                "Events: salient incident 3, stray 1,"));
}

TEST(Timeline, the_heading_names_regime_replication_and_seed) {
    EXPECT_THAT(text_of({}), StartsWith("One history: regime membership (Membership), replication "
                                        "12, seed 7.\n"));
}

TEST(TimelineJson, is_one_well_formed_value_whatever_names_contain) {
    Scenario scenario = five_allies();
    scenario.title = "A \"quoted\"\\ title\n";
    Episode episode = missile_in_poland();
    episode.crisis = crisis_over_poland();
    const std::string json =
        json_of({{40, fire_on_the_line()}, {60, episode}, {61, Settlement{}}}, scenario);
    EXPECT_TRUE(JsonReader(json).reads_all()) << json;
    EXPECT_FALSE(JsonReader(json.substr(0, json.size() - 3)).reads_all());
    EXPECT_FALSE(JsonReader(json + "}").reads_all());
}

TEST(TimelineJson, an_incident_keeps_every_report_and_vote) {
    Episode episode = missile_in_poland();
    episode.crisis = crisis_over_poland();
    const std::string json = json_of({{60, episode}});
    EXPECT_THAT(json,
                StartsWith("{\n  \"regime\": \"membership\",\n  \"title\": \"Membership\",\n  "
                           "\"replication\": 12,\n  \"seed\": 7,\n  \"horizon_days\": 730,\n"
                           "  \"records\": [\n    {\"day\": 60, \"date\": \"Y1-03-02\", "
                           "\"type\": \"incident\", "));
    EXPECT_THAT(json, HasSubstr("\"territory\": \"POL\""));
    EXPECT_THAT(json, HasSubstr("\"reports\": [{\"hours\": 0.5, \"names_russia\": true, "
                                "\"log_odds\": 2}, {\"hours\": 1.25, "));
    EXPECT_THAT(json, HasSubstr("\"votes\": {\"POL\": \"reinforce\", \"TUR\": \"none\", \"FRA\": "
                                "\"consult\", \"USA\": \"consult\", \"HUN\": \"none\"}"));
    EXPECT_THAT(json, HasSubstr("\"rungs\": {\"alert\": 60, \"clash\": 61, \"general_war\": null, "
                                "\"nuclear_use\": null}, \"end_day\": 63, \"end_date\": "
                                "\"Y1-03-05\", \"backed_down\": \"Russia\"}"));
    EXPECT_THAT(json, HasSubstr("\"misattributed\": true, \"decided_by\": \"clock\""));
}

TEST(TimelineJson, the_fire_of_every_day_of_ceasefire_is_told_by_side) {
    Told told;
    told.fire = {{0, {5, 7}}, {1, {0, 2}}, {9, {1, 0}}};
    const std::string json = timeline_json(five_allies(), told, ReplicationId(12), 7);
    EXPECT_TRUE(JsonReader(json).reads_all()) << json;
    EXPECT_THAT(json, HasSubstr("\"violations\": {\n    \"day\": [0, 1, 9],\n    \"Russia\": "
                                "[5, 0, 1],\n    \"Ukraine\": [7, 2, 0]\n  }"));
    EXPECT_THAT(json_of({}), HasSubstr("\"day\": [],"));
}

TEST(TimelineJson, an_investigation_has_its_opening_and_its_threshold) {
    Scenario scenario = five_allies();
    scenario.parameters.investigation.settling_threshold = 4.5;
    Episode episode = missile_in_poland();
    episode.judgement.reports = {{0.5, true, 2.0}, {1.0, false, 1.5}};
    const std::string json = json_of({{60, episode}}, scenario);
    EXPECT_THAT(json, HasSubstr("\"opening_log_odds\": 1.5, \"reports\": [{"));
    EXPECT_THAT(json, HasSubstr("\"settling_threshold\": 4.5,"));
    episode.judgement.reports.pop_back();
    EXPECT_THAT(json_of({{60, episode}}), HasSubstr("\"opening_log_odds\": null"));
}

TEST(TimelineJson, what_never_happens_is_null) {
    Episode episode = fire_on_the_line();
    episode.judgement.settled_hours = 1e9;
    const std::string json = json_of({{40, episode}});
    EXPECT_THAT(json, HasSubstr("\"settled_hours\": null"));
    EXPECT_THAT(json, HasSubstr("\"crisis\": null"));
    EXPECT_THAT(json, HasSubstr("\"nuclear_use\": null"));
    EXPECT_THAT(json, HasSubstr("\"first_clash\": null"));
}

}  // namespace
}  // namespace firebreak
