#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "conflict/line.hpp"
#include "conflict/outcome.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "regime/scenario.hpp"

namespace firebreak {

/// What a capital does short of war. Russia: comply, harass, probe; Ukraine: comply, harass, raid.
enum class Posture : std::uint8_t { comply, harass, probe, raid };

inline constexpr std::array<std::string_view, 4> posture_names{"complies", "harasses", "probes",
                                                               "raids"};

/// An offensive that has been decided on and not begun.
struct PlannedOffensive {
    Side side{};
    std::int32_t start_day{};
};

/// The truth about a response taken on a wrong view will come out.
struct ComingTruth {
    std::int32_t due_day{};
    std::int32_t taken_day{};
};

/// Where one history stands. Copyable, so that a history can be forked; changed by `apply` alone,
/// except for the line's memories, which `fire` advances.
struct State {
    Line line;
    std::array<Posture, side_count> posture{};    ///< by side
    Phase phase{};                                ///< of the accession
    bool in_force{};                              ///< a commitment is in force or active
    std::int32_t in_force_day{};                  ///< since when; if it is or was in force
    bool lapsed{};                                ///< it was in force and has ended
    std::int32_t last_unquiet_day = -1;           ///< of an incident, or of a crisis over one
    std::int32_t quiet_day = FirstDays::never;    ///< the quiet was reached that starts accession
    std::int32_t settled_day = FirstDays::never;  ///< a permanent peace was signed
    std::array<double, side_count> grievance{};   ///< decayed deaths suffered [deaths]
    double recent_violations{};                   ///< moving average of both sides [1/d]
    double honoured{};                            ///< h of the belief [observations]
    double failed{};                              ///< f of the belief [observations]
    double honoured_commitment{};  ///< part of h earned under Ukraine's commitment [observations]
    double failed_commitment{};    ///< part of f lost under it [observations]
    std::int32_t dishonoured{};    ///< calls that were not answered [count]
    std::uint64_t adverse{};       ///< bit per AllyId: politics adverse
    std::int32_t walked_back{};    ///< c, responses withdrawn [count]
    std::optional<PlannedOffensive> planned;
    std::vector<ComingTruth> coming_truths;
    bool at_war{};
    std::int32_t war_end_day{};  ///< if at war
    bool ended{};                ///< general war, nuclear use or end of the war

    FirstDays first_day;
    std::optional<Path> path;                           ///< of the first clash
    std::optional<Source> source;                       ///< of the first clash
    std::array<std::int32_t, event_count> events{};     ///< during the ceasefire
    std::int32_t ceasefire_days{};                      ///< days of line simulated
    std::array<std::int64_t, side_count> violations{};  ///< since the ceasefire [count]
    double long_range_fire{};  ///< the same, each times its day's factor on heavy weapons
    double lethal_fire{};      ///< the same, each times its day's factor on harm
    double salvo_deaths{};     ///< civilians killed by retaliations, in the mean [deaths]

    bool is_adverse(AllyId ally) const { return ((adverse >> ally.value()) & 1U) != 0; }

    bool is_settled() const { return settled_day != FirstDays::never; }
};

/// The state before day 0. `Line` is set up by the caller (violations.hpp).
State opening_state(const Scenario& scenario, const Line& line);

/// Changes `state` by one dated record: the only way it changes.
void apply(State& state, const Scenario& scenario, std::int32_t day, const Change& change);

/// How fast a day is forgotten: worked out once, used every day.
struct Forgetting {
    double grievance_kept{};  ///< share of a grievance that a day leaves [1]
    double quiet_weight{};    ///< weight of today in the average of violations [1]
};

Forgetting forgetting(const Scenario& scenario);

/// End of a day of ceasefire: fire is counted, grievance and the average of violations move on.
void end_day(State& state, const Forgetting& forgetting,
             const std::array<std::int32_t, side_count>& fire, const CalmEffects& effects);

}  // namespace firebreak
