#include <cmath>

#include <gtest/gtest.h>

#include "conflict/capitals.hpp"
#include "conflict/cohesion.hpp"
#include "politics_setting.hpp"

namespace firebreak {
namespace {

/// Expected punishment of harassment on `day`.
double punishment_of(double weight, double coverage, std::int32_t day) {
    Setting setting = politics_setting();
    setting.scenario.parameters.capitals.punishment_weight = weight;
    setting.scenario.commitment.coverage = coverage;
    return punishment(setting, day);
}

TEST(Punishment, needs_weight_monitors_and_allies_that_are_not_tired) {
    EXPECT_EQ(punishment_of(0.0, 1.0, 100), 0.0);
    EXPECT_EQ(punishment_of(2.0, 0.0, 100), 0.0);
    EXPECT_NEAR(punishment_of(2.0, 1.0, 1'000'000), 0.0, 1e-12);
}

TEST(Punishment, is_whole_where_all_is_seen_and_nobody_is_tired) {
    EXPECT_EQ(punishment_of(0.5, 1.0, 0), 0.5);
}

TEST(Punishment, is_weight_times_coverage_times_what_fatigue_leaves) {
    EXPECT_NEAR(punishment_of(0.5, 0.6, 750), 0.5 * 0.6 * std::exp(-0.5), 1e-12);
}

TEST(Punishment, is_taken_from_the_gain_of_harassing_and_from_nothing_else) {
    const Setting setting = politics_setting();
    for (const Side side : {Side::russia, Side::ukraine}) {
        Outlook view = anchored_outlook();
        const auto free = posture_utilities(side, setting, ordinary_state(), view);
        view.punishment = 0.7;
        const auto punished = posture_utilities(side, setting, ordinary_state(), view);
        EXPECT_EQ(punished[0], free[0]);
        EXPECT_NEAR(punished[1], free[1] - 0.7, 1e-14);
        EXPECT_EQ(punished[2], free[2]);
    }
}

TEST(Punishment, makes_harassing_rarer_the_surer_it_is) {
    const Setting setting = politics_setting();
    Outlook view = anchored_outlook();
    double before = 1.0;
    for (const double expected : {0.0, 0.5, 1.5, 5.0}) {
        view.punishment = expected;
        const double chance = posture_chances(Side::russia, setting, ordinary_state(), view)[1];
        EXPECT_LT(chance, before);
        before = chance;
    }
}

TEST(Punishment, without_rationality_changes_no_choice) {
    Setting setting = politics_setting();
    setting.scenario.parameters.capitals.rationality = 0.0;
    Outlook view = anchored_outlook();
    view.punishment = 5.0;
    for (const double chance : posture_chances(Side::russia, setting, ordinary_state(), view)) {
        EXPECT_NEAR(chance, 1.0 / 3.0, 1e-15);
    }
}

}  // namespace
}  // namespace firebreak
