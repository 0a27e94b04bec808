#pragma once

#include <cstdint>

#include "conflict/course.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// True if Russia did not do it, nobody knows that at once, and enough deaths would meet the
/// trigger: force in answer is then weighed by retrials. Says nothing of the deaths it had.
bool is_retriable(const Setting& setting, const Incident& incident);

/// One copy of an incident with deaths, reports and allies' luck of its own, drawn so that what is
/// grave and misleading comes up often.
struct Retrial {
    EpisodePoint point;
    double ratio{};  ///< likelihood of its deaths and reports over that under which it was drawn
};

/// Retrials that an incident can have at most: its address has no more room.
inline constexpr std::uint32_t most_retrials = 4095;

/// Retrial `number` of `count`, from 0, of a retriable incident that meets `state`. Over the luck
/// of all of them, mean(ratio f) is what f would be of the incident before it was known how grave
/// it is and what is reported; f may use all of a retrial up to the decision.
Retrial retry(const Frame& frame, const State& state, const Incident& incident,
              std::uint32_t number, std::uint32_t count);

/// Unbiased estimate of P(the allies answer with force | such an incident, before its deaths and
/// reports) [1]; a single one may exceed 1. What the incident was in this history does not enter.
double chance_of_force(const Frame& frame, const State& state, const Incident& incident);

}  // namespace firebreak
