#include "conflict/fire_factor.hpp"

#include <algorithm>

#include "base/elementary.hpp"

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

double fire_factor(const LineOfContact& line, const State& state, Side side, double calm,
                   std::int32_t day) {
    const double factor = calm * posture_factor(line, side, state.posture[index_of(side)]);
    if (!state.planned || state.planned->side != side) return factor;
    return preparation_factor(line, factor, state.planned->start_day - day);
}

}  // namespace firebreak
