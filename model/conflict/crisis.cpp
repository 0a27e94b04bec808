#include "conflict/crisis.hpp"

#include <algorithm>

#include "base/elementary.hpp"
#include "base/error.hpp"

namespace firebreak {
namespace {

constexpr std::size_t rung_count = 5;

/// As many rounds as a draw's address can tell apart; no horizon is that far away.
constexpr std::uint16_t last_round = 65535;

/// Live probability below which no rung reached later could be seen in a double.
constexpr double negligible = 1e-15;

/// From this round on the chances stay the same.
constexpr int steady_round = 2;

constexpr std::size_t index_of(Rung rung) { return static_cast<std::size_t>(rung); }

constexpr Rung next_rung(Rung rung) { return static_cast<Rung>(index_of(rung) + 1); }

bool is_live(Rung rung) {
    return rung == Rung::alert || rung == Rung::clash || rung == Rung::general_war;
}

const RungParameters& rung_parameters(const LadderParameters& ladder, Rung rung) {
    EXPECT(is_live(rung), "a round is played at alert, clash or general war");
    if (rung == Rung::alert) return ladder.alert;
    return rung == Rung::clash ? ladder.clash : ladder.general_war;
}

/// What one side does in a round that nobody's accident decides.
struct SideChances {
    double escalate{};
    double hold{};
    double back_down{};
};

SideChances side_chances(const LadderParameters& ladder, const RungParameters& rung, double resolve,
                         double culpability) {
    const double escalate = rung.escalate + ladder.resolve_weight * resolve;
    const double back_down = rung.back_down - ladder.resolve_weight * resolve +
                             ladder.culpability_weight * (culpability - 0.5);
    const double best = std::max({0.0, escalate, back_down});
    const double escalate_weight = exponential(escalate - best);
    const double hold_weight = exponential(-best);
    const double back_down_weight = exponential(back_down - best);
    const double sum = escalate_weight + hold_weight + back_down_weight;
    return {escalate_weight / sum, hold_weight / sum, back_down_weight / sum};
}

double chance_to_climb_first(const RoundChances& chances) {
    const double end = chances.russia_backs_down + chances.allies_back_down;
    const double decided = chances.climb + end;
    return decided > 0.0 ? chances.climb / decided : 0.0;
}

/// Notes a rung on its day; general war counts as a clash too.
void reach(Crisis& crisis, Rung rung, std::int32_t day) {
    crisis.highest = rung;
    crisis.day[index_of(rung)] = day;
    if (rung == Rung::general_war && crisis.day[index_of(Rung::clash)] < 0) {
        crisis.day[index_of(Rung::clash)] = day;
    }
}

}  // namespace

Standoff draw_standoff(double probability_russia, bool misattributed, std::int32_t day,
                       std::uint32_t subject, ReplicationId replication, const Draws& draws) {
    const auto resolve = [&](std::uint16_t index) {
        return draws.normal({.replication = replication.value(),
                             .day = static_cast<std::uint32_t>(day),
                             .purpose = Purpose::crisis_resolve,
                             .index = index,
                             .subject = subject});
    };
    return {.resolve_russia = resolve(0),
            .resolve_allies = resolve(1),
            .probability_russia = probability_russia,
            .misattributed = misattributed};
}

RoundChances round_chances(const LadderParameters& ladder, Rung rung, const Standoff& standoff,
                           int round) {
    const RungParameters& parameters = rung_parameters(ladder, rung);
    const bool exposed = standoff.misattributed && rung >= Rung::clash && round >= steady_round;
    const double shift = exposed ? ladder.misattribution_shift : 0.0;
    const double culpability_russia = exposed ? 0.0 : standoff.probability_russia;
    const SideChances russia =
        side_chances(ladder, parameters, standoff.resolve_russia + shift, culpability_russia);
    const SideChances allies =
        side_chances(ladder, parameters, standoff.resolve_allies - shift, 1.0 - culpability_russia);

    const double chosen = 1.0 - parameters.autonomous_climb;
    const double russia_stands = russia.escalate + russia.hold;
    const double allies_stand = allies.escalate + allies.hold;
    // If both give way at once, who is seen to have done so goes by their propensities.
    const double both = russia.back_down * allies.back_down;
    const double weight = russia.back_down + allies.back_down;
    const double share_russia = weight > 0.0 ? russia.back_down / weight : 0.5;

    RoundChances chances;
    chances.climb = parameters.autonomous_climb +
                    chosen * (russia.escalate * allies_stand + russia.hold * allies.escalate);
    chances.russia_backs_down = chosen * (russia.back_down * allies_stand + both * share_russia);
    chances.allies_back_down =
        chosen * (allies.back_down * russia_stands + both * (1.0 - share_russia));
    return chances;
}

Crisis run_crisis(const LadderParameters& ladder, Rung opened, const Standoff& standoff,
                  std::int32_t day, std::int32_t last_day, std::uint32_t subject,
                  ReplicationId replication, const Draws& draws) {
    EXPECT(is_live(opened), "a crisis opens at alert, clash or general war");
    EXPECT(day <= last_day, "a crisis opens within its history");
    Crisis crisis;
    crisis.opened = opened;
    crisis.day.fill(-1);
    reach(crisis, opened, day);

    Rung rung = opened;
    std::uint16_t round = 0;
    while (is_live(rung) && round < last_round) {
        ++round;
        const RoundChances chances = round_chances(ladder, rung, standoff, round);
        const double u = draws.uniform({.replication = replication.value(),
                                        .day = static_cast<std::uint32_t>(day),
                                        .purpose = Purpose::crisis_round,
                                        .index = round,
                                        .subject = subject});
        const double end = chances.russia_backs_down + chances.allies_back_down;
        if (u < end) {
            crisis.backed_down =
                u < chances.russia_backs_down ? LadderSide::russia : LadderSide::allies;
            break;
        }
        if (u >= 1.0 - chances.climb) {
            rung = next_rung(rung);
            if (day + round <= last_day) reach(crisis, rung, day + round);
        }
    }
    crisis.end_day = day + round;
    return crisis;
}

void ladder_law(const LadderParameters& ladder, Rung opened, const Standoff& standoff,
                std::int32_t day, std::int32_t last_day, LadderLaw& law) {
    EXPECT(is_live(opened), "a crisis opens at alert, clash or general war");
    law.clash.assign(1, opened == Rung::alert ? 0.0 : 1.0);
    law.general_war.assign(1, opened == Rung::general_war ? 1.0 : 0.0);
    law.nuclear_use.assign(1, 0.0);

    std::array<double, rung_count> live{};
    live[index_of(opened)] = 1.0;
    std::array<RoundChances, rung_count> chances{};
    for (std::int32_t round = 1; day + round <= last_day; ++round) {
        if (round <= steady_round) {
            for (Rung rung = opened; is_live(rung); rung = next_rung(rung)) {
                chances[index_of(rung)] = round_chances(ladder, rung, standoff, round);
            }
        }
        std::array<double, rung_count> reached{};
        double undecided = 0.0;
        // From the top down, so that nobody climbs two rungs in a round.
        for (const Rung rung : {Rung::general_war, Rung::clash, Rung::alert}) {
            const std::size_t here = index_of(rung);
            const double climbing = live[here] * chances[here].climb;
            const double ending =
                live[here] * (chances[here].russia_backs_down + chances[here].allies_back_down);
            reached[here + 1] = climbing;
            live[here] = std::max(0.0, live[here] - climbing - ending);
            live[here + 1] += climbing;
        }
        law.clash.push_back(reached[index_of(Rung::clash)]);
        law.general_war.push_back(reached[index_of(Rung::general_war)]);
        law.nuclear_use.push_back(reached[index_of(Rung::nuclear_use)]);
        for (Rung rung = opened; is_live(rung); rung = next_rung(rung)) {
            undecided += live[index_of(rung)];
        }
        if (undecided < negligible) break;
    }
}

double absorption_probability(const LadderParameters& ladder, Rung opened, Rung target,
                              const Standoff& standoff) {
    EXPECT(is_live(opened), "a crisis opens at alert, clash or general war");
    if (target <= opened) return 1.0;
    double steady_beyond = 1.0;
    for (Rung rung = next_rung(opened); rung < target; rung = next_rung(rung)) {
        steady_beyond *= chance_to_climb_first(round_chances(ladder, rung, standoff, steady_round));
    }
    if (!standoff.misattributed) {
        return steady_beyond * chance_to_climb_first(round_chances(ladder, opened, standoff, 1));
    }
    const RoundChances first = round_chances(ladder, opened, standoff, 1);
    const double hold = 1.0 - first.climb - first.russia_backs_down - first.allies_back_down;
    const double steady =
        chance_to_climb_first(round_chances(ladder, opened, standoff, steady_round));
    return steady_beyond * (first.climb + hold * steady);
}

}  // namespace firebreak
