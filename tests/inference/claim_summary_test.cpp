#include "inference/claim_summary.hpp"

#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inference/claim_reading.hpp"
#include "synthetic_draw.hpp"

namespace firebreak {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

/// Draws in which b has more than a by ten times what the first of three parameters is above 0.5.
ClaimDraws draws_of(std::size_t count) {
    ClaimDraws draws;
    draws.count = count;
    draws.parameters = {"line.first", "line.second", "line.third"};
    for (std::size_t draw = 0; draw < count; ++draw) {
        const auto at = static_cast<double>(draw);
        const auto all = static_cast<double>(count);
        draws.values.push_back({(at + 0.5) / all, static_cast<double>((draw * 7) % count),
                                static_cast<double>((draw * 11) % count)});
    }
    const auto values = draws.values;
    draws.results = [values](std::size_t draw) {
        const auto one = std::make_shared<const SyntheticDraw>(
            draw + 1, std::map<std::string, double>{{"a", 0}, {"b", 10 * (values[draw][0] - 0.5)}},
            0.01);
        DrawResults found;
        found.difference = [one](const std::string& regime, const std::string& reference,
                                 const std::string& quantity) {
            return one->results().difference(regime, reference, quantity);
        };
        return found;
    };
    draws.unit = [](const std::string&) { return "percentage points"; };
    draws.scale = [](const std::string&) { return 100.0; };
    return draws;
}

Claim rising() { return claim_of({comparison(ComparisonKind::ordering, {"a", "b"})}); }

TEST(Summary, counts_draws_and_finds_what_decides) {
    const ClaimSummary found = summarise({rising()}, draws_of(40)).front();
    EXPECT_EQ(found.draws, 40U);
    EXPECT_DOUBLE_EQ(found.shares.held.share, 0.5);
    EXPECT_DOUBLE_EQ(found.shares.reversed.share, 0.5);
    EXPECT_DOUBLE_EQ(found.shares.undecided.share, 0.0);
    EXPECT_LT(found.shares.held.interval.low, 0.36);
    EXPECT_GT(found.shares.held.interval.high, 0.64);
    // The effect is uniform between -500 and 500 percentage points.
    EXPECT_NEAR(found.effect_median, 0.0, 1.0);
    EXPECT_NEAR(found.effect_low, -450.0, 15.0);
    EXPECT_NEAR(found.effect_high, 450.0, 15.0);
    ASSERT_FALSE(found.deciders.empty());
    EXPECT_EQ(found.deciders.front().path, "line.first");
    EXPECT_GT(found.deciders.front().strength, 0.99);
    EXPECT_TRUE(found.partial);
}

TEST(Summary, leaves_out_draws_that_failed) {
    ClaimDraws draws = draws_of(20);
    const auto whole = draws.results;
    draws.results = [whole](std::size_t draw) {
        DrawResults found = whole(draw);
        if (draw % 2 == 1) return found;
        found.difference = [](const auto&, const auto&, const auto&) {
            const double nan = std::numeric_limits<double>::quiet_NaN();
            return Measured{nan, nan, nan, nan};
        };
        return found;
    };
    EXPECT_EQ(summarise({rising()}, draws).front().draws, 10U);
}

TEST(Summary, of_no_draw_says_so) {
    ClaimDraws draws = draws_of(0);
    const ClaimSummary found = summarise({rising()}, draws).front();
    EXPECT_EQ(found.draws, 0U);
    EXPECT_EQ(reading_of(found), "Not run.");
}

/// A ladder of two against r: it ends below r by as much as the first parameter is above 0.5, which
/// error hides within 0.2.
ClaimDraws turning_draws(std::size_t count) {
    ClaimDraws draws = draws_of(count);
    const auto values = draws.values;
    draws.results = [values](std::size_t draw) {
        DrawResults found;
        found.replications = 128;
        found.difference = [past = values[draw][0] - 0.5](const std::string& regime,
                                                          const std::string& reference,
                                                          const std::string&) {
            const auto mean = [&](const std::string& name) {
                return name == "r" ? 0.0 : (name == "first" ? 1.0 : -past);
            };
            const double value = mean(regime) - mean(reference);
            return Measured{value, 0.1, value - 0.2, value + 0.2};
        };
        return found;
    };
    return draws;
}

Comparison ladder() {
    Comparison one = comparison(ComparisonKind::threshold, {"first", "last"});
    one.levels = {0, 1};
    one.against = "r";
    one.falling = true;
    return one;
}

TEST(Summary, tells_a_turning_level_of_the_draws_in_which_it_is_held) {
    const ClaimSummary found = summarise({claim_of({ladder()})}, turning_draws(40)).front();
    // With two links the interval is 2.268 / 1.979 times as wide: 0.229; a share of 0.271 is past
    // it.
    EXPECT_DOUBLE_EQ(found.shares.held.share, 11.0 / 40.0);
    ASSERT_EQ(found.turning_levels.size(), 1U);
    ASSERT_EQ(found.turning_levels[0].size(), 11U);
    // 1 / (1 + past), the median draw past by (34 + 0.5) / 40 - 0.5.
    EXPECT_NEAR(quantile_of(found.turning_levels[0], 0.5), 1.0 / 1.3625, 1e-9);
    EXPECT_THAT(reading_of(found), HasSubstr("; in the 11 draws in which the ranking turns beyond "
                                             "error it does so at a level of 0.734 (median)."));
}

TEST(Summary, keeps_the_levels_of_comparisons_apart) {
    Comparison besides = ladder();
    besides.decides = false;
    besides.levels = {0, 100};
    besides.words = "it turns";
    const ClaimSummary found =
        summarise({claim_of({ladder(), besides})}, turning_draws(40)).front();
    EXPECT_NEAR(quantile_of(found.turning_levels[0], 0.5), 0.734, 0.001);
    EXPECT_NEAR(quantile_of(found.turning_levels[1], 0.5), 73.4, 0.1);
    EXPECT_THAT(reading_of(found),
                HasSubstr("; besides, it turns in 28 % (the ranking turns at a level of 73.4, the "
                          "median of the 11 draws in which it is held) and the reverse in"));
}

TEST(Deciders, below_what_chance_makes_are_none) {
    ClaimSummary summary;
    summary.chance_strength = 0.4;
    summary.deciders = {{"one", -0.5}, {"two", 0.4}, {"three", 0.3}};
    const std::vector<Decider> found = deciders_beyond_chance(summary);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().path, "one");
}

TEST(Reading, tells_shares_effect_and_what_decides) {
    Claim claim = rising();
    Comparison besides = comparison(ComparisonKind::ordering, {"b", "a"});
    besides.decides = false;
    besides.words = "the reverse is seen";
    claim.comparisons.push_back(besides);
    const std::string text = reading_of(summarise({claim}, draws_of(40)).front());
    EXPECT_THAT(text, HasSubstr("It is so in 50 % of the draws, it is the other way round in 50 %, "
                                "and 0 % are undecided"));
    EXPECT_THAT(text, HasSubstr("line.first (+1.00)"));
    EXPECT_THAT(text, Not(HasSubstr("line.second")));
    EXPECT_THAT(text, HasSubstr("; besides, the reverse is seen in 50 % and the reverse in 50 %."));
}

TEST(Claims, name_the_regimes_to_be_run_and_few_references) {
    Comparison frontier = comparison(ComparisonKind::frontier, {"a", "b", "c"});
    Comparison threshold = comparison(ComparisonKind::threshold, {"d", "e"});
    threshold.levels = {0, 1};
    threshold.against = "a";
    const std::vector<Claim> claims{claim_of({frontier}), claim_of({threshold})};
    EXPECT_THAT(regimes_needed(claims), ElementsAre("a", "b", "c", "d", "e"));
    const auto pairs = pairs_needed(claims);
    EXPECT_EQ(pairs.size(), 5U);
    EXPECT_THAT(covering_references(pairs), ElementsAre("a", "b"));
}

TEST(Claims, have_every_pair_covered_by_a_reference) {
    Comparison ladder = comparison(ComparisonKind::hump, {"a", "b", "c", "d"});
    const std::vector<Claim> claims{
        claim_of({ladder, comparison(ComparisonKind::difference, {"e", "f", "g", "h"})})};
    const auto references = covering_references(pairs_needed(claims));
    for (const auto& [one, other] : pairs_needed(claims)) {
        const bool covered =
            std::find(references.begin(), references.end(), one) != references.end() ||
            std::find(references.begin(), references.end(), other) != references.end();
        EXPECT_TRUE(covered) << one << " and " << other;
    }
}

TEST(Quantile, lies_between_neighbours) {
    EXPECT_EQ(quantile_of({4, 1, 2, 3}, 0.5), 2.5);
    EXPECT_EQ(quantile_of({4, 1}, 0.0), 1.0);
    EXPECT_EQ(quantile_of({4, 1}, 1.0), 4.0);
}

}  // namespace
}  // namespace firebreak
