#pragma once

namespace firebreak {

/// The line of contact and its fire: a self- and mutually-exciting process in daily bins
/// (model description, "violations"). Own, cross and neighbour excitation sum to less than 1.
struct LineOfContact {
    double sectors{};               ///< sectors on the line, on a ring [count]
    double immigrant_rate{};        ///< mu, fire of a complying command that answers nobody [1/d]
    double own_excitation{};        ///< nu_own, effect of own fire memory [1]
    double cross_excitation{};      ///< nu_cross, reply to the opposite command [1]
    double neighbour_excitation{};  ///< nu_near, contagion from own-side neighbours [1]
    double memory_persistence{};    ///< rho, daily persistence of the fire memory [1]
    double frailty_shape{};         ///< gamma shape of a command's indiscipline [1]
    double front_activity_sd{};     ///< front-wide log-activity (weather, rotations) [log]
    double front_activity_persistence{};   ///< its daily autoregression [1]
    double day_factor_sd{};                ///< independent daily front-wide factor [log]
    double sector_activity_sd{};           ///< each sector's log-activity [log]
    double sector_activity_persistence{};  ///< its daily autoregression [1]
    double flare_up_start{};               ///< a quiet sector among quiet ones flares up [1/d]
    double flare_up_persistence{};         ///< a flare-up lasts another day by itself [1]
    double flare_up_contagion{};           ///< weight of the neighbours' mean state [1]
    double flare_up_factor{};              ///< activity in a flare-up relative to quiet [x]
    double discipline_russia{};            ///< posture of Russia when complying [x]
    double discipline_ukraine{};           ///< posture of Ukraine when complying [x]
    double harassment_posture{};           ///< posture of a side that harasses [x]
    double preparation_posture{};          ///< fire on the day before an offensive of its own [x]
    double preparation_days{};             ///< the rise to it [d]
    double initial_restraint{};            ///< calm on day 0 [x]
    double restraint_days{};               ///< erosion of restraint, time constant [d]
    double restraint_shape{};              ///< its shape: 1 steady, more: late and sudden [1]
    double settlement_restraint{};         ///< calm after a settlement [x]
    double heavy_share{};                  ///< violations by heavy weapons without restraint [1]
    double heavy_restraint{};              ///< heavy and long-range shares fall as calm to this [1]
    double enforcement{};                  ///< share of fire that troops everywhere prevent [1]
};

}  // namespace firebreak
