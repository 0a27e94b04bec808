#pragma once

namespace firebreak {

/// What the fire, the strikes and the stances cause. Products that only their product can
/// identify (share of long-range fire x chance to stray) are one parameter (prototype mend 13).
struct IncidentParameters {
    double line_salience{};          ///< a violation becomes a salient line incident [1/violation]
    double salience_exponent{};      ///< eta, growth with local intensity [1]
    double salience_cap{};           ///< cap of (intensity/reference)^eta [x]
    double deliberate_share{};       ///< salient line incidents that are deliberate [1]
    double own_side_share{};         ///< salient line incidents that fall on the shooter's side [1]
    double troop_hit_rate{};         ///< hit on protector troops at exposure 1 [1/violation]
    double harassment_long_range{};  ///< long-range share when harassing, relative [x]
    double stray_rate_russia{};      ///< Russian round strays onto allied territory [1/violation]
    double stray_rate_ukraine{};     ///< Ukrainian interceptor strays there [1/Russian violation]
    double shield_stray_factor{};    ///< air shield: factor on Russian strays [x]
    double shield_stray_rate_ally{};  ///< air shield: ally-origin stray [1/Russian violation]
    double deaths_exponent{};         ///< discrete power law of deaths [1]
    double stray_deaths_exponent{};   ///< the same for strays [1]
    double deaths_cap{};              ///< cut-off of deaths below an offensive [deaths]
    double offensive_deaths{};        ///< first days of an offensive, median [deaths]
    double offensive_deaths_sd{};     ///< its log-sd [log]
    double probe_rate{};              ///< probes while Russia's posture is probe [1/30d]
    double probe_ally_share{};        ///< probes aimed at allied territory [1]
    double probe_fatal_share{};       ///< probes that kill [1]
    double raid_rate{};               ///< raids while Ukraine's posture is raid [1/30d]
    double retaliation_share{};       ///< raids that Russia answers with a strike on the rear [1]
    double retaliation_salvo{};       ///< stray chances of one retaliation, in violations' worth
    double shield_intercept_share{};  ///< air shield: deaths by a salvo that it prevents [1]
};

}  // namespace firebreak
