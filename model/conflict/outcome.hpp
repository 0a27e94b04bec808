#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace firebreak {

/// What may happen in a history; its first day is the history's result.
enum class OutcomeKind : std::uint8_t {
    salient_incident,
    stray,           ///< fire onto allied territory
    misattribution,  ///< decision on a wrong view while something was at stake
    consultation,
    joint_response,       ///< level 2 or more, with nothing to invoke
    invocation,           ///< level 2 or more under an obligation in force
    credibility_failure,  ///< a true trigger met with less than level 2
    protector_fatality,   ///< Russian fire kills a protector's soldiers
    alert,
    misattributed_force,  ///< force used on Russia for what it did not do
    collapse,             ///< the war is resumed
    clash,                ///< force between Russia and an ally, never Ukraine's own soldiers
    general_war,
    nuclear_use,
    settlement,
    accession
};

inline constexpr std::size_t outcome_count = 16;
inline constexpr std::array<std::string_view, outcome_count> outcome_names{"salient_incident",
                                                                           "stray",
                                                                           "misattribution",
                                                                           "consultation",
                                                                           "joint_response",
                                                                           "invocation",
                                                                           "credibility_failure",
                                                                           "protector_fatality",
                                                                           "alert",
                                                                           "misattributed_force",
                                                                           "collapse",
                                                                           "clash",
                                                                           "general_war",
                                                                           "nuclear_use",
                                                                           "settlement",
                                                                           "accession"};

constexpr std::size_t index_of(OutcomeKind kind) { return static_cast<std::size_t>(kind); }

/// How the first clash came about (prototype mend 55). Exogenous: the spill-over of a renewed war,
/// an assumed hazard of several makings (intervention, strikes on hubs, hot pursuit).
enum class Path : std::uint8_t { deliberate, accidental, misattributed, catalytic, exogenous };

inline constexpr std::size_t path_count = 5;
inline constexpr std::array<std::string_view, path_count> path_names{
    "deliberate", "accidental", "misattributed", "catalytic", "exogenous"};

/// What the first clash grew out of.
enum class Source : std::uint8_t {
    line,
    troops,
    stray,
    probe,
    raid,
    offensive,
    war_stray,
    war_spillover
};

inline constexpr std::size_t source_count = 8;
inline constexpr std::array<std::string_view, source_count> source_names{
    "line", "troops", "stray", "probe", "raid", "offensive", "war_stray", "war_spillover"};

/// Events that are counted, for rates per year of ceasefire.
enum class EventKind : std::uint8_t {
    salient_incident,
    stray,
    misattribution,
    consultation,
    probe,
    raid,
    allied_probe  ///< a probe of allied territory, also counted as a probe
};

inline constexpr std::size_t event_count = 7;
inline constexpr std::array<std::string_view, event_count> event_names{
    "salient_incident", "stray", "misattribution", "consultation", "probe", "raid", "allied_probe"};

/// First day of each outcome in one history [d since the ceasefire]; `never` if it did not happen.
struct FirstDays {
    static constexpr std::int32_t never = -1;
    std::array<std::int32_t, outcome_count> day{};

    constexpr FirstDays() { day.fill(never); }

    constexpr std::int32_t operator[](OutcomeKind kind) const { return day[index_of(kind)]; }

    constexpr bool happened(OutcomeKind kind) const { return day[index_of(kind)] != never; }

    /// True if `kind` is not known to have happened by `today`.
    constexpr bool is_before(std::int32_t today, OutcomeKind kind) const {
        return !happened(kind) || today < day[index_of(kind)];
    }

    /// Notes `kind` on `today` unless it happened by then; the earliest day is kept.
    constexpr void note(OutcomeKind kind, std::int32_t today) {
        if (is_before(today, kind)) {
            day[index_of(kind)] = today;
        }
    }
};

}  // namespace firebreak
