#include "conflict/accession.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/elementary.hpp"

namespace firebreak {
namespace {

/// Later than every horizon, and early enough to be added to a day.
constexpr double latest_day = 1e9;

std::int32_t whole_days(double days) {
    return static_cast<std::int32_t>(std::min(std::ceil(days), latest_day));
}

/// P(X <= t) for an exponential X; a mean of 0 means at once.
double exponential_law(double mean, double t) {
    return mean > 0.0 ? -exponential_minus_one(-t / mean) : 1.0;
}

/// P(X + Y <= t) for independent exponentials, at any ratio of their means.
double exponential_sum_law(double mean, double other_mean, double t) {
    if (mean > other_mean) std::swap(mean, other_mean);
    if (!(mean > 0.0)) return exponential_law(other_mean, t);
    const double fast = t / mean;
    const double slow = t / other_mean;
    // (e^-slow - e^-fast) / (fast - slow), written so that it does not cancel as the two meet.
    const double gap = fast - slow;
    const double quotient = gap > 0.0 ? -exponential_minus_one(-gap) / gap : 1.0;
    return 1.0 - exponential(-fast) - fast * exponential(-slow) * quotient;
}

/// Phase of an accession whose clock has run for `days`.
Phase phase_after(const Timetable& timetable, std::int32_t days) {
    if (days >= timetable.in_force_after) return Phase::in_force;
    return days >= timetable.ratifying_after ? Phase::ratifying : Phase::invited;
}

}  // namespace

double veto_chance(const Scenario& scenario, const Ally& ally) {
    return std::min(1.0, scenario.parameters.accession.veto_scale * ally.veto_propensity);
}

Timetable draw_timetable(const Scenario& scenario, ReplicationId replication, const Draws& draws) {
    const AccessionParameters& accession = scenario.parameters.accession;
    double slowest = 0.0;
    for (std::uint32_t ally = 0; ally < scenario.allies.size(); ++ally) {
        const auto address = [&](Purpose purpose) {
            return DrawAddress{
                .replication = replication.value(), .purpose = purpose, .subject = ally};
        };
        double delay =
            draws.exponential(accession.ratification_days, address(Purpose::ratification));
        if (draws.bernoulli(veto_chance(scenario, scenario.allies[ally]), address(Purpose::veto))) {
            delay += draws.exponential(accession.veto_lift_days, address(Purpose::veto_lift));
        }
        slowest = std::max(slowest, delay);
    }
    Timetable timetable;
    timetable.ratifying_after = whole_days(accession.invitation_days);
    timetable.in_force_after = whole_days(timetable.ratifying_after + std::ceil(slowest));
    return timetable;
}

double ratified_by(const Scenario& scenario, double days) {
    if (days < 0.0) return 0.0;
    const AccessionParameters& accession = scenario.parameters.accession;
    const double willing = exponential_law(accession.ratification_days, days);
    const double reluctant =
        exponential_sum_law(accession.ratification_days, accession.veto_lift_days, days);
    double all = 1.0;
    for (const Ally& ally : scenario.allies) {
        const double veto = veto_chance(scenario, ally);
        all *= (1.0 - veto) * willing + veto * reluctant;
    }
    return all;
}

std::int32_t quiet_days(const State& state, std::int32_t day) {
    return day - 1 - state.last_unquiet_day;
}

Phase phase_on(const Scenario& scenario, const Cast& cast, const State& state, std::int32_t day) {
    if (state.lapsed) return Phase::none;
    switch (scenario.commitment.timing) {
        case Timing::never:
            return day >= cast.revision_day ? Phase::promised : Phase::none;
        case Timing::promised:
            return Phase::promised;
        case Timing::immediate:
            return Phase::in_force;
        case Timing::at_ceasefire:
            return phase_after(cast.timetable, day);
        case Timing::after_settlement:
            if (!state.is_settled()) return Phase::promised;
            return phase_after(cast.timetable, day - state.settled_day);
        case Timing::after_quiet:
            if (state.quiet_day != FirstDays::never) {
                return phase_after(cast.timetable, day - state.quiet_day);
            }
            return quiet_days(state, day) >= scenario.parameters.accession.quiet_days
                       ? phase_after(cast.timetable, 0)
                       : Phase::promised;
        case Timing::activation:
            return day >= cast.activation_day ? Phase::in_force : Phase::none;
    }
    return Phase::none;
}

std::optional<CommitmentEnded> end_of_commitment(const Scenario& scenario, const Cast& cast,
                                                 const State& state, std::int32_t day) {
    if (!state.in_force) return std::nullopt;
    const double days = day - state.in_force_day;
    const double term = scenario.commitment.term_days;
    const bool withdrawn = days >= cast.withdrawal_after;
    if (term > 0.0 && days >= term)
        return CommitmentEnded{withdrawn && cast.withdrawal_after < term};
    if (withdrawn) return CommitmentEnded{true};
    return std::nullopt;
}

bool accession_waits_for_peace(const Scenario& scenario, const State& state) {
    switch (scenario.commitment.timing) {
        case Timing::after_settlement:
            return !state.is_settled();
        case Timing::after_quiet:
            return state.quiet_day == FirstDays::never;
        default:
            return false;
    }
}

}  // namespace firebreak
