#pragma once

#include <array>
#include <cstdint>

#include "base/random.hpp"
#include "conflict/cast.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// What both capitals have before their eyes on a politics day.
struct Outlook {
    double win_russia{};        ///< P(a Russian offensive succeeds) [1]
    double win_ukraine{};       ///< P(a Ukrainian one does) [1]
    double alignment{};         ///< how far Ukraine is drawn into the alliance [1]
    double prize_factor = 1.0;  ///< Russia's prize under the regime, relative to the baseline [x]
    double belief{};            ///< B: P(met with force), updated, without Russia's bias [1]
    double belief_russia{};     ///< B as Russia sees it [1]
    double belief_next{};       ///< B once in force, as Russia sees it, while accession is near [1]
    double belief_anchor{};     ///< B_0 as Russia sees it: no commitment at all [1]
    double punishment{};        ///< what harassing is expected to cost either side [utility]
    bool accession_waits{};     ///< accession waits for peace: harassing blocks it
};

/// `aid` to Ukraine now [readiness]; `accession_waits`: accession waits for peace.
Outlook outlook(const Setting& setting, const Cast& cast, const State& state, std::int32_t day,
                double aid, bool accession_waits);

/// Readiness of `side` on `day`: rebuilt from its start to its full value [readiness].
double readiness(const CapitalParameters& parameters, Side side, std::int32_t day);

/// War hazard of `side` at this outlook [1/30d]: the anchor's, times e to the difference in
/// utility to the anchor, at most 0.5. The same under every regime if rationality is 0.
double war_hazard(Side side, const Setting& setting, const Cast& cast, const State& state,
                  const Outlook& view);

/// P(war is decided on within a politics step) [1].
double war_chance(Side side, const Setting& setting, const Cast& cast, const State& state,
                  const Outlook& view);

/// Utilities of a side's three postures, mild to severe, inertia included [utility].
std::array<double, 3> posture_utilities(Side side, const Setting& setting, const State& state,
                                        const Outlook& view);

/// Probabilities of the same three postures: a logit of weight `rationality` [1].
std::array<double, 3> posture_chances(Side side, const Setting& setting, const State& state,
                                      const Outlook& view);

/// The posture of `side` until the next politics day, by logit over its utilities.
Posture choose_posture(Side side, const Setting& setting, const State& state, const Outlook& view,
                       std::int32_t day, ReplicationId replication, const Draws& draws);

}  // namespace firebreak
