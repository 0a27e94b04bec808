#include "conflict/attribution.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

// Every seed is fixed. A statistical claim allows 4.5 standard errors: it fails by chance once in
// 150,000 comparisons, and this file makes fewer than 100.
constexpr double standard_errors = 4.5;
constexpr std::uint32_t trials = 40'000;
const Draws draws(20240212);

InvestigationParameters plain_investigation() {
    InvestigationParameters parameters = status_quo_scenario().parameters.investigation;
    parameters.misleading_stream = 0.0;
    parameters.ukraine_blames_russia = 0.0;
    return parameters;
}

InvestigationParameters without_deadline() {
    InvestigationParameters parameters = plain_investigation();
    parameters.deadline_hours = 1e12;
    return parameters;
}

Judgement judge(const InvestigationParameters& parameters, const Incident& incident,
                std::uint32_t replication, std::vector<Report>* told = nullptr) {
    return investigate(parameters, 1.0, 1.0, incident, ReplicationId(replication), draws, told);
}

template <class Predicate>
double share(const InvestigationParameters& parameters, const Incident& incident,
             Predicate predicate) {
    int count = 0;
    for (std::uint32_t n = 0; n < trials; ++n) {
        if (predicate(judge(parameters, incident, n))) ++count;
    }
    return static_cast<double>(count) / trials;
}

void expect_share(double measured, double exact) {
    const double error = std::sqrt(exact * (1.0 - exact) / trials);
    EXPECT_NEAR(measured, exact, standard_errors * error + 1e-9);
}

int barrier(double distance, double accuracy) {
    return static_cast<int>(std::ceil(distance / logit(accuracy)));
}

TEST(Attribution, perfect_monitoring_always_names_the_side_that_fired) {
    InvestigationParameters parameters = without_deadline();
    parameters.report_accuracy = 1.0;
    for (const Actor origin : {Actor::russia, Actor::ukraine, Actor::ally}) {
        for (std::uint32_t n = 0; n < 2'000; ++n) {
            const Judgement judgement = judge(parameters, stray_in_poland(origin, 2.0), n);
            EXPECT_EQ(judgement.settled_on_russia, origin == Actor::russia);
            EXPECT_EQ(judgement.probability_russia, origin == Actor::russia ? 1.0 : 0.0);
            EXPECT_EQ(judgement.truth_hours, judgement.settled_hours);
        }
    }
}

TEST(Attribution, without_a_deadline_is_the_gamblers_ruin) {
    for (const double accuracy : {0.6, 0.7, 0.85}) {
        for (const double prior : {0.5, 0.8}) {
            for (const Actor origin : {Actor::russia, Actor::ukraine}) {
                InvestigationParameters parameters = without_deadline();
                parameters.report_accuracy = accuracy;
                parameters.prior_stray = prior;
                parameters.settling_threshold = 2.0;
                const double start = logit(prior);
                const double up = origin == Actor::russia ? accuracy : 1.0 - accuracy;
                const double exact = ruin_probability(up, barrier(2.0 + start, accuracy),
                                                      barrier(2.0 - start, accuracy));
                expect_share(share(parameters, stray_in_poland(origin, 2.0),
                                   [](const Judgement& j) { return j.probability_russia > 0.5; }),
                             exact);
            }
        }
    }
}

TEST(Attribution, before_an_exponential_deadline_is_fellers_killed_walk) {
    for (const double hours : {2.0, 10.0, 96.0}) {
        for (const Actor origin : {Actor::russia, Actor::ukraine}) {
            InvestigationParameters parameters = plain_investigation();
            parameters.deadline_hours = hours;
            parameters.deadline_pressure = 0.0;
            const double start = logit(parameters.prior_stray);
            const double accuracy = parameters.report_accuracy;
            const int above = barrier(parameters.settling_threshold - start, accuracy);
            const int below = barrier(parameters.settling_threshold + start, accuracy);
            const double survival = parameters.report_rate / (parameters.report_rate + 1.0 / hours);
            const double up = origin == Actor::russia ? accuracy : 1.0 - accuracy;
            const Incident incident = stray_in_poland(origin, 2.0);
            const auto in_time = [](bool russia) {
                return [russia](const Judgement& j) {
                    return !j.by_deadline && j.settled_on_russia == russia;
                };
            };
            expect_share(share(parameters, incident, in_time(true)),
                         ruin_probability_in_time(up, below, above, survival));
            expect_share(share(parameters, incident, in_time(false)),
                         ruin_probability_in_time(1.0 - up, above, below, survival));
        }
    }
}

TEST(Attribution, reports_that_know_nothing_leave_the_prior_and_the_claim) {
    InvestigationParameters parameters = plain_investigation();
    parameters.report_accuracy = 0.5;
    parameters.ukraine_blames_russia = 1.0;
    const double opening = logit(parameters.prior_stray) + parameters.claim_weight_ukraine;
    for (const Actor origin : {Actor::russia, Actor::ukraine}) {
        for (std::uint32_t n = 0; n < 200; ++n) {
            const Judgement judgement = judge(parameters, stray_in_poland(origin, 2.0), n);
            EXPECT_DOUBLE_EQ(judgement.probability_russia, logistic(opening));
            EXPECT_TRUE(judgement.by_deadline);
            EXPECT_EQ(judgement.settled_hours, never_hours);
            EXPECT_EQ(judgement.truth_hours, never_hours);
        }
    }
}

TEST(Attribution, a_deadline_of_nothing_decides_by_prior_and_claim) {
    InvestigationParameters parameters = plain_investigation();
    parameters.deadline_hours = 0.0;
    const Judgement judgement = judge(parameters, stray_in_poland(Actor::ukraine, 2.0), 1);
    EXPECT_DOUBLE_EQ(judgement.probability_russia, parameters.prior_stray);
    EXPECT_EQ(judgement.decided_hours, 0.0);
    EXPECT_TRUE(judgement.by_deadline);
    EXPECT_GT(judgement.settled_hours, 0.0);
}

TEST(Attribution, endless_reports_beat_every_deadline) {
    InvestigationParameters parameters = plain_investigation();
    parameters.report_rate = 1e9;
    const InvestigationParameters unhurried = without_deadline();
    for (std::uint32_t n = 0; n < 2'000; ++n) {
        const Incident incident = stray_in_poland(Actor::ukraine, 2.0);
        const Judgement fast = judge(parameters, incident, n);
        EXPECT_FALSE(fast.by_deadline);
        EXPECT_EQ(fast.probability_russia, judge(unhurried, incident, n).probability_russia);
    }
}

TEST(Attribution, no_reports_leave_it_to_the_deadline) {
    InvestigationParameters parameters = plain_investigation();
    parameters.report_rate = 0.0;
    const Judgement judgement = judge(parameters, stray_in_poland(Actor::ukraine, 2.0), 1);
    EXPECT_TRUE(judgement.by_deadline);
    EXPECT_EQ(judgement.settled_hours, never_hours);
}

TEST(Attribution, a_certain_prior_settles_at_once) {
    InvestigationParameters parameters = plain_investigation();
    parameters.prior_stray = 0.995;  // log-odds 5.3, beyond the threshold of 4.5
    std::vector<Report> told;
    const Judgement judgement = judge(parameters, stray_in_poland(Actor::ukraine, 2.0), 1, &told);
    EXPECT_TRUE(told.empty());
    EXPECT_FALSE(judgement.by_deadline);
    EXPECT_EQ(judgement.decided_hours, 0.0);
    EXPECT_TRUE(judgement.settled_on_russia);
    EXPECT_GT(judgement.truth_hours, 0.0);  // the wrong view waits for the truth clock
}

TEST(Attribution, a_misleading_stream_settles_as_if_the_other_had_done_it) {
    InvestigationParameters misled = without_deadline();
    misled.misleading_stream = 1.0;
    misled.report_accuracy = 0.8;
    InvestigationParameters honest = misled;
    honest.misleading_stream = 0.0;
    const auto on_russia = [](const Judgement& j) { return j.settled_on_russia; };
    const double misled_share = share(misled, stray_in_poland(Actor::ukraine, 2.0), on_russia);
    const double start = logit(honest.prior_stray);
    expect_share(misled_share,
                 ruin_probability(0.8, barrier(4.5 + start, 0.8), barrier(4.5 - start, 0.8)));
    EXPECT_GT(misled_share, 0.95);
    EXPECT_LT(share(honest, stray_in_poland(Actor::ukraine, 2.0), on_russia), 0.1);
}

TEST(Attribution, better_reports_settle_right_more_often) {
    double before = 0.0;
    for (const double accuracy : {0.55, 0.6, 0.7, 0.8, 0.9}) {
        InvestigationParameters parameters = plain_investigation();
        parameters.report_accuracy = accuracy;
        const double right = share(parameters, stray_in_poland(Actor::ukraine, 2.0),
                                   [](const Judgement& j) { return j.probability_russia <= 0.5; });
        EXPECT_GT(right, before);
        before = right;
    }
}

TEST(Attribution, przewodow_is_decided_and_settled_as_quickly_as_in_2022) {
    // Bands of the model description: origin Ukraine, two dead, decided rightly in 85 to 95 %,
    // settled rightly within a day in 80 to 95 % and within two in 90 to 98 %.
    const InvestigationParameters parameters = status_quo_scenario().parameters.investigation;
    const Incident incident = stray_in_poland(Actor::ukraine, 2.0);
    const auto within = [](double hours) {
        return [hours](const Judgement& j) {
            return !j.settled_on_russia && j.settled_hours <= hours;
        };
    };
    const double right =
        share(parameters, incident, [](const Judgement& j) { return j.probability_russia <= 0.5; });
    const double a_day = share(parameters, incident, within(24.0));
    const double two_days = share(parameters, incident, within(48.0));
    EXPECT_GT(right, 0.85);
    EXPECT_LT(right, 0.95);
    EXPECT_GT(a_day, 0.80);
    EXPECT_LT(a_day, 0.95);
    EXPECT_GT(two_days, 0.90);
    EXPECT_LT(two_days, 0.98);
}

TEST(Attribution, telling_the_reports_changes_nothing) {
    const InvestigationParameters parameters = status_quo_scenario().parameters.investigation;
    for (std::uint32_t n = 0; n < 500; ++n) {
        const Incident incident = stray_in_poland(Actor::ukraine, 2.0);
        std::vector<Report> told;
        const Judgement with = judge(parameters, incident, n, &told);
        const Judgement without = judge(parameters, incident, n);
        EXPECT_EQ(with.probability_russia, without.probability_russia);
        EXPECT_EQ(with.decided_hours, without.decided_hours);
        EXPECT_EQ(with.settled_hours, without.settled_hours);
        EXPECT_EQ(with.truth_hours, without.truth_hours);
        ASSERT_FALSE(told.empty());
        EXPECT_EQ(told.back().hours, with.settled_hours);
        EXPECT_GE(std::abs(told.back().log_odds), parameters.settling_threshold);
        for (std::size_t i = 1; i < told.size(); ++i) EXPECT_GT(told[i].hours, told[i - 1].hours);
        EXPECT_LE(with.decided_hours, with.settled_hours);
    }
}

TEST(Attribution, reports_come_at_the_rate_of_the_coverage) {
    // Mean wait for the first report: an exponential, relative error 1/sqrt(trials) each.
    InvestigationParameters parameters = without_deadline();
    parameters.settling_threshold = 1.0;
    parameters.prior_line = 0.5;
    parameters.report_accuracy = 0.9;  // settles at the first report
    const Incident incident = fire_on_the_line(Side::russia, true, 1.0);
    for (const double coverage : {0.5, 1.0}) {
        double sum = 0.0;
        for (std::uint32_t n = 0; n < trials; ++n) {
            sum += investigate(parameters, coverage, 1.0, incident, ReplicationId(n), draws)
                       .settled_hours;
        }
        const double exact = 1.0 / (coverage * parameters.report_rate);
        EXPECT_NEAR(sum / trials, exact, standard_errors * exact / std::sqrt(trials));
    }
}

TEST(Attribution, allied_ground_and_protector_troops_are_looked_into_with_full_force) {
    Incident line = fire_on_the_line(Side::russia, true, 1.0);
    EXPECT_EQ(investigation_coverage(line, 0.6), 0.6);
    line.troops_hit = true;
    EXPECT_EQ(investigation_coverage(line, 0.6), 1.0);
    EXPECT_EQ(investigation_coverage(stray_in_poland(Actor::russia, 1.0), 0.6), 1.0);
}

TEST(Attribution, the_prior_looks_at_the_victim) {
    const InvestigationParameters parameters = plain_investigation();
    const double by_russia =
        opening_log_odds(parameters, fire_on_the_line(Side::russia, true, 1.0), false);
    const double by_ukraine =
        opening_log_odds(parameters, fire_on_the_line(Side::ukraine, true, 1.0), false);
    EXPECT_NEAR(by_russia, logit(parameters.prior_line), 1e-12);
    EXPECT_NEAR(by_ukraine, -by_russia, 1e-12);
    Incident probe = stray_in_poland(Actor::russia, 0.0);
    probe.kind = IncidentKind::probe;
    EXPECT_NEAR(opening_log_odds(parameters, probe, false), logit(parameters.prior_deniable),
                1e-12);
    EXPECT_EQ(report_accuracy(parameters, probe), parameters.deniable_accuracy);
}

TEST(Attribution, a_claim_found_wrong_before_weighs_less) {
    const InvestigationParameters parameters = plain_investigation();
    const Incident incident = stray_in_poland(Actor::ukraine, 2.0);
    const double silent = opening_log_odds(parameters, incident, false);
    EXPECT_NEAR(opening_log_odds(parameters, incident, true) - silent,
                parameters.claim_weight_ukraine, 1e-12);
    EXPECT_NEAR(opening_log_odds(parameters, incident, true, 0.25) - silent,
                0.25 * parameters.claim_weight_ukraine, 1e-12);
    EXPECT_EQ(opening_log_odds(parameters, incident, true, 0.0), silent);
}

TEST(Attribution, overt_acts_need_no_investigation) {
    const InvestigationParameters parameters = plain_investigation();
    const Judgement russia = judge(parameters, offensive_by(Side::russia, 2000.0), 1);
    EXPECT_TRUE(russia.overt);
    EXPECT_EQ(russia.probability_russia, parameters.overt_russia);
    EXPECT_EQ(russia.decided_hours, 0.0);
    const Judgement ukraine = judge(parameters, offensive_by(Side::ukraine, 2000.0), 1);
    EXPECT_EQ(ukraine.probability_russia, parameters.overt_ukraine);
    EXPECT_FALSE(ukraine.settled_on_russia);
    EXPECT_FALSE(is_misattributed(offensive_by(Side::ukraine, 2000.0), ukraine));
}

TEST(Attribution, pressure_shortens_the_deadline) {
    InvestigationParameters parameters = plain_investigation();
    parameters.deadline_hours = 90.0;
    parameters.deadline_pressure = 0.5;
    EXPECT_DOUBLE_EQ(mean_deadline(parameters, 0.0), 90.0);
    EXPECT_NEAR(mean_deadline(parameters, std::exp(2.0) - 1.0), 45.0, 1e-9);
    EXPECT_GT(mean_deadline(parameters, 5.0), mean_deadline(parameters, 6.0));
}

TEST(Attribution, the_truth_emerges_after_a_wrong_settling_alone) {
    InvestigationParameters parameters = without_deadline();
    parameters.misleading_stream = 0.5;
    double sum = 0.0;
    int wrong = 0;
    for (std::uint32_t n = 0; n < trials; ++n) {
        const Judgement judgement = judge(parameters, stray_in_poland(Actor::ukraine, 2.0), n);
        if (judgement.settled_on_russia) {
            sum += (judgement.truth_hours - judgement.settled_hours) / 24.0;
            ++wrong;
        } else {
            EXPECT_EQ(judgement.truth_hours, judgement.settled_hours);
        }
    }
    const double error = parameters.truth_days / std::sqrt(static_cast<double>(wrong));
    EXPECT_NEAR(sum / wrong, parameters.truth_days, standard_errors * error);
}

TEST(GamblersRuin, agrees_with_small_cases_by_hand) {
    EXPECT_DOUBLE_EQ(ruin_probability(0.5, 1, 1), 0.5);
    EXPECT_DOUBLE_EQ(ruin_probability(0.5, 3, 1), 0.75);
    EXPECT_NEAR(ruin_probability(0.7, 1, 1), 0.7, 1e-14);
    // From 1 to 2 before 0: p^2 + p q p^2 + ... = p^2 / (1 - p q) for a start one below the top.
    EXPECT_NEAR(ruin_probability(0.7, 1, 2), 0.49 / (1.0 - 0.21), 1e-14);
    EXPECT_EQ(ruin_probability(1.0, 3, 5), 1.0);
    EXPECT_EQ(ruin_probability(0.0, 3, 5), 0.0);
    EXPECT_EQ(ruin_probability(0.6, 0, 5), 0.0);
    EXPECT_EQ(ruin_probability(0.6, 5, 0), 1.0);
}

TEST(GamblersRuin, stays_finite_far_from_the_barriers) {
    EXPECT_NEAR(ruin_probability(0.6, 4000, 4000), 1.0, 1e-12);
    EXPECT_NEAR(ruin_probability(0.4, 4000, 4000), 0.0, 1e-12);
    EXPECT_NEAR(ruin_probability(0.4, 4000, 1), 0.4 / 0.6, 1e-12);
}

TEST(GamblersRuin, killing_takes_one_factor_a_step) {
    EXPECT_NEAR(ruin_probability_in_time(0.7, 1, 1, 0.9), 0.63, 1e-14);
    EXPECT_NEAR(ruin_probability_in_time(1.0, 3, 5, 0.9), std::pow(0.9, 5), 1e-13);
    EXPECT_EQ(ruin_probability_in_time(0.7, 2, 2, 0.0), 0.0);
    EXPECT_NEAR(ruin_probability_in_time(0.7, 4, 6, 1.0 - 1e-12), ruin_probability(0.7, 4, 6),
                1e-9);
    // Symmetric walk: the value at the start solves v = s/2 (v_up + v_down); here 1 and 1.
    EXPECT_NEAR(ruin_probability_in_time(0.5, 1, 2, 0.8), 0.16 / (1.0 - 0.16), 1e-13);
}

}  // namespace
}  // namespace firebreak
