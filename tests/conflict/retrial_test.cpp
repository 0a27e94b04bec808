// Means over fixed seeds are held against exact or directly drawn values within 4.5 standard errors
// of their difference: a false alarm below 1e-5 each, of about 30.
#include "conflict/retrial.hpp"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "conflict/attribution.hpp"
#include "conflict/incidents_today.hpp"
#include "conflict/response.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

const Draws draws(7);
const State peace = state_of_ceasefire(true);

struct Mean {
    double value{};
    double error{};
};

/// Mean of `f` over replications, with its standard error.
Mean mean_of(const std::function<double(const Frame&)>& f, const Scenario& scenario,
             std::uint32_t count) {
    const Setting setting = lay_out(scenario);
    const Noise noise;
    double sum = 0.0;
    double squares = 0.0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const Cast cast = draw_cast(scenario, ReplicationId(i), draws);
        const double value = f({setting, cast, noise, draws, ReplicationId(i)});
        sum += value;
        squares += value * value;
    }
    const double mean = sum / count;
    return {mean, std::sqrt(std::max(0.0, squares / count - mean * mean) / count)};
}

double chance(const Frame& frame) {
    return chance_of_force(frame, peace, stray_in_poland(Actor::ukraine, 2.0));
}

/// Force if, and only if, the trigger is met; Ukraine always blames Russia, and nothing presses.
Scenario force_by_trigger_alone() {
    Scenario scenario = treaty_scenario();
    ResponseParameters& response = scenario.parameters.response;
    response.obligation_weight = 1e4;
    response.cut_limited_force = 100.0;
    response.cut_general_force = 1e9;
    response.gravity_sd = 0.0;
    InvestigationParameters& investigation = scenario.parameters.investigation;
    investigation.ukraine_blames_russia = 1.0;
    investigation.deadline_hours = 1e9;
    return scenario;
}

Incident fire_on_troops(Actor origin) {
    Incident incident = fire_on_the_line(Side::ukraine, false, 1.0);
    incident.kind = IncidentKind::troops;
    incident.origin = origin;
    incident.victim = Actor::ally;
    incident.troops_hit = true;
    return incident;
}

/// A point at which the allies often use force on a wrong view.
Scenario often_wrong(Scenario scenario) {
    Parameters& p = scenario.parameters;
    p.response.trigger_deaths = 4.0;
    p.response.accidental_discount = 0.7;
    p.response.own_hit_weight = 5.0;
    p.response.cut_reinforce = 5.6;
    p.incidents.stray_deaths_exponent = 1.7;
    p.investigation.report_accuracy = 0.6;
    p.investigation.deadline_hours = 24.0;
    return scenario;
}

TEST(Retrial, is_for_what_russia_did_not_do_and_could_have_been_grave) {
    const Setting setting = lay_out(treaty_scenario());
    EXPECT_FALSE(is_retriable(setting, stray_in_poland(Actor::russia, 100.0)));
    EXPECT_FALSE(is_retriable(setting, offensive_by(Side::ukraine, 2000.0)));
    EXPECT_FALSE(is_retriable(setting, fire_on_the_line(Side::ukraine, true, 100.0)));
    EXPECT_FALSE(is_retriable(setting, fire_on_troops(Actor::russia)));
    for (const double deaths : {1.0, 100.0}) {
        EXPECT_TRUE(is_retriable(setting, stray_in_poland(Actor::ukraine, deaths)));
        EXPECT_TRUE(is_retriable(setting, stray_in_poland(Actor::ally, deaths)));
    }
    EXPECT_TRUE(is_retriable(setting, fire_on_troops(Actor::ukraine)));
    Scenario harmless = treaty_scenario();
    harmless.parameters.incidents.deaths_cap = 29.0;
    EXPECT_FALSE(is_retriable(lay_out(harmless), stray_in_poland(Actor::ukraine, 5.0)));
}

TEST(Retrial, every_copy_has_an_address_of_its_own) {
    Incident copy = stray_in_poland(Actor::ukraine, 1.0);
    const std::uint32_t home = subject_of(copy);
    EXPECT_EQ(home, 2U << 16U);  // as in all histories so far
    for (copy.retrial = 1; copy.retrial <= most_retrials; ++copy.retrial) {
        ASSERT_EQ(subject_of(copy) >> 20U, copy.retrial);
        ASSERT_EQ(subject_of(copy) & 0xfffffU, home);
    }
}

TEST(Retrial, perfect_monitors_whom_nothing_misleads_never_cause_force) {
    Scenario scenario = force_by_trigger_alone();
    scenario.parameters.investigation.misleading_stream = 0.0;
    scenario.parameters.investigation.report_accuracy = 1.0;
    EXPECT_EQ(mean_of(chance, scenario, 200).value, 0.0);
}

TEST(Retrial, a_stream_that_always_misleads_about_what_is_always_grave_is_always_met_by_force) {
    Scenario scenario = force_by_trigger_alone();
    scenario.parameters.investigation.misleading_stream = 1.0;
    scenario.parameters.investigation.report_accuracy = 1.0;
    scenario.parameters.response.trigger_deaths = 1.0;
    const Mean certain = mean_of(chance, scenario, 200);
    EXPECT_EQ(certain.value, 1.0);
    EXPECT_EQ(certain.error, 0.0);
}

TEST(Retrial, a_clause_on_first_use_is_judged_anew_in_each) {
    // The hit on the troops is an accident: a right judgement keeps the duty, a wrong one voids it.
    const auto force = [](double accuracy) {
        Scenario scenario = force_by_trigger_alone();
        scenario.parameters.response.trigger_deaths = 1.0;
        scenario.parameters.investigation.misleading_stream = 1.0;
        scenario.parameters.investigation.report_accuracy = 1.0;
        scenario.commitment.first_use_exclusion = 1.0;
        scenario.parameters.investigation.first_use_accuracy = accuracy;
        return mean_of(
            [](const Frame& f) {
                return chance_of_force(f, peace, fire_on_troops(Actor::ukraine));
            },
            scenario, 1000);
    };
    EXPECT_EQ(force(1.0).value, 1.0);
    EXPECT_EQ(force(0.0).value, 0.0);
    const Mean some = force(0.7);
    EXPECT_NEAR(some.value, 0.7, 4.5 * some.error);
}

TEST(Retrial, with_perfect_reports_the_chance_is_that_of_disaster_times_that_of_deceit) {
    Scenario scenario = force_by_trigger_alone();
    scenario.parameters.investigation.report_accuracy = 1.0;
    const double exact = 0.03 / 59.0;  // P(misled) x P(at least 30 deaths)
    const Mean estimate = mean_of(chance, scenario, 2000);
    EXPECT_NEAR(estimate.value, exact, 4.5 * estimate.error);
    EXPECT_LT(estimate.error, 0.01 * exact);
}

TEST(Retrial, with_doubtful_reports_the_chance_is_the_gamblers_ruin) {
    for (const double accuracy : {0.6, 0.7, 0.35}) {
        Scenario scenario = force_by_trigger_alone();
        InvestigationParameters& p = scenario.parameters.investigation;
        p.report_accuracy = accuracy;
        const double opening = logit(p.prior_stray) + p.claim_weight_ukraine;
        const double step = std::abs(logit(accuracy));
        const int above = static_cast<int>(std::ceil((p.settling_threshold - opening) / step));
        const int below = static_cast<int>(std::ceil((p.settling_threshold + opening) / step));
        const double better = std::max(accuracy, 1.0 - accuracy);
        const double wrong = 0.03 * ruin_probability(better, below, above) +
                             0.97 * ruin_probability(1.0 - better, below, above);
        const Mean estimate = mean_of(chance, scenario, 4000);
        EXPECT_NEAR(estimate.value, wrong / 59.0, 4.5 * estimate.error) << accuracy;
        EXPECT_LT(estimate.error, 0.02 * wrong / 59.0) << accuracy;
    }
}

TEST(Retrial, likelihood_ratios_average_to_one) {
    for (const Scenario& scenario : {treaty_scenario(), often_wrong(tripwire_scenario())}) {
        for (const Incident& incident :
             {stray_in_poland(Actor::ukraine, 1.0), fire_on_troops(Actor::ukraine)}) {
            const Mean ratio = mean_of(
                [&](const Frame& frame) {
                    double sum = 0.0;
                    for (std::uint32_t k = 0; k < 8; ++k) {
                        sum += retry(frame, peace, incident, k, 8).ratio;
                    }
                    return sum / 8.0;
                },
                scenario, 4000);
            EXPECT_NEAR(ratio.value, 1.0, 4.5 * ratio.error);
            EXPECT_LT(ratio.error, 0.1);
        }
    }
}

TEST(Retrial, what_the_incident_was_in_this_history_does_not_enter) {
    const auto gap = [](const Frame& frame) {
        Incident grave = stray_in_poland(Actor::ukraine, 400.0);
        return std::abs(chance_of_force(frame, peace, grave) - chance(frame));
    };
    EXPECT_EQ(mean_of(gap, often_wrong(treaty_scenario()), 100).value, 0.0);
}

TEST(Retrial, the_chance_rises_with_that_of_a_misleading_stream) {
    double last = 0.0;
    for (const double misleading : {0.0, 0.03, 0.2, 0.8}) {
        Scenario scenario = force_by_trigger_alone();
        scenario.parameters.investigation.misleading_stream = misleading;
        const double now = mean_of(chance, scenario, 200).value;
        EXPECT_GT(now, last);
        last = now;
    }
}

/// 1 if the incident, drawn as histories draw it, meets force.
double as_drawn(const Frame& frame, Incident incident) {
    const Scenario& scenario = frame.setting.scenario;
    const Today today{frame.setting, peace, incident.day, frame.replication, frame.draws};
    incident.deaths = today.deaths(incident);
    const Judgement judgement =
        investigate(scenario.parameters.investigation, scenario.commitment.coverage, 1.0, incident,
                    frame.replication, frame.draws);
    return is_force(respond(frame.setting, frame.cast, peace, incident, judgement,
                            frame.replication, frame.draws))
               ? 1.0
               : 0.0;
}

TEST(Retrial, agrees_with_incidents_as_drawn_where_force_is_common) {
    const auto compare = [](const Scenario& scenario, const Incident& incident) {
        const Mean drawn =
            mean_of([&](const Frame& f) { return as_drawn(f, incident); }, scenario, 20'000);
        const Mean weighed = mean_of(
            [&](const Frame& f) { return chance_of_force(f, peace, incident); }, scenario, 4000);
        EXPECT_GT(drawn.value, 0.005) << "too rare to test anything";
        EXPECT_NEAR(weighed.value, drawn.value, 4.5 * std::hypot(drawn.error, weighed.error));
    };
    for (const Scenario& scenario : {treaty_scenario(), tripwire_scenario()}) {
        for (const Actor origin : {Actor::ukraine, Actor::ally}) {
            compare(often_wrong(scenario), stray_in_poland(origin, 1.0));
        }
        Scenario hasty = often_wrong(scenario);
        hasty.parameters.investigation.deadline_hours = 3.0;
        compare(hasty, stray_in_poland(Actor::ukraine, 1.0));
        compare(hasty, fire_on_troops(Actor::ukraine));
        Scenario misled = hasty;
        misled.parameters.investigation.misleading_stream = 0.9;
        misled.parameters.response.trigger_deaths = 2.0;
        compare(misled, stray_in_poland(Actor::ukraine, 1.0));
        compare(misled, fire_on_troops(Actor::ukraine));
    }
}

}  // namespace
}  // namespace firebreak
