#pragma once

#include <cstdint>
#include <span>

#include "base/random.hpp"
#include "conflict/cast.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// Who decides about an incident, under which rule and duty (prototype mend 29).
struct Mandate {
    const DecidingSet* deciding{};
    ResponseRule rule{};
    double obligation{};        ///< O x place weight x sector mask [1]; 0: nothing in force here
    bool obligation_in_force{}; ///< there is something to invoke
};

Mandate mandate_for(const Setting& setting, const State& state, const Incident& incident);

/// True if the trigger is met when `attributed_to_russia` (prototype mend 30).
bool is_triggered(const Setting& setting, const Incident& incident, bool attributed_to_russia);

/// Decides the response. `variant` re-draws it with everything before it unchanged: variant 0 is
/// the history's own. `tell` fills the members' own levels.
Response respond(const Setting& setting, const Cast& cast, const State& state,
                 const Incident& incident, const Judgement& judgement, ReplicationId replication,
                 const Draws& draws, std::uint16_t variant = 0, bool tell = false);

/// The collective level when each ally of `deciding` wants `levels` (same order) and hold-outs
/// give way where `gives_way` is non-zero: the decision rule alone.
struct Collective {
    ResponseLevel level{};
    bool invoked{};
};

Collective decide(ResponseRule rule, const ResponseParameters& parameters,
                  const DecidingSet& deciding, std::span<const ResponseLevel> levels,
                  std::span<const std::uint8_t> gives_way);

/// P(an ally wants `level` or more) given its propensity before its own error: ordered logit.
double chance_of_level(const ResponseParameters& parameters, double propensity,
                       double nuclear_aversion, ResponseLevel level);

}  // namespace firebreak
