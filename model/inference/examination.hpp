#pragma once

#include <string_view>

#include "base/random.hpp"
#include "conflict/cast.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

/// The number of an ally by its ISO 3166 code; the first ally where there is none of that code.
AllyId ally_named(const Allies& allies, std::string_view iso3);

/// What the allies made of an incident.
struct Examination {
    Judgement judgement;
    Response response;
};

/// Investigates an incident and decides on the response, as a course of history would.
Examination examine(const Setting& setting, const Cast& cast, const State& state,
                    const Incident& incident, ReplicationId replication, const Draws& draws,
                    bool tell = false);

}  // namespace firebreak
