// What a deliberate build-up of fire looks like from outside, against what noise does. A tenfold
// rise within four days, of the totals of both sides, was fixed beforehand as the mark of one.
#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "conflict/fire_factor.hpp"
#include "conflict/violations.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

constexpr std::int32_t days = 200;
constexpr std::uint32_t replications = 400;
constexpr std::int32_t within = 4;
constexpr double tenfold = 10.0;
/// A line that has run for a while: what the memories were at first is forgotten.
constexpr std::int32_t settled_in = 60;
constexpr std::int32_t start_day = 120;

const LineOfContact& line_of_the_tests() {
    static const LineOfContact line = status_quo_scenario().parameters.line;
    return line;
}

const Noise& noise_of(std::uint32_t replication) {
    static Noise noise;
    const LineOfContact& line = line_of_the_tests();
    make_noise(noise, Draws(20260418), ReplicationId(replication), days, 24,
               {.front_activity_sd = line.front_activity_sd,
                .front_activity_persistence = line.front_activity_persistence,
                .day_factor_sd = line.day_factor_sd,
                .sector_activity_sd = line.sector_activity_sd,
                .sector_activity_persistence = line.sector_activity_persistence,
                .flare_up_start = line.flare_up_start,
                .flare_up_persistence = line.flare_up_persistence,
                .flare_up_contagion = line.flare_up_contagion,
                .flare_up_factor = line.flare_up_factor},
               line.frailty_shape);
    return noise;
}

/// Totals of both sides by day, at one calm, under what `state_on` says of a day.
template <class StateOn>
std::vector<double> totals(const LineOfContact& parameters, std::uint32_t replication, double calm,
                           StateOn state_on) {
    const Noise& noise = noise_of(replication);
    Line line = start_line(noise,
                           {static_cast<float>(parameters.own_excitation),
                            static_cast<float>(parameters.cross_excitation),
                            static_cast<float>(parameters.neighbour_excitation),
                            static_cast<float>(parameters.memory_persistence)},
                           static_cast<float>(parameters.immigrant_rate), static_cast<float>(calm));
    std::vector<double> total;
    LineDay today;
    for (std::int32_t day = 0; day < days; ++day) {
        const State state = state_on(day);
        fire(noise, day, line,
             {static_cast<float>(fire_factor(parameters, state, Side::russia, calm, day)),
              static_cast<float>(fire_factor(parameters, state, Side::ukraine, calm, day))},
             today);
        total.push_back(static_cast<double>(today.violations[0]) +
                        static_cast<double>(today.violations[1]));
    }
    return total;
}

/// A tenfold rise to `day` from a day at most four before it.
bool rises_tenfold(const std::vector<double>& total, std::int32_t day) {
    const auto end = total.begin() + day;
    return *end >= tenfold * std::max(1.0, *std::min_element(end - within, end));
}

/// Share of pairs of days, four apart, with a tenfold rise, both sides in one posture.
double share_of_noise(double calm, Posture posture) {
    double rises = 0.0;
    double pairs = 0.0;
    for (std::uint32_t n = 0; n < replications; ++n) {
        const auto total = totals(line_of_the_tests(), n, calm, [&](std::int32_t) {
            State state = state_of_ceasefire(false);
            state.posture = {posture, posture};
            return state;
        });
        for (std::int32_t day = settled_in + within; day < days; ++day) {
            const auto now = static_cast<std::size_t>(day);
            rises += total[now] >= tenfold * std::max(1.0, total[now - within]) ? 1.0 : 0.0;
            pairs += 1.0;
        }
    }
    return rises / pairs;
}

/// Share of build-ups, of a decision `lead` days before the offensive, that show a tenfold rise.
double share_of_build_ups(double calm, std::int32_t lead, double preparation_posture) {
    LineOfContact parameters = line_of_the_tests();
    parameters.preparation_posture = preparation_posture;
    double rises = 0.0;
    for (std::uint32_t n = 0; n < replications; ++n) {
        const auto total = totals(parameters, n, calm, [&](std::int32_t day) {
            State state = state_of_ceasefire(false);
            if (day >= start_day - lead && day < start_day) {
                state.posture[index_of(Side::russia)] = Posture::harass;
                state.planned = PlannedOffensive{Side::russia, start_day};
            }
            return state;
        });
        bool risen = false;
        for (std::int32_t day = start_day - lead; day < start_day; ++day) {
            risen = risen || rises_tenfold(total, day);
        }
        rises += risen ? 1.0 : 0.0;
    }
    return rises / replications;
}

/// The same, of decisions that leave this many days, all as likely: a politics step at most.
double share_of_all_build_ups(double calm, double preparation_posture) {
    double sum = 0.0;
    constexpr std::array<std::int32_t, 5> leads{3, 9, 15, 21, 27};
    for (const std::int32_t lead : leads) {
        sum += share_of_build_ups(calm, lead, preparation_posture);
    }
    return sum / static_cast<double>(leads.size());
}

TEST(BuildUp, is_not_what_noise_looks_like) {
    // None of 54,400 pairs of days in a row of either kind: less than 1 in 18,000 at 95 %.
    for (const double calm : {0.15, 1.0}) {
        EXPECT_LT(share_of_noise(calm, Posture::comply), 1e-4) << calm;
        EXPECT_LT(share_of_noise(calm, Posture::harass), 1e-4) << calm;
    }
}

TEST(BuildUp, in_a_fresh_ceasefire_is_tenfold_within_four_days_in_a_good_part_of_all_cases) {
    // Found 0.30. All leads share their 400 histories: 4.5 standard errors are 0.10, so that a
    // false alarm is below 1e-5.
    EXPECT_NEAR(share_of_all_build_ups(0.15, 10.0), 0.30, 0.10);
}

TEST(BuildUp, where_no_restraint_is_left_starts_from_too_much_fire_to_be_tenfold) {
    EXPECT_LT(share_of_all_build_ups(1.0, 10.0), 0.02);
}

TEST(BuildUp, without_preparation_is_never_tenfold_and_with_more_of_it_more_often) {
    const double none = share_of_all_build_ups(0.15, 0.0);
    const double usual = share_of_all_build_ups(0.15, 10.0);
    const double more = share_of_all_build_ups(0.15, 30.0);
    EXPECT_EQ(none, 0.0);
    EXPECT_LT(none, usual);
    EXPECT_LT(usual, more);
}

}  // namespace
}  // namespace firebreak
