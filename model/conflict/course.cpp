#include "conflict/course.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "conflict/accession.hpp"
#include "conflict/attribution.hpp"
#include "conflict/cohesion.hpp"
#include "conflict/fire_factor.hpp"
#include "conflict/response.hpp"
#include "conflict/retrial.hpp"
#include "conflict/settlement.hpp"
#include "conflict/violations.hpp"

namespace firebreak {

namespace {

LineSettings line_settings(const LineOfContact& line) {
    return {static_cast<float>(line.own_excitation), static_cast<float>(line.cross_excitation),
            static_cast<float>(line.neighbour_excitation),
            static_cast<float>(line.memory_persistence)};
}

Line opening_line(const Frame& frame) {
    const LineOfContact& line = frame.setting.scenario.parameters.line;
    return start_line(frame.noise, line_settings(line), static_cast<float>(line.immigrant_rate),
                      static_cast<float>(line.initial_restraint));
}

/// A spill-over of the war is force by definition: nobody deliberates.
Response force_at_once() {
    Response response;
    response.level = ResponseLevel::limited_force;
    response.agenda = true;
    response.triggered = true;
    response.perceived_intent = 1.0;
    response.gravity = 1.0;
    return response;
}

}  // namespace

Rung opening_rung(ResponseLevel level) {
    switch (level) {
        case ResponseLevel::none:
        case ResponseLevel::consult:
            return Rung::none;
        case ResponseLevel::reinforce:
            return Rung::alert;
        case ResponseLevel::limited_force:
            return Rung::clash;
        case ResponseLevel::general_force:
            return Rung::general_war;
    }
    return Rung::none;
}

Course::Course(const Frame& frame)
    : frame_(&frame),
      state_(opening_state(frame.setting.scenario, opening_line(frame))),
      war_chances_(war_chances(frame.setting)),
      forgetting_(forgetting(frame.setting.scenario)),
      politics_step_(
          static_cast<std::int32_t>(frame.setting.scenario.parameters.capitals.politics_step)) {}

bool Course::wants_details() const { return observer_ != nullptr && observer_->wants_details(); }

bool Course::is_over() const { return state_.ended || day_ >= frame_->setting.scenario.horizon; }

bool Course::is_politics_day() {
    // Days can be skipped, and the remainder of a division each day is not for nothing.
    while (politics_day_ < day_) politics_day_ += politics_step_;
    return politics_day_ == day_ && day_ > 0 && !state_.at_war;
}

void Course::commit(const Change& change) {
    apply(state_, frame_->setting.scenario, day_, change);
    thinning_stale_ = true;
    if (observer_ != nullptr) {
        observer_->recorded(day_, change, state_);
    }
}

// The order of a day: read this first.
DecisionPoint Course::advance() {
    while (!is_over()) {
        switch (station_) {
            case Station::dawn:
                greet_dawn();
                if (is_politics_day()) {
                    hold_elections();
                    station_ = Station::russia_decides;
                } else {
                    station_ = Station::events;
                }
                break;
            case Station::russia_decides:
                station_ = Station::ukraine_decides;
                if (auto point = weigh_war(Side::russia)) {
                    return *point;
                }
                break;
            case Station::ukraine_decides:
                station_ = Station::politics;
                if (auto point = weigh_war(Side::ukraine)) {
                    return *point;
                }
                break;
            case Station::politics:
                settle_and_posture();
                [[fallthrough]];
            case Station::events:
                station_ = Station::incidents;
                bring_events();
                if (state_.at_war) {
                    return WarDayPoint{war_chances_.spillover};
                }
                [[fallthrough]];
            case Station::incidents:
                pass_over_trifles();
                if (next_incident_ < incidents_.size()) {
                    return investigate_next();
                }
                end_of_day();
                station_ = Station::dawn;
                break;
        }
    }
    return std::monostate{};
}

/// What falls due by itself: truths, phases of an accession, the end of a commitment or war.
void Course::greet_dawn() {
    const Scenario& scenario = frame_->setting.scenario;
    auto& truths = state_.coming_truths;
    for (std::size_t i = 0; i < truths.size();) {
        if (truths[i].due_day <= day_) {
            const WalkBack walk_back{truths[i].taken_day};
            commit(walk_back);
        } else {
            ++i;
        }
    }
    if (state_.at_war) {
        if (day_ >= state_.war_end_day) {
            commit(WarEnded{});
        }
        return;
    }
    if (const auto end = end_of_commitment(scenario, frame_->cast, state_, day_)) {
        commit(*end);
    }
    const Phase phase = phase_on(scenario, frame_->cast, state_, day_);
    if (phase != state_.phase) {
        if (scenario.commitment.timing == Timing::activation) {
            commit(Activation{});
        } else {
            commit(PhaseChange{phase});
        }
    }
}

void Course::hold_elections() {
    std::vector<Election> elections;
    draw_elections(frame_->setting, state_, day_, frame_->replication, frame_->draws, elections);
    for (const Election& election : elections) {
        commit(election);
    }
    look_around();
}

void Course::look_around() {
    outlook_ =
        outlook(frame_->setting, frame_->cast, state_, day_, aid(frame_->setting, state_, day_),
                accession_waits_for_peace(frame_->setting.scenario, state_));
    outlook_.punishment = punishment(frame_->setting, day_);
}

std::optional<DecisionPoint> Course::weigh_war(Side side) {
    if (state_.planned) {
        return std::nullopt;
    }
    const double chance = war_chance(side, frame_->setting, frame_->cast, state_, outlook_);
    const double luck =
        frame_->draws.uniform({frame_->replication.value(), static_cast<std::uint32_t>(day_),
                               Purpose::war_decision, 0, static_cast<std::uint32_t>(side)});
    return WarPoint{side, chance, luck < chance};
}

std::int32_t Course::offensive_start(Side side) const {
    const double luck =
        frame_->draws.uniform({frame_->replication.value(), static_cast<std::uint32_t>(day_),
                               Purpose::offensive_delay, 0, static_cast<std::uint32_t>(side)});
    const double step = frame_->setting.scenario.parameters.capitals.politics_step;
    return day_ + static_cast<std::int32_t>(luck * step);
}

void Course::take(const WarPoint& point, bool war) {
    if (war) {
        commit(WarDecision{point.side, offensive_start(point.side)});
    }
}

void Course::settle_and_posture() {
    const Frame& frame = *frame_;
    if (!state_.is_settled() && !state_.planned &&
        frame.draws.bernoulli(settlement_chance(frame.setting, state_),
                              {frame.replication.value(), static_cast<std::uint32_t>(day_),
                               Purpose::settlement, 0, 0})) {
        commit(Settlement{});
        look_around();
    }
    for (const Side side : {Side::russia, Side::ukraine}) {
        if (state_.planned && state_.planned->side == side) {
            continue;  // it harasses until it strikes (prototype mend 4)
        }
        const Posture posture = choose_posture(side, frame.setting, state_, outlook_, day_,
                                               frame.replication, frame.draws);
        if (posture != state_.posture[index_of(side)]) {
            commit(PostureChange{side, static_cast<std::uint8_t>(posture)});
        }
    }
}

/// What happens today: the offensive, or the fire and what it causes, or a day of war.
void Course::bring_events() {
    const Frame& frame = *frame_;
    const Setting& setting = frame.setting;
    incidents_.clear();
    next_incident_ = 0;
    line_fired_ = false;
    if (state_.at_war) {
        const WarDay war = draw_war_day(war_chances_, day_, frame.replication, frame.draws);
        // First of the day, so that its chance at dawn is that of a first clash.
        if (war.spillover) {
            incidents_.push_back(spillover_incident(day_));
        }
        if (war.stray_russia) {
            incidents_.push_back(
                draw_war_stray(setting, Side::russia, day_, frame.replication, frame.draws));
        }
        if (war.stray_ukraine) {
            incidents_.push_back(
                draw_war_stray(setting, Side::ukraine, day_, frame.replication, frame.draws));
        }
        return;
    }
    if (state_.planned && state_.planned->start_day <= day_) {
        incidents_.push_back(draw_offensive(setting, state_, state_.planned->side, day_,
                                            frame.replication, frame.draws));
        return;
    }
    if (thinning_stale_) {
        thinning_ = thinning_rates(setting, state_);
        enforced_ = enforcement_factor(setting, state_);
        thinning_stale_ = false;
    }
    const LineOfContact& line = setting.scenario.parameters.line;
    const double calm = state_.is_settled()
                            ? line.settlement_restraint
                            : static_cast<double>(setting.calm[static_cast<std::size_t>(day_)]);
    const auto factor = [&](Side side) {
        return static_cast<float>(enforced_ * fire_factor(line, state_, side, calm, day_));
    };
    fire(frame.noise, day_, state_.line, {factor(Side::russia), factor(Side::ukraine)}, line_day_);
    line_fired_ = true;
    thinning_.long_range = static_cast<double>(effects_today().long_range);
    draw_fire_incidents(setting, state_, thinning_, frame.noise, line_day_, day_, frame.replication,
                        frame.draws, incidents_);
    draw_posture_incidents(setting, state_, day_, frame.replication, frame.draws, incidents_);
}

const CalmEffects& Course::effects_today() const {
    const Setting& setting = frame_->setting;
    return state_.is_settled() ? setting.settled_effects
                               : setting.calm_effects[static_cast<std::size_t>(day_)];
}

/// What nobody would react to is not investigated, unless somebody wants to read about it: neither
/// the evidence nor the response could change anything. What could have been grave is not passed
/// over, so that the choice does not hang on the deaths that it had.
void Course::pass_over_trifles() {
    while (next_incident_ < incidents_.size() && !wants_details() &&
           !is_retriable(frame_->setting, incidents_[next_incident_]) &&
           is_beneath_notice(frame_->setting, state_, incidents_[next_incident_])) {
        commit(Episode{incidents_[next_incident_], {}, {}, std::nullopt});
        ++next_incident_;
    }
}

EpisodePoint Course::investigate_next() {
    const Parameters& parameters = frame_->setting.scenario.parameters;
    EpisodePoint point{incidents_[next_incident_], {}};
    const double credibility = claim_credibility(parameters.response, state_.walked_back);
    const bool details = wants_details();
    std::vector<Report> reports;
    point.judgement = investigate(
        parameters.investigation, frame_->setting.scenario.commitment.coverage, credibility,
        point.incident, frame_->replication, frame_->draws, details ? &reports : nullptr);
    point.judgement.reports = std::move(reports);
    return point;
}

Response Course::respond(const EpisodePoint& point, std::uint16_t variant) const {
    if (point.incident.kind == IncidentKind::war_spillover) {
        return force_at_once();
    }
    const bool details = wants_details();
    return firebreak::respond(frame_->setting, frame_->cast, state_, point.incident,
                              point.judgement, frame_->replication, frame_->draws, variant,
                              details);
}

Standoff Course::standoff(const EpisodePoint& point) const {
    return draw_standoff(point.judgement.probability_russia, is_force_misattributed(point.incident),
                         day_, subject_of(point.incident), frame_->replication, frame_->draws);
}

void Course::take(const EpisodePoint& point, Response response) {
    const Setting& setting = frame_->setting;
    const bool offensive = point.incident.kind == IncidentKind::offensive;
    if (offensive) {
        commit(Collapse{point.incident,
                        day_ + draw_war_days(setting, day_, frame_->replication, frame_->draws)});
    }
    Episode episode{point.incident, point.judgement, std::move(response), std::nullopt};
    const Rung rung = opening_rung(episode.response.level);
    if (rung != Rung::none) {
        episode.crisis = run_crisis(setting.scenario.parameters.ladder, rung, standoff(point), day_,
                                    setting.scenario.horizon - 1, subject_of(point.incident),
                                    frame_->replication, frame_->draws);
        resume_day_ = std::max(resume_day_, episode.crisis->end_day + 1);
    }
    commit(episode);
    // Met by force, Russia gives up an offensive of its own (prototype mend 52).
    if (offensive && point.incident.origin == Actor::russia && episode.crisis &&
        episode.crisis->highest >= Rung::clash &&
        episode.crisis->backed_down == LadderSide::russia) {
        commit(WarCalledOff{});
    }
    ++next_incident_;
}

void Course::end_of_day() {
    if (line_fired_) {
        end_day(state_, forgetting_, line_day_.violations, effects_today());
        if (observer_ != nullptr) {
            observer_->day_of_fire(day_, line_day_.violations, state_);
        }
    }
    day_ = std::max(day_ + 1, resume_day_);
}

}  // namespace firebreak
