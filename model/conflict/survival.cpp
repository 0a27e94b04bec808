#include "conflict/survival.hpp"

#include <algorithm>
#include <utility>

#include "conflict/response.hpp"
#include "conflict/retrial.hpp"

namespace firebreak {

namespace {

/// Draws of a grave response by which force is weighed. More of them only smooth the estimate.
constexpr std::uint16_t response_draws = 8;

}  // namespace

void Ledger::add(OutcomeKind kind, std::int32_t day, double mass) {
    const auto after = std::ranges::upper_bound(*checkpoints_, day);
    if (after != checkpoints_->end()) {
        mass_[index_of(kind)][static_cast<std::size_t>(after - checkpoints_->begin())] += mass;
    }
}

OutcomeCurve Ledger::curve() const {
    OutcomeCurve curve = mass_;
    for (auto& row : curve) {
        for (std::size_t i = 1; i < checkpoints_->size(); ++i) {
            row[i] += row[i - 1];
        }
    }
    return curve;
}

void run_to_end(Course& course) {
    while (true) {
        const DecisionPoint point = course.advance();
        if (std::holds_alternative<std::monostate>(point)) {
            return;
        }
        if (const auto* war = std::get_if<WarPoint>(&point)) {
            course.take(*war, war->drawn);
        } else if (const auto* episode = std::get_if<EpisodePoint>(&point)) {
            course.take(*episode, course.respond(*episode));
        }
    }
}

bool is_grave(const Setting& setting, const EpisodePoint& point) {
    return point.judgement.probability_russia > 0.5 &&
           point.incident.kind != IncidentKind::war_spillover &&
           (point.incident.kind == IncidentKind::offensive ||
            point.incident.deaths >= setting.scenario.parameters.response.trigger_deaths);
}

Survival::Survival(const Frame& frame)
    : frame_(frame), ledger_(frame.setting.scenario.checkpoints) {}

State Survival::run(Observer* observer) {
    Course survivor(frame_);
    survivor.observe(observer);
    while (weight_ > 0.0) {
        const DecisionPoint point = survivor.advance();
        note_survivor(survivor);
        if (std::holds_alternative<std::monostate>(point)) {
            break;
        }
        if (const auto* war = std::get_if<WarPoint>(&point)) {
            split_war(survivor, *war);
        } else if (const auto* episode = std::get_if<EpisodePoint>(&point)) {
            split_episode(survivor, *episode);
        }
    }
    if (!analog_) {
        let_analog_go(std::move(survivor));
    }
    follow_branch();
    return *std::move(analog_);
}

void Survival::let_analog_go(Course analog) {
    run_to_end(analog);
    analog_ = analog.state();
}

/// What happened on the survivor's path since the last look happened with its weight. Force is
/// not among it: that is accounted for where the path splits.
void Survival::note_survivor(const Course& survivor) {
    const FirstDays& days = survivor.state().first_day;
    if (days.day == noted_.day) {
        return;
    }
    for (std::size_t i = 0; i < outcome_count; ++i) {
        const auto kind = static_cast<OutcomeKind>(i);
        if (days.happened(kind) && !noted_.happened(kind)) {
            noted_.note(kind, days[kind]);
            if (kind != OutcomeKind::clash && kind != OutcomeKind::general_war &&
                kind != OutcomeKind::nuclear_use) {
                ledger_.add(kind, days[kind], weight_);
            }
        }
    }
}

/// True if the branch of this mass replaces the chosen one: in the end each is chosen with
/// probability proportional to its mass. The luck of the choice is used for nothing else.
bool Survival::accepts(double mass) {
    branched_mass_ += mass;
    const double luck =
        frame_.draws.uniform({frame_.replication.value(), offers_++, Purpose::branch_choice, 0, 0});
    return luck * branched_mass_ < mass;
}

void Survival::split_war(Course& survivor, const WarPoint& point) {
    if (point.drawn && !analog_) {
        Course analog = survivor;
        analog.take(point, true);
        let_analog_go(std::move(analog));
        survivor.observe(nullptr);
    }
    const double mass = weight_ * point.chance;
    if (mass > 0.0) {
        const std::int32_t start = survivor.offensive_start(point.side);
        ledger_.add(OutcomeKind::collapse, start, mass);
        if (accepts(mass)) {
            Course branch = survivor;
            branch.observe(nullptr);
            branch.take(point, true);
            chosen_ = Branch{std::move(branch), noted_, start};
        }
        weight_ -= mass;
    }
    survivor.take(point, false);
}

/// Accounts for the rungs that a crisis opened on `rung` reaches, by their exact law. A clash on
/// the day `known_clash` is accounted for already: one that comes before takes its place.
void Survival::add_ladder(const Course& course, const EpisodePoint& point, Rung rung, double mass,
                          std::int32_t known_clash) {
    if (rung == Rung::none) {
        return;
    }
    const Scenario& scenario = frame_.setting.scenario;
    ladder_law(scenario.parameters.ladder, rung, course.standoff(point), course.day(),
               scenario.horizon - 1, law_);
    const auto add = [&](OutcomeKind kind, const std::vector<double>& chances) {
        for (std::size_t k = 0; k < chances.size(); ++k) {
            ledger_.add(kind, course.day() + static_cast<std::int32_t>(k), mass * chances[k]);
        }
    };
    if (known_clash == FirstDays::never) {
        add(OutcomeKind::clash, law_.clash);
    } else {
        for (std::size_t k = 0; k < law_.clash.size(); ++k) {
            const std::int32_t day = course.day() + static_cast<std::int32_t>(k);
            if (day >= known_clash) break;
            ledger_.add(OutcomeKind::clash, day, mass * law_.clash[k]);
            ledger_.add(OutcomeKind::clash, known_clash, -mass * law_.clash[k]);
        }
    }
    add(OutcomeKind::general_war, law_.general_war);
    add(OutcomeKind::nuclear_use, law_.nuclear_use);
}

/// Accounts for force on a wrong view at `point`, which `mass` meets and whose response as drawn is
/// force with `drawn_chance`. Where a rare mistake must meet a rare disaster, all such incidents
/// are weighed instead of the one that was drawn (docs/model.md §13).
void Survival::add_misattributed_force(const Course& course, const EpisodePoint& point, double mass,
                                       double drawn_chance) {
    if (!is_force_misattributed(point.incident)) return;
    const double chance = is_retriable(frame_.setting, point.incident)
                              ? chance_of_force(frame_, course.state(), point.incident)
                              : drawn_chance;
    if (chance > 0.0) ledger_.add(OutcomeKind::misattributed_force, course.day(), mass * chance);
}

void Survival::split_episode(Course& survivor, const EpisodePoint& point) {
    const std::uint16_t draws = is_grave(frame_.setting, point) ? response_draws : 1;
    std::optional<Response> calm_response;
    std::optional<Response> force_response;
    const double share = weight_ / static_cast<double>(draws);
    double forced = 0.0;
    for (std::uint16_t variant = 0; variant < draws; ++variant) {
        Response response = survivor.respond(point, variant);
        if (!is_force(response)) {
            if (!calm_response) {
                calm_response = std::move(response);
            }
            continue;
        }
        if (variant == 0 && !analog_) {
            Course analog = survivor;
            analog.take(point, response);
            let_analog_go(std::move(analog));
            survivor.observe(nullptr);
        }
        add_ladder(survivor, point, opening_rung(response.level), share, FirstDays::never);
        forced += share;
        if (!force_response) {
            force_response = std::move(response);
        }
    }
    add_misattributed_force(survivor, point, weight_, forced / weight_);
    if (forced > 0.0) {
        if (accepts(forced)) {
            Course branch = survivor;
            branch.observe(nullptr);
            branch.take(point, *std::move(force_response));
            chosen_ = Branch{std::move(branch), noted_};
        }
        weight_ = calm_response ? weight_ - forced : 0.0;
    }
    if (!calm_response) {
        return;
    }
    add_ladder(survivor, point, opening_rung(calm_response->level), weight_, FirstDays::never);
    survivor.take(point, *std::move(calm_response));
    note_survivor(survivor);
    if (survivor.state().first_day.happened(OutcomeKind::clash)) {
        // An alert that climbed: all of the weight goes that way.
        if (!analog_) {
            let_analog_go(survivor);
            survivor.observe(nullptr);
        }
        if (accepts(weight_)) {
            chosen_ = Branch{survivor, noted_};
        }
        weight_ = 0.0;
    }
}

/// The one branch stands for all: what it brings counts with their whole mass.
void Survival::follow_branch() {
    if (!chosen_) {
        return;
    }
    Course& course = chosen_->course;
    const double mass = branched_mass_;
    while (true) {
        const DecisionPoint point = course.advance();
        if (std::holds_alternative<std::monostate>(point)) {
            break;
        }
        const std::int32_t known_clash = course.state().first_day[OutcomeKind::clash];
        if (const auto* war = std::get_if<WarPoint>(&point)) {
            course.take(*war, war->drawn);
        } else if (const auto* day = std::get_if<WarDayPoint>(&point)) {
            if (known_clash == FirstDays::never) {
                ledger_.add(OutcomeKind::clash, course.day(), mass * day->spillover_chance);
            }
        } else if (const auto* episode = std::get_if<EpisodePoint>(&point)) {
            const bool spillover = episode->incident.kind == IncidentKind::war_spillover;
            const std::uint16_t draws = is_grave(frame_.setting, *episode) ? response_draws : 1;
            const double share = mass / static_cast<double>(draws);
            Response response = course.respond(*episode);
            for (std::uint16_t variant = 0; variant < draws; ++variant) {
                const ResponseLevel level =
                    variant == 0 ? response.level : course.respond(*episode, variant).level;
                add_ladder(
                    course, *episode, opening_rung(level), share,
                    spillover && known_clash == FirstDays::never ? course.day() : known_clash);
            }
            if (!course.state().first_day.happened(OutcomeKind::misattributed_force)) {
                add_misattributed_force(course, *episode, mass, is_force(response) ? 1.0 : 0.0);
            }
            course.take(*episode, std::move(response));
        }
    }
    const FirstDays& days = course.state().first_day;
    for (std::size_t i = 0; i < outcome_count; ++i) {
        const auto kind = static_cast<OutcomeKind>(i);
        const bool on_its_day = kind == OutcomeKind::misattributed_force ||
                                kind == OutcomeKind::clash || kind == OutcomeKind::general_war ||
                                kind == OutcomeKind::nuclear_use;
        if (!on_its_day && days.happened(kind) && !chosen_->before.happened(kind)) {
            ledger_.add(kind, days[kind], mass);
        }
    }
    if (chosen_->foreseen_collapse != FirstDays::never) {
        ledger_.add(OutcomeKind::collapse, chosen_->foreseen_collapse, -mass);
    }
}

}  // namespace firebreak
