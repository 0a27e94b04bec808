#pragma once

#include <cstdint>

#include "conflict/record.hpp"
#include "io/dated_log.hpp"
#include "regime/scenario.hpp"

namespace firebreak {

/// Writes an incident and all that followed it at once into `log`: one entry, of a line or two if
/// nothing came of it. `commitment_in_force` as it was on that day.
void write_episode(DatedLog& log, const Scenario& scenario, bool commitment_in_force,
                   std::int32_t day, const Episode& episode);

}  // namespace firebreak
