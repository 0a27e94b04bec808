#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace firebreak {

/// One of the two belligerents. The value indexes arrays of two.
enum class Side : std::uint8_t { russia, ukraine };

inline constexpr std::size_t side_count = 2;
inline constexpr std::array<std::string_view, side_count> side_names{"Russia", "Ukraine"};

/// Who can be the origin or the victim of an incident.
enum class Actor : std::uint8_t { russia, ukraine, ally };

inline constexpr std::array<std::string_view, 3> actor_names{"Russia", "Ukraine", "an ally"};

constexpr std::size_t index_of(Side side) { return static_cast<std::size_t>(side); }

constexpr Actor actor_of(Side side) {
    return side == Side::russia ? Actor::russia : Actor::ukraine;
}

constexpr Side opponent_of(Side side) {
    return side == Side::russia ? Side::ukraine : Side::russia;
}

/// One member of the alliance of 32, as read from `configs/allies.csv`.
struct Ally {
    std::string iso3;           ///< ISO 3166 code, the ally's name in configurations
    std::string name;           ///< English name
    double capability_share{};  ///< share of the alliance's military capability [1], sums to 1
    double stake{};             ///< interest in Ukraine's fate [0..1]
    double resolve_offset{};    ///< standing readiness to act [utility]
    double nuclear_aversion{};  ///< multiplier of the mean nuclear aversion [1]
    double veto_propensity{};   ///< propensity to veto, before scaling [0..1]
    bool key_election{};        ///< its elections can turn its politics adverse
    double stray_share{};  ///< share of strays on allied territory that land here [1], sums to 1
    double probe_share{};  ///< share of probes of allied territory aimed here [1], sums to 1
};

using Allies = std::vector<Ally>;

/// Room for allies wherever one bit or one lane each is kept.
inline constexpr std::size_t most_allies = 64;

/// What the capitals want, fear and can do. Utilities are log-hazard units (prototype mend 40).
struct CapitalParameters {
    double politics_step{};       ///< days between politics days [d]
    double rationality{};         ///< lambda, weight of utilities in every choice [1/utility]
    double inertia{};             ///< bonus of keeping the present posture [utility]
    double prize{};               ///< V, Russia's prize of a won war [utility]
    double war_hazard_russia{};   ///< at the anchor: reference odds, no commitment [1/30d]
    double war_hazard_ukraine{};  ///< at its anchor [1/30d]
    double reference_win_probability{};  ///< p_ref, winning odds at the anchor, both sides [1]
    double reference_alignment{};   ///< alignment at the anchor: today's, without a promise [1]
    double intervention_cost{};     ///< C_int, Russia's extra cost if met with force [utility]
    double capability_exponent{};   ///< C_int scales with (capability share of those obliged)^this
    double deployed_defence{};      ///< defence added by troops at exposure 1 [readiness]
    double escalation_dominance{};  ///< how far Russia's lead in escalation voids enforcement [1]
    double provocation{};           ///< phi, Russia's dread of alignment, offensive [utility]
    double preventive_motive{};     ///< per unit of belief about to be gained [utility]
    double win_slope{};             ///< slope of the winning odds in readiness [1]
    double attacker_handicap{};     ///< both sides [readiness]
    double readiness_russia_start{};   ///< at the ceasefire [readiness]
    double readiness_ukraine_start{};  ///< at the ceasefire [readiness]
    double readiness_russia_full{};    ///< when rebuilt [readiness]
    double readiness_ukraine_full{};   ///< when rebuilt [readiness]
    double rebuilding_days_russia{};   ///< time constant [d]
    double rebuilding_days_ukraine{};  ///< time constant [d]
    double harassment_gain_russia{};   ///< net gain of harassing [utility]
    double blocking_gain{};        ///< gain of harassing while accession waits for peace [utility]
    double punishment_weight{};    ///< cost of harassing under full watch of fresh allies [utility]
    double probe_gain{};           ///< gain of probing a commitment it doubts [utility]
    double probe_provocation{};    ///< phi_p, dread of alignment, probe [utility]
    double probe_cost{};           ///< [utility]
    double leader_type_sd{};       ///< spread of war-proneness over replications [utility]
    double grievance_weight{};     ///< w in w*(log1p(G/10) - 0.6) [utility]
    double grievance_days{};       ///< decay of grievance [d]
    double perception_bias{};      ///< Russia's bias in seeing B, mean [logit]
    double perception_sd{};        ///< the same, spread over replications [logit]
    double belief_weight{};        ///< k_B, weight of the starting belief [observations]
    double probe_belief_weight{};  ///< weight of one probe in the update [observations]
    double common_pool{};      ///< weight of Ukraine's record in Russia's view of the members [1]
    double foresight_years{};  ///< span over which Russia foresees a revision [year]
    double harassment_gain_ukraine{};  ///< [utility]
    double raid_gain{};                ///< before emboldening and conditionality [utility]
    double revisionism{};              ///< Ukraine's prize of liberation [utility]
    double emboldening{};              ///< per unit of its belief B_U while committed to [utility]
    double conditionality{};           ///< cost of raids and offensives to aid [utility]
};

/// How the allies' cohesion moves: fatigue and elections.
struct CohesionParameters {
    double aid{};                ///< aid at the ceasefire [readiness]
    double aid_fatigue_share{};  ///< share of aid lost when fatigue is complete [1]
    double fatigue_days{};       ///< growth of fatigue, time constant [d]
    double adverse_rate{};       ///< a key ally's politics turn adverse [1/year]
    double return_rate{};        ///< an adverse key ally turns back [1/year]
    double adverse_loss{};       ///< propensity lost while adverse [utility]
    double us_aid_share{};       ///< share of aid lost while the United States is adverse [1]
};

}  // namespace firebreak
