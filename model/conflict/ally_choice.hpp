#pragma once

#include "base/id.hpp"
#include "regime/actors.hpp"

namespace firebreak {

/// The ally, drawn by one of its shares, that a uniform `u` in (0, 1) falls on: whose territory a
/// stray or a probe meets.
AllyId ally_by_share(const Allies& allies, double Ally::*share, double u);

}  // namespace firebreak
