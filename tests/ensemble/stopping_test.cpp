#include "ensemble/stopping.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "base/random.hpp"

namespace firebreak {
namespace {

constexpr auto counted = OutcomeKind::stray;  // by the share of replications
constexpr auto weighed = OutcomeKind::clash;  // by the mean of weighted expectations
constexpr std::uint32_t block = 32;

/// What a replication may give under each regime, and how often.
struct Kind {
    double chance{};
    std::vector<double> value;  ///< by regime; a value of 1 is a hit
};

using Kinds = std::vector<Kind>;

Tally empty_tally(std::size_t regimes) { return Tally(TallyShape{regimes, {100}, {0}}); }

/// Makes the tally of many replications of a few kinds, from those of 1, 2, 4, ... of each.
class Population {
  public:
    explicit Population(const Kinds& kinds) : kinds_(kinds), powers_(kinds.size()) {
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            std::vector<ReplicationResult> results(kinds[kind].value.size());
            for (std::size_t regime = 0; regime < results.size(); ++regime) {
                const double value = kinds[kind].value[regime];
                if (value == 1.0) results[regime].first_day.note(counted, 0);
                results[regime].expectation[index_of(weighed)][0] = value;
            }
            Tally power = empty_tally(results.size());
            power.accumulate(results);
            for (int doubling = 0; doubling < 17; ++doubling) {
                powers_[kind].push_back(power);
                power.merge(powers_[kind].back());
            }
        }
    }

    Tally tally(const std::vector<std::uint32_t>& numbers) const {
        Tally sum = empty_tally(kinds_.front().value.size());
        for (std::size_t kind = 0; kind < numbers.size(); ++kind) {
            for (std::size_t bit = 0; bit < powers_[kind].size(); ++bit) {
                if ((numbers[kind] >> bit) % 2 == 1) sum.merge(powers_[kind][bit]);
            }
        }
        return sum;
    }

    const Kinds& kinds() const { return kinds_; }

  private:
    Kinds kinds_;
    std::vector<std::vector<Tally>> powers_;
};

Tally tally_of(const Kinds& kinds, const std::vector<std::uint32_t>& numbers) {
    return Population(kinds).tally(numbers);
}

/// What a run of a rule has seen when it stops.
Tally run_rule(const StoppingRule& rule, const Population& population, std::uint32_t run) {
    const Draws draws(17);
    const Kinds& kinds = population.kinds();
    std::vector<std::uint32_t> numbers(kinds.size(), 0);
    std::uint32_t replication = 0;
    Tally tally;
    for (const std::uint32_t look : looks(rule, block)) {
        for (; replication < look; ++replication) {
            double left = draws.uniform({replication, 0, Purpose::design_sample, 0, run});
            std::size_t kind = 0;
            while (kind + 1 < kinds.size() && left >= kinds[kind].chance) {
                left -= kinds[kind++].chance;
            }
            ++numbers[kind];
        }
        tally = population.tally(numbers);
        if (narrow_enough(rule, tally)) break;
    }
    return tally;
}

/// Replications at which a rule stops that sees `share` of hits in whatever it looks at.
std::int64_t stops_at(const StoppingRule& rule, double share) {
    const Population population({{0, {1.0}}, {0, {0.0}}});
    for (const std::uint32_t look : looks(rule, block)) {
        const auto hits = static_cast<std::uint32_t>(share * look);
        if (narrow_enough(rule, population.tally({hits, look - hits}))) return look;
    }
    return rule.most + 1;
}

StoppingRule absolute_rule(double half_width, std::uint32_t most = 65'536) {
    StoppingRule rule;
    rule.outcomes = {counted};
    rule.absolute = half_width;
    rule.first_look = 256;
    rule.most = most;
    return rule;
}

StoppingRule relative_rule(double half_width, std::uint32_t most = 65'536) {
    StoppingRule rule = absolute_rule(0.0, most);
    rule.absolute.reset();
    rule.relative = half_width;
    return rule;
}

TEST(StoppingRule, looks_at_whole_blocks_and_at_the_last_replication) {
    const StoppingRule rule = absolute_rule(0.01, 1000);
    EXPECT_EQ(looks(rule, 32), (std::vector<std::uint32_t>{256, 512, 1000}));
    EXPECT_EQ(looks(rule, 100), (std::vector<std::uint32_t>{300, 600, 1000}));
    EXPECT_EQ(looks(rule, 256), (std::vector<std::uint32_t>{256, 512, 1000}));
    EXPECT_EQ(looks(rule, 2000), (std::vector<std::uint32_t>{1000}));
    EXPECT_EQ(looks(absolute_rule(0.01, 100), 32), (std::vector<std::uint32_t>{100}));
}

TEST(StoppingRule, pays_for_every_look_whatever_the_blocks) {
    EXPECT_DOUBLE_EQ(reporting_confidence(absolute_rule(0.01, 200)), 0.95);
    EXPECT_DOUBLE_EQ(reporting_confidence(absolute_rule(0.01, 256)), 0.95);
    EXPECT_DOUBLE_EQ(reporting_confidence(absolute_rule(0.01, 257)), 0.975);
    // 256 x 2^8 = 65,536: eight looks before the last.
    EXPECT_DOUBLE_EQ(reporting_confidence(absolute_rule(0.01, 65'536)), 1.0 - 0.05 / 9.0);
}

TEST(StoppingRule, without_replications_nothing_is_narrow) {
    EXPECT_FALSE(narrow_enough(absolute_rule(1.0), empty_tally(1)));
}

TEST(StoppingRule, without_a_target_nothing_is_narrow) {
    StoppingRule rule = absolute_rule(0.0);
    rule.absolute.reset();
    EXPECT_FALSE(narrow_enough(rule, tally_of({{0, {1.0}}}, {60'000})));
}

TEST(StoppingRule, what_never_happened_is_as_wide_as_the_interval_of_no_hits) {
    // Half of Wilson's upper end of no hits, z^2 / (n + z^2), at nine looks.
    const double z = normal_quantile(1.0 - 0.025 / 9.0);
    for (const double half_width : {0.02, 0.01, 0.001}) {
        const double needed = z * z * (0.5 / half_width - 1.0);
        std::int64_t first = 256;
        while (static_cast<double>(first) < needed) first *= 2;
        EXPECT_EQ(stops_at(absolute_rule(half_width), 0.0), first);
        EXPECT_EQ(stops_at(absolute_rule(half_width), 1.0), first) << "the mirror image";
    }
}

TEST(StoppingRule, does_not_stop_because_nothing_has_happened_yet) {
    for (const OutcomeKind outcome : {counted, weighed}) {
        StoppingRule rule = relative_rule(10.0);
        rule.outcomes = {outcome};
        const Tally none = tally_of({{0, {0.0}}}, {60'000});
        EXPECT_FALSE(narrow_enough(rule, none)) << "nothing has no relative width";
        rule.absolute = 0.001;
        EXPECT_TRUE(narrow_enough(rule, none)) << "10 in 60,000 is below 2 in 1000";
        EXPECT_FALSE(narrow_enough(rule, tally_of({{0, {0.0}}}, {2000})));
    }
}

TEST(StoppingRule, does_not_stop_because_regimes_have_not_differed_yet) {
    for (const OutcomeKind outcome : {counted, weighed}) {
        StoppingRule rule = absolute_rule(0.05);
        rule.outcomes = {outcome};
        const Kinds alike{{0, {1.0, 1.0}}, {0, {0.0, 0.0}}};
        // Half of either is known to 0.04 at the first look and better at the next.
        const double z = normal_quantile(1.0 - 0.025 / 9.0);
        ASSERT_LT(z * 0.5 / std::sqrt(1024.0), 0.05);
        EXPECT_TRUE(narrow_enough(rule, tally_of(alike, {512, 512})));
        rule.differences = true;
        rule.absolute = 0.001;
        // z^2 / (n + z^2) is 0.007 after 1024 replications that did not differ.
        EXPECT_FALSE(narrow_enough(rule, tally_of(alike, {0, 1024})));
        rule.absolute.reset();
        rule.relative = 0.1;
        EXPECT_FALSE(narrow_enough(rule, tally_of(alike, {30'000, 30'000})));
    }
}

TEST(StoppingRule, asks_for_all_outcomes_and_regimes) {
    // The second regime happens in half of the replications, the first in none.
    const Kinds kinds{{0, {0.0, 1.0}}, {0, {0.0, 0.0}}};
    const StoppingRule rule = absolute_rule(0.03);
    EXPECT_TRUE(narrow_enough(rule, tally_of({{0, {0.0, 0.0}}}, {512})));
    EXPECT_FALSE(narrow_enough(rule, tally_of(kinds, {256, 256})));
    EXPECT_TRUE(narrow_enough(rule, tally_of(kinds, {2048, 2048})));
    StoppingRule both = rule;
    both.outcomes = {OutcomeKind::alert, counted};
    EXPECT_FALSE(narrow_enough(both, tally_of(kinds, {256, 256})));
    StoppingRule other = rule;
    other.outcomes = {OutcomeKind::alert};
    EXPECT_TRUE(narrow_enough(other, tally_of(kinds, {256, 256})));
}

TEST(StoppingRule, runs_longer_for_a_narrower_target) {
    for (const double share : {0.0, 0.02, 0.3, 0.5}) {
        std::int64_t before = 0;
        for (const double half_width : {0.1, 0.05, 0.02, 0.01, 0.005, 0.002}) {
            const std::int64_t stops = stops_at(absolute_rule(half_width), share);
            EXPECT_GE(stops, before) << share << " to " << half_width;
            before = stops;
        }
        EXPECT_GT(before, 256);
    }
}

TEST(StoppingRule, runs_longer_for_a_rarer_outcome_of_a_relative_target) {
    std::int64_t before = 0;
    for (const double share : {0.9, 0.5, 0.1, 0.01, 0.001}) {
        const std::int64_t stops = stops_at(relative_rule(0.2), share);
        EXPECT_GE(stops, before) << share;
        before = stops;
    }
    EXPECT_GT(before, 65'536) << "one in a thousand is not known to a fifth by then";
}

constexpr int runs = 2000;

/// Share of the runs of a rule whose interval, of the confidence given, holds the true mean of the
/// last regime, or its difference from the first if the rule asks for differences.
double coverage(const StoppingRule& rule, const Kinds& kinds, double confidence) {
    const OutcomeKind outcome = rule.outcomes.front();
    const Estimator estimator = recommended_estimator(outcome);
    const std::size_t last = kinds.front().value.size() - 1;
    double truth = 0.0;
    for (const Kind& kind : kinds) {
        truth += kind.chance * (kind.value[last] - (rule.differences ? kind.value[0] : 0.0));
    }
    const Population population(kinds);
    int covered = 0;
    for (std::uint32_t run = 0; run < runs; ++run) {
        const Tally tally = run_rule(rule, population, run);
        const IntervalChoice choice{confidence, ProportionInterval::wilson};
        const Interval interval =
            rule.differences
                ? paired_difference(tally, last, 0, outcome, 0, estimator, choice).estimate.interval
                : probability_of(tally, last, outcome, 0, estimator, choice).interval;
        if (interval.low <= truth && truth <= interval.high) ++covered;
    }
    return static_cast<double>(covered) / runs;
}

/// 0.95 less four standard errors of 2,000 runs: a rule of exactly that level fails one check in
/// 30,000, and there are some thirty.
constexpr double least_coverage = 0.95 - 4.0 * 0.00487;

TEST(StoppingRuleCoverage, of_a_probability_is_kept) {
    for (const double p : {0.001, 0.01, 0.1, 0.5}) {
        const Kinds kinds{{p, {1.0}}, {1.0 - p, {0.0}}};
        for (const StoppingRule& rule :
             {absolute_rule(0.03, 4096), absolute_rule(0.3 * p, 4096), relative_rule(0.5, 4096)}) {
            EXPECT_GE(coverage(rule, kinds, reporting_confidence(rule)), least_coverage) << p;
        }
    }
}

TEST(StoppingRuleCoverage, of_a_weighted_mean_is_kept) {
    // Many small values and a few large ones: the variance is seen late.
    const std::vector<Kinds> populations{{{0.5, {0.02}}, {0.01, {0.4}}, {0.49, {0.0}}},
                                         {{0.1, {0.001}}, {0.004, {0.5}}, {0.896, {0.0}}},
                                         {{0.3, {0.2}}, {0.3, {0.6}}, {0.4, {0.0}}}};
    for (const Kinds& kinds : populations) {
        for (StoppingRule rule :
             {absolute_rule(0.01, 4096), absolute_rule(0.002, 4096), relative_rule(0.5, 4096)}) {
            rule.outcomes = {weighed};
            rule.first_look = 1024;
            EXPECT_GE(coverage(rule, kinds, reporting_confidence(rule)), least_coverage);
        }
    }
}

TEST(StoppingRuleCoverage, of_a_paired_difference_is_kept) {
    const std::vector<Kinds> counts{
        {{0.1, {1.0, 1.0}}, {0.01, {1.0, 0.0}}, {0.89, {0.0, 0.0}}},
        {{0.002, {0.0, 1.0}}, {0.998, {0.0, 0.0}}},
        {{0.3, {1.0, 1.0}}, {0.1, {1.0, 0.0}}, {0.2, {0.0, 1.0}}, {0.4, {0.0, 0.0}}}};
    const std::vector<Kinds> weights{{{0.2, {0.05, 0.04}}, {0.01, {0.5, 0.1}}, {0.79, {0.0, 0.0}}},
                                     {{0.3, {0.2, 0.1}}, {0.3, {0.4, 0.6}}, {0.4, {0.0, 0.0}}}};
    for (StoppingRule rule : {absolute_rule(0.01, 4096), relative_rule(0.5, 4096)}) {
        rule.differences = true;
        for (const Kinds& kinds : counts) {
            EXPECT_GE(coverage(rule, kinds, reporting_confidence(rule)), least_coverage);
        }
        rule.outcomes = {weighed};
        rule.first_look = 1024;
        for (const Kinds& kinds : weights) {
            EXPECT_GE(coverage(rule, kinds, reporting_confidence(rule)), least_coverage);
        }
    }
}

TEST(StoppingRuleCoverage, is_lost_where_the_first_look_comes_before_the_rare_weights) {
    // Four in a thousand weigh 0.5 and make nearly all of the mean: 36 % of the runs see none of
    // them in 256 replications, and 2 % in 1024. Also shows that these tests can fail.
    const Kinds kinds{{0.1, {0.001}}, {0.004, {0.5}}, {0.896, {0.0}}};
    StoppingRule rule = absolute_rule(0.02, 4096);
    rule.outcomes = {weighed};
    EXPECT_LT(coverage(rule, kinds, reporting_confidence(rule)), 0.8);
    rule.first_look = StoppingRule{}.first_look;
    EXPECT_GE(coverage(rule, kinds, reporting_confidence(rule)), least_coverage);
}

}  // namespace
}  // namespace firebreak
