#include "conflict/retrial.hpp"

#include <algorithm>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "base/random.hpp"
#include "conflict/attribution.hpp"
#include "conflict/incidents_today.hpp"
#include "conflict/response.hpp"

namespace firebreak {
namespace {

constexpr std::uint32_t retrials = 4;

// Chances in a retrial, unless the true ones are greater. What they leave to the trifle and to the
// truthful stream keeps the ratios of those within bounds.
constexpr double grave_share = 0.75;      ///< of deaths that meet the trigger
constexpr double misleading_share = 0.9;  ///< of a misleading stream

/// Deaths of which `grave_share` meet the trigger by their own law and the rest spread evenly over
/// the logarithm of what is below. Returns the likelihood ratio.
double draw_deaths(const Setting& setting, double luck, Incident& incident) {
    const IncidentParameters& parameters = setting.scenario.parameters.incidents;
    const double exponent = deaths_exponent(parameters, incident.kind);
    const double tail =
        power_law_tail(exponent, setting.scenario.parameters.response.trigger_deaths);
    double u = luck;
    double ratio = 1.0;
    if (tail < grave_share) {
        if (luck < grave_share) {
            ratio = tail / grave_share;
            u = luck * ratio;
        } else {
            const double stretch = logarithm(tail) / (1.0 - grave_share);
            u = exponential(stretch * (1.0 - luck));
            ratio = -stretch * u;
        }
    }
    incident.deaths = power_law_quantile(exponent, parameters.deaths_cap, u);
    return ratio;
}

/// Likelihood of the reports up to the decision, over that under a greater share of misleading
/// streams. For the innocent, each report is as much likelier in a misleading stream than in a
/// truthful one as it raises the odds, so that opening and decision tell all.
double stream_ratio(double truly_misleading, double misleading, double opening_odds,
                    double decided) {
    if (misleading <= truly_misleading) return 1.0;
    const double misled = decided;
    const double truthful = opening_odds * (1.0 - decided);
    return (truly_misleading * misled + (1.0 - truly_misleading) * truthful) /
           (misleading * misled + (1.0 - misleading) * truthful);
}

}  // namespace

bool is_retriable(const Setting& setting, const Incident& incident) {
    if (!is_force_misattributed(incident) || is_overt(incident.kind)) return false;
    Incident gravest = incident;
    gravest.deaths = setting.scenario.parameters.incidents.deaths_cap;
    return is_triggered(setting, gravest, true);
}

Retrial retry(const Frame& frame, const State& state, const Incident& incident,
              std::uint32_t number, std::uint32_t count) {
    EXPECT(number < count && count <= most_retrials, "retrials are numbered within their address");
    const Scenario& scenario = frame.setting.scenario;
    InvestigationParameters investigation = scenario.parameters.investigation;
    const double truly_misleading = investigation.misleading_stream;
    investigation.misleading_stream = std::max(truly_misleading, misleading_share);

    Retrial retrial{{incident, {}}, 1.0};
    retrial.point.incident.retrial = number + 1;
    const Today today{frame.setting, state, incident.day, frame.replication, frame.draws};
    // Each has its own part of the unit interval: that many draws spread evenly over the deaths.
    const double luck = frame.draws.uniform(
        today.address(Purpose::incident_deaths, subject_of(retrial.point.incident)));
    retrial.ratio = draw_deaths(frame.setting,
                                (static_cast<double>(number) + luck) / static_cast<double>(count),
                                retrial.point.incident);

    const double credibility = claim_credibility(scenario.parameters.response, state.walked_back);
    Judgement& judgement = retrial.point.judgement;
    judgement = investigate(investigation, scenario.commitment.coverage, credibility,
                            retrial.point.incident, frame.replication, frame.draws);
    const double opening = opening_log_odds(investigation, incident,
                                            judgement.claim_ukraine_blames_russia, credibility);
    retrial.ratio *= stream_ratio(truly_misleading, investigation.misleading_stream,
                                  exponential(opening), judgement.probability_russia);
    return retrial;
}

double chance_of_force(const Frame& frame, const State& state, const Incident& incident) {
    double sum = 0.0;
    for (std::uint32_t number = 0; number < retrials; ++number) {
        const Retrial retrial = retry(frame, state, incident, number, retrials);
        if (is_force(respond(frame.setting, frame.cast, state, retrial.point.incident,
                             retrial.point.judgement, frame.replication, frame.draws))) {
            sum += retrial.ratio;
        }
    }
    return sum / static_cast<double>(retrials);
}

}  // namespace firebreak
