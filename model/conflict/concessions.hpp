#pragma once

#include "regime/scenario.hpp"

namespace firebreak {

/// The terms of a regime as Russia sees them. A promise never to join concedes three things:
/// alignment forgone, leverage kept for the bargain, and perhaps a smaller prize.
struct Terms {
    double alignment{};     ///< how far Ukraine is drawn into the alliance [1]
    double leverage{};      ///< membership as a bargaining card [1]
    double prize_factor{};  ///< Russia's prize relative to the baseline [x]
};

/// The terms in `phase`. Where a promise never to join may be revised, Russia weighs each
/// concession by the chance that it lasts for as long as it foresees; once the promise is revised
/// (the phase is then promised), none is left.
Terms terms_seen(const Scenario& scenario, Phase phase);

}  // namespace firebreak
