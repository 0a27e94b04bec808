#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "conflict/cast.hpp"
#include "conflict/record.hpp"
#include "regime/investigation.hpp"
#include "regime/response_rule.hpp"

namespace firebreak {

/// Stands for "not in any history": the evidence never settles [h].
inline constexpr double never_hours = 1e9;

/// True for acts that nobody has to investigate: raid, retaliation, offensive, spill-over.
bool is_overt(IncidentKind kind);

/// How an investigation starts: the log-odds that Russia did it before any report. The prior knows
/// the place and the victim (prototype mend 12); Ukraine's claim weighs `claim_credibility` times
/// what it would, had it never been found wrong (prototype mend 23).
double opening_log_odds(const InvestigationParameters& parameters, const Incident& incident,
                        bool ukraine_blames_russia, double claim_credibility = 1.0);

/// What is left of the weight of Ukraine's claims after `walked_back` responses were withdrawn [1].
double claim_credibility(const ResponseParameters& parameters, std::int32_t walked_back);

/// Accuracy of one report about this kind of incident [1].
double report_accuracy(const InvestigationParameters& parameters, const Incident& incident);

/// Share of the full report rate at which this incident is looked into: all of it on allied
/// territory and where protector troops were hit, the monitors' `coverage` elsewhere.
double investigation_coverage(const Incident& incident, double coverage);

/// Mean decision deadline under the pressure of `deaths` [h].
double mean_deadline(const InvestigationParameters& parameters, double deaths);

/// Investigates `incident`: reports race the deadline; the walk goes on after the deadline until it
/// settles, and a wrong settling is corrected by the truth clock. `coverage` is the regime's (see
/// `investigation_coverage`), `claim_credibility` as in `opening_log_odds`. Overt acts need no
/// investigation. A walk that has not settled after 10,000 reports, that no report moves or that
/// gets no report never settles: `settled_hours` and `truth_hours` are then `never_hours`.
/// `told`, if given, receives the reports in order and changes nothing.
Judgement investigate(const InvestigationParameters& parameters, double coverage,
                      double claim_credibility, const Incident& incident, ReplicationId replication,
                      const Draws& draws, std::vector<Report>* told = nullptr);

/// Gambler's ruin: P(a walk with up-probability `up` gains `above` before it loses `below`).
double ruin_probability(double up, int below, int above);

/// The same before a killing that the walk survives with `survival` at each step: P(upper barrier
/// first and in time). With reports at rate r and an exponential deadline of mean d, survival is
/// r / (r + 1/d).
/// Source: W. Feller (1968), An Introduction to Probability Theory and Its Applications I, XIV.4.
double ruin_probability_in_time(double up, int below, int above, double survival);

}  // namespace firebreak
