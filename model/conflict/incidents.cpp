#include "conflict/incidents.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/elementary.hpp"
#include "base/error.hpp"

namespace firebreak {
namespace {

constexpr double days_per_month = 30.0;

// Numbers of the strays within their day, so that each kind keeps its own luck.
constexpr std::uint32_t stray_of_russia = 0;
constexpr std::uint32_t stray_of_ukraine = 1;
constexpr std::uint32_t stray_of_ally = 2;
constexpr std::uint32_t salvo_stray_of_russia = 3;
constexpr std::uint32_t salvo_stray_of_ukraine = 4;

/// What is common to all incidents of a day.
struct Today {
    const Setting& setting;
    const State& state;
    std::int32_t day;
    ReplicationId replication;
    const Draws& draws;

    const IncidentParameters& parameters() const { return setting.scenario.parameters.incidents; }

    const Commitment& commitment() const { return setting.scenario.commitment; }

    DrawAddress address(Purpose purpose, std::uint32_t subject, std::uint16_t index = 0) const {
        return {.replication = replication.value(),
                .day = static_cast<std::uint32_t>(day),
                .purpose = purpose,
                .index = index,
                .subject = subject};
    }

    /// One of an incident's own uniforms.
    double detail(const Incident& incident, std::uint16_t index) const {
        return draws.uniform(address(Purpose::incident_details, subject_of(incident), index));
    }

    double deaths(const Incident& incident, double exponent) const {
        return draws.power_law_deaths(exponent, parameters().deaths_cap,
                                      address(Purpose::incident_deaths, subject_of(incident)));
    }
};

// Indices of an incident's details.
constexpr std::uint16_t where = 0;
constexpr std::uint16_t whom = 1;
constexpr std::uint16_t intent = 2;
constexpr std::uint16_t fatal = 3;

double chance_of(double rate) { return -exponential_minus_one(-rate); }

/// `u < 1 - exp(-rate)`, without the exponential wherever the rate itself decides.
bool happens(double u, double rate) { return u < rate && u < chance_of(rate); }

bool stands_in(const Commitment& commitment, std::size_t sector) {
    const auto& sectors = commitment.troop_sectors;
    return sectors.empty() || std::find(sectors.begin(), sectors.end(), sector) != sectors.end();
}

bool has_exposed_troops(const Setting& setting, const State& state) {
    return state.in_force && setting.scenario.commitment.exposure > 0.0;
}

std::size_t first_command(Side side, std::size_t sectors) {
    return side == Side::russia ? 0 : sectors;
}

double relative_intensity(const ThinningRates& rates, double intensity) {
    return intensity / rates.reference_intensity;
}

/// Not below `line_incident_rate`, without a power a command: for eta <= 1 by Bernoulli's
/// inequality x^eta <= 1 + eta (x - 1), for eta > 1 by the chord x^eta <= x x_max^(eta - 1).
double line_rate_bound(const ThinningRates& rates, const LineDay& fire, std::size_t sectors,
                       Side side) {
    const double total = fire.violations[index_of(side)];
    const double eta = rates.salience_exponent;
    if (eta == 0.0) return rates.line * total;
    const std::size_t first = first_command(side, sectors);
    double weighted = 0.0;
    for (std::size_t c = first; c < first + sectors; ++c) {
        weighted += static_cast<double>(fire.counts[c]) * static_cast<double>(fire.intensity[c]);
    }
    weighted = relative_intensity(rates, weighted);
    if (eta <= 1.0) return rates.line * (total + eta * (weighted - total));
    const double largest =
        relative_intensity(rates, static_cast<double>(fire.largest_intensity[index_of(side)]));
    return rates.line * weighted * power(largest, eta - 1.0);
}

/// A bound on `line_incident_rate` from the side's total and its most intense command alone.
double quick_line_bound(const ThinningRates& rates, const LineDay& fire, Side side) {
    const double eta = rates.salience_exponent;
    double factor = 1.0;
    if (eta > 0.0) {
        const double largest =
            relative_intensity(rates, static_cast<double>(fire.largest_intensity[index_of(side)]));
        factor = eta <= 1.0 ? std::max(1.0, 1.0 + eta * (largest - 1.0)) : rates.salience_cap;
        factor = std::min(factor, std::max(1.0, rates.salience_cap));
    }
    return rates.line * factor * static_cast<double>(fire.violations[index_of(side)]);
}

SectorId sector_by_weight(std::span<const double> weights, double u) {
    return SectorId(static_cast<std::uint32_t>(categorical_quantile(weights, u)));
}

AllyId ally_by_share(const Allies& allies, double Ally::*share, double u) {
    std::vector<double> weights;
    weights.reserve(allies.size());
    for (const Ally& ally : allies) weights.push_back(ally.*share);
    return AllyId(static_cast<std::uint32_t>(categorical_quantile(weights, u)));
}

Incident line_incident(const Today& today, const ThinningRates& rates, const LineDay& fire,
                       std::size_t sectors, Side side) {
    Incident incident{.day = today.day,
                      .kind = IncidentKind::line,
                      .number = static_cast<std::uint32_t>(side),
                      .origin = actor_of(side),
                      .victim = actor_of(opponent_of(side)),
                      .place = Place::line};
    std::array<double, max_sectors> weights{};
    const std::size_t first = first_command(side, sectors);
    for (std::size_t s = 0; s < sectors; ++s) {
        weights[s] = static_cast<double>(fire.counts[first + s]) *
                     local_salience(rates, static_cast<double>(fire.intensity[first + s]));
    }
    incident.sector =
        sector_by_weight(std::span(weights.data(), sectors), today.detail(incident, where));
    const IncidentParameters& parameters = today.parameters();
    if (today.detail(incident, whom) < parameters.own_side_share) {
        incident.victim = actor_of(side);  // nobody shells his own side on purpose
    } else {
        incident.deliberate = today.detail(incident, intent) < parameters.deliberate_share;
    }
    incident.deaths = today.deaths(incident, parameters.deaths_exponent);
    return incident;
}

void draw_line_incident(const Today& today, const ThinningRates& rates, const LineDay& fire,
                        std::size_t sectors, Side side, double u,
                        std::vector<Incident>& incidents) {
    if (u >= line_rate_bound(rates, fire, sectors, side)) return;
    const int count = static_cast<int>(sectors);
    if (!happens(u, line_incident_rate(rates, fire, count, side))) return;
    incidents.push_back(line_incident(today, rates, fire, sectors, side));
}

void draw_troop_incident(const Today& today, const ThinningRates& rates, const LineDay& fire,
                         std::size_t sectors, Side side, double u,
                         std::vector<Incident>& incidents) {
    const double rate = rates.troops[index_of(side)];
    if (u >= rate * fire.violations[index_of(side)]) return;
    std::array<double, max_sectors> weights{};
    double total = 0.0;
    for (std::size_t s = 0; s < sectors; ++s) {
        if (!stands_in(today.commitment(), s)) continue;
        weights[s] = static_cast<double>(fire.counts[first_command(side, sectors) + s]);
        total += weights[s];
    }
    if (!happens(u, rate * total)) return;
    Incident incident{.day = today.day,
                      .kind = IncidentKind::troops,
                      .number = static_cast<std::uint32_t>(side),
                      .origin = actor_of(side),
                      .victim = Actor::ally,
                      .place = Place::line,
                      .troops_hit = true};
    incident.sector =
        sector_by_weight(std::span(weights.data(), sectors), today.detail(incident, where));
    // Ukraine has no reason to fire on those who protect it.
    incident.deliberate = side == Side::russia &&
                          today.detail(incident, intent) < today.parameters().deliberate_share;
    incident.deaths = today.deaths(incident, today.parameters().deaths_exponent);
    incidents.push_back(incident);
}

Incident stray(const Today& today, Actor origin, std::uint32_t number, bool after_raid) {
    Incident incident{.day = today.day,
                      .kind = IncidentKind::stray,
                      .number = number,
                      .origin = origin,
                      .victim = Actor::ally,
                      .place = Place::allied_territory,
                      .after_raid = after_raid};
    incident.territory = ally_by_share(today.setting.scenario.allies, &Ally::stray_share,
                                       today.detail(incident, where));
    incident.deaths = today.deaths(incident, today.parameters().stray_deaths_exponent);
    return incident;
}

double air_shield(const Setting& setting, const State& state) {
    return state.in_force ? setting.scenario.commitment.air_shield : 0.0;
}

double shield_factor(const Setting& setting, const State& state) {
    const double factor = setting.scenario.parameters.incidents.shield_stray_factor;
    return 1.0 + air_shield(setting, state) * (factor - 1.0);
}

Incident probe(const Today& today) {
    Incident incident{.day = today.day,
                      .kind = IncidentKind::probe,
                      .origin = Actor::russia,
                      .victim = Actor::ukraine,
                      .deliberate = true,
                      .place = Place::ukrainian_rear};
    const IncidentParameters& parameters = today.parameters();
    const double troops = has_exposed_troops(today.setting, today.state)
                              ? std::min(1.0, 0.5 * today.commitment().exposure)
                              : 0.0;
    const double ally_share = parameters.probe_ally_share;
    // One uniform, cut in three, so that troops within reach draw probes from the rear alone.
    const double aim = today.detail(incident, whom);
    if (aim < ally_share) {
        incident.victim = Actor::ally;
        incident.place = Place::allied_territory;
        incident.territory = ally_by_share(today.setting.scenario.allies, &Ally::probe_share,
                                           today.detail(incident, where));
    } else if (aim < ally_share + (1.0 - ally_share) * troops) {
        incident.victim = Actor::ally;
        incident.place = Place::line;
        incident.troops_hit = true;
    }
    if (today.detail(incident, fatal) < parameters.probe_fatal_share) {
        incident.deaths = today.deaths(incident, parameters.deaths_exponent);
    }
    return incident;
}

void draw_raid(const Today& today, std::vector<Incident>& incidents) {
    const IncidentParameters& parameters = today.parameters();
    Incident raid{.day = today.day,
                  .kind = IncidentKind::raid,
                  .origin = Actor::ukraine,
                  .victim = Actor::russia,
                  .deliberate = true,
                  .place = Place::russian_territory};
    raid.deaths = today.deaths(raid, parameters.deaths_exponent);
    incidents.push_back(raid);

    const auto answer = today.draws.words(today.address(Purpose::incident_retaliation, 0));
    if (uniform_of(answer[0], answer[1]) >= parameters.retaliation_share) return;
    Incident retaliation{.day = today.day,
                         .kind = IncidentKind::retaliation,
                         .origin = Actor::russia,
                         .victim = Actor::ukraine,
                         .deliberate = true,
                         .place = Place::ukrainian_rear,
                         .after_raid = true};
    retaliation.deaths = today.deaths(retaliation, parameters.deaths_exponent);
    incidents.push_back(retaliation);

    const auto salvo = today.draws.words(today.address(Purpose::incident_stray, 0));
    const double russia = parameters.retaliation_salvo * parameters.stray_rate_russia *
                          shield_factor(today.setting, today.state);
    const double ukraine = parameters.retaliation_salvo * parameters.stray_rate_ukraine;
    if (happens(uniform_of(salvo[0], salvo[1]), russia)) {
        incidents.push_back(stray(today, Actor::russia, salvo_stray_of_russia, true));
    }
    if (happens(uniform_of(salvo[2], salvo[3]), ukraine)) {
        incidents.push_back(stray(today, Actor::ukraine, salvo_stray_of_ukraine, true));
    }
}

}  // namespace

ThinningRates thinning_rates(const Setting& setting, const State& state) {
    const Parameters& all = setting.scenario.parameters;
    const IncidentParameters& parameters = all.incidents;
    ThinningRates rates;
    rates.line = parameters.line_salience;
    rates.salience_exponent = parameters.salience_exponent;
    rates.salience_cap = parameters.salience_cap;
    rates.reference_intensity =
        all.line.immigrant_rate /
        (1.0 - all.line.own_excitation - all.line.cross_excitation - all.line.neighbour_excitation);
    if (has_exposed_troops(setting, state)) {
        rates.troops.fill(parameters.troop_hit_rate * setting.scenario.commitment.exposure);
    }
    const bool harasses = state.posture[index_of(Side::russia)] == Posture::harass;
    const double rounds = harasses ? parameters.harassment_long_range : 1.0;
    rates.stray_russia = parameters.stray_rate_russia * rounds * shield_factor(setting, state);
    rates.stray_ukraine = parameters.stray_rate_ukraine * rounds;
    rates.stray_ally = parameters.shield_stray_rate_ally * rounds * air_shield(setting, state);
    return rates;
}

double local_salience(const ThinningRates& rates, double intensity) {
    if (rates.salience_exponent == 0.0) return 1.0;
    return std::min(rates.salience_cap,
                    power(relative_intensity(rates, intensity), rates.salience_exponent));
}

double line_incident_rate(const ThinningRates& rates, const LineDay& fire, int sectors, Side side) {
    if (rates.salience_exponent == 0.0) {
        return rates.line * static_cast<double>(fire.violations[index_of(side)]);
    }
    const auto count = static_cast<std::size_t>(sectors);
    const std::size_t first = first_command(side, count);
    double salient = 0.0;
    for (std::size_t c = first; c < first + count; ++c) {
        if (fire.counts[c] == 0) continue;
        salient += static_cast<double>(fire.counts[c]) *
                   local_salience(rates, static_cast<double>(fire.intensity[c]));
    }
    return rates.line * salient;
}

bool is_quiet_day(const ThinningRates& rates, const Noise& noise, std::int32_t day,
                  const LineDay& fire) {
    const double russia = fire.violations[index_of(Side::russia)];
    const double ukraine = fire.violations[index_of(Side::ukraine)];
    const auto above = [&](Thinning stream, double bound) {
        return noise.thinning(day, stream) >= bound;
    };
    return above(Thinning::line_from_russia, quick_line_bound(rates, fire, Side::russia)) &&
           above(Thinning::line_from_ukraine, quick_line_bound(rates, fire, Side::ukraine)) &&
           above(Thinning::troops_from_russia, rates.troops[0] * russia) &&
           above(Thinning::troops_from_ukraine, rates.troops[1] * ukraine) &&
           above(Thinning::stray_from_russia, rates.stray_russia * russia) &&
           above(Thinning::stray_from_ukraine, rates.stray_ukraine * russia) &&
           above(Thinning::stray_from_ally, rates.stray_ally * russia);
}

void draw_fire_incidents(const Setting& setting, const State& state, const ThinningRates& rates,
                         const Noise& noise, const LineDay& fire, std::int32_t day,
                         ReplicationId replication, const Draws& draws,
                         std::vector<Incident>& incidents) {
    if (is_quiet_day(rates, noise, day, fire)) return;
    const Today today{setting, state, day, replication, draws};
    const auto sectors = static_cast<std::size_t>(noise.sectors());
    const auto luck = [&](Thinning stream) { return noise.thinning(day, stream); };
    draw_line_incident(today, rates, fire, sectors, Side::russia, luck(Thinning::line_from_russia),
                       incidents);
    draw_line_incident(today, rates, fire, sectors, Side::ukraine,
                       luck(Thinning::line_from_ukraine), incidents);
    draw_troop_incident(today, rates, fire, sectors, Side::russia,
                        luck(Thinning::troops_from_russia), incidents);
    draw_troop_incident(today, rates, fire, sectors, Side::ukraine,
                        luck(Thinning::troops_from_ukraine), incidents);
    const double rounds = fire.violations[index_of(Side::russia)];
    if (happens(luck(Thinning::stray_from_russia), rates.stray_russia * rounds)) {
        incidents.push_back(stray(today, Actor::russia, stray_of_russia, false));
    }
    if (happens(luck(Thinning::stray_from_ukraine), rates.stray_ukraine * rounds)) {
        incidents.push_back(stray(today, Actor::ukraine, stray_of_ukraine, false));
    }
    if (happens(luck(Thinning::stray_from_ally), rates.stray_ally * rounds)) {
        incidents.push_back(stray(today, Actor::ally, stray_of_ally, false));
    }
}

void draw_posture_incidents(const Setting& setting, const State& state, std::int32_t day,
                            ReplicationId replication, const Draws& draws,
                            std::vector<Incident>& incidents) {
    const Today today{setting, state, day, replication, draws};
    const IncidentParameters& parameters = today.parameters();
    if (state.posture[index_of(Side::russia)] == Posture::probe &&
        happens(draws.uniform(today.address(Purpose::incident_probe, 0)),
                parameters.probe_rate / days_per_month)) {
        incidents.push_back(probe(today));
    }
    if (state.posture[index_of(Side::ukraine)] == Posture::raid &&
        happens(draws.uniform(today.address(Purpose::incident_raid, 0)),
                parameters.raid_rate / days_per_month)) {
        draw_raid(today, incidents);
    }
}

Incident draw_offensive(const Setting& setting, const State& state, Side side, std::int32_t day,
                        ReplicationId replication, const Draws& draws) {
    const Today today{setting, state, day, replication, draws};
    const IncidentParameters& parameters = today.parameters();
    Incident incident{.day = day,
                      .kind = IncidentKind::offensive,
                      .number = static_cast<std::uint32_t>(side),
                      .origin = actor_of(side),
                      .victim = actor_of(opponent_of(side)),
                      .deliberate = true,
                      .place = Place::line};
    const double z = draws.normal(today.address(Purpose::incident_offensive, subject_of(incident)));
    incident.deaths =
        std::floor(parameters.offensive_deaths * exponential(parameters.offensive_deaths_sd * z));
    incident.troops_hit = side == Side::russia && has_exposed_troops(setting, state) &&
                          today.detail(incident, whom) < std::min(1.0, today.commitment().exposure);
    return incident;
}

}  // namespace firebreak
