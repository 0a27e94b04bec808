#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "conflict/record.hpp"
#include "regime/investigation.hpp"

namespace firebreak {

/// How an investigation starts: the log-odds that Russia did it before any report.
double opening_log_odds(const InvestigationParameters& parameters, const Incident& incident,
                        bool ukraine_blames_russia);

/// Accuracy of one report about this kind of incident [1].
double report_accuracy(const InvestigationParameters& parameters, const Incident& incident);

/// Mean decision deadline under the pressure of `deaths` [h].
double mean_deadline(const InvestigationParameters& parameters, double deaths);

/// One report as it arrived, for telling a history.
struct Report {
    double hours{};
    bool names_russia{};
    double log_odds{}; ///< after it
};

/// Investigates `incident`: reports at `coverage` times the full rate race the deadline; the walk
/// goes on after the deadline until it settles, and a wrong settling is corrected by the truth
/// clock. Overt acts (raid, retaliation, offensive, spill-over) need no investigation.
/// `told`, if given, receives the reports in order.
Judgement investigate(const InvestigationParameters& parameters, double coverage,
                      const Incident& incident, ReplicationId replication, const Draws& draws,
                      std::vector<Report>* told = nullptr);

/// Gambler's ruin: P(a walk with up-probability `up` gains `above` before it loses `below`).
double ruin_probability(double up, int below, int above);

/// The same before an exponential killing that survives each step with `survival`
/// (Feller, An Introduction to Probability Theory I, XIV.4): P(upper barrier first and in time).
double ruin_probability_in_time(double up, int below, int above, double survival);

}  // namespace firebreak
