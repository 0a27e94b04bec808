#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "conflict/cast.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// What both capitals have before their eyes on a politics day.
struct Outlook {
    double win_russia{};       ///< P(a Russian offensive succeeds) [1]
    double win_ukraine{};      ///< P(a Ukrainian one does) [1]
    double alignment{};        ///< how far Ukraine is drawn into the alliance [1]
    double belief{};           ///< B: P(met with force), updated, without Russia's bias [1]
    double belief_russia{};    ///< B as Russia sees it [1]
    double belief_next{};      ///< B once in force, as Russia sees it, while accession is near [1]
    double belief_anchor{};    ///< B_0 as Russia sees it: no commitment at all [1]
};

Outlook outlook(const Setting& setting, const Cast& cast, const State& state, std::int32_t day,
                double aid);

/// P(an attack is met with force) after the record so far: Beta updates of the starting belief.
double updated_belief(double starting, double weight, double honoured, double failed);

/// War hazard of `side` at this outlook [1/30d], anchored and capped (prototype mend 40).
double war_hazard(Side side, const Setting& setting, const Cast& cast, const State& state,
                  const Outlook& view);

/// P(war is decided on within a politics step).
double war_chance(Side side, const Setting& setting, const Cast& cast, const State& state,
                  const Outlook& view);

/// Utilities of a side's three postures, mild to severe, inertia included.
std::array<double, 3> posture_utilities(Side side, const Setting& setting, const State& state,
                                        const Outlook& view);

/// The posture of `side` until the next politics day, by logit over its utilities.
Posture choose_posture(Side side, const Setting& setting, const State& state, const Outlook& view,
                       std::int32_t day, ReplicationId replication, const Draws& draws);

}  // namespace firebreak
