#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/random.hpp"
#include "conflict/capitals.hpp"
#include "conflict/cast.hpp"
#include "conflict/crisis.hpp"
#include "conflict/incidents.hpp"
#include "conflict/noise.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"
#include "conflict/war.hpp"

namespace firebreak {

/// What every course of one replication shares: all that is given.
struct Frame {
    const Setting& setting;
    const Cast& cast;
    const Noise& noise;
    const Draws& draws;
    ReplicationId replication;
};

/// Somebody who watches a course: counts fire by interval and, if asked, writes its records down.
class Observer {
  public:
    virtual ~Observer() = default;

    /// A day of ceasefire has ended in `state`.
    virtual void day_of_fire(std::int32_t day, const std::array<std::int32_t, side_count>& fire,
                             const State& state) = 0;

    /// A record was applied and has led to `state`.
    virtual void recorded(std::int32_t day, const Change& change, const State& state) = 0;

    /// Whether records should carry their details (votes, reports).
    virtual bool wants_details() const = 0;
};

/// A capital may decide on war.
struct WarPoint {
    Side side{};
    double chance{};  ///< P(it does)
    bool drawn{};     ///< it does, in this history
};

/// The alliance must respond to an incident.
struct EpisodePoint {
    Incident incident;
    Judgement judgement;
};

/// A day of the renewed war dawns.
struct WarDayPoint {
    double spillover_chance{};  ///< P(a clash outside the model's detail today)
};

/// Where a course pauses because it could go on in more than one way; empty: it is over.
using DecisionPoint = std::variant<std::monostate, WarPoint, EpisodePoint, WarDayPoint>;

/// One course of history, day by day, that pauses at every decision which could end the ceasefire
/// or use force. A copy taken at a pause can be sent the other way.
class Course {
  public:
    /// A course at the dawn of day 0. `frame` outlives it.
    explicit Course(const Frame& frame);

    /// Goes on to the next decision point.
    DecisionPoint advance();

    /// The day on which an offensive decided on today would begin.
    std::int32_t offensive_start(Side side) const;

    /// Answers a `WarPoint`.
    void take(const WarPoint& point, bool war);

    /// Answers an `EpisodePoint`: the response and all that follows from it, a crisis included.
    void take(const EpisodePoint& point, Response response);

    /// The response to `point`; `variant` 0 is the history's own, others re-draw it.
    Response respond(const EpisodePoint& point, std::uint16_t variant = 0) const;

    /// The stand-off that a response to `point` would open.
    Standoff standoff(const EpisodePoint& point) const;

    const State& state() const { return state_; }

    std::int32_t day() const { return day_; }

    bool is_over() const;

    /// Hands the course to `observer`; nullptr: nobody watches.
    void observe(Observer* observer) { observer_ = observer; }

  private:
    /// The stations of a day, in order.
    enum class Station : std::uint8_t {
        dawn,
        russia_decides,
        ukraine_decides,
        politics,
        events,
        incidents
    };

    void commit(const Change& change);
    void greet_dawn();
    void hold_elections();
    void look_around();
    std::optional<DecisionPoint> weigh_war(Side side);
    void settle_and_posture();
    void bring_events();
    const CalmEffects& effects_today() const;
    void pass_over_trifles();
    EpisodePoint investigate_next();
    bool wants_details() const;
    void end_of_day();
    bool is_politics_day();

    const Frame* frame_;
    State state_;
    std::int32_t day_ = 0;
    std::int32_t resume_day_ = 0;  ///< the line is frozen before it: a crisis
    Station station_ = Station::dawn;
    std::vector<Incident> incidents_;  ///< of today, in order
    std::size_t next_incident_ = 0;
    LineDay line_day_;         ///< today's fire
    bool line_fired_ = false;  ///< today was a day of ceasefire
    WarChances war_chances_;   ///< of any day of war
    Forgetting forgetting_;
    std::int32_t politics_step_;     ///< [d]
    std::int32_t politics_day_ = 0;  ///< the next one, or today
    Outlook outlook_;                ///< of this politics day
    ThinningRates thinning_;         ///< given postures and commitment
    double enforced_ = 1.0;          ///< factor of protector troops on the fire, given the same
    bool thinning_stale_ = true;
    Observer* observer_ = nullptr;
};

/// The rung on which a response opens the ladder.
Rung opening_rung(ResponseLevel level);

}  // namespace firebreak
