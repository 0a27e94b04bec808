#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "conflict/setting.hpp"
#include "regime/response_rule.hpp"

namespace firebreak {

inline constexpr std::size_t response_level_count = response_level_names.size();

/// Who can call a consultation: any one member, as under Article 4 of the North Atlantic Treaty,
/// or only those who would also carry a coalition's action.
enum class Consultation : std::uint8_t { by_any_member, by_coalition };

/// The collective level, and whether the rule found the agreement it asks for.
struct Collective {
    ResponseLevel level{};
    bool invoked{};

    bool operator==(const Collective&) const = default;
};

/// Capability share of those who want each level or more, by level.
std::array<double, response_level_count> support_by_level(const DecidingSet& deciding,
                                                          std::span<const ResponseLevel> levels);

/// True if enough heads of an alliance want to reinforce or more for silence to be asked of the
/// others (prototype mend 33: one member, one vote).
bool may_break_silence(const ResponseParameters& parameters, std::span<const ResponseLevel> levels);

/// The collective level when each ally of `deciding` wants `levels` (same order) and hold-outs
/// give way where `gives_way` is non-zero (read under consensus only): the decision rule alone.
Collective decide(ResponseRule rule, Consultation consultation,
                  const ResponseParameters& parameters, const DecidingSet& deciding,
                  std::span<const ResponseLevel> levels, std::span<const std::uint8_t> gives_way);

}  // namespace firebreak
