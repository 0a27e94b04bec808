#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "conflict/record.hpp"
#include "regime/ladder.hpp"

namespace firebreak {

/// Who stands on the ladder, and how firmly.
struct Standoff {
    double resolve_russia{};      ///< private resolve [sd]
    double resolve_allies{};      ///< private resolve [sd]
    double probability_russia{};  ///< who is seen as culpable [1]
    bool misattributed{};         ///< Russia is wrongly blamed: known from round 2, felt from clash
};

/// Private resolves of a crisis, standard normal, drawn at its opening.
Standoff draw_standoff(double probability_russia, bool misattributed, std::int32_t day,
                       std::uint32_t subject, ReplicationId replication, const Draws& draws);

/// One round's chances at a rung: what is left is a hold.
struct RoundChances {
    double climb{};
    double russia_backs_down{};
    double allies_back_down{};
};

/// Chances in round `round` (from 1) at `rung`. Misattributed force is known for what it is from
/// the second round on; at alert there is no force yet that could prove so (prototype mend 53).
RoundChances round_chances(const LadderParameters& ladder, Rung rung, const Standoff& standoff,
                           int round);

/// Simulates the rounds: round k is dated `day + k`; rungs after `last_day`, the last of the
/// history, do not count, though the crisis is run to its end. One uniform a round: low, somebody
/// backs down; high, it climbs.
Crisis run_crisis(const LadderParameters& ladder, Rung opened, const Standoff& standoff,
                  std::int32_t day, std::int32_t last_day, std::uint32_t subject,
                  ReplicationId replication, const Draws& draws);

/// Exact law of a crisis: P(a rung is first reached on day + k), k = 0, 1, ...
struct LadderLaw {
    std::vector<double> clash;
    std::vector<double> general_war;
    std::vector<double> nuclear_use;
};

/// Absorbing chain from `opened`, by dated rounds up to the last day, into `law` (cleared first;
/// its memory is used again). The three are of one length. It stops when less than 1e-15 is
/// undecided.
void ladder_law(const LadderParameters& ladder, Rung opened, const Standoff& standoff,
                std::int32_t day, std::int32_t last_day, LadderLaw& law);

/// P(reach `target` from `opened`) without a horizon: the product of up/(up+down) over the rungs
/// between, with the first round on its own where the chances change after it.
double absorption_probability(const LadderParameters& ladder, Rung opened, Rung target,
                              const Standoff& standoff);

}  // namespace firebreak
