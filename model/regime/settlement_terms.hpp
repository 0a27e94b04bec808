#pragma once

namespace firebreak {

/// The hazard of a permanent peace and what it changes (prototype mend 47).
struct SettlementParameters {
    double hazard{};                 ///< base [1/30d]
    double leverage_effect{};        ///< log-hazard per unit of leverage [log]
    double calm_effect{};            ///< log-hazard per unit of calm on the line [log]
    double holding_effect{};         ///< log-hazard lost per unit of holding in force [log]
    double conditionality_effect{};  ///< log-hazard per unit of conditionality beyond 1 [log]
    double quiet_reference{};        ///< violations a day at which calm counts as nil [1/d]
    double quiet_memory_days{};      ///< memory of the violations average [d]
    double prize_factor{};           ///< Russia's prize after a settlement [x]
    double breach_cost{};            ///< cost of breaking it, every hostile stance [utility]
};

/// The talks that bring a first ceasefire about: how long the war before day 0 would go on.
struct NegotiationParameters {
    double ceasefire_hazard{};       ///< at today's alignment and conditionality [1/30d]
    double promise_effect{};         ///< log-hazard lost per unit of alignment announced [log]
    double conditionality_effect{};  ///< log-hazard per unit of conditionality beyond 1 [log]
};

/// The war that follows a collapse (prototype mend 3).
struct RenewedWarParameters {
    double mean_days{};           ///< length of the renewed war [d]
    double clash_hazard{};        ///< clash beyond strays: intervention, hot pursuit [1/year]
    double stray_rate_russia{};   ///< salient Russian strays on allied territory [1/year]
    double stray_rate_ukraine{};  ///< the same, Ukraine's air defence [1/year]
};

}  // namespace firebreak
