#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "conflict/replication.hpp"
#include "ensemble/ensemble.hpp"
#include "ensemble/shared_noise.hpp"
#include "io/config.hpp"

// The real model on the shipped configuration, small enough for the sanitizers.

namespace firebreak {
namespace {

constexpr std::uint32_t replications = 32;
const std::vector<std::string> regimes{"status-quo", "membership", "coalition-tripwire"};

const DesignPoint& shipped_point() {
    static const DesignPoint point = [] {
        Overrides overrides;
        overrides.regimes = regimes;
        overrides.set = {{"response.belief_draws", "200"},
                         // Wars and crises enough to see all of the ladder in so few histories.
                         {"ladder.alert.autonomous_climb", "0.1"},
                         {"ladder.clash.autonomous_climb", "0.1"},
                         {"renewed_war.clash_hazard", "0.5"}};
        const std::filesystem::path root = FIREBREAK_SOURCE_DIR;
        const Study study = load_study(root / "configs/studies/baseline.toml", overrides);
        return make_design_point(0, study.scenarios, Draws(5), {}, 1);
    }();
    return point;
}

std::vector<std::vector<ReplicationResult>> all_results() {
    const Draws draws(5);
    std::vector<std::vector<ReplicationResult>> results(regimes.size());
    run_block(shipped_point(), {0, 0, replications}, draws, keep_all(shipped_point()),
              [&](const Setting& setting, const Noise& noise, ReplicationId replication,
                  const Draws& luck) {
                  ReplicationResult result = replicate(setting, noise, replication, luck);
                  for (std::size_t regime = 0; regime < regimes.size(); ++regime) {
                      if (setting.scenario.regime == regimes[regime]) {
                          results[regime].push_back(result);
                      }
                  }
                  return result;
              });
    return results;
}

TEST(Model, measures_agree_with_what_is_counted) {
    const std::int32_t horizon = shipped_point().regimes.front().scenario.horizon;
    double low_cohesion_collapses = 0.0;
    for (const auto& of_regime : all_results()) {
        for (const ReplicationResult& result : of_regime) {
            const auto measure = [&](Measure one) { return result.measures[index_of(one)]; };
            std::int64_t violations = 0;
            for (const auto& interval : result.violations) violations += interval[0] + interval[1];
            EXPECT_NEAR(measure(Measure::violations_per_day) * result.ceasefire_days,
                        static_cast<double>(violations), 1e-6);
            for (std::size_t number = 0; number < measure_count; ++number) {
                const ValueRange range = range_of(static_cast<Measure>(number), horizon);
                EXPECT_GE(result.measures[number], range.low) << measure_facts[number].name;
                EXPECT_LE(result.measures[number], range.high) << measure_facts[number].name;
            }
            EXPECT_GT(measure(Measure::daily_log_sd), 0.0);
            EXPECT_GT(measure(Measure::ceasefire_delay), 0.0);
            EXPECT_LE(measure(Measure::allied_probes_per_year), measure(Measure::probes_per_year));
            EXPECT_LT(measure(Measure::heavy_violations_per_day),
                      measure(Measure::violations_per_day));
            EXPECT_EQ(measure(Measure::settlement_days) < horizon,
                      result.first_day.happened(OutcomeKind::settlement));
            if (measure(Measure::collapse_low_cohesion) > 0.0) {
                EXPECT_TRUE(result.first_day.happened(OutcomeKind::collapse));
                ++low_cohesion_collapses;
            }
        }
    }
    EXPECT_GT(low_cohesion_collapses, 0.0);
}

TEST(Model, first_days_lie_within_the_history_and_follow_the_ladder) {
    const std::int32_t horizon = shipped_point().regimes.front().scenario.horizon;
    int clashes = 0;
    for (const auto& of_regime : all_results()) {
        ASSERT_EQ(of_regime.size(), replications);
        for (const ReplicationResult& result : of_regime) {
            const FirstDays& days = result.first_day;
            for (const std::int32_t day : days.day) {
                EXPECT_GE(day, FirstDays::never);
                EXPECT_LT(day, horizon);
            }
            const auto implies = [&](OutcomeKind later, OutcomeKind earlier) {
                if (!days.happened(later)) return;
                EXPECT_TRUE(days.happened(earlier)) << outcome_names[index_of(later)];
                EXPECT_LE(days[earlier], days[later]) << outcome_names[index_of(later)];
            };
            implies(OutcomeKind::nuclear_use, OutcomeKind::general_war);
            implies(OutcomeKind::general_war, OutcomeKind::clash);
            implies(OutcomeKind::misattributed_force, OutcomeKind::clash);
            EXPECT_EQ(result.path.has_value(), days.happened(OutcomeKind::clash));
            EXPECT_EQ(result.source.has_value(), days.happened(OutcomeKind::clash));
            clashes += days.happened(OutcomeKind::clash) ? 1 : 0;
            EXPECT_GT(result.ceasefire_days, 0);
            EXPECT_LE(result.ceasefire_days, horizon);
        }
    }
    EXPECT_GT(clashes, 0) << "the ladder was not seen at all";
}

/// A foreseen collapse that never comes, and a clash that another of its day comes before, are
/// taken back on their day: the mean over replications grows, a single curve need not.
bool may_fall(OutcomeKind kind) {
    return kind == OutcomeKind::collapse || kind == OutcomeKind::clash;
}

TEST(Model, expectations_are_finite_and_grow_with_time) {
    const std::size_t checkpoints = shipped_point().regimes.front().scenario.checkpoints.size();
    constexpr double rounding = 1e-12;
    for (const auto& of_regime : all_results()) {
        for (const ReplicationResult& result : of_regime) {
            for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
                const bool falls = may_fall(static_cast<OutcomeKind>(outcome));
                double before = 0.0;
                for (std::size_t i = 0; i < checkpoints; ++i) {
                    const double mass = result.expectation[outcome][i];
                    ASSERT_TRUE(std::isfinite(mass)) << outcome_names[outcome];
                    EXPECT_TRUE(falls || mass >= before - rounding)
                        << outcome_names[outcome] << " at " << i;
                    before = mass;
                }
                for (std::size_t i = checkpoints; i < max_checkpoints; ++i) {
                    EXPECT_EQ(result.expectation[outcome][i], 0.0);
                }
            }
        }
    }
}

TEST(Model, a_block_tallies_the_histories_that_replicate_gives) {
    const Draws draws(5);
    const auto block = std::get<BlockResult>(run_block(shipped_point(), {0, 0, replications}, draws,
                                                       keep_all(shipped_point(), true), replicate));
    const auto results = all_results();
    EXPECT_EQ(block.tally.replications(), replications);
    for (std::size_t regime = 0; regime < regimes.size(); ++regime) {
        for (std::uint32_t number = 0; number < replications; ++number) {
            for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
                EXPECT_EQ(
                    block.first_day[(regime * replications + number) * outcome_count + outcome],
                    results[regime][number].first_day.day[outcome]);
            }
        }
    }
}

TEST(Model, a_history_that_is_told_is_the_one_that_was_simulated) {
    const Draws draws(5);
    Noise noise;
    for (const Setting& setting : shipped_point().regimes) {
        for (const std::uint32_t number : {0U, 7U}) {
            const ReplicationId replication(number);
            make_noise(noise, noise_shape(setting.scenario), replication, draws);
            const ReplicationResult plain = replicate(setting, noise, replication, draws);
            const Told told = tell(setting, noise, replication, draws);
            EXPECT_EQ(told.result.first_day.day, plain.first_day.day);
            EXPECT_EQ(told.result.path, plain.path);
            EXPECT_EQ(told.result.source, plain.source);
            EXPECT_EQ(told.result.events, plain.events);
            EXPECT_EQ(told.result.violations, plain.violations);
            EXPECT_EQ(told.result.interval_days, plain.interval_days);
            EXPECT_EQ(told.result.expectation, plain.expectation);
            EXPECT_FALSE(told.records.empty());
            for (std::size_t i = 1; i < told.records.size(); ++i) {
                EXPECT_LE(told.records[i - 1].day, told.records[i].day);
            }
        }
    }
}

}  // namespace
}  // namespace firebreak
