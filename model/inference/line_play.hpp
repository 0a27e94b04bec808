#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "conflict/capitals.hpp"
#include "conflict/cast.hpp"
#include "conflict/noise.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"
#include "conflict/toll.hpp"
#include "conflict/violations.hpp"

namespace firebreak {

/// The line of contact alone: the sides choose their postures on politics days and fire, and
/// nothing else happens. Their grievance is what an ordinary month of ceasefire leaves.
///
/// Its days are numbered through; a truce may begin on any of them.
class LinePlay {
  public:
    /// `days` of noise from day 0 on. The line begins without restraint on day 0.
    LinePlay(const Scenario& scenario, int days, ReplicationId replication, const Draws& draws);

    /// Starts a truce on the next day, as day 0 of a ceasefire starts one.
    void begin_truce();

    /// Plays the next day and returns its fire, valid until the next call.
    const LineDay& play_day();

    /// Russia has decided on an offensive that begins on `start_day`, numbered through.
    void decide_on_war(int start_day);

    int next_day() const { return day_; }

    /// Restraint on the day played last: 1 is none [x].
    double calm() const { return calm_; }

    /// What the fire since the start, or since the truce began, has cost in the mean.
    Toll toll() const { return toll_of(setting_.scenario, state_); }

    int sectors() const { return noise_.sectors(); }

    const Setting& setting() const { return setting_; }

    /// Violations of both sides in a sector on the day played last.
    std::int32_t violations_in(int sector) const;

  private:
    void choose_postures();
    Line line_at(float calm) const;
    void start(float calm);

    Setting setting_;
    Noise noise_;
    ReplicationId replication_;
    const Draws& draws_;
    Cast cast_;
    State state_;
    Forgetting forgetting_;
    LineDay today_;
    int day_ = 0;
    int truce_day_ = -1;
    double calm_ = 1.0;
};

}  // namespace firebreak
