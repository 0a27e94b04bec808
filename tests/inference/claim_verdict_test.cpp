#include "inference/claim_verdict.hpp"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "synthetic_draw.hpp"

namespace firebreak {
namespace {

using enum ComparisonKind;

Verdict verdict_of(const Claim& claim, const SyntheticDraw& draw) {
    return judge(claim, draw.results()).verdict;
}

/// Shares of held, reversed and undecided over draws in which the regimes have these means.
struct Shares {
    double held{};
    double reversed{};
    double undecided{};
};

Shares shares_of(const Claim& claim, const std::map<std::string, double>& means, int draws,
                 double own_luck = 1.0) {
    Shares shares;
    for (int draw = 0; draw < draws; ++draw) {
        const SyntheticDraw one(static_cast<std::uint64_t>(draw) + 1, means, own_luck, 60);
        const Verdict verdict = verdict_of(claim, one);
        if (verdict == Verdict::held) shares.held += 1.0 / draws;
        if (verdict == Verdict::reversed) shares.reversed += 1.0 / draws;
        if (verdict == Verdict::undecided) shares.undecided += 1.0 / draws;
    }
    return shares;
}

TEST(Verdict, is_held_wherever_the_statement_is_plainly_true) {
    const Claim claim = claim_of({comparison(ordering, {"a", "b", "c"})});
    EXPECT_NEAR(shares_of(claim, {{"a", 0}, {"b", 2}, {"c", 4}}, 50).held, 1.0, 1e-9);
}

TEST(Verdict, is_reversed_wherever_the_contrary_is_plainly_true) {
    const Claim claim = claim_of({comparison(ordering, {"a", "b", "c"})});
    EXPECT_NEAR(shares_of(claim, {{"a", 4}, {"b", 2}, {"c", 0}}, 50).reversed, 1.0, 1e-9);
    // One wrong link is enough.
    EXPECT_NEAR(shares_of(claim, {{"a", 2}, {"b", 0}, {"c", 4}}, 50).reversed, 1.0, 1e-9);
}

// A share of 0.95 over 3,000 draws has a standard error of 0.004, and intervals by the normal
// quantile of 60 histories cover 0.945; four errors to each side fail by chance in 1 run of 10,000.
TEST(Verdict, of_noise_is_undecided_at_the_nominal_rate) {
    const Shares single =
        shares_of(claim_of({comparison(ordering, {"a", "b"})}), {{"a", 0}, {"b", 0}}, 3000);
    EXPECT_NEAR(single.undecided, 0.945, 0.016);
    EXPECT_NEAR(single.held, single.reversed, 0.016);
}

TEST(Verdict, of_noise_is_undecided_at_least_as_often_where_there_are_several_links) {
    const std::map<std::string, double> level{{"a", 0}, {"b", 0}, {"c", 0}, {"d", 0}};
    Comparison trend = comparison(slope, {"a", "b", "c"});
    trend.levels = {0, 1, 2};
    Comparison all = comparison(frontier, {"a", "b", "c"});
    all.of = {"clash", "collapse"};
    for (const Comparison& one :
         {comparison(ordering, {"a", "b", "c"}), comparison(hump, {"a", "b", "c", "d"}), trend,
          comparison(difference, {"a", "b", "c", "d"}), all}) {
        const Shares shares = shares_of(claim_of({one}), level, 1000);
        // As above; the standard error of 1,000 draws is 0.007.
        EXPECT_GT(shares.undecided, 0.945 - 0.028) << static_cast<int>(one.kind);
    }
}

TEST(Verdict, is_the_less_often_undecided_the_more_there_is_to_see) {
    const Claim claim = claim_of({comparison(ordering, {"a", "b"})});
    double before = 1.1;
    for (const double gap : {0.0, 0.3, 0.6, 1.2}) {
        const Shares shares = shares_of(claim, {{"a", 0}, {"b", gap}}, 200);
        EXPECT_LT(shares.undecided, before);
        before = shares.undecided;
    }
    EXPECT_NEAR(before, 0.0, 1e-9);
}

TEST(Verdict, needs_every_comparison_that_decides_and_none_that_is_told_besides) {
    const SyntheticDraw draw(1, {{"a", 0}, {"b", 3}, {"c", 0}}, 0.1);
    const Comparison right = comparison(ordering, {"a", "b"});
    Comparison wrong = comparison(ordering, {"b", "a"});
    Comparison open = comparison(ordering, {"a", "c"});
    EXPECT_EQ(verdict_of(claim_of({right}), draw), Verdict::held);
    EXPECT_EQ(verdict_of(claim_of({right, open}), draw), Verdict::undecided);
    EXPECT_EQ(verdict_of(claim_of({right, open, wrong}), draw), Verdict::reversed);
    wrong.decides = false;
    const ClaimVerdict besides = judge(claim_of({right, wrong}), draw.results());
    EXPECT_EQ(besides.verdict, Verdict::held);
    EXPECT_EQ(besides.comparisons[1].verdict, Verdict::reversed);
}

TEST(Verdict, is_unknown_where_a_draw_has_no_results) {
    SyntheticDraw draw(1, {{"a", 0}, {"b", 3}}, 0.1);
    EXPECT_EQ(verdict_of(claim_of({comparison(ordering, {"a", "b"})}), draw), Verdict::held);
    draw.keep_references({"none"});
    EXPECT_EQ(verdict_of(claim_of({comparison(ordering, {"a", "b"})}), draw), Verdict::unknown);
}

TEST(Verdict, does_not_ask_which_of_two_regimes_is_the_reference) {
    SyntheticDraw draw(1, {{"a", 0}, {"b", 3}}, 0.1);
    for (const char* reference : {"a", "b"}) {
        draw.keep_references({reference});
        const Claim claim = claim_of({comparison(ordering, {"a", "b"})});
        const ClaimVerdict found = judge(claim, draw.results());
        EXPECT_EQ(found.verdict, Verdict::held);
        EXPECT_NEAR(found.comparisons[0].effect, 3.0, 0.1);
    }
}

TEST(Link, has_the_exact_error_of_a_weighted_sum_if_all_differences_are_known) {
    SyntheticDraw draw(5, {{"a", 0}, {"b", 1}, {"c", 2}, {"d", 4}}, 1.0);
    const Link link =
        condition_of(comparison(difference, {"d", "c", "b", "a"})).alternatives.front().front();
    const Measured found = link_estimate(link, draw.results(), 1.0);
    std::vector<double> sums;
    for (std::size_t at = 0; at < draw.values("a").size(); ++at) {
        sums.push_back(draw.values("d")[at] - draw.values("c")[at] - draw.values("b")[at] +
                       draw.values("a")[at]);
    }
    const Measured exact = SyntheticDraw::mean_of(sums, {});
    EXPECT_NEAR(found.value, exact.value, 1e-9);
    EXPECT_NEAR(found.low, exact.low, 1e-9);
    EXPECT_NEAR(found.high, exact.high, 1e-9);
    // Without them the two half-widths are added up.
    draw.keep_references({"c", "a"});
    const Measured added = link_estimate(link, draw.results(), 1.0);
    const Measured one = SyntheticDraw::mean_of(draw.values("d"), draw.values("c"));
    const Measured other = SyntheticDraw::mean_of(draw.values("b"), draw.values("a"));
    EXPECT_NEAR(added.high - added.value, one.high - one.value + other.high - other.value, 1e-9);
    EXPECT_GT(added.high - added.low, found.high - found.low);
}

TEST(Link, is_wider_the_more_links_share_the_level) {
    const SyntheticDraw draw(5, {{"a", 0}, {"b", 1}}, 1.0);
    const Link link{"clash", {{"b", "a", 1.0}}, {}, {}};
    const Measured one = link_estimate(link, draw.results(), 1.0);
    const Measured ten = link_estimate(link, draw.results(), 10.0);
    // Student's quantiles at 0.975 and 0.9975 with 199 degrees of freedom.
    EXPECT_NEAR((ten.high - ten.value) / (one.high - one.value), 2.838674 / 1.971957, 1e-5);
    DrawResults few = draw.results();
    few.replications = 4;
    const Measured of_four = link_estimate(link, few, 10.0);
    // 7.453319 and 3.182446 with three.
    EXPECT_NEAR((of_four.high - of_four.value) / (one.high - one.value), 7.453319 / 3.182446, 1e-5);
}

/// Every second regime of a pair leads by what is given, with an error of 1 and 127 degrees of
/// freedom, at which Student's quantile is 1.978820 at 0.975.
DrawResults lead_of(std::map<std::string, double> leads) {
    DrawResults found;
    found.replications = 128;
    found.difference = [leads = std::move(leads)](const std::string& regime, const std::string&,
                                                  const std::string&) {
        const double value = leads.at(regime);
        return Measured{value, 1.0, value - 1.978820, value + 1.978820};
    };
    return found;
}

// Student's quantile is 2.857 at 1 - 0.05 / 20, so that 2.4 is beyond error alone and not with
// nine.
TEST(Verdict, shares_its_level_among_all_links_that_decide) {
    const DrawResults draw = lead_of({{"b", 2.4}, {"plain", 100.0}});
    const Comparison alone = comparison(ordering, {"a", "b"});
    EXPECT_EQ(judge(claim_of({alone}), draw).verdict, Verdict::held);
    std::vector<Comparison> ten{alone};
    for (int more = 0; more < 9; ++more) ten.push_back(comparison(ordering, {"a", "plain"}));
    EXPECT_EQ(judge(claim_of(ten), draw).verdict, Verdict::undecided);
    // What is told besides takes nothing of the level, and has its own.
    for (std::size_t at = 1; at < ten.size(); ++at) ten[at].decides = false;
    EXPECT_EQ(judge(claim_of(ten), draw).verdict, Verdict::held);
    std::swap(ten.front(), ten.back());
    ten.front().decides = true;
    ten.back().decides = false;
    EXPECT_EQ(judge(claim_of(ten), draw).comparisons.back().verdict, Verdict::held);
}

TEST(Link, of_regimes_level_in_every_history_is_as_wide_as_what_they_may_still_differ_by) {
    // a, b: apart by luck; c and d never differed, which leaves 0.3 to either side.
    DrawResults draw;
    draw.replications = 128;
    draw.difference = [](const std::string& regime, const std::string& reference,
                         const std::string&) {
        const bool level =
            (regime == "c" || regime == "d") && (reference == "c" || reference == "d");
        if (level) return Measured{0.0, 0.0, -0.3, 0.3};
        const double value = (regime == "a" ? 1.0 : 0.0) - (reference == "a" ? 1.0 : 0.0);
        return Measured{value, 0.1, value - 0.2, value + 0.2};
    };
    const Link link =
        condition_of(comparison(difference, {"a", "b", "c", "d"})).alternatives.front().front();
    const Measured found = link_estimate(link, draw, 1.0);
    // Var = 0.01 (1 + 1 - 1 + 1 - 1) = 0.01, at twice the standard error.
    EXPECT_NEAR(found.high - found.value, 0.2 + 0.3, 1e-12);
}

TEST(Hump, lies_strictly_inside_its_ladder) {
    const Claim claim = claim_of({comparison(hump, {"a", "b", "c", "d"})});
    EXPECT_EQ(verdict_of(claim, {1, {{"a", 0}, {"b", 1}, {"c", 3}, {"d", 1}}, 0.1}), Verdict::held);
    EXPECT_EQ(verdict_of(claim, {1, {{"a", 0}, {"b", 1}, {"c", 2}, {"d", 3}}, 0.1}),
              Verdict::reversed);
    EXPECT_EQ(verdict_of(claim, {1, {{"a", 3}, {"b", 1}, {"c", 2}, {"d", 3}}, 0.1}),
              Verdict::reversed);
    EXPECT_EQ(verdict_of(claim, {1, {{"a", 0}, {"b", 1}, {"c", 3}, {"d", 3}}, 0.1}),
              Verdict::undecided);
    const SyntheticDraw draw(1, {{"a", 0}, {"b", 1}, {"c", 3}, {"d", 1}}, 0.01);
    EXPECT_NEAR(judge(claim, draw.results()).comparisons[0].effect, 2.0, 0.01);
}

TEST(Slope, is_what_the_line_of_least_squares_rises_by_over_the_ladder) {
    Comparison linear = comparison(slope, {"a", "b", "c"});
    linear.levels = {0, 1, 4};
    const SyntheticDraw line(1, {{"a", 1}, {"b", 3}, {"c", 9}}, 1e-6);
    EXPECT_NEAR(judge(claim_of({linear}), line.results()).comparisons[0].effect, 8.0, 1e-4);
    Comparison log = linear;
    log.levels = {1, 10, 100};
    log.log_levels = true;
    log.falling = true;
    const SyntheticDraw fall(1, {{"a", 5}, {"b", 3}, {"c", 1}}, 1e-6);
    const ClaimVerdict found = judge(claim_of({log}), fall.results());
    EXPECT_EQ(found.verdict, Verdict::held);
    EXPECT_NEAR(found.comparisons[0].effect, 4.0, 1e-4);
    log.falling = false;
    EXPECT_EQ(verdict_of(claim_of({log}), fall), Verdict::reversed);
}

TEST(Difference, is_held_to_a_multiple_of_the_other_one) {
    Comparison one = comparison(difference, {"d", "c", "b", "a"});
    const SyntheticDraw draw(1, {{"a", 0}, {"b", 2}, {"c", 0}, {"d", 3}}, 0.01);
    EXPECT_EQ(verdict_of(claim_of({one}), draw), Verdict::held);
    one.times = 2.0;
    EXPECT_EQ(verdict_of(claim_of({one}), draw), Verdict::reversed);
    EXPECT_NEAR(judge(claim_of({one}), draw.results()).comparisons[0].effect, -1.0, 0.02);
}

/// Two quantities whose ranking of three regimes is given.
DrawResults two_quantities(std::map<std::string, double> clash,
                           std::map<std::string, double> collapse) {
    DrawResults found;
    found.difference = [clash, collapse](const std::string& regime, const std::string& reference,
                                         const std::string& quantity) {
        const auto& means = quantity == "clash" ? clash : collapse;
        const double value = means.at(regime) - means.at(reference);
        return Measured{value, 0.01, value - 0.02, value + 0.02};
    };
    return found;
}

TEST(Frontier, is_there_unless_one_regime_has_the_least_of_everything) {
    Comparison all = comparison(frontier, {"a", "b", "c"});
    all.of = {"clash", "collapse"};
    const Claim claim = claim_of({all});
    const std::map<std::string, double> up{{"a", 1}, {"b", 2}, {"c", 3}};
    const std::map<std::string, double> down{{"a", 3}, {"b", 2}, {"c", 1}};
    const std::map<std::string, double> level{{"a", 1}, {"b", 1}, {"c", 1}};
    EXPECT_EQ(judge(claim, two_quantities(up, down)).verdict, Verdict::held);
    EXPECT_EQ(judge(claim, two_quantities(up, up)).verdict, Verdict::reversed);
    EXPECT_EQ(judge(claim, two_quantities(up, level)).verdict, Verdict::undecided);
    EXPECT_NEAR(judge(claim, two_quantities(up, up)).comparisons[0].effect, -1.0, 1e-9);
}

TEST(Threshold, is_where_a_ranking_turns) {
    Comparison one = comparison(threshold, {"a", "b", "c"});
    one.levels = {1, 2, 4};
    one.against = "r";
    one.falling = true;
    const SyntheticDraw draw(1, {{"a", 3}, {"b", 1}, {"c", -1}, {"r", 0}}, 1e-6);
    const ClaimVerdict found = judge(claim_of({one}), draw.results());
    EXPECT_EQ(found.verdict, Verdict::held);
    EXPECT_NEAR(found.comparisons[0].turning_level, 3.0, 1e-5);
    EXPECT_NEAR(found.comparisons[0].effect, 1.0, 1e-5);
    one.log_levels = true;
    EXPECT_NEAR(judge(claim_of({one}), draw.results()).comparisons[0].turning_level, std::sqrt(8.0),
                1e-5);
    one.falling = false;
    const ClaimVerdict turned = judge(claim_of({one}), draw.results());
    EXPECT_EQ(turned.verdict, Verdict::reversed);
    EXPECT_TRUE(std::isnan(turned.comparisons[0].turning_level));
    const SyntheticDraw same(1, {{"a", 3}, {"b", 2}, {"c", 1}, {"r", 0}}, 1e-6);
    one.falling = true;
    EXPECT_EQ(verdict_of(claim_of({one}), same), Verdict::reversed);
}

TEST(Threshold, has_no_level_where_the_ends_are_ranked_alike) {
    Comparison one = comparison(threshold, {"a", "b", "c"});
    one.levels = {1, 2, 4};
    one.against = "r";
    one.falling = true;
    const auto level = [&](double a, double b, double c) {
        const SyntheticDraw draw(1, {{"a", a}, {"b", b}, {"c", c}, {"r", 0}}, 1e-6);
        return judge(claim_of({one}), draw.results()).comparisons[0].turning_level;
    };
    EXPECT_TRUE(std::isnan(level(1, -1, 1)));
    EXPECT_TRUE(std::isnan(level(-1, 1, -1)));
    EXPECT_TRUE(std::isnan(level(-1, -1, -2)));
    EXPECT_NEAR(level(1, 1, -1), 3.0, 1e-5);
    one.falling = false;
    EXPECT_TRUE(std::isnan(level(-1, 1, -1)));
    EXPECT_NEAR(level(-1, 1, 2), 1.5, 1e-5);
}

TEST(Excess, is_a_number_less_the_product_of_two_with_errors_added_up) {
    Comparison one = comparison(excess, {"a"});
    one.of = {"whole", "first", "second"};
    DrawResults draw;
    draw.level = [](const std::string&, const std::string& quantity) {
        const double value = quantity == "whole" ? 0.3 : (quantity == "first" ? 0.5 : 0.4);
        return Measured{value, 0.0, value - 0.02, value + 0.02};
    };
    const Link link = condition_of(one).alternatives.front().front();
    const Measured found = link_estimate(link, draw, 1.0);
    EXPECT_NEAR(found.value, 0.1, 1e-12);
    EXPECT_NEAR(found.high - found.value, 0.02 + 0.5 * 0.02 + (0.4 + 0.02) * 0.02, 1e-12);
    EXPECT_EQ(judge(claim_of({one}), draw).verdict, Verdict::held);
}

}  // namespace
}  // namespace firebreak
