#include "conflict/attribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/elementary.hpp"
#include "base/error.hpp"

namespace firebreak {
namespace {

constexpr int most_reports = 10'000;
constexpr int reports_per_block = 4;

DrawAddress address_of(const Incident& incident, ReplicationId replication, Purpose purpose,
                       int index = 0) {
    return {.replication = replication.value(),
            .day = static_cast<std::uint32_t>(incident.day),
            .purpose = purpose,
            .index = static_cast<std::uint16_t>(index),
            .subject = subject_of(incident)};
}

double prior(const InvestigationParameters& parameters, const Incident& incident) {
    switch (incident.kind) {
        case IncidentKind::line:
        case IncidentKind::troops:
            return incident.victim == Actor::russia ? 1.0 - parameters.prior_line
                                                    : parameters.prior_line;
        case IncidentKind::stray:
        case IncidentKind::war_stray:
            return parameters.prior_stray;
        case IncidentKind::probe:
            return parameters.prior_deniable;
        case IncidentKind::raid:
        case IncidentKind::retaliation:
        case IncidentKind::offensive:
            return incident.origin == Actor::russia ? parameters.overt_russia
                                                    : parameters.overt_ukraine;
        case IncidentKind::war_spillover:
            return 0.5;  // of several makings: neither side is seen as more culpable
    }
    return 0.5;
}

/// One 32-bit word as a uniform: fine enough for the time and the content of one report.
double unit(std::uint32_t word) { return (static_cast<double>(word) + 0.5) * 0x1p-32; }

/// The assessor's walk. Every report moves the log-odds by the same step, so that a count of
/// reports for Russia less reports against it is all there is to know.
struct Walk {
    double start{};
    double step{};
    int up{};    ///< net reports to the upper barrier
    int down{};  ///< net reports to the lower one
    int net = 0;

    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): pure numbers all.
    Walk(double opening, double accuracy, double threshold)
        : start(opening), step(logit(accuracy)) {
        if (has_settled_at_once(threshold) || step == 0.0) return;
        const double size = std::abs(step);
        up = barrier((threshold - start) / size);
        down = barrier((threshold + start) / size);
    }

    bool has_settled_at_once(double threshold) const { return std::abs(start) >= threshold; }

    /// An accuracy below one half is known to the assessor, who reads such reports backwards.
    void hear(bool names_russia) { net += names_russia == (step > 0.0) ? 1 : -1; }

    bool has_settled() const { return net >= up || net <= -down; }

    /// 0 x infinity is no evidence: with perfect accuracy the step is infinite.
    double log_odds() const { return net == 0 ? start : start + net * std::abs(step); }

  private:
    static int barrier(double reports) {
        return static_cast<int>(std::clamp(std::ceil(reports), 1.0, 1e9));
    }
};

/// Runs the reports in blocks of four: one block of words tells when they come, one what they say.
/// The waits are summed as the logarithm of a product of uniforms, one logarithm a block.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the one caller has them under these names.
void hear_reports(Walk& walk, double rate, double accuracy, double deadline,
                  const Incident& incident, ReplicationId replication, const Draws& draws,
                  Judgement& judgement, std::vector<Report>* told) {
    const bool russia = incident.origin == Actor::russia;
    bool decided = false;
    double block_start = 0.0;
    for (int block = 0; block * reports_per_block < most_reports; ++block) {
        const auto times =
            draws.words(address_of(incident, replication, Purpose::report_time, block));
        const auto contents =
            draws.words(address_of(incident, replication, Purpose::report_content, block));
        std::array<double, reports_per_block> product{};
        double running = 1.0;
        for (std::size_t i = 0; i < product.size(); ++i) product[i] = running *= unit(times[i]);
        const auto hours_at = [&](std::size_t i) {
            return block_start - logarithm(product[i]) / rate;
        };
        const double block_end = hours_at(product.size() - 1);
        const bool deadline_here = !decided && block_end > deadline;
        for (std::size_t i = 0; i < product.size(); ++i) {
            if (deadline_here && !decided && hours_at(i) > deadline) {
                decided = judgement.by_deadline = true;
                judgement.decided_hours = deadline;
                judgement.probability_russia = logistic(walk.log_odds());
            }
            const bool right = unit(contents[i]) < accuracy;
            const bool names_russia = right == russia;
            walk.hear(names_russia);
            if (told != nullptr) told->push_back({hours_at(i), names_russia, walk.log_odds()});
            if (!walk.has_settled()) continue;
            judgement.settled_hours = std::min(hours_at(i), never_hours);
            if (!decided) {
                judgement.decided_hours = judgement.settled_hours;
                judgement.probability_russia = logistic(walk.log_odds());
            }
            return;
        }
        block_start = block_end;
    }
    judgement.settled_hours = never_hours;
    if (!decided) {
        judgement.by_deadline = true;
        judgement.decided_hours = std::min(deadline, never_hours);
        judgement.probability_russia = logistic(walk.log_odds());
    }
}

}  // namespace

bool is_overt(IncidentKind kind) {
    return kind == IncidentKind::raid || kind == IncidentKind::retaliation ||
           kind == IncidentKind::offensive || kind == IncidentKind::war_spillover;
}

double opening_log_odds(const InvestigationParameters& parameters, const Incident& incident,
                        bool ukraine_blames_russia, double claim_credibility) {
    const double claim = parameters.claim_weight_ukraine * claim_credibility;
    return logit(prior(parameters, incident)) + (ukraine_blames_russia ? claim : 0.0);
}

double claim_credibility(const ResponseParameters& parameters, std::int32_t walked_back) {
    return exponential(-parameters.walk_back_loss * static_cast<double>(walked_back));
}

double report_accuracy(const InvestigationParameters& parameters, const Incident& incident) {
    return incident.kind == IncidentKind::probe ? parameters.deniable_accuracy
                                                : parameters.report_accuracy;
}

double investigation_coverage(const Incident& incident, double coverage) {
    const bool full = incident.place == Place::allied_territory || incident.troops_hit;
    return full ? 1.0 : coverage;
}

double mean_deadline(const InvestigationParameters& parameters, double deaths) {
    return parameters.deadline_hours / (1.0 + parameters.deadline_pressure * log_one_plus(deaths));
}

Judgement investigate(const InvestigationParameters& parameters, double coverage,
                      double claim_credibility, const Incident& incident, ReplicationId replication,
                      const Draws& draws, std::vector<Report>* told) {
    Judgement judgement;
    const bool russia = incident.origin == Actor::russia;
    if (is_overt(incident.kind)) {
        judgement.overt = true;
        judgement.probability_russia = prior(parameters, incident);
        judgement.settled_on_russia = russia;
        return judgement;
    }
    const auto address = [&](Purpose purpose) {
        return address_of(incident, replication, purpose);
    };

    judgement.claim_ukraine_blames_russia =
        draws.bernoulli(parameters.ukraine_blames_russia, address(Purpose::claim));
    const double opening = opening_log_odds(
        parameters, incident, judgement.claim_ukraine_blames_russia, claim_credibility);
    const double accuracy = report_accuracy(parameters, incident);
    Walk walk(opening, accuracy, parameters.settling_threshold);

    if (walk.has_settled_at_once(parameters.settling_threshold)) {
        judgement.probability_russia = logistic(opening);
    } else {
        const double deadline = draws.exponential(mean_deadline(parameters, incident.deaths),
                                                  address(Purpose::deadline));
        const double rate = parameters.report_rate * investigation_coverage(incident, coverage);
        if (rate > 0.0 && walk.step != 0.0) {
            const bool misleads =
                draws.bernoulli(parameters.misleading_stream, address(Purpose::misleading_stream));
            hear_reports(walk, rate, misleads ? 1.0 - accuracy : accuracy, deadline, incident,
                         replication, draws, judgement, told);
        } else {
            judgement.by_deadline = true;
            judgement.decided_hours = std::min(deadline, never_hours);
            judgement.settled_hours = never_hours;
            judgement.probability_russia = logistic(opening);
        }
    }

    judgement.settled_on_russia = walk.log_odds() > 0.0;
    judgement.truth_hours = judgement.settled_hours;
    if (judgement.settled_hours < never_hours && judgement.settled_on_russia != russia) {
        constexpr double hours_per_day = 24.0;
        judgement.truth_hours +=
            draws.exponential(parameters.truth_days * hours_per_day, address(Purpose::truth_delay));
    }
    return judgement;
}

double ruin_probability(double up, int below, int above) {
    return ruin_probability_in_time(up, below, above, 1.0);
}

double ruin_probability_in_time(double up, int below, int above, double survival) {
    EXPECT(below >= 0 && above >= 0, "the barriers lie on either side of the start");
    if (above == 0) return 1.0;
    if (below == 0 || up <= 0.0 || survival <= 0.0) return 0.0;
    // Without killing the root is known exactly, and the difference would cancel.
    const double root =
        survival == 1.0
            ? std::abs(1.0 - 2.0 * up)
            : std::sqrt(std::max(0.0, 1.0 - 4.0 * up * (1.0 - up) * survival * survival));
    const double larger = (1.0 + root) / (2.0 * up * survival);
    const double ratio = (1.0 - root) / (1.0 + root);
    const double in_time = power(larger, -above);
    const double steps = static_cast<double>(below) + static_cast<double>(above);
    if (ratio >= 1.0) return in_time * below / steps;
    if (ratio <= 0.0) return in_time;
    const double log_ratio = logarithm(ratio);
    return in_time * exponential_minus_one(below * log_ratio) /
           exponential_minus_one(steps * log_ratio);
}

}  // namespace firebreak
