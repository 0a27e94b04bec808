#include "conflict/cast.hpp"

#include <algorithm>
#include <cmath>

#include "base/quantity.hpp"

namespace firebreak {
namespace {

/// Later than every horizon.
constexpr double latest_day = 1e9;

}  // namespace

Cast draw_cast(const Scenario& scenario, ReplicationId replication, const Draws& draws) {
    const CapitalParameters& capitals = scenario.parameters.capitals;
    const auto address = [&](Purpose purpose, std::size_t subject) {
        return DrawAddress{.replication = replication.value(),
                           .purpose = purpose,
                           .subject = static_cast<std::uint32_t>(subject)};
    };
    const auto leader_type = [&](Side side) {
        return capitals.leader_type_sd *
               draws.normal(address(Purpose::leader_type, index_of(side)));
    };

    Cast cast;
    cast.leader_type_russia = leader_type(Side::russia);
    cast.leader_type_ukraine = leader_type(Side::ukraine);
    cast.perception = capitals.perception_bias +
                      capitals.perception_sd * draws.normal(address(Purpose::perception, 0));
    cast.resolve.reserve(scenario.allies.size());
    for (std::size_t ally = 0; ally < scenario.allies.size(); ++ally) {
        cast.resolve.push_back(scenario.allies[ally].resolve_offset +
                               scenario.parameters.response.resolve_spread *
                                   draws.normal(address(Purpose::ally_resolve, ally)));
    }
    const double delay =
        draws.exponential(scenario.commitment.activation_days, address(Purpose::activation, 0));
    cast.activation_day = static_cast<std::int32_t>(std::min(std::ceil(delay), latest_day));
    if (scenario.commitment.withdrawal_hazard > 0.0) {
        const double stands = draws.exponential(
            days_per_year / scenario.commitment.withdrawal_hazard, address(Purpose::withdrawal, 0));
        cast.withdrawal_after = static_cast<std::int32_t>(std::min(std::ceil(stands), latest_day));
    }
    if (scenario.commitment.revision_hazard > 0.0) {
        const double kept = draws.exponential(days_per_year / scenario.commitment.revision_hazard,
                                              address(Purpose::revision, 0));
        cast.revision_day = static_cast<std::int32_t>(std::min(std::ceil(kept), latest_day));
    }
    return cast;
}

}  // namespace firebreak
