#include "conflict/negotiation.hpp"

#include "base/elementary.hpp"
#include "conflict/concessions.hpp"

namespace firebreak {
namespace {

/// Time base of the hazard [d].
constexpr double hazard_days = 30.0;

/// The alignment that the regime announces: that of its promise, or of the lack of one.
double announced_alignment(const Scenario& scenario) {
    const bool never = scenario.commitment.timing == Timing::never;
    return terms_seen(scenario, never ? Phase::none : Phase::promised).alignment;
}

}  // namespace

double ceasefire_hazard(const Scenario& scenario) {
    const NegotiationParameters& negotiation = scenario.parameters.negotiation;
    const double alignment =
        announced_alignment(scenario) - scenario.parameters.capitals.reference_alignment;
    const double conditionality = scenario.commitment.conditionality_factor - 1.0;
    return negotiation.ceasefire_hazard *
           exponential(negotiation.conditionality_effect * conditionality -
                       negotiation.promise_effect * alignment);
}

double ceasefire_delay(const Scenario& scenario, ReplicationId replication, const Draws& draws) {
    return draws.exponential(
        hazard_days / ceasefire_hazard(scenario),
        {.replication = replication.value(), .purpose = Purpose::ceasefire_delay});
}

}  // namespace firebreak
