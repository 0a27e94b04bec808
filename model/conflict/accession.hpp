#pragma once

#include <cstdint>
#include <optional>

#include "base/random.hpp"
#include "conflict/cast.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// All of an accession's dates, drawn before day 0: the slowest of all ratifications, each
/// exponential, plus the lifting of its veto for an ally that has one (prototype mend 49).
Timetable draw_timetable(const Scenario& scenario, ReplicationId replication, const Draws& draws);

/// P(an ally vetoes at first) [1]: its propensity, scaled and at most 1.
double veto_chance(const Scenario& scenario, const Ally& ally);

/// P(all allies have ratified within `days` of the start of ratification): closed form, the law
/// of a maximum with vetoes as mixtures.
double ratified_by(const Scenario& scenario, double days);

/// Days of ceasefire in a row before `day` on which there was no incident and no crisis.
std::int32_t quiet_days(const State& state, std::int32_t day);

/// The phase an accession is in on `day`. Its clock starts at the ceasefire, with the settlement or
/// at the end of a run of quiet days; a pledge or deployment has no phase before it is active, and
/// is in force from then on. What has ended stays without a phase. Where nothing is ever in force,
/// membership is promised once the promise never to join is revised.
Phase phase_on(const Scenario& scenario, const Cast& cast, const State& state, std::int32_t day);

/// Whether a commitment in force ends on `day`: its term has run out, or its protectors withdraw.
std::optional<CommitmentEnded> end_of_commitment(const Scenario& scenario, const Cast& cast,
                                                 const State& state, std::int32_t day);

/// True while accession waits for a settlement or for quiet, so that Russia can block it by
/// breaking the quiet.
bool accession_waits_for_peace(const Scenario& scenario, const State& state);

}  // namespace firebreak
