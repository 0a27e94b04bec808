#include "conflict/response.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

// Every seed is fixed. A statistical claim allows 4.5 standard errors: it fails by chance once in
// 150,000 comparisons, and this file makes fewer than 30.
constexpr double standard_errors = 4.5;
constexpr std::uint32_t trials = 30'000;
const Draws draws(19490404);

Judgement judged(double probability_russia) {
    Judgement judgement;
    judgement.probability_russia = probability_russia;
    return judgement;
}

/// Allies without a resolve of their own.
Cast level_headed(const Setting& setting) {
    Cast cast;
    cast.resolve.assign(setting.scenario.allies.size(), 0.0);
    return cast;
}

/// Independent allies: no common gravity and no peers, so that the rules have closed forms.
Scenario independent(Scenario scenario) {
    scenario.parameters.response.gravity_sd = 0.0;
    scenario.parameters.response.peer_weight = 0.0;
    return scenario;
}

Response answer(const Setting& setting, const State& state, const Incident& incident,
                std::uint32_t replication, double probability_russia = 1.0,
                std::uint16_t variant = 0, bool tell = false) {
    return respond(setting, level_headed(setting), state, incident, judged(probability_russia),
                   ReplicationId(replication), draws, variant, tell);
}

template <class Predicate>
double share(const Setting& setting, const State& state, const Incident& incident,
             Predicate predicate) {
    int count = 0;
    for (std::uint32_t n = 0; n < trials; ++n) {
        if (predicate(answer(setting, state, incident, n))) ++count;
    }
    return static_cast<double>(count) / trials;
}

void expect_share(double measured, double exact) {
    EXPECT_NEAR(measured, exact,
                standard_errors * std::sqrt(exact * (1.0 - exact) / trials) + 1e-9);
}

auto at_least(ResponseLevel level) {
    return [level](const Response& response) { return response.level >= level; };
}

/// Propensity of an ally at a plain Russian offensive that meets an obligation, by hand.
double propensity(const Setting& setting, const Incident& offensive, double obligation,
                  AllyId ally) {
    const Parameters& all = setting.scenario.parameters;
    const ResponseParameters& p = all.response;
    const double fatigue = 1.0 - std::exp(-offensive.day / all.cohesion.fatigue_days);
    return p.severity_weight * std::log1p(offensive.deaths) + p.obligation_weight * obligation +
           p.stake_weight * setting.scenario.allies[ally.value()].stake -
           p.fatigue_weight * fatigue;
}

double chance(const Setting& setting, const Incident& offensive, double obligation, AllyId ally,
              ResponseLevel level) {
    const ResponseParameters& p = setting.scenario.parameters.response;
    const double aversion =
        p.nuclear_aversion * setting.scenario.allies[ally.value()].nuclear_aversion;
    return chance_of_level(p, propensity(setting, offensive, obligation, ally), aversion, level);
}

/// P(members who want `level` or more hold `threshold` of the set): all patterns of yes and no.
double chance_of_share(const Setting& setting, const Incident& offensive, double obligation,
                       ResponseLevel level, double threshold) {
    const DecidingSet& set = setting.protectors;
    double sum = 0.0;
    for (std::uint32_t pattern = 0; pattern < (1U << set.members.size()); ++pattern) {
        double held = 0.0;
        double weight = 1.0;
        for (std::size_t i = 0; i < set.members.size(); ++i) {
            const double p = chance(setting, offensive, obligation, set.members[i], level);
            const bool wants = (pattern >> i & 1U) != 0;
            held += wants ? set.share[i] : 0.0;
            weight *= wants ? p : 1.0 - p;
        }
        if (held >= threshold) sum += weight;
    }
    return sum;
}

TEST(Response, nobody_moves_where_russia_is_not_suspected) {
    const Setting setting = lay_out(treaty_scenario());
    for (std::uint32_t n = 0; n < 500; ++n) {
        const Response response =
            answer(setting, state_of_ceasefire(true), offensive_by(Side::russia, 5000), n, 0.0);
        EXPECT_EQ(response.level, ResponseLevel::none);
        EXPECT_FALSE(response.agenda);
    }
}

TEST(Response, one_death_on_the_line_does_not_reach_the_agenda) {
    const Setting setting = lay_out(treaty_scenario());
    for (std::uint32_t n = 0; n < 500; ++n) {
        EXPECT_FALSE(
            answer(setting, state_of_ceasefire(true), fire_on_the_line(Side::russia, true, 1.0), n)
                .agenda);
    }
}

TEST(Response, an_overwhelming_duty_is_always_met_with_force) {
    Scenario scenario = treaty_scenario();
    scenario.parameters.response.obligation_weight = 200.0;
    const Setting setting = lay_out(scenario);
    for (std::uint32_t n = 0; n < 500; ++n) {
        const Response response =
            answer(setting, state_of_ceasefire(true), offensive_by(Side::russia, 2000), n);
        EXPECT_EQ(response.level, ResponseLevel::general_force);
        EXPECT_TRUE(response.invoked);
        EXPECT_TRUE(response.truly_triggered);
    }
}

TEST(Response, consensus_is_a_product_over_members_and_their_silence) {
    Scenario scenario = independent(treaty_scenario());
    scenario.parameters.response.obligation_weight = 3.0;  // leaves the matter open
    scenario.parameters.response.silence = 0.6;
    const Setting setting = lay_out(scenario);
    const State state = state_of_ceasefire(true);
    const Incident offensive = offensive_by(Side::russia, 2000);
    // Distribution of the heads that want it while nobody has blocked yet.
    const std::size_t count = setting.protectors.members.size();
    std::vector<double> heads(count + 1, 0.0);
    heads[0] = 1.0;
    for (const AllyId ally : setting.protectors.members) {
        const double p = chance(setting, offensive, 1.0, ally, ResponseLevel::reinforce);
        const double silent = (1.0 - p) * chance_of_giving_way(setting.scenario, ally, false);
        for (std::size_t h = count; h > 0; --h) heads[h] = heads[h] * silent + heads[h - 1] * p;
        heads[0] *= silent;
    }
    double exact = 0.0;
    for (std::size_t h = 0; h <= count; ++h) {
        const double fraction = static_cast<double>(h) / static_cast<double>(count);
        if (fraction >= scenario.parameters.response.consensus_share) exact += heads[h];
    }
    ASSERT_GT(exact, 0.1);
    ASSERT_LT(exact, 0.9);
    expect_share(share(setting, state, offensive, [](const Response& r) { return r.invoked; }),
                 exact);
}

TEST(Response, a_coalition_is_a_convolution_over_capability) {
    Scenario scenario = independent(tripwire_scenario());
    scenario.parameters.response.obligation_weight = 5.0;  // leaves the matter open
    const Setting setting = lay_out(scenario);
    const Incident offensive = offensive_by(Side::russia, 300);
    for (const ResponseLevel level : {ResponseLevel::reinforce, ResponseLevel::limited_force}) {
        const double exact =
            chance_of_share(setting, offensive, setting.scenario.commitment.obligation, level,
                            setting.scenario.parameters.response.force_share);
        ASSERT_GT(exact, 0.02);
        ASSERT_LT(exact, 0.98);
        expect_share(share(setting, state_of_ceasefire(true), offensive, at_least(level)), exact);
    }
}

TEST(Response, a_qualified_majority_is_a_convolution_over_capability) {
    Scenario scenario = independent(tripwire_scenario());
    scenario.commitment.rule = ResponseRule::qualified_majority;
    const Setting setting = lay_out(scenario);
    const Incident offensive = offensive_by(Side::russia, 300);
    const double exact =
        chance_of_share(setting, offensive, scenario.commitment.obligation,
                        ResponseLevel::reinforce, scenario.parameters.response.majority_share);
    ASSERT_GT(exact, 0.02);
    ASSERT_LT(exact, 0.98);
    expect_share(share(setting, state_of_ceasefire(true), offensive,
                       [](const Response& r) { return r.invoked; }),
                 exact);
}

TEST(Response, a_lead_nation_is_its_own_ordered_logit) {
    Scenario scenario = independent(tripwire_scenario());
    scenario.commitment.rule = ResponseRule::lead_nation;
    const Setting setting = lay_out(scenario);
    const Incident offensive = offensive_by(Side::russia, 600);
    for (const ResponseLevel level :
         {ResponseLevel::reinforce, ResponseLevel::limited_force, ResponseLevel::general_force}) {
        expect_share(share(setting, state_of_ceasefire(true), offensive, at_least(level)),
                     chance(setting, offensive, scenario.commitment.obligation,
                            setting.protectors.members.front(), level));
    }
}

TEST(Response, a_hit_on_troops_at_the_line_weighs_intent_stake_and_own_loss) {
    Scenario scenario = independent(tripwire_scenario());
    scenario.commitment.rule = ResponseRule::lead_nation;
    ResponseParameters& p = scenario.parameters.response;
    p.intent_noise = 0.0;
    p.intent_separation = 50.0;  // a deliberate act is read as one
    const Setting setting = lay_out(scenario);
    Incident incident = fire_on_the_line(Side::russia, true, 9.0);
    incident.victim = Actor::ally;
    for (const bool troops_hit : {false, true}) {
        incident.kind = troops_hit ? IncidentKind::troops : IncidentKind::line;
        incident.troops_hit = troops_hit;
        const Ally& lead = scenario.allies[setting.protectors.members.front().value()];
        const double intent =
            1.0 - (1.0 - p.deliberate_discount) * std::pow(10.0, -p.discount_fading);
        const double fatigue =
            1.0 - std::exp(-incident.day / scenario.parameters.cohesion.fatigue_days);
        // Nine deaths are below the trigger, so that no obligation enters.
        const double act = p.severity_weight * std::log(10.0) +
                           p.stake_weight * lead.stake * p.line_stake_factor +
                           (troops_hit ? p.own_hit_weight : 0.0);
        const double exact =
            chance_of_level(p, intent * act - p.fatigue_weight * fatigue,
                            p.nuclear_aversion * lead.nuclear_aversion, ResponseLevel::consult);
        const auto lead_consults = [&](std::uint32_t n) {
            return answer(setting, state_of_ceasefire(true), incident, n, 1.0, 0, true)
                       .levels.front() >= ResponseLevel::consult;
        };
        int count = 0;
        for (std::uint32_t n = 0; n < trials; ++n) count += lead_consults(n) ? 1 : 0;
        expect_share(static_cast<double>(count) / trials, exact);
    }
}

TEST(Response, more_deaths_never_mean_a_weaker_response_with_the_same_luck) {
    const Setting setting = lay_out(treaty_scenario());
    for (std::uint32_t n = 0; n < 1'000; ++n) {
        ResponseLevel before = ResponseLevel::none;
        for (const double deaths : {1.0, 5.0, 20.0, 40.0, 200.0, 1000.0}) {
            const ResponseLevel level =
                answer(setting, state_of_ceasefire(true), stray_in_poland(Actor::russia, deaths), n)
                    .level;
            EXPECT_GE(level, before);
            before = level;
        }
    }
}

TEST(Response, burnt_fingers_and_adverse_politics_never_strengthen_it) {
    const Setting setting = lay_out(treaty_scenario());
    State burnt = state_of_ceasefire(true);
    burnt.walked_back = 3;
    State adverse = state_of_ceasefire(true);
    adverse.adverse = 0b11111;
    const Incident incident = stray_in_poland(Actor::russia, 60.0);
    for (std::uint32_t n = 0; n < 1'000; ++n) {
        const ResponseLevel plain = answer(setting, state_of_ceasefire(true), incident, n).level;
        EXPECT_LE(answer(setting, burnt, incident, n).level, plain);
        EXPECT_LE(answer(setting, adverse, incident, n).level, plain);
    }
}

TEST(Response, peers_pull_towards_what_the_others_want) {
    // Alone each wants it in most draws; seeing that, they all do. The support is centred: where
    // most refuse, the same weight keeps the rest back.
    Scenario scenario = independent(treaty_scenario());
    const Incident offensive = offensive_by(Side::russia, 2000);
    const auto reinforce = at_least(ResponseLevel::reinforce);
    for (const double obligation_weight : {0.5, 6.5}) {
        scenario.parameters.response.obligation_weight = obligation_weight;
        scenario.parameters.response.peer_weight = 0.0;
        const double alone =
            share(lay_out(scenario), state_of_ceasefire(true), offensive, reinforce);
        scenario.parameters.response.peer_weight = 1.0;
        const double together =
            share(lay_out(scenario), state_of_ceasefire(true), offensive, reinforce);
        if (obligation_weight > 4.0) {
            EXPECT_GE(together, alone);
        } else {
            EXPECT_LE(together, alone);
        }
    }
}

TEST(Response, a_stray_gets_the_same_answer_in_every_regime) {
    const Setting status_quo = lay_out(status_quo_scenario());
    const Setting tripwire = lay_out(tripwire_scenario());
    const Incident incident = stray_in_poland(Actor::russia, 60.0);
    for (std::uint32_t n = 0; n < 300; ++n) {
        EXPECT_EQ(answer(status_quo, state_of_ceasefire(false), incident, n).level,
                  answer(tripwire, state_of_ceasefire(true), incident, n).level);
    }
}

TEST(Response, a_true_trigger_is_read_off_the_truth) {
    const Setting setting = lay_out(treaty_scenario());
    const State state = state_of_ceasefire(true);
    Incident incident = fire_on_the_line(Side::russia, true, 50.0);
    Response misread = answer(setting, state, incident, 1, 0.1);
    EXPECT_TRUE(misread.truly_triggered);
    EXPECT_FALSE(misread.triggered);
    incident.deliberate = false;
    EXPECT_FALSE(answer(setting, state, incident, 1).truly_triggered);
    EXPECT_FALSE(answer(setting, state_of_ceasefire(false), offensive_by(Side::russia, 2000), 1)
                     .truly_triggered);
}

TEST(Response, without_an_obligation_nothing_can_be_invoked) {
    const Setting setting = lay_out(status_quo_scenario());
    for (std::uint32_t n = 0; n < 1'000; ++n) {
        const Response response =
            answer(setting, state_of_ceasefire(false), offensive_by(Side::russia, 20'000), n);
        EXPECT_FALSE(response.invoked);
    }
}

TEST(Response, a_variant_is_other_luck_for_the_same_incident) {
    const Setting setting = lay_out(treaty_scenario());
    const State state = state_of_ceasefire(true);
    const Incident incident = stray_in_poland(Actor::russia, 40.0);
    const Response own = answer(setting, state, incident, 5);
    const Response again = answer(setting, state, incident, 5, 1.0, 0);
    const Response other = answer(setting, state, incident, 5, 1.0, 1);
    EXPECT_EQ(own.gravity, again.gravity);
    EXPECT_EQ(own.perceived_intent, again.perceived_intent);
    EXPECT_NE(own.gravity, other.gravity);
    EXPECT_NE(own.perceived_intent, other.perceived_intent);
}

TEST(Response, telling_fills_the_levels_and_changes_nothing) {
    const Setting setting = lay_out(treaty_scenario());
    const State state = state_of_ceasefire(true);
    const Incident incident = offensive_by(Side::russia, 500);
    for (std::uint32_t n = 0; n < 200; ++n) {
        const Response quiet = answer(setting, state, incident, n);
        const Response told = answer(setting, state, incident, n, 1.0, 0, true);
        EXPECT_EQ(quiet.level, told.level);
        EXPECT_EQ(quiet.invoked, told.invoked);
        EXPECT_TRUE(quiet.levels.empty());
        EXPECT_EQ(told.levels.size(), 32U);
        EXPECT_EQ(told.deciding, setting.protectors.members);
    }
}

}  // namespace
}  // namespace firebreak
