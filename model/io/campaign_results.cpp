#include "io/campaign_results.hpp"

#include <algorithm>
#include <utility>

#include "io/reproduction.hpp"

namespace firebreak {
namespace {

std::vector<ParameterColumn> columns_of(const Design& design) {
    std::vector<ParameterColumn> columns;
    for (const Factor& factor : design.factors()) {
        columns.push_back({factor.path, factor.unit, factor.meaning,
                           std::string(factor_kind_names[static_cast<std::size_t>(factor.kind)]),
                           factor.prior});
    }
    return columns;
}

std::vector<StoppingSetting> stopping_settings(const StoppingRule& rule) {
    std::string outcomes;
    for (const OutcomeKind outcome : rule.outcomes) {
        outcomes += (outcomes.empty() ? "" : " ") + std::string(outcome_names[index_of(outcome)]);
    }
    std::vector<StoppingSetting> settings{
        {"outcomes", outcomes},          {"differences", rule.differences ? "yes" : "no"},
        {"confidence", rule.confidence}, {"first_look", std::int64_t{rule.first_look}},
        {"growth", rule.growth},         {"most_replications", std::int64_t{rule.most}},
    };
    if (rule.absolute) settings.push_back({"halfwidth", *rule.absolute});
    if (rule.relative) settings.push_back({"relative_halfwidth", *rule.relative});
    return settings;
}

/// Replications from 0 on without a gap that every point has that did not fail and was begun.
std::uint32_t common_histories(const Study& study, const Campaign& campaign) {
    std::uint32_t common = campaign.plan().shape().replications;
    const std::size_t row = study.scenarios.size() * outcome_count;
    for (std::uint64_t point = 0; point < study.design.points(); ++point) {
        if (campaign.failed().count(point) != 0) continue;
        if (campaign.plan().done(point) == 0) continue;
        const std::size_t values = campaign.report(point).outcome.first_day.size();
        common = std::min(common, static_cast<std::uint32_t>(values / row));
    }
    return common;
}

}  // namespace

ResultHeading campaign_heading(const Study& study, const RunRequest& request,
                               const Campaign& campaign, const std::vector<std::string>& notes) {
    Provenance provenance;
    provenance.title = study.title;
    provenance.question = study.question;
    provenance.history = reproducing_command(study, request);
    for (const std::string& note : notes) provenance.history += "\n" + note;
    provenance.configuration = study.configuration;
    provenance.reference = study.run.reference;
    provenance.seed = study.run.seed;
    provenance.horizon = study.run.horizon;
    IntervalChoice intervals = request.intervals;
    if (request.stopping) intervals.confidence = reporting_confidence(*request.stopping);
    ResultHeading heading =
        result_heading(std::move(provenance), study.run.regimes, campaign.shape().tally, intervals);
    heading.points = study.design.points();
    heading.parameters = columns_of(study.design);
    if (request.stopping) heading.stopping = stopping_settings(*request.stopping);
    if (study.run.histories) heading.histories = common_histories(study, campaign);
    return heading;
}

PointSource campaign_points(const Study& study, const Campaign& campaign) {
    return [&study, &campaign](std::uint64_t point) {
        PointReport report = campaign.report(point);
        PointResult result;
        result.id = point;
        result.coordinates = study.design.coordinates(point);
        result.tally = std::move(report.outcome.tally);
        result.beliefs = std::move(report.outcome.beliefs);
        result.failure = std::move(report.outcome.failure);
        result.first_day = std::move(report.outcome.first_day);
        result.measures = std::move(report.outcome.measures);
        result.looks = report.looks;
        result.target_reached = report.target_reached;
        return result;
    };
}

}  // namespace firebreak
