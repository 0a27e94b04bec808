#include "inference/line_play.hpp"

#include <algorithm>

#include "conflict/fire_factor.hpp"
#include "ensemble/shared_noise.hpp"
#include "inference/standing_belief.hpp"

namespace firebreak {
namespace {

Scenario of_length(Scenario scenario, int days) {
    scenario.horizon = days;
    scenario.checkpoints = {days};
    return scenario;
}

}  // namespace

LinePlay::LinePlay(const Scenario& scenario, int days, ReplicationId replication,
                   const Draws& draws)
    : setting_(lay_out(of_length(scenario, days))), replication_(replication), draws_(draws) {
    make_noise(noise_, noise_shape(setting_.scenario), replication, draws);
    forgetting_ = forgetting(setting_.scenario);
    start(1.0F);
}

void LinePlay::start(float calm) {
    state_ = opening_state(setting_.scenario, line_at(calm));
    state_.grievance.fill(ordinary_deaths());
}

Line LinePlay::line_at(float calm) const {
    const LineOfContact& line = setting_.scenario.parameters.line;
    const LineSettings settings{
        static_cast<float>(line.own_excitation), static_cast<float>(line.cross_excitation),
        static_cast<float>(line.neighbour_excitation), static_cast<float>(line.memory_persistence)};
    return start_line(noise_, settings, static_cast<float>(line.immigrant_rate), calm);
}

void LinePlay::begin_truce() {
    truce_day_ = day_;
    start(setting_.calm.front());
}

void LinePlay::decide_on_war(int start_day) {
    const int origin = std::max(truce_day_, 0);
    state_.planned = PlannedOffensive{Side::russia, start_day - origin};
    state_.posture[index_of(Side::russia)] = Posture::harass;
}

const LineDay& LinePlay::play_day() {
    const int age = day_ - std::max(truce_day_, 0);
    const auto step = static_cast<int>(setting_.scenario.parameters.capitals.politics_step);
    if (age > 0 && age % step == 0) choose_postures();
    calm_ =
        truce_day_ < 0 ? 1.0 : static_cast<double>(setting_.calm[static_cast<std::size_t>(age)]);
    const LineOfContact& line = setting_.scenario.parameters.line;
    const auto factor = [&](Side side) {
        return static_cast<float>(fire_factor(line, state_, side, calm_, age));
    };
    fire(noise_, day_, state_.line, {factor(Side::russia), factor(Side::ukraine)}, today_);
    const CalmEffects effects =
        truce_day_ < 0 ? CalmEffects{} : setting_.calm_effects[static_cast<std::size_t>(age)];
    end_day(state_, forgetting_, today_.violations, effects);
    state_.grievance.fill(ordinary_deaths());
    ++day_;
    return today_;
}

void LinePlay::choose_postures() {
    const int age = day_ - std::max(truce_day_, 0);
    const Outlook view = outlook(setting_, cast_, state_, age, 0.0, false);
    for (const Side side : {Side::russia, Side::ukraine}) {
        if (state_.planned && state_.planned->side == side) continue;
        state_.posture[index_of(side)] =
            choose_posture(side, setting_, state_, view, day_, replication_, draws_);
    }
}

std::int32_t LinePlay::violations_in(int sector) const {
    const auto first = static_cast<std::size_t>(sector);
    return today_.counts[first] + today_.counts[first + static_cast<std::size_t>(sectors())];
}

}  // namespace firebreak
