#include "conflict/fire_factor.hpp"

#include <algorithm>

#include "base/elementary.hpp"
#include "conflict/troops.hpp"

namespace firebreak {

double posture_factor(const LineOfContact& line, Side side, Posture posture) {
    if (posture == Posture::harass) return line.harassment_posture;
    return side == Side::russia ? line.discipline_russia : line.discipline_ukraine;
}

double preparation_factor(const LineOfContact& line, double harassing, std::int32_t days_left) {
    const double days = line.preparation_days;
    const double prepared = std::min(1.0, (days + 1.0 - static_cast<double>(days_left)) / days);
    if (prepared <= 0.0 || line.preparation_posture <= harassing) return harassing;
    // Whoever has decided to break the ceasefire is not held back by its calm.
    return power(harassing, 1.0 - prepared) * power(line.preparation_posture, prepared);
}

double enforcement_factor(const Setting& setting, const State& state) {
    if (!state.in_force) return 1.0;
    const Parameters& parameters = setting.scenario.parameters;
    const double held =
        static_cast<double>(manned_sectors(setting.scenario)) / parameters.line.sectors;
    const double prevented = parameters.line.enforcement * setting.scenario.commitment.exposure *
                             held * (1.0 - parameters.capitals.escalation_dominance);
    return std::max(0.0, 1.0 - prevented);
}

double fire_factor(const LineOfContact& line, const State& state, Side side, double calm,
                   std::int32_t day) {
    const double factor = calm * posture_factor(line, side, state.posture[index_of(side)]);
    if (!state.planned || state.planned->side != side) return factor;
    return preparation_factor(line, factor, state.planned->start_day - day);
}

}  // namespace firebreak
