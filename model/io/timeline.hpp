#pragma once

#include <cstdint>
#include <string>

#include "conflict/replication.hpp"
#include "regime/scenario.hpp"

namespace firebreak {

/// One history as dated log entries, 100 columns wide: what happened, who claimed what, what the
/// evidence said hour by hour, who decided what and what followed. Long runs of reports are
/// shortened to their turning points and incidents without consequence to a line or two.
/// `told` comes from `tell` with `scenario`, `replication` and draws of `seed`.
std::string timeline_text(const Scenario& scenario, const Told& told, ReplicationId replication,
                          std::uint64_t seed);

/// The same history in full as one JSON object: regime, title, replication, seed, horizon_days,
/// records (each with day, date, type and the members of its type), outcomes, first_clash and the
/// violations of every day of ceasefire, by side.
/// Hours beyond the horizon and things that never happened are null.
std::string timeline_json(const Scenario& scenario, const Told& told, ReplicationId replication,
                          std::uint64_t seed);

}  // namespace firebreak
