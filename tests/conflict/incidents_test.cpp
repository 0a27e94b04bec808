#include "conflict/incidents.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "conflict/noise.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

// Every seed is fixed. A statistical claim allows 4.5 standard errors: it fails by chance once in
// 150,000 comparisons, and this file makes fewer than 40.
constexpr double standard_errors = 4.5;
constexpr int sectors = 24;
constexpr int days = 1'000;
constexpr std::uint32_t replications = 20;
const Draws draws(1648);

const Noise& noise_of(std::uint32_t replication) {
    static const std::vector<Noise> all = [] {
        std::vector<Noise> made(replications);
        for (std::uint32_t n = 0; n < replications; ++n) {
            make_noise(made[n], draws, ReplicationId(n), days, sectors, {}, 2.0);
        }
        return made;
    }();
    return all[replication];
}

/// A day on which each command of a side fires `fire` in its first sectors and nothing elsewhere.
LineDay day_of_fire(const std::vector<int>& russia, const std::vector<int>& ukraine) {
    LineDay day;
    const std::array sides{russia, ukraine};
    for (std::size_t side = 0; side < 2; ++side) {
        for (std::size_t s = 0; s < sides[side].size(); ++s) {
            const std::size_t command = side * sectors + s;
            day.counts[command] = sides[side][s];
            day.intensity[command] = static_cast<float>(sides[side][s]);
            day.violations[side] += sides[side][s];
            day.largest_intensity[side] =
                std::max(day.largest_intensity[side], day.intensity[command]);
        }
    }
    return day;
}

std::vector<Incident> incidents_of(const Setting& setting, const State& state, const LineDay& fire,
                                   std::uint32_t replication, int day) {
    std::vector<Incident> incidents;
    draw_fire_incidents(setting, state, thinning_rates(setting, state), noise_of(replication), fire,
                        day, ReplicationId(replication), draws, incidents);
    return incidents;
}

/// All incidents of many days with the same fire.
std::vector<Incident> many(const Setting& setting, const State& state, const LineDay& fire) {
    std::vector<Incident> all;
    for (std::uint32_t n = 0; n < replications; ++n) {
        for (int day = 0; day < days; ++day) {
            const auto incidents = incidents_of(setting, state, fire, n, day);
            all.insert(all.end(), incidents.begin(), incidents.end());
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

Scenario eventful(Scenario scenario) {
    scenario.parameters.incidents.line_salience = 1e-3;
    scenario.parameters.incidents.troop_hit_rate = 1e-3;
    scenario.parameters.incidents.stray_rate_russia = 4e-4;
    scenario.parameters.incidents.stray_rate_ukraine = 3e-4;
    scenario.parameters.incidents.shield_stray_rate_ally = 2e-4;
    return scenario;
}

auto is(IncidentKind kind, Actor origin) {
    return [=](const Incident& i) { return i.kind == kind && i.origin == origin; };
}

const std::vector<int> steady(sectors, 10);

TEST(Incidents, no_violation_brings_no_incident) {
    Scenario scenario = eventful(tripwire_scenario());
    scenario.commitment.air_shield = 1.0;
    const Setting setting = lay_out(scenario);
    EXPECT_TRUE(many(setting, state_of_ceasefire(true), LineDay{}).empty());
}

TEST(Incidents, certain_salience_makes_every_day_an_incident) {
    Scenario scenario = eventful(status_quo_scenario());
    scenario.parameters.incidents.line_salience = 1.0;
    const Setting setting = lay_out(scenario);
    const auto all = many(setting, state_of_ceasefire(false), day_of_fire(steady, steady));
    EXPECT_EQ(count(all, is(IncidentKind::line, Actor::russia)), days * replications);
    EXPECT_EQ(count(all, is(IncidentKind::line, Actor::ukraine)), days * replications);
}

TEST(Incidents, come_at_the_rate_of_the_fire) {
    Scenario scenario = eventful(tripwire_scenario());
    scenario.parameters.incidents.salience_exponent = 0.0;
    scenario.commitment.air_shield = 1.0;
    const Setting setting = lay_out(scenario);
    const std::vector<int> lively(sectors, 15);
    const auto all = many(setting, state_of_ceasefire(true), day_of_fire(steady, lively));
    const IncidentParameters& p = scenario.parameters.incidents;
    expect_daily_chance(count(all, is(IncidentKind::line, Actor::russia)), 240 * p.line_salience);
    expect_daily_chance(count(all, is(IncidentKind::line, Actor::ukraine)), 360 * p.line_salience);
    // Troops stand in 8 of 24 sectors, each with three times the rate: as of the whole line.
    expect_daily_chance(count(all, is(IncidentKind::troops, Actor::russia)),
                        240 * p.troop_hit_rate);
    expect_daily_chance(count(all, is(IncidentKind::troops, Actor::ukraine)),
                        360 * p.troop_hit_rate);
    expect_daily_chance(count(all, is(IncidentKind::stray, Actor::russia)),
                        240 * p.stray_rate_russia * p.shield_stray_factor);
    expect_daily_chance(count(all, is(IncidentKind::stray, Actor::ukraine)),
                        240 * p.stray_rate_ukraine);
    expect_daily_chance(count(all, is(IncidentKind::stray, Actor::ally)),
                        240 * p.shield_stray_rate_ally);
}

TEST(Incidents, salience_rises_with_local_intensity) {
    for (const double exponent : {0.5, 1.0, 1.5}) {
        Scenario scenario = eventful(status_quo_scenario());
        scenario.parameters.incidents.salience_exponent = exponent;
        scenario.parameters.incidents.salience_cap = 4.0;
        const Setting setting = lay_out(scenario);
        const double reference = scenario.parameters.line.immigrant_rate / 0.25;
        std::vector<int> uneven(sectors, 5);
        uneven[3] = 60;
        uneven[7] = 140;
        const auto all = many(setting, state_of_ceasefire(false), day_of_fire(uneven, {}));
        std::vector<double> salient;
        double total = 0.0;
        for (const int fire : uneven) {
            salient.push_back(fire * std::min(4.0, std::pow(fire / reference, exponent)));
            total += salient.back();
        }
        const double found = count(all, is(IncidentKind::line, Actor::russia));
        expect_daily_chance(found, total * scenario.parameters.incidents.line_salience);
        for (const std::uint32_t sector : {0U, 3U, 7U}) {
            expect_proportion(count(all,
                                    [&](const Incident& i) {
                                        return i.kind == IncidentKind::line &&
                                               i.sector == SectorId(sector);
                                    }),
                              found, salient[sector] / total);
        }
    }
}

TEST(Incidents, more_fire_never_takes_an_incident_away) {
    for (const double exponent : {0.0, 0.5, 1.5}) {
        Scenario scenario = eventful(tripwire_scenario());
        scenario.parameters.incidents.salience_exponent = exponent;
        const Setting setting = lay_out(scenario);
        std::vector<int> more = steady;
        more[2] = 90;
        more[10] = 25;
        const LineDay less_fire = day_of_fire(steady, steady);
        const LineDay more_fire = day_of_fire(more, more);
        int compared = 0;
        for (int day = 0; day < days; ++day) {
            const auto fewer = incidents_of(setting, state_of_ceasefire(true), less_fire, 0, day);
            const auto all = incidents_of(setting, state_of_ceasefire(true), more_fire, 0, day);
            for (const Incident& incident : fewer) {
                EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Incident& other) {
                    return subject_of(other) == subject_of(incident) &&
                           other.deaths == incident.deaths;
                }));
                ++compared;
            }
        }
        EXPECT_GT(compared, 100);
    }
}

TEST(Incidents, harassment_sends_more_rounds_astray) {
    const Setting setting = lay_out(eventful(status_quo_scenario()));
    State harassing = state_of_ceasefire(false);
    harassing.posture[0] = Posture::harass;
    const double factor = setting.scenario.parameters.incidents.harassment_long_range;
    const ThinningRates calm = thinning_rates(setting, state_of_ceasefire(false));
    const ThinningRates rough = thinning_rates(setting, harassing);
    EXPECT_DOUBLE_EQ(rough.stray_russia, factor * calm.stray_russia);
    EXPECT_DOUBLE_EQ(rough.stray_ukraine, factor * calm.stray_ukraine);
    EXPECT_DOUBLE_EQ(rough.line, calm.line);
}

/// Strays of many days with the same fire and this factor on long-range fire.
double strays_at(double long_range) {
    const Setting setting = lay_out(eventful(status_quo_scenario()));
    const State state = state_of_ceasefire(false);
    ThinningRates rates = thinning_rates(setting, state);
    rates.long_range = long_range;
    std::vector<Incident> all;
    for (std::uint32_t n = 0; n < replications; ++n) {
        for (int day = 0; day < days; ++day) {
            draw_fire_incidents(setting, state, rates, noise_of(n), day_of_fire(steady, steady),
                                day, ReplicationId(n), draws, all);
        }
    }
    return count(all, is(IncidentKind::stray, Actor::russia));
}

TEST(Incidents, strays_follow_the_days_share_of_long_range_fire) {
    EXPECT_EQ(strays_at(0.0), 0.0);
    const double rate = 4e-4 * 10.0 * sectors;
    expect_daily_chance(strays_at(1.0), rate);
    expect_daily_chance(strays_at(0.25), 0.25 * rate);
    EXPECT_LT(strays_at(0.25), strays_at(0.5));
}

TEST(Incidents, troops_are_hit_only_where_they_stand_and_once_they_are_there) {
    const Setting setting = lay_out(eventful(tripwire_scenario()));
    const LineDay fire = day_of_fire(steady, steady);
    const auto before = many(setting, state_of_ceasefire(false), fire);
    EXPECT_EQ(count(before, [](const Incident& i) { return i.troops_hit; }), 0.0);
    const auto after = many(setting, state_of_ceasefire(true), fire);
    double hits = 0;
    double deliberate = 0;
    for (const Incident& incident : after) {
        if (incident.kind != IncidentKind::troops) continue;
        EXPECT_TRUE(incident.troops_hit);
        EXPECT_EQ(incident.victim, Actor::ally);
        EXPECT_GE(incident.sector->value(), 8U);
        EXPECT_LE(incident.sector->value(), 15U);
        EXPECT_GE(incident.deaths, 1.0);
        EXPECT_FALSE(incident.origin == Actor::ukraine && incident.deliberate);
        if (incident.origin == Actor::russia) {
            hits += 1;
            deliberate += incident.deliberate ? 1 : 0;
        }
    }
    expect_proportion(deliberate, hits, setting.scenario.parameters.incidents.deliberate_share);
}

TEST(Incidents, the_same_troops_in_fewer_sectors_are_each_more_exposed) {
    Scenario scenario = eventful(tripwire_scenario());
    const double rate = scenario.parameters.incidents.troop_hit_rate;
    const auto rate_with = [&](std::vector<std::uint32_t> troop_sectors, double exposure) {
        scenario.commitment.troop_sectors = std::move(troop_sectors);
        scenario.commitment.exposure = exposure;
        return thinning_rates(lay_out(scenario), state_of_ceasefire(true)).troops[0];
    };
    EXPECT_EQ(rate_with({}, 1.0), rate);  // none named: all along the line
    EXPECT_DOUBLE_EQ(rate_with({8, 9, 10, 11, 12, 13, 14, 15}, 1.0), 3.0 * rate);
    EXPECT_DOUBLE_EQ(rate_with({5}, 0.1), 2.4 * rate);
    EXPECT_EQ(rate_with({5}, 0.0), 0.0);
    // Fire where they do not stand hits none of them.
    scenario.commitment.exposure = 1.0;
    std::vector<int> elsewhere(sectors, 10);
    elsewhere[5] = 0;
    const auto all = many(lay_out(scenario), state_of_ceasefire(true), day_of_fire(elsewhere, {}));
    EXPECT_EQ(count(all, is(IncidentKind::troops, Actor::russia)), 0.0);
}

TEST(Incidents, fire_that_falls_short_kills_the_shooters_own_by_accident) {
    Scenario scenario = eventful(status_quo_scenario());
    scenario.parameters.incidents.own_side_share = 0.2;
    const Setting setting = lay_out(scenario);
    const auto all = many(setting, state_of_ceasefire(false), day_of_fire(steady, steady));
    double line = 0;
    double own = 0;
    double deliberate = 0;
    for (const Incident& incident : all) {
        if (incident.kind != IncidentKind::line) continue;
        line += 1;
        if (incident.victim == incident.origin) {
            own += 1;
            EXPECT_FALSE(incident.deliberate);
        } else {
            deliberate += incident.deliberate ? 1 : 0;
        }
    }
    expect_proportion(own, line, 0.2);
    expect_proportion(deliberate, line - own, scenario.parameters.incidents.deliberate_share);
}

TEST(Incidents, strays_fall_on_allies_by_their_share_and_by_accident) {
    const Setting setting = lay_out(eventful(status_quo_scenario()));
    const auto all = many(setting, state_of_ceasefire(false), day_of_fire(steady, steady));
    double strays = 0;
    double poland = 0;
    double one_death = 0;
    for (const Incident& incident : all) {
        if (incident.kind != IncidentKind::stray) continue;
        strays += 1;
        EXPECT_EQ(incident.place, Place::allied_territory);
        EXPECT_EQ(incident.victim, Actor::ally);
        EXPECT_FALSE(incident.deliberate);
        ASSERT_TRUE(incident.territory.has_value());
        EXPECT_GT(setting.scenario.allies[incident.territory->value()].stray_share, 0.0);
        poland += *incident.territory == AllyId(4) ? 1 : 0;
        one_death += incident.deaths == 1.0 ? 1 : 0;
    }
    expect_proportion(poland, strays, setting.scenario.allies[4].stray_share);
    // Exponent 2: floor(1/(2u) + 1/2) is 1 for u > 1/3.
    expect_proportion(one_death, strays, 2.0 / 3.0);
}

TEST(Incidents, the_quiet_day_test_forgets_none) {
    const Setting setting = lay_out(eventful(tripwire_scenario()));
    const State state = state_of_ceasefire(true);
    const ThinningRates rates = thinning_rates(setting, state);
    std::vector<int> uneven(sectors, 2);
    uneven[9] = 70;
    const LineDay fire = day_of_fire(uneven, steady);
    int quiet = 0;
    for (int day = 0; day < days; ++day) {
        const Noise& noise = noise_of(1);
        if (!is_quiet_day(rates, noise, day, fire)) continue;
        ++quiet;
        for (const Side side : {Side::russia, Side::ukraine}) {
            const auto stream =
                side == Side::russia ? Thinning::line_from_russia : Thinning::line_from_ukraine;
            EXPECT_GE(noise.thinning(day, stream),
                      1.0 - std::exp(-line_incident_rate(rates, fire, sectors, side)));
        }
    }
    EXPECT_GT(quiet, 50);
}

TEST(Incidents, strays_of_one_day_have_luck_of_their_own) {
    Scenario scenario = eventful(status_quo_scenario());
    scenario.commitment.air_shield = 1.0;
    scenario.parameters.incidents.raid_rate = 3000.0;
    scenario.parameters.incidents.retaliation_share = 1.0;
    scenario.parameters.incidents.retaliation_salvo = 1e9;
    const Setting setting = lay_out(scenario);
    State state = state_of_ceasefire(true);
    state.posture[1] = Posture::raid;
    const LineDay fire = day_of_fire(std::vector<int>(sectors, 100'000), {});
    std::vector<Incident> incidents = incidents_of(setting, state, fire, 0, 5);
    draw_posture_incidents(setting, state, 5, ReplicationId(0), draws, incidents);
    std::vector<std::uint32_t> subjects;
    for (const Incident& incident : incidents) subjects.push_back(subject_of(incident));
    EXPECT_EQ(count(incidents, [](const Incident& i) { return i.kind == IncidentKind::stray; }), 5);
    std::sort(subjects.begin(), subjects.end());
    EXPECT_EQ(std::adjacent_find(subjects.begin(), subjects.end()), subjects.end());
}

}  // namespace
}  // namespace firebreak
