#include "conflict/troops.hpp"

#include <algorithm>

namespace firebreak {

bool stands_in(const Commitment& commitment, std::size_t sector) {
    const auto& sectors = commitment.troop_sectors;
    return sectors.empty() || std::find(sectors.begin(), sectors.end(), sector) != sectors.end();
}

std::size_t manned_sectors(const Scenario& scenario) {
    const auto sectors = static_cast<std::size_t>(scenario.parameters.line.sectors);
    std::size_t manned = 0;
    for (std::size_t sector = 0; sector < sectors; ++sector) {
        if (stands_in(scenario.commitment, sector)) ++manned;
    }
    return manned;
}

}  // namespace firebreak
