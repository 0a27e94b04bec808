#include "inference/examination.hpp"

#include <algorithm>

#include "conflict/attribution.hpp"
#include "conflict/response.hpp"

namespace firebreak {

AllyId ally_named(const Allies& allies, std::string_view iso3) {
    const auto found = std::ranges::find(allies, iso3, &Ally::iso3);
    return AllyId(found == allies.end() ? 0U : static_cast<std::uint32_t>(found - allies.begin()));
}

Examination examine(const Setting& setting, const Cast& cast, const State& state,
                    const Incident& incident, ReplicationId replication, const Draws& draws,
                    bool tell) {
    const Scenario& scenario = setting.scenario;
    Examination examination;
    examination.judgement =
        investigate(scenario.parameters.investigation, scenario.commitment.coverage,
                    claim_credibility(scenario.parameters.response, state.walked_back), incident,
                    replication, draws);
    examination.response =
        respond(setting, cast, state, incident, examination.judgement, replication, draws, 0, tell);
    return examination;
}

}  // namespace firebreak
