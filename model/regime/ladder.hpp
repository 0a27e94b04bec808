#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace firebreak {

/// A rung of the escalation ladder between Russia and the allies.
enum class Rung : std::uint8_t { none, alert, clash, general_war, nuclear_use };

inline constexpr std::array<std::string_view, 5> rung_names{"none", "alert", "clash", "general war",
                                                            "nuclear use"};

/// One rung's dangers and wishes, with both resolves at zero.
struct RungParameters {
    double autonomous_climb{};  ///< climbing with nobody wanting it [1/round]
    double escalate{};          ///< wish to escalate [utility]
    double back_down{};         ///< wish to back down [utility]
};

/// The ladder: a round a day until somebody backs down or the top is reached.
struct LadderParameters {
    RungParameters alert;
    RungParameters clash;
    RungParameters general_war;
    double resolve_weight{};        ///< weight of private resolve (standard normal) [utility/sd]
    double culpability_weight{};    ///< the culpable side backs down more [utility]
    double misattribution_shift{};  ///< resolve shift once force proves misattributed [sd]
};

}  // namespace firebreak
