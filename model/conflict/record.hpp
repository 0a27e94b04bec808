#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "conflict/outcome.hpp"
#include "regime/actors.hpp"
#include "regime/commitment.hpp"
#include "regime/ladder.hpp"
#include "regime/response_rule.hpp"

namespace firebreak {

/// What kind of event an incident is. The number is part of its address in the draws.
enum class IncidentKind : std::uint8_t {
    line,
    troops,
    stray,
    probe,
    raid,
    retaliation,
    offensive,
    war_stray,
    war_spillover
};

inline constexpr std::array<std::string_view, 9> incident_kind_names{"fire on the line",
                                                                     "hit on protector troops",
                                                                     "stray",
                                                                     "probe",
                                                                     "raid",
                                                                     "retaliation",
                                                                     "offensive",
                                                                     "wartime stray",
                                                                     "spill-over of the war"};

/// Where it happened.
enum class Place : std::uint8_t { line, ukrainian_rear, russian_territory, allied_territory };

inline constexpr std::array<std::string_view, 4> place_names{
    "the line", "the Ukrainian rear", "Russian territory", "allied territory"};

/// One event that calls for a response: the truth about it.
struct Incident {
    std::int32_t day{};
    IncidentKind kind{};
    std::uint32_t number{};  ///< within its kind and day, so that it keeps its luck in all regimes
    Actor origin{};          ///< who did it
    Actor victim{};          ///< whom it hit
    bool deliberate{};
    Place place{};
    double deaths{};
    bool troops_hit{};                  ///< a protector's troops are among the victims
    bool after_raid{};                  ///< grew out of a Ukrainian raid: catalytic
    std::optional<SectorId> sector{};   ///< where on the line
    std::optional<AllyId> territory{};  ///< whose territory
    std::uint32_t retrial = 0;          ///< 0: as it happened; else a copy with luck of its own
};

/// The address of an incident's own draws: the same in every regime.
constexpr std::uint32_t subject_of(const Incident& incident) {
    return (incident.retrial << 20U) | (static_cast<std::uint32_t>(incident.kind) << 16U) |
           (incident.number << 8U);
}

/// One report as it arrived at the assessor's desk.
struct Report {
    double hours{};  ///< after the incident [h]
    bool names_russia{};
    double log_odds{};  ///< that Russia did it, after this report [logit]
};

/// What the assessor made of an incident, and when (model description, "attribution").
struct Judgement {
    double probability_russia{};  ///< belief that Russia did it when leaders decide [1]
    double decided_hours{};       ///< settling or deadline, whichever came first [h]
    bool by_deadline{};           ///< the clock, not the evidence, decided
    double settled_hours{};       ///< when the evidence settles, at or after the decision [h]
    bool settled_on_russia{};     ///< the culprit it settles on
    double truth_hours{};         ///< when the truth is known for sure [h]
    bool overt{};                 ///< nobody had to investigate
    bool claim_ukraine_blames_russia{};  ///< Ukraine's first public claim
    std::vector<Report> reports;         ///< in order; filled only when a history is told
};

/// True if leaders decided on the wrong culprit. A spill-over of the war has none.
constexpr bool is_misattributed(const Incident& incident, const Judgement& judgement) {
    return incident.kind != IncidentKind::war_spillover &&
           (judgement.probability_russia > 0.5) != (incident.origin == Actor::russia);
}

/// True if force on account of this incident is misattributed: force is always on Russia, and
/// Russia did not do it, however sure leaders were that it did. This one rule decides on the
/// outcome, on the path of a clash and on the shift of resolve in a crisis.
constexpr bool is_force_misattributed(const Incident& incident) {
    return incident.origin != Actor::russia;
}

/// True if Ukraine fired first: the incident grew out of a raid or another deliberate act of its
/// own. Who is *held* to have fired first is judged (`Response::held_ukraine_first`).
constexpr bool did_ukraine_fire_first(const Incident& incident) {
    return incident.after_raid || (incident.origin == Actor::ukraine && incident.deliberate);
}

/// What the deciding allies made of it.
struct Response {
    ResponseLevel level{};       ///< of the alliance or coalition, together
    bool obligation_in_force{};  ///< there was something to invoke
    bool invoked{};              ///< the obligation was invoked (consensus or majority found)
    bool triggered{};            ///< the trigger was met in the eyes of the allies
    bool truly_triggered{};      ///< the trigger was met in truth (prototype mend 30)
    bool agenda{};               ///< it passed the agenda gate at all
    double perceived_intent{};   ///< I, weight given to the act [1]
    double gravity{};            ///< common factor g [1]
    std::optional<bool> held_ukraine_first;  ///< empty: the duty has no clause that asks
    std::vector<AllyId> deciding;       ///< the deciding set; filled only when a history is told
    std::vector<ResponseLevel> levels;  ///< each one's own level, same order
};

/// True if the response is force, of whatever size.
constexpr bool is_force(const Response& response) {
    return response.level >= ResponseLevel::limited_force;
}

/// One side of the ladder.
enum class LadderSide : std::uint8_t { russia, allies };

/// A crisis from its opening to its end.
struct Crisis {
    Rung opened{};
    Rung highest{};  ///< that was reached by the horizon
    std::array<std::int32_t, 5>
        day{};               ///< first day of each rung, -1: never reached (by rung index)
    std::int32_t end_day{};  ///< day of its last round
    std::optional<LadderSide> backed_down;  ///< who gave way; empty if it ended at the top
};

// What changes a history. Each record is applied by `apply` (state.hpp) and by nothing else.

struct PostureChange {
    Side side{};
    std::uint8_t posture{};  ///< a `Posture` (state.hpp) of that side
};

struct WarDecision {
    Side side{};
    std::int32_t start_day{};  ///< the offensive begins
};

struct Collapse {
    Incident offensive;
    std::int32_t war_end_day{};  ///< unless it is called off
};

struct WarCalledOff {};

struct WarEnded {};

struct PhaseChange {
    Phase phase{};
};

struct Activation {};

/// A commitment that was in force ends and is not renewed.
struct CommitmentEnded {
    bool withdrawn{};  ///< by the protectors' politics; else its term has run out
};

struct Election {
    AllyId ally;
    bool adverse{};
};

struct Settlement {};

/// An incident with all that followed it at once.
struct Episode {
    Incident incident;
    Judgement judgement;
    Response response;
    std::optional<Crisis> crisis;
};

/// A response taken on a wrong view is withdrawn.
struct WalkBack {
    std::int32_t taken_day{};  ///< day of the response
};

using Change =
    std::variant<PostureChange, WarDecision, Collapse, WarCalledOff, WarEnded, PhaseChange,
                 Activation, CommitmentEnded, Election, Settlement, Episode, WalkBack>;

/// One dated entry of a history that is told (`replay`).
struct Record {
    std::int32_t day{};
    Change change;
};

}  // namespace firebreak
