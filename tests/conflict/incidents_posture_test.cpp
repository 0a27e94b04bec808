#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "conflict/incidents.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

// Every seed is fixed. A statistical claim allows 4.5 standard errors: it fails by chance once in
// 150,000 comparisons, and this file makes about 12.
constexpr double standard_errors = 4.5;
constexpr int days = 1'000;
constexpr std::uint32_t replications = 20;
const Draws draws(1648);

/// All incidents that postures bring in many days.
std::vector<Incident> many_by_posture(const Setting& setting, const State& state) {
    std::vector<Incident> all;
    for (std::uint32_t n = 0; n < replications; ++n) {
        for (int day = 0; day < days; ++day) {
            draw_posture_incidents(setting, state, day, ReplicationId(n), draws, all);
        }
    }
    return all;
}

template <class Predicate>
double count(const std::vector<Incident>& incidents, Predicate predicate) {
    return static_cast<double>(std::count_if(incidents.begin(), incidents.end(), predicate));
}

void expect_proportion(double hits, double of, double exact) {
    EXPECT_NEAR(hits / of, exact, standard_errors * std::sqrt(exact * (1.0 - exact) / of) + 1e-12);
}

void expect_daily_chance(double hits, double rate) {
    expect_proportion(hits, static_cast<double>(days) * replications, 1.0 - std::exp(-rate));
}

auto is(IncidentKind kind, Actor origin) {
    return [=](const Incident& i) { return i.kind == kind && i.origin == origin; };
}

TEST(PostureIncidents, postures_that_keep_the_peace_bring_nothing) {
    EXPECT_TRUE(many_by_posture(lay_out(tripwire_scenario()), state_of_ceasefire(true)).empty());
}

TEST(PostureIncidents, probes_go_to_allies_troops_and_the_rear) {
    Scenario scenario = tripwire_scenario();
    IncidentParameters& p = scenario.parameters.incidents;
    p.probe_rate = 9.0;
    p.probe_fatal_share = 0.3;
    State state = state_of_ceasefire(true);
    state.posture[0] = Posture::probe;
    const auto all = many_by_posture(lay_out(scenario), state);
    const auto total = static_cast<double>(all.size());
    expect_daily_chance(total, 9.0 / 30.0);
    const auto at = [&](Place place) {
        return count(all, [=](const Incident& i) { return i.place == place; });
    };
    expect_proportion(at(Place::allied_territory), total, p.probe_ally_share);
    expect_proportion(at(Place::line), total, (1.0 - p.probe_ally_share) * 0.5);
    expect_proportion(at(Place::ukrainian_rear), total, (1.0 - p.probe_ally_share) * 0.5);
    expect_proportion(count(all, [](const Incident& i) { return i.deaths > 0.0; }), total, 0.3);
    for (const Incident& incident : all) {
        EXPECT_EQ(incident.origin, Actor::russia);
        EXPECT_TRUE(incident.deliberate);
        EXPECT_EQ(incident.troops_hit, incident.place == Place::line);
        EXPECT_EQ(incident.territory.has_value(), incident.place == Place::allied_territory);
    }
}

TEST(PostureIncidents, a_raid_and_what_it_draws_are_catalytic) {
    Scenario scenario = status_quo_scenario();
    IncidentParameters& p = scenario.parameters.incidents;
    p.raid_rate = 9.0;
    p.retaliation_share = 0.4;
    p.retaliation_salvo = 1e6;
    State state = state_of_ceasefire(false);
    state.posture[1] = Posture::raid;
    const auto all = many_by_posture(lay_out(scenario), state);
    const double raids = count(all, is(IncidentKind::raid, Actor::ukraine));
    const double answers = count(all, is(IncidentKind::retaliation, Actor::russia));
    expect_daily_chance(raids, 9.0 / 30.0);
    expect_proportion(answers, raids, 0.4);
    expect_proportion(count(all, is(IncidentKind::stray, Actor::russia)), answers,
                      1.0 - std::exp(-1e6 * p.stray_rate_russia));
    expect_proportion(count(all, is(IncidentKind::stray, Actor::ukraine)), answers,
                      1.0 - std::exp(-1e6 * p.stray_rate_ukraine));
    for (const Incident& incident : all) {
        EXPECT_EQ(incident.after_raid, incident.kind != IncidentKind::raid);
        EXPECT_EQ(incident.deliberate, incident.kind != IncidentKind::stray);
    }
}

TEST(PostureIncidents, an_offensive_has_the_deaths_of_its_lognormal) {
    const Setting setting = lay_out(tripwire_scenario());
    const IncidentParameters& p = setting.scenario.parameters.incidents;
    double below = 0;
    double within = 0;
    constexpr std::uint32_t many_offensives = 10'000;
    for (std::uint32_t n = 0; n < many_offensives; ++n) {
        const Incident offensive = draw_offensive(setting, state_of_ceasefire(true), Side::russia,
                                                  400, ReplicationId(n), draws);
        EXPECT_TRUE(offensive.deliberate);
        EXPECT_TRUE(offensive.troops_hit);  // exposure 1
        EXPECT_EQ(offensive.victim, Actor::ukraine);
        below += offensive.deaths < p.offensive_deaths ? 1 : 0;
        within += std::abs(std::log(offensive.deaths / p.offensive_deaths)) < p.offensive_deaths_sd
                      ? 1
                      : 0;
    }
    expect_proportion(below, many_offensives, 0.5);
    expect_proportion(within, many_offensives, 0.682689);
    const Incident counter = draw_offensive(setting, state_of_ceasefire(true), Side::ukraine, 400,
                                            ReplicationId(1), draws);
    EXPECT_EQ(counter.origin, Actor::ukraine);
    EXPECT_EQ(counter.victim, Actor::russia);
    EXPECT_FALSE(counter.troops_hit);
    EXPECT_FALSE(draw_offensive(setting, state_of_ceasefire(false), Side::russia, 400,
                                ReplicationId(1), draws)
                     .troops_hit);
}

}  // namespace
}  // namespace firebreak
