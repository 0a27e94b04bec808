#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "base/random.hpp"
#include "regime/scenario.hpp"

namespace firebreak {

/// Dates of an accession counted from its start (ceasefire, settlement or quiet) [d].
struct Timetable {
    std::int32_t ratifying_after{};  ///< ratification begins
    std::int32_t in_force_after{};   ///< the slowest of all allies has ratified
};

/// Who plays in one history: what is drawn once, before day 0, and never changes.
/// The draws behind it do not depend on the regime; their scales are the scenario's.
struct Cast {
    double leader_type_russia{};    ///< psi, persistent war-proneness [utility]
    double leader_type_ukraine{};   ///< the same for Ukraine [utility]
    double perception{};            ///< bias + xi: how Russia misreads B [logit]
    std::vector<double> resolve{};  ///< theta_m of each ally, offset included [utility], by AllyId
    Timetable timetable{};          ///< accession
    std::int32_t activation_day{};  ///< a pledge or deployment becomes active [d]
    /// A promise never to join is revised on this day [d].
    std::int32_t revision_day = std::numeric_limits<std::int32_t>::max();
    /// Time in force after which the protectors' politics end a commitment [d].
    std::int32_t withdrawal_after = std::numeric_limits<std::int32_t>::max();
};

/// Everything but the timetable, which the rules of accession draw.
Cast draw_cast(const Scenario& scenario, ReplicationId replication, const Draws& draws);

}  // namespace firebreak
