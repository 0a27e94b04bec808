#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// Fatigue of the supporters `day` days after the ceasefire, 0 to 1.
double fatigue(const CohesionParameters& parameters, std::int32_t day);

/// What either side expects to lose for harassing on `day` [utility]: monitors must see it, and
/// supporters who are tired punish nobody.
double punishment(const Setting& setting, std::int32_t day);

/// The first day on which fatigue is above a share of 1; `horizon` if it is not by then.
std::int32_t fatigued_from(const CohesionParameters& parameters, double share,
                           std::int32_t horizon);

/// Aid to Ukraine now [readiness]: fades with fatigue, drops while the United States is adverse.
double aid(const Setting& setting, const State& state, std::int32_t day);

/// P(a key ally's politics change sides within a politics step) [1]: turn adverse, or back.
double election_chance(const Setting& setting, bool adverse);

/// Elections of one politics step: which key allies change sides; appended to `elections`.
void draw_elections(const Setting& setting, const State& state, std::int32_t day,
                    ReplicationId replication, const Draws& draws,
                    std::vector<Election>& elections);

}  // namespace firebreak
