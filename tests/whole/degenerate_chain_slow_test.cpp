// The whole model, stripped to two actors whose chances never change, is a small Markov chain. Its
// exact solution, day by day, must come out of both estimators for five outcomes at once.
// 20,000 replications, 4.5 standard errors: false alarm 7e-6 for each of 30 comparisons.
#include <gtest/gtest.h>

#include "whole_model.hpp"

namespace firebreak {
namespace {

constexpr std::int32_t step = 30;
constexpr double war_hazard = 0.012;
constexpr double peace_hazard = 0.004;

/// No fire, no utilities: Russia attacks at a constant hazard, peace comes at another, and every
/// offensive is met by limited force.
Scenario two_actors() {
    Scenario s = whole::scenarios_of("baseline", {"membership-in-force"}).front();
    Parameters& p = s.parameters;
    p.line.sectors = 1.0;
    p.line.immigrant_rate = 0.0;
    p.incidents.probe_rate = 0.0;
    p.incidents.raid_rate = 0.0;
    p.capitals.rationality = 0.0;
    p.capitals.war_hazard_russia = war_hazard;
    p.capitals.war_hazard_ukraine = 0.0;
    p.settlement.hazard = peace_hazard;
    p.settlement.leverage_effect = 0.0;
    p.settlement.calm_effect = 0.0;
    p.settlement.holding_effect = 0.0;
    p.response.own_error_scale = 1e-3;
    p.response.gravity_sd = 0.0;
    p.response.peer_weight = 0.0;
    p.response.resolve_spread = 0.0;
    p.response.obligation_weight = 1000.0;
    p.response.cut_general_force = 1e6;
    p.response.belief_draws = 100.0;
    p.ladder.clash = {0.01, -1.5, -1.0};
    p.ladder.general_war = {0.02, -2.0, -1.2};
    p.ladder.resolve_weight = 0.0;
    p.ladder.culpability_weight = 0.0;
    p.renewed_war = {400.0, 0.0, 0.0, 0.0};
    return s;
}

/// A round of the ladder for two equal sides.
struct Round {
    double climb{};
    double each_backs_down{};
};

Round round_of(const RungParameters& rung) {
    const double escalate = std::exp(rung.escalate);
    const double back = std::exp(rung.back_down);
    const double sum = escalate + 1.0 + back;
    const double nobody_backs = (1.0 - back / sum) * (1.0 - back / sum);
    const double both_hold = 1.0 / (sum * sum);
    const double chosen = 1.0 - rung.autonomous_climb;
    return {rung.autonomous_climb + chosen * (nobody_backs - both_hold),
            chosen * (1.0 - nobody_backs) / 2.0};
}

/// Exact P(first by each day) of collapse, clash, general war, nuclear use, settlement: entry d is
/// the probability that it has happened on a day before d.
struct Exact {
    std::vector<double> collapse, clash, general_war, nuclear_use, settlement;
};

/// Follows the probability of each state day by day. A line at peace is told apart by whether war
/// had been resumed before (it counts once) and whether peace was signed (it is signed once).
Exact solve(const Scenario& s) {
    const auto days = static_cast<std::size_t>(s.horizon);
    const double attack = 1.0 - std::exp(-war_hazard);
    const double sign = 1.0 - std::exp(-peace_hazard);
    const Round clash = round_of(s.parameters.ladder.clash);
    const Round war = round_of(s.parameters.ladder.general_war);
    Exact first;
    for (auto* row : {&first.collapse, &first.clash, &first.general_war, &first.nuclear_use,
                      &first.settlement}) {
        row->assign(days + 1, 0.0);
    }
    using Row = std::vector<double>;
    // peace[resumed][signed][day]: mass at the dawn of a day; start[..]: offensive on that day.
    Row empty(days + 1, 0.0);
    std::array<std::array<Row, 2>, 2> peace{{{empty, empty}, {empty, empty}}};
    std::array<std::array<Row, 2>, 2> start = peace;
    peace[0][0][0] = 1.0;
    for (std::size_t day = 0; day < days; ++day) {
        for (std::size_t resumed = 0; resumed < 2; ++resumed) {
            // Signed first: peace signed today was not yet signed when war was weighed.
            for (const std::size_t settled : {std::size_t{1}, std::size_t{0}}) {
                double& calm = peace[resumed][settled][day];
                if (day > 0 && day % step == 0) {
                    for (std::size_t delay = 0; delay < step; ++delay) {
                        if (day + delay < days) {
                            start[resumed][settled][day + delay] += calm * attack / step;
                        }
                    }
                    calm *= 1.0 - attack;
                    if (settled == 0) {
                        first.settlement[day + 1] += calm * sign;
                        peace[resumed][1][day] += calm * sign;
                        calm *= 1.0 - sign;
                    }
                }
            }
        }
        for (std::size_t resumed = 0; resumed < 2; ++resumed) {
            for (std::size_t settled = 0; settled < 2; ++settled) {
                if (day + 1 <= days) {
                    peace[resumed][settled][day + 1] += peace[resumed][settled][day];
                }
                const double mass = start[resumed][settled][day];
                if (resumed == 0) {
                    first.collapse[day + 1] += mass;
                    first.clash[day + 1] += mass;
                }
                // The ladder, round by round; general war ends the history, nuclear use crowns it.
                double at_clash = mass;
                double at_war = 0.0;
                for (std::size_t round = 1; day + round <= days; ++round) {
                    const double up = at_clash * clash.climb;
                    const double use = at_war * war.climb;
                    if (day + round < days) {
                        first.general_war[day + round + 1] += up;
                        first.nuclear_use[day + round + 1] += use;
                        if (day + round + 1 <= days) {
                            peace[1][settled][day + round + 1] += at_clash * clash.each_backs_down;
                        }
                    }
                    at_war += up - at_war * (war.climb + 2.0 * war.each_backs_down);
                    at_clash -= at_clash * (clash.climb + 2.0 * clash.each_backs_down);
                }
            }
        }
    }
    for (auto* row : {&first.collapse, &first.clash, &first.general_war, &first.nuclear_use,
                      &first.settlement}) {
        for (std::size_t day = 1; day <= days; ++day) {
            (*row)[day] += (*row)[day - 1];
        }
    }
    return first;
}

TEST(DegenerateModel, is_the_markov_chain_that_it_should_be) {
    const Scenario scenario = two_actors();
    const Exact exact = solve(scenario);
    constexpr std::uint32_t replications = 20000;
    const auto results = whole::simulate(scenario, replications);
    const std::vector<std::pair<OutcomeKind, const std::vector<double>*>> rows{
        {OutcomeKind::collapse, &exact.collapse},
        {OutcomeKind::clash, &exact.clash},
        {OutcomeKind::general_war, &exact.general_war},
        {OutcomeKind::nuclear_use, &exact.nuclear_use},
        {OutcomeKind::settlement, &exact.settlement}};
    for (const auto& [kind, row] : rows) {
        for (const std::size_t checkpoint : {std::size_t{1}, std::size_t{9}, std::size_t{19}}) {
            const std::int32_t day = scenario.checkpoints[checkpoint];
            const double truth = (*row)[static_cast<std::size_t>(day)];
            std::vector<double> analog;
            std::vector<double> weighted;
            for (const ReplicationResult& result : results) {
                const std::int32_t happened = result.first_day[kind];
                analog.push_back(happened != FirstDays::never && happened < day ? 1.0 : 0.0);
                weighted.push_back(result.expectation[index_of(kind)][checkpoint]);
            }
            const whole::Mean counted = whole::mean_of(analog);
            const whole::Mean weighed = whole::mean_of(weighted);
            const std::string where =
                std::string(outcome_names[index_of(kind)]) + " by day " + std::to_string(day);
            EXPECT_NEAR(counted.value, truth, 4.5 * counted.error) << where << ", counted";
            EXPECT_NEAR(weighed.value, truth, 4.5 * weighed.error + 1e-9) << where << ", weighed";
            EXPECT_GT(truth, 0.0) << where;
        }
    }
}

TEST(DegenerateModel, first_days_follow_the_exponential_law_of_a_constant_hazard) {
    Scenario scenario = two_actors();
    scenario.parameters.settlement.hazard = 0.0;
    const auto results = whole::simulate(scenario, 20000);
    for (const std::size_t checkpoint : {std::size_t{4}, std::size_t{19}}) {
        // The last war decision that can strike before `day` falls on a politics day; each spreads
        // its offensive evenly over the step.
        const std::int32_t day = scenario.checkpoints[checkpoint];
        double survival = 1.0;
        double struck = 0.0;
        for (std::int32_t politics = step; politics < day; politics += step) {
            const double chance = survival * (1.0 - std::exp(-war_hazard));
            struck += chance * std::min(1.0, static_cast<double>(day - politics) / step);
            survival -= chance;
        }
        std::vector<double> values;
        for (const ReplicationResult& result : results) {
            values.push_back(result.expectation[index_of(OutcomeKind::collapse)][checkpoint]);
        }
        const whole::Mean mean = whole::mean_of(values);
        EXPECT_NEAR(mean.value, struck, 4.5 * mean.error + 1e-9) << "by day " << day;
    }
}

}  // namespace
}  // namespace firebreak
