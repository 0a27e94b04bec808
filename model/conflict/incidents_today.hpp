#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "conflict/record.hpp"
#include "conflict/setting.hpp"
#include "conflict/state.hpp"

namespace firebreak {

// Numbers of the strays within their day, so that each keeps luck of its own.
inline constexpr std::uint32_t stray_of_russia = 0;
inline constexpr std::uint32_t stray_of_ukraine = 1;
inline constexpr std::uint32_t stray_of_ally = 2;
inline constexpr std::uint32_t salvo_stray_of_russia = 3;
inline constexpr std::uint32_t salvo_stray_of_ukraine = 4;

/// Which of an incident's own uniforms: the number is part of its address.
enum class Detail : std::uint16_t { where, whom, intent, fatal };

/// What is common to all incidents of a day.
struct Today {
    const Setting& setting;
    const State& state;
    std::int32_t day;
    ReplicationId replication;
    const Draws& draws;

    const IncidentParameters& parameters() const { return setting.scenario.parameters.incidents; }

    const Commitment& commitment() const { return setting.scenario.commitment; }

    DrawAddress address(Purpose purpose, std::uint32_t subject, std::uint16_t index = 0) const;

    /// One of an incident's own uniforms.
    double detail(const Incident& incident, Detail detail) const;

    double deaths(const Incident& incident) const;
};

/// Exponent of the power law of an incident's deaths.
double deaths_exponent(const IncidentParameters& parameters, IncidentKind kind);

/// u < 1 - exp(-rate), without the exponential wherever the rate itself decides.
bool happens(double u, double rate);

/// Troops of the protectors stand where fire can reach them.
bool has_exposed_troops(const Setting& setting, const State& state);

/// 1 while air defence from allied territory is active, else 0.
double air_shield(const Setting& setting, const State& state);

/// Factor of the air shield on Russian strays [x].
double shield_factor(const Setting& setting, const State& state);

/// A stray onto allied territory.
Incident draw_stray(const Today& today, Actor origin, std::uint32_t number, bool after_raid);

}  // namespace firebreak
