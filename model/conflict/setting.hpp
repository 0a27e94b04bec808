#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "regime/scenario.hpp"

namespace firebreak {

/// A set of allies that decides together, in the order of the table (the lead first).
struct DecidingSet {
    std::vector<AllyId> members;
    std::vector<double> share;  ///< capability share within the set [1], sums to 1
};

/// P(the deciding allies use force after an offensive by Russia), before perception (prototype
/// mend 43): by commitment in force or not, and by whether the politics of its lead are adverse.
struct StartingBelief {
    std::array<std::array<double, 2>, 2> table{};  ///< [in force][lead adverse]
};

/// What calm does to the fire besides making it rarer.
struct CalmEffects {
    float long_range = 1.0F;  ///< factor on the shares of heavy weapons and long-range fire [x]
    float lethality = 1.0F;   ///< factor on the harm of a violation [x]
    float log_calm = 0.0F;    ///< logarithm of the calm
};

/// At `calm`, 0 to 1. Harm grows no more, nor does the logarithm fall, below a thousandth of the
/// normal fire.
CalmEffects calm_effects(const Parameters& parameters, double calm);

/// A scenario and what follows from it for every history of it.
struct Setting {
    Scenario scenario;
    DecidingSet everybody;        ///< the alliance of 32
    DecidingSet protectors;       ///< those committed once in force; empty if nobody ever is
    double obliged_capability{};  ///< capability share of the protectors among the 32 [1]
    std::vector<float> calm;      ///< restraint on the line by day, without a settlement [x]
    std::vector<CalmEffects> calm_effects;  ///< by day, without a settlement
    CalmEffects settled_effects;            ///< after a settlement
    StartingBelief starting_belief;         ///< filled by `estimate_starting_belief`
};

/// Everything but the starting belief.
Setting lay_out(Scenario scenario);

/// Whose politics count as the lead's: the first protector once a commitment is in force, before
/// that (or without protectors) the ally with the largest share of capability, the first of equals.
/// The first number if there are no allies: nobody's politics.
AllyId lead_of(const Setting& setting, bool in_force);

}  // namespace firebreak
