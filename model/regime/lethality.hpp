#pragma once

namespace firebreak {

/// How many people the fire of the ceasefire hurts. Nothing in a history hangs on these numbers:
/// they say what the violence costs.
struct LethalityParameters {
    double civilian_casualties{};    ///< civilians killed or wounded [1/violation]
    double soldiers_killed{};        ///< soldiers of both sides [1/violation]
    double calm_exponent{};          ///< both grow as calm to minus this [1]
    double salvo_civilian_deaths{};  ///< in one retaliation of the reference size [deaths]
};

}  // namespace firebreak
