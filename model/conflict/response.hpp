#pragma once

#include <array>
#include <cstdint>

#include "base/random.hpp"
#include "conflict/cast.hpp"
#include "conflict/decision_rule.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// Who decides about an incident, under which rule and duty (prototype mend 29).
struct Mandate {
    const DecidingSet* deciding{};
    ResponseRule rule{};
    double obligation{};           ///< O x place weight x sector mask [1]; 0: nothing in force here
    bool obligation_in_force{};    ///< there is something to invoke
    double first_use_exclusion{};  ///< share of it that is void if Ukraine fired first [1]
};

/// What is left of the obligation if Ukraine fired first, or if it did not [1].
double after_first_use(const Mandate& mandate, bool ukraine_first);

/// On allied territory the alliance decides by consensus in every regime. In Ukraine the protectors
/// decide once a commitment is in force, and all as a coalition before. The weights of line and
/// rear are those of an incident there; an offensive is an attack on the country and meets the
/// whole obligation. Nothing is owed for what happens on Russian territory.
Mandate mandate_for(const Setting& setting, const State& state, const Incident& incident);

/// True if nobody would react to `incident` whatever the evidence said of it: nothing of an ally is
/// hit, no trigger can be met, and its gravity is below the agenda's gate even at certainty.
bool is_beneath_notice(const Setting& setting, const State& state, const Incident& incident);

/// True if the trigger is met when `attributed_to_russia` (prototype mend 30).
bool is_triggered(const Setting& setting, const Incident& incident, bool attributed_to_russia);

/// I, the weight given to an act of `deaths` whose intent is read as `reading` (log-odds that it
/// was deliberate): a discount that fades with the deaths, none for an offensive [0..1].
double perceived_intent(const ResponseParameters& parameters, const Incident& incident,
                        double reading);

/// P(a hold-out gives way): silence, less the ally's veto habit. Adverse politics at home divide
/// the odds of it by exp(adverse_loss), as they lower the propensity by adverse_loss.
double chance_of_giving_way(const Scenario& scenario, AllyId ally, bool adverse);

/// The allies' own errors in one response [own_error_scale], by AllyId; 0 outside the set.
using OwnErrors = std::array<double, most_allies>;

OwnErrors draw_own_errors(const DecidingSet& deciding, const Incident& incident,
                          ReplicationId replication, const Draws& draws, std::uint16_t variant);

/// Decides the response. `variant` re-draws it with everything before it unchanged: variant 0 is
/// the history's own. `tell` fills the members' own levels. `given`, if not null, is what
/// `draw_own_errors` gave for at least those who decide: the same incident is then judged again
/// in another state without drawing them anew.
Response respond(const Setting& setting, const Cast& cast, const State& state,
                 const Incident& incident, const Judgement& judgement, ReplicationId replication,
                 const Draws& draws, std::uint16_t variant = 0, bool tell = false,
                 const OwnErrors* given = nullptr);

/// P(an ally wants `level` or more) given its propensity before its own error: ordered logit.
double chance_of_level(const ResponseParameters& parameters, double propensity,
                       double nuclear_aversion, ResponseLevel level);

}  // namespace firebreak
