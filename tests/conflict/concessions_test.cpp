#include "conflict/concessions.hpp"

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include "conflict/accession.hpp"
#include "conflict/capitals.hpp"
#include "conflict/cast.hpp"
#include "conflict/settlement.hpp"
#include "politics_setting.hpp"

namespace firebreak {
namespace {

Setting neutral(double hazard, double foresight) {
    Setting setting = politics_setting();
    Commitment& commitment = setting.scenario.commitment;
    commitment.alignment = {0.0, 0.6, 0.6, 0.6, 0.6};
    commitment.leverage_before = 1.0;
    commitment.prize_factor = 0.9;
    commitment.revision_hazard = hazard;
    setting.scenario.parameters.capitals.foresight_years = foresight;
    return setting;
}

void expect_terms(const Terms& terms, double alignment, double leverage, double prize) {
    EXPECT_DOUBLE_EQ(terms.alignment, alignment);
    EXPECT_DOUBLE_EQ(terms.leverage, leverage);
    EXPECT_DOUBLE_EQ(terms.prize_factor, prize);
}

TEST(Revision, that_never_comes_or_is_not_foreseen_leaves_the_terms_as_they_are) {
    expect_terms(terms_seen(neutral(0.0, 10.0).scenario, Phase::none), 0.0, 1.0, 0.9);
    expect_terms(terms_seen(neutral(0.3, 0.0).scenario, Phase::none), 0.0, 1.0, 0.9);
    const Setting treaty = committed_setting();
    const Commitment& commitment = treaty.scenario.commitment;
    expect_terms(terms_seen(treaty.scenario, Phase::ratifying), 0.85, commitment.leverage_before,
                 commitment.prize_factor);
    expect_terms(terms_seen(treaty.scenario, Phase::in_force), 1.0, commitment.leverage_after,
                 commitment.prize_factor);
}

TEST(Revision, once_it_has_come_nothing_is_conceded_any_more) {
    expect_terms(terms_seen(neutral(0.1, 0.0).scenario, Phase::promised), 0.6, 0.0, 1.0);
    expect_terms(terms_seen(neutral(50.0, 100.0).scenario, Phase::none), 0.6, 0.0, 1.0);
}

TEST(Revision, a_worked_example_of_what_is_foreseen) {
    const double lasts = std::exp(-0.2 * 5.0);
    expect_terms(terms_seen(neutral(0.2, 5.0).scenario, Phase::none), 0.6 * (1.0 - lasts), lasts,
                 1.0 - 0.1 * lasts);
}

TEST(Revision, the_likelier_and_the_longer_foreseen_the_less_a_concession_is_worth) {
    const auto settles = [](double hazard, double foresight) {
        return settlement_hazard(neutral(hazard, foresight), calm_state());
    };
    EXPECT_EQ(settles(0.0, 5.0), settles(0.2, 0.0));
    EXPECT_GT(settles(0.1, 5.0), settles(0.2, 5.0));
    EXPECT_GT(settles(0.2, 2.0), settles(0.2, 5.0));
    const auto war = [](double hazard, double foresight) {
        const Setting setting = neutral(hazard, foresight);
        const Outlook view = outlook(setting, Cast{}, calm_state(), 100, 0.2, false);
        return war_hazard(Side::russia, setting, Cast{}, calm_state(), view);
    };
    EXPECT_EQ(war(0.0, 5.0), war(0.2, 0.0));
    EXPECT_LT(war(0.1, 5.0), war(0.2, 5.0));
    EXPECT_LT(war(0.2, 2.0), war(0.2, 5.0));
}

TEST(Revision, promises_membership_from_its_day_on) {
    const Scenario scenario = neutral(0.1, 5.0).scenario;
    const Cast cast{.revision_day = 400};
    EXPECT_EQ(phase_on(scenario, cast, calm_state(), 399), Phase::none);
    EXPECT_EQ(phase_on(scenario, cast, calm_state(), 400), Phase::promised);
    EXPECT_EQ(phase_on(scenario, Cast{}, calm_state(), 1'000'000), Phase::none);
}

TEST(Revision, comes_by_the_exponential_law_and_sooner_with_a_greater_hazard) {
    constexpr int samples = 20'000;
    int within_three_years = 0;
    for (std::uint32_t n = 0; n < samples; ++n) {
        const ReplicationId id(n);
        const auto day = [&](double hazard) {
            return draw_cast(neutral(hazard, 5.0).scenario, id, Draws(12)).revision_day;
        };
        if (day(0.2) <= 1095) ++within_three_years;
        EXPECT_LE(day(0.4), day(0.2));
        EXPECT_EQ(day(1e12), 1);
        EXPECT_EQ(day(0.0), Cast{}.revision_day);
    }
    const double expected = 1.0 - std::exp(-0.2 * 1095 / 365.25);
    // Five standard errors: a false alarm in about 6e-7.
    EXPECT_NEAR(within_three_years / static_cast<double>(samples), expected,
                5.0 * std::sqrt(expected * (1.0 - expected) / samples));
}

}  // namespace
}  // namespace firebreak
