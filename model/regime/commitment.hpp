#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "regime/response_rule.hpp"

namespace firebreak {

/// How and when a commitment comes into force.
enum class Timing : std::uint8_t {
    never,             ///< nothing is ever in force
    promised,          ///< membership is promised, with no timetable
    at_ceasefire,      ///< accession starts at the ceasefire
    after_settlement,  ///< accession starts once peace is signed
    after_quiet,       ///< accession starts once the ceasefire has been quiet for long enough
    immediate,         ///< in force from day 0
    activation         ///< a pledge or deployment, active after a delay
};

inline constexpr std::array<std::string_view, 7> timing_names{
    "never",       "promised",  "at-ceasefire", "after-settlement",
    "after-quiet", "immediate", "activation"};

/// Where an accession stands.
enum class Phase : std::uint8_t { none, promised, invited, ratifying, in_force };

inline constexpr std::size_t phase_count = 5;
inline constexpr std::array<std::string_view, phase_count> phase_names{
    "none", "promised", "invited", "ratifying", "in force"};

/// What a regime is: who is committed to defend Ukraine, how, where and when.
/// A regime is data: `configs/regimes/*.toml` overlays these keys on the baseline.
struct Commitment {
    Timing timing{};
    ResponseRule rule{};
    std::vector<AllyId> protectors;  ///< deciding set once in force; the first one leads
    std::vector<std::uint32_t> covered_sectors;  ///< territorial mask over sectors; empty: all
    std::vector<std::uint32_t> troop_sectors;    ///< where protector troops stand; empty: all
    std::array<double, phase_count>
        alignment{};                 ///< how far Ukraine is seen drawn in [1], by phase
    double obligation{};             ///< O, duty in force relative to a treaty [1]
    double line_weight{};            ///< weight of the obligation at the line [1]
    double rear_weight{};            ///< weight of the obligation in the Ukrainian rear [1]
    double exposure{};               ///< protector troops exposed to fire [1]
    double armament{};               ///< Ukraine's armament, factor on its readiness [x]
    double aid_factor{};             ///< aid relative to today's [x]
    double prize_factor{};           ///< Russia's prize relative to the baseline (concessions) [x]
    double leverage_before{};        ///< membership as a bargaining card, before it is in force [1]
    double leverage_after{};         ///< the same once in force [1]
    double conditionality_factor{};  ///< aid conditionality relative to the baseline [x]
    double coverage{};               ///< monitors' coverage: share of the full report rate [1]
    double holding{};              ///< commitment to hold occupied land, settlement's obstacle [1]
    double activation_days{};      ///< mean delay until a pledge or deployment is active [d]
    double air_shield{};           ///< 1: air defence from allied territory is active, 0: not
    double term_days{};            ///< time in force after which it ends; 0: no end [d]
    double withdrawal_hazard{};    ///< the protectors' politics end it while in force [1/year]
    double first_use_exclusion{};  ///< share of the duty lost if Ukraine is held to have begun [1]
    double revision_hazard{};      ///< a promise never to join is revised [1/year]
};

/// Numbers that several regimes share by design. The model reads none of them: regimes tie theirs
/// to them.
struct PledgeParameters {
    double coalition_obligation{};  ///< duty of a coalition with troops, relative to a treaty [1]
};

/// Accession: invitation, 32 ratifications, vetoes.
struct AccessionParameters {
    double invitation_days{};    ///< ceasefire (or settlement) to the start of ratification [d]
    double ratification_days{};  ///< mean time of one ally without a veto [d]
    double veto_scale{};         ///< scale of the allies' veto propensities [x]
    double veto_lift_days{};     ///< mean time until a veto is lifted [d]
    double quiet_days{};         ///< quiet days in a row that start one that waits for quiet [d]
};

}  // namespace firebreak
