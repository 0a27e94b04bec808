#include "conflict/incidents.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/elementary.hpp"
#include "conflict/incidents_today.hpp"
#include "conflict/troops.hpp"

namespace firebreak {
namespace {

/// Sectors of the line for each sector in which protector troops stand: where they stand they meet
/// the hits of the whole line, since exposure counts troops and not sectors.
double troop_concentration(const Setting& setting) {
    const std::size_t manned = manned_sectors(setting.scenario);
    return manned > 0 ? setting.scenario.parameters.line.sectors / static_cast<double>(manned)
                      : 0.0;
}

std::size_t first_command(Side side, std::size_t sectors) {
    return side == Side::russia ? 0 : sectors;
}

double relative_intensity(const ThinningRates& rates, double intensity) {
    return intensity * rates.intensity_scale;
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

/// Chances of a salient incident by sector, up to the rate that all of them share.
using SectorWeights = std::array<double, max_sectors>;

/// Fills the first `sectors` weights with violations times local salience; returns their sum.
double weigh_sectors(const ThinningRates& rates, const LineDay& fire, std::size_t sectors,
                     Side side, SectorWeights& weights) {
    const std::size_t first = first_command(side, sectors);
    double total = 0.0;
    for (std::size_t s = 0; s < sectors; ++s) {
        const int violations = fire.counts[first + s];
        weights[s] =
            violations == 0
                ? 0.0
                : static_cast<double>(violations) *
                      local_salience(rates, static_cast<double>(fire.intensity[first + s]));
        total += weights[s];
    }
    return total;
}

Incident line_incident(const Today& today, std::span<const double> weights, Side side) {
    Incident incident{.day = today.day,
                      .kind = IncidentKind::line,
                      .number = static_cast<std::uint32_t>(side),
                      .origin = actor_of(side),
                      .victim = actor_of(opponent_of(side)),
                      .place = Place::line};
    incident.sector = sector_by_weight(weights, today.detail(incident, Detail::where));
    const IncidentParameters& parameters = today.parameters();
    if (today.detail(incident, Detail::whom) < parameters.own_side_share) {
        incident.victim = actor_of(side);  // nobody shells his own side on purpose
    } else {
        incident.deliberate = today.detail(incident, Detail::intent) < parameters.deliberate_share;
    }
    incident.deaths = today.deaths(incident);
    return incident;
}

void draw_line_incident(const Today& today, const ThinningRates& rates, const LineDay& fire,
                        std::size_t sectors, Side side, double u,
                        std::vector<Incident>& incidents) {
    if (u >= line_rate_bound(rates, fire, sectors, side)) return;
    SectorWeights weights;
    const double total = weigh_sectors(rates, fire, sectors, side, weights);
    if (!happens(u, rates.line * total)) return;
    incidents.push_back(line_incident(today, std::span(weights.data(), sectors), side));
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
        sector_by_weight(std::span(weights.data(), sectors), today.detail(incident, Detail::where));
    // Ukraine has no reason to fire on those who protect it.
    incident.deliberate = side == Side::russia && today.detail(incident, Detail::intent) <
                                                      today.parameters().deliberate_share;
    incident.deaths = today.deaths(incident);
    incidents.push_back(incident);
}

}  // namespace

ThinningRates thinning_rates(const Setting& setting, const State& state) {
    const Parameters& all = setting.scenario.parameters;
    const IncidentParameters& parameters = all.incidents;
    ThinningRates rates;
    rates.line = parameters.line_salience;
    rates.salience_exponent = parameters.salience_exponent;
    rates.salience_cap = parameters.salience_cap;
    rates.intensity_scale = (1.0 - all.line.own_excitation - all.line.cross_excitation -
                             all.line.neighbour_excitation) /
                            all.line.immigrant_rate;
    if (has_exposed_troops(setting, state)) {
        rates.troops.fill(parameters.troop_hit_rate * setting.scenario.commitment.exposure *
                          troop_concentration(setting));
    }
    const bool harasses = state.posture[index_of(Side::russia)] == Posture::harass;
    const double rounds = harasses ? parameters.harassment_long_range : 1.0;
    rates.stray_russia = parameters.stray_rate_russia * rounds * shield_factor(setting, state);
    rates.stray_ukraine = parameters.stray_rate_ukraine * rounds;
    rates.stray_ally = parameters.shield_stray_rate_ally * rounds * air_shield(setting, state);
    return rates;
}

double local_salience(const ThinningRates& rates, double intensity) {
    const double relative = relative_intensity(rates, intensity);
    // The shipped exponent is one half: a root is exact everywhere and ten times cheaper.
    if (rates.salience_exponent == 0.5) return std::min(rates.salience_cap, std::sqrt(relative));
    if (rates.salience_exponent == 0.0) return 1.0;
    return std::min(rates.salience_cap, power(relative, rates.salience_exponent));
}

double line_incident_rate(const ThinningRates& rates, const LineDay& fire, int sectors, Side side) {
    if (rates.salience_exponent == 0.0) {
        return rates.line * static_cast<double>(fire.violations[index_of(side)]);
    }
    SectorWeights weights;
    return rates.line *
           weigh_sectors(rates, fire, static_cast<std::size_t>(sectors), side, weights);
}

bool is_quiet_day(const ThinningRates& rates, const Noise& noise, std::int32_t day,
                  const LineDay& fire) {
    const double russia = fire.violations[index_of(Side::russia)];
    const double ukraine = fire.violations[index_of(Side::ukraine)];
    const double rounds = rates.long_range * russia;
    // Most streams are closed most of the time: nobody stands at the line, no shield is up.
    const auto above = [&](Thinning stream, double bound) {
        return bound == 0.0 || noise.thinning(day, stream) >= bound;
    };
    return above(Thinning::line_from_russia, quick_line_bound(rates, fire, Side::russia)) &&
           above(Thinning::line_from_ukraine, quick_line_bound(rates, fire, Side::ukraine)) &&
           above(Thinning::troops_from_russia, rates.troops[0] * russia) &&
           above(Thinning::troops_from_ukraine, rates.troops[1] * ukraine) &&
           above(Thinning::stray_from_russia, rates.stray_russia * rounds) &&
           above(Thinning::stray_from_ukraine, rates.stray_ukraine * rounds) &&
           above(Thinning::stray_from_ally, rates.stray_ally * rounds);
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
    const double rounds =
        rates.long_range * static_cast<double>(fire.violations[index_of(Side::russia)]);
    if (happens(luck(Thinning::stray_from_russia), rates.stray_russia * rounds)) {
        incidents.push_back(draw_stray(today, Actor::russia, stray_of_russia, false));
    }
    if (happens(luck(Thinning::stray_from_ukraine), rates.stray_ukraine * rounds)) {
        incidents.push_back(draw_stray(today, Actor::ukraine, stray_of_ukraine, false));
    }
    if (happens(luck(Thinning::stray_from_ally), rates.stray_ally * rounds)) {
        incidents.push_back(draw_stray(today, Actor::ally, stray_of_ally, false));
    }
}

}  // namespace firebreak
