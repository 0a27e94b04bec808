#include "conflict/concessions.hpp"

#include "base/elementary.hpp"

namespace firebreak {

Terms terms_seen(const Scenario& scenario, Phase phase) {
    const Commitment& commitment = scenario.commitment;
    const auto alignment = [&](Phase at) {
        return commitment.alignment[static_cast<std::size_t>(at)];
    };
    Terms terms{alignment(phase),
                phase == Phase::in_force ? commitment.leverage_after : commitment.leverage_before,
                commitment.prize_factor};
    if (commitment.revision_hazard == 0.0) return terms;
    const double years = scenario.parameters.capitals.foresight_years;
    const double lasts =
        phase == Phase::none ? exponential(-commitment.revision_hazard * years) : 0.0;
    terms.alignment = lasts * terms.alignment + (1.0 - lasts) * alignment(Phase::promised);
    terms.leverage *= lasts;
    terms.prize_factor = lasts * terms.prize_factor + (1.0 - lasts);
    return terms;
}

}  // namespace firebreak
