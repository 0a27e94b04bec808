#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace firebreak {

/// How members' levels become the alliance's: the decision rule of a commitment.
enum class ResponseRule : std::uint8_t { consensus, qualified_majority, coalition, lead_nation };

inline constexpr std::array<std::string_view, 4> response_rule_names{
    "consensus", "qualified-majority", "coalition", "lead-nation"};

/// What an ally, or all of them, does about an incident.
enum class ResponseLevel : std::uint8_t { none, consult, reinforce, limited_force, general_force };

inline constexpr std::array<std::string_view, 5> response_level_names{
    "no response", "consultation", "reinforcement", "limited force", "general force"};

/// The ally's choice: an ordered logit in the gravity of the incident (prototype mends 26-34).
struct ResponseParameters {
    double severity_weight{};      ///< per log1p(deaths) [utility]
    double obligation_weight{};    ///< of an obligation in force and triggered [utility]
    double stake_weight{};         ///< of the ally's stake [utility]
    double own_hit_weight{};       ///< own territory or troops hit [utility]
    double peer_weight{};          ///< bandwagon: peers' support in [-1, 1] [utility]
    double fatigue_weight{};       ///< [utility]
    double own_error_scale{};      ///< scale of the ally's logistic error [utility]
    double gravity_sd{};           ///< sd of the gravity common to the allies per incident [log]
    double accidental_discount{};  ///< i_acc, weight of an act that looks accidental [x]
    double deliberate_discount{};  ///< i_del, weight of a deliberate but limited act [x]
    double discount_fading{};      ///< the discount fades as (1 + deaths)^-this [1]
    double intent_separation{};    ///< how well intent is read, mean log-odds [logit]
    double intent_noise{};         ///< sd of the reading [logit]
    double line_stake_factor{};    ///< stake factor in Ukraine below an offensive [x]
    double cut_consult{};          ///< [utility]
    double cut_reinforce{};        ///< [utility]
    double cut_limited_force{};    ///< [utility]
    double cut_general_force{};    ///< [utility]
    double nuclear_aversion{};     ///< mean, times the ally's own [utility]
    double resolve_spread{};       ///< sd of the allies' resolve offsets by replication [utility]
    double trigger_deaths{};       ///< threshold of the trigger below an offensive [deaths]
    double consensus_share{};      ///< kappa, heads wanting it before silence can work [1]
    double silence{};              ///< a hold-out without a veto habit gives way [1]
    double force_share{};          ///< capability of the deciding set needed for force [1]
    double fallback_share{};       ///< the same when agreement failed: the willing [1]
    double majority_share{};       ///< qualified majority by capability [1]
    double walk_back_loss{};       ///< propensity lost per response walked back [utility]
    double dishonour_loss{};       ///< propensity lost per call that was not answered [utility]
    double agenda_gate{};          ///< gravity below which nobody reacts [utility]
    double belief_draws{};         ///< keyed draws behind the starting belief B [count]
};

}  // namespace firebreak
