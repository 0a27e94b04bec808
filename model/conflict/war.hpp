#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"

namespace firebreak {

/// Length of the renewed war that starts on `start_day` [d], at least one day.
std::int32_t draw_war_days(const Setting& setting, std::int32_t start_day,
                           ReplicationId replication, const Draws& draws);

/// What one day of war may bring besides the war itself.
struct WarDay {
    bool stray_russia{};   ///< a salient Russian stray onto allied territory
    bool stray_ukraine{};  ///< the same from Ukraine's air defence
    bool spillover{};      ///< a clash outside the model's detail (intervention, hot pursuit)
};

/// Probabilities of the same on any day of war [1], from the yearly rates of `renewed_war`.
struct WarChances {
    double stray_russia{};
    double stray_ukraine{};
    double spillover{};
};

WarChances war_chances(const Setting& setting);

/// One addressed block of draws decides all three.
WarDay draw_war_day(const WarChances& chances, std::int32_t day, ReplicationId replication,
                    const Draws& draws);

/// The stray of `side` that `draw_war_day` announced.
Incident draw_war_stray(const Setting& setting, Side side, std::int32_t day,
                        ReplicationId replication, const Draws& draws);

/// The spill-over that `draw_war_day` announced: force between Russia and an ally for which nobody
/// is held more culpable than the other. Its origin only names a party.
Incident spillover_incident(std::int32_t day);

}  // namespace firebreak
