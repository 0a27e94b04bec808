#include "conflict/measurement.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "conflict/cohesion.hpp"
#include "conflict/toll.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

using Fire = std::array<std::int32_t, side_count>;

double value_of(const Measurement& measurement, Measure measure, const State& end) {
    return measurement.measures(end)[index_of(measure)];
}

/// A line that is as calm on each day as on the last, and supporters that never tire.
Setting even_setting(double calm = 1.0) {
    Scenario scenario = status_quo_scenario();
    scenario.parameters.line.initial_restraint = calm;
    scenario.parameters.line.restraint_days = 1e15;
    scenario.parameters.line.settlement_restraint = 0.25;
    scenario.parameters.cohesion.fatigue_days = 1e15;
    return lay_out(scenario);
}

Setting tiring_setting(double fatigue_days) {
    Scenario scenario = treaty_scenario();
    scenario.parameters.cohesion.fatigue_days = fatigue_days;
    return lay_out(scenario);
}

State ended_after(std::int32_t ceasefire_days) {
    State end = state_of_ceasefire(false);
    end.ceasefire_days = ceasefire_days;
    return end;
}

/// A measure after these days of fire in a state.
double after(const Setting& setting, const std::vector<Fire>& days, Measure measure) {
    Measurement measurement(setting);
    State end = ended_after(static_cast<std::int32_t>(days.size()));
    for (std::size_t day = 0; day < days.size(); ++day) {
        for (std::size_t side = 0; side < side_count; ++side)
            end.violations[side] += days[day][side];
        measurement.day_of_fire(static_cast<std::int32_t>(day), days[day], end);
    }
    return value_of(measurement, measure, end);
}

TEST(Measurement, of_a_ceasefire_without_a_day_is_nothing_and_the_whole_horizon) {
    const Setting setting = even_setting();
    const Measures measures = Measurement(setting).measures(ended_after(0));
    for (std::size_t measure = 0; measure < measure_count; ++measure) {
        const bool waits = measure == index_of(Measure::settlement_days) ||
                           measure == index_of(Measure::accession_days);
        EXPECT_EQ(measures[measure], waits ? 1826.0 : 0.0) << measure_facts[measure].name;
    }
}

TEST(Measurement, names_are_different_and_have_unit_and_meaning) {
    for (std::size_t one = 0; one < measure_count; ++one) {
        EXPECT_FALSE(measure_facts[one].name.empty());
        EXPECT_FALSE(measure_facts[one].unit.empty());
        EXPECT_FALSE(measure_facts[one].meaning.empty());
        for (std::size_t other = one + 1; other < measure_count; ++other) {
            EXPECT_NE(measure_facts[one].name, measure_facts[other].name);
        }
    }
}

TEST(ViolationsPerDay, are_those_of_both_sides_over_the_days) {
    const Setting setting = even_setting();
    EXPECT_EQ(after(setting, {{0, 0}, {0, 0}}, Measure::violations_per_day), 0.0);
    EXPECT_EQ(after(setting, {{10, 20}, {30, 1}}, Measure::violations_per_day), 30.5);
    EXPECT_GT(after(setting, {{10, 20}, {30, 2}}, Measure::violations_per_day), 30.5);
}

TEST(DailyLogSd, of_equal_days_is_nothing) {
    EXPECT_NEAR(after(even_setting(), {{3, 4}, {7, 0}, {0, 7}}, Measure::daily_log_sd), 0.0, 1e-7);
}

TEST(DailyLogSd, is_that_of_the_logarithms) {
    // log 4 and log 16 lie log 2 from their mean; a table holds small numbers, not the last ones.
    EXPECT_NEAR(after(even_setting(), {{3, 0}, {8, 7}}, Measure::daily_log_sd), std::log(2.0),
                1e-9);
    EXPECT_NEAR(after(even_setting(), {{39'999, 0}, {159'000, 999}}, Measure::daily_log_sd),
                std::log(2.0), 1e-9);
}

TEST(DailyLogSd, grows_with_the_spread) {
    double before = 0.0;
    for (const std::int32_t high : {10, 20, 40, 80}) {
        const double sd = after(even_setting(), {{9, 0}, {high, 0}}, Measure::daily_log_sd);
        EXPECT_GT(sd, before);
        before = sd;
    }
}

TEST(DailyLogSd, does_not_count_what_calm_explains) {
    const Setting setting = even_setting(0.5);
    Measurement measurement(setting);
    State state = state_of_ceasefire(false);
    measurement.day_of_fire(0, {7, 8}, state);
    state.settled_day = 1;
    measurement.day_of_fire(1, {7, 0}, state);
    EXPECT_NEAR(value_of(measurement, Measure::daily_log_sd, ended_after(2)), 0.0, 1e-7);
}

TEST(DailyLogSd, is_defined_where_all_fire_is_stopped) {
    Scenario scenario = status_quo_scenario();
    scenario.parameters.line.settlement_restraint = 0.0;
    const Setting setting = lay_out(scenario);
    Measurement measurement(setting);
    State state = state_of_ceasefire(false);
    state.settled_day = 0;
    measurement.day_of_fire(0, {3, 0}, state);
    measurement.day_of_fire(1, {15, 0}, state);
    EXPECT_NEAR(value_of(measurement, Measure::daily_log_sd, ended_after(2)), std::log(2.0), 1e-9);
}

TEST(TollOfAHistory, is_that_of_its_ceasefire) {
    const Setting setting = even_setting();
    State end = ended_after(200);
    const auto measure = [&](Measure one) { return value_of(Measurement(setting), one, end); };
    for (const Measure one : {Measure::heavy_violations_per_day, Measure::civilian_casualties,
                              Measure::soldiers_killed}) {
        EXPECT_EQ(measure(one), 0.0);
    }
    end.long_range_fire = 5000.0;
    end.lethal_fire = 4000.0;
    end.salvo_deaths = 7.0;
    const Toll toll = toll_of(setting.scenario, end);
    EXPECT_GT(toll.heavy_violations, 0.0);
    EXPECT_EQ(measure(Measure::heavy_violations_per_day), toll.heavy_violations / 200.0);
    EXPECT_EQ(measure(Measure::civilian_casualties), toll.civilian_casualties);
    EXPECT_EQ(measure(Measure::soldiers_killed), toll.soldiers_killed);
    end.salvo_deaths = 8.0;
    EXPECT_EQ(measure(Measure::civilian_casualties), toll.civilian_casualties + 1.0);
}

TEST(ProbesPerYear, are_counted_over_the_ceasefire) {
    const Setting setting = even_setting();
    for (const auto& [measure, kind] :
         {std::pair{Measure::probes_per_year, EventKind::probe},
          std::pair{Measure::allied_probes_per_year, EventKind::allied_probe}}) {
        State end = ended_after(487);
        EXPECT_EQ(value_of(Measurement(setting), measure, end), 0.0);
        end.events[static_cast<std::size_t>(kind)] = 4;
        EXPECT_DOUBLE_EQ(value_of(Measurement(setting), measure, end), 3.0);
        end.ceasefire_days = 974;
        EXPECT_DOUBLE_EQ(value_of(Measurement(setting), measure, end), 1.5);
    }
}

TEST(SettlementDays, are_cut_at_the_horizon_whatever_ended_the_history) {
    const Setting setting = even_setting();
    State end = ended_after(100);
    for (const auto& [measure, kind] :
         {std::pair{Measure::settlement_days, OutcomeKind::settlement},
          std::pair{Measure::accession_days, OutcomeKind::accession}}) {
        end.first_day = {};
        end.first_day.note(OutcomeKind::collapse, 100);
        EXPECT_EQ(value_of(Measurement(setting), measure, end), 1826.0);
        end.first_day.note(kind, 40);
        EXPECT_EQ(value_of(Measurement(setting), measure, end), 40.0);
        end.first_day.note(kind, 0);
        EXPECT_EQ(value_of(Measurement(setting), measure, end), 0.0);
    }
}

TEST(AccessionDays, are_none_where_a_membership_is_in_force_from_the_first_day) {
    for (const auto& [timing, days] :
         {std::pair{Timing::immediate, 0.0}, std::pair{Timing::never, 1826.0}}) {
        Scenario scenario = status_quo_scenario();
        scenario.commitment.timing = timing;
        const Setting setting = lay_out(scenario);
        EXPECT_EQ(value_of(Measurement(setting), Measure::accession_days, ended_after(100)), days);
    }
}

/// Share of ten days, from `first`, of a state.
double low_cohesion(const Setting& setting, const State& state, std::int32_t first = 0) {
    Measurement measurement(setting);
    for (std::int32_t day = first; day < first + 10; ++day) {
        measurement.day_of_fire(day, {1, 1}, state);
    }
    return value_of(measurement, Measure::low_cohesion_days, ended_after(10));
}

TEST(LowCohesion, is_there_while_the_politics_of_the_lead_are_adverse) {
    const Setting setting = even_setting();
    State state = state_of_ceasefire(false);
    EXPECT_EQ(low_cohesion(setting, state), 0.0);
    state.adverse = 0b10;
    EXPECT_EQ(low_cohesion(setting, state), 0.0) << "not the lead";
    state.adverse = 0b01;
    EXPECT_EQ(low_cohesion(setting, state), 1.0);
}

TEST(LowCohesion, once_in_force_is_that_of_the_first_protector) {
    Scenario scenario = tripwire_scenario();
    scenario.parameters.cohesion.fatigue_days = 1e15;
    const Setting setting = lay_out(scenario);
    State state = state_of_ceasefire(false);
    state.adverse = std::uint64_t{1} << scenario.commitment.protectors.front().value();
    EXPECT_EQ(low_cohesion(setting, state), 0.0);
    state.in_force = true;
    EXPECT_EQ(low_cohesion(setting, state), 1.0);
}

TEST(LowCohesion, comes_with_fatigue_above_one_half) {
    // 1 - exp(-d / 1000) is above one half from d = 1000 log 2 = 693.1 on.
    const Setting setting = tiring_setting(1000.0);
    const State state = state_of_ceasefire(true);
    EXPECT_EQ(low_cohesion(setting, state, 684), 0.0);
    EXPECT_EQ(low_cohesion(setting, state, 690), 0.6);
    EXPECT_EQ(low_cohesion(setting, state, 694), 1.0);
}

TEST(LowCohesion, comes_the_sooner_the_faster_supporters_tire) {
    std::int32_t before = 1826;
    for (const double fatigue_days : {2000.0, 500.0, 10.0, 0.5}) {
        CohesionParameters cohesion;
        cohesion.fatigue_days = fatigue_days;
        const std::int32_t day = fatigued_from(cohesion, 0.5, 1826);
        EXPECT_LT(day, before);
        EXPECT_GT(fatigue(cohesion, day), 0.5);
        EXPECT_LE(fatigue(cohesion, day - 1), 0.5);
        before = day;
    }
}

/// A collapse of an offensive that was decided on while this ally's politics were adverse.
double collapse(std::uint64_t adverse_at_decision, std::uint64_t adverse_at_collapse) {
    const Setting setting = even_setting();
    Measurement measurement(setting);
    State state = state_of_ceasefire(false);
    state.adverse = adverse_at_decision;
    measurement.recorded(30, WarDecision{Side::russia, 40}, state);
    state.adverse = adverse_at_collapse;
    EXPECT_EQ(value_of(measurement, Measure::collapse_low_cohesion, state), 0.0) << "not yet";
    state.first_day.note(OutcomeKind::collapse, 40);
    measurement.recorded(40, Collapse{offensive_by(Side::russia, 1.0), 400}, state);
    return value_of(measurement, Measure::collapse_low_cohesion, state);
}

TEST(CollapseInLowCohesion, looks_at_the_day_of_the_decision) {
    EXPECT_EQ(collapse(0, 0), 0.0);
    EXPECT_EQ(collapse(0, 1), 0.0);
    EXPECT_EQ(collapse(2, 0), 0.0) << "not the lead";
    EXPECT_EQ(collapse(1, 0), 1.0);
    EXPECT_EQ(collapse(1, 1), 1.0);
}

TEST(CollapseInLowCohesion, is_about_the_first_collapse) {
    const Setting setting = even_setting();
    Measurement measurement(setting);
    State state = state_of_ceasefire(false);
    const Collapse collapse{offensive_by(Side::russia, 1.0), 400};
    measurement.recorded(30, WarDecision{Side::russia, 40}, state);
    state.first_day.note(OutcomeKind::collapse, 40);
    measurement.recorded(40, collapse, state);
    state.adverse = 1;
    measurement.recorded(60, WarDecision{Side::russia, 70}, state);
    measurement.recorded(70, collapse, state);
    EXPECT_EQ(value_of(measurement, Measure::collapse_low_cohesion, state), 0.0);
}

}  // namespace
}  // namespace firebreak
