#pragma once

#include "conflict/state.hpp"

namespace firebreak {

/// P(an attack is met with force) after the record so far: Beta updates of the starting belief.
double updated_belief(double starting, double weight, double honoured, double failed);

/// Russia's doubt that the other members' treaties would be honoured [0..1]: they start as wholly
/// believed, and the record of Ukraine's commitment counts with the weight `common_pool`.
double doubt_about_members(const CapitalParameters& parameters, const State& state);

}  // namespace firebreak
