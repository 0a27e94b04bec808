#include "io/evidence_text.hpp"

#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

TEST(Evidence, opening_belief_is_one_step_before_the_first_report) {
    const std::vector<Report> same{{1.0, true, 2.0}, {2.0, true, 3.0}};
    const std::vector<Report> turned{{1.0, true, 2.0}, {2.0, false, 1.0}};
    const std::vector<Report> fallen{{1.0, false, -1.0}, {2.0, false, -2.0}};
    EXPECT_EQ(opening_belief(same), 1.0);
    EXPECT_EQ(opening_belief(turned), 1.0);
    EXPECT_EQ(opening_belief(fallen), 0.0);
}

TEST(Evidence, reports_that_name_the_same_culprit_are_told_together) {
    const std::vector<Report> reports{{0.5, true, 1.0}, {1.2, true, 2.0}, {31.4, false, 1.0}};
    EXPECT_EQ(reports_text(reports), "0.5-1.2 h Russia (2) 88%; 31 h not Russia 73%");
    EXPECT_EQ(reports_text({}), "none");
}

TEST(Evidence, a_long_walk_keeps_its_ends_its_extremes_and_its_last_change_of_mind) {
    std::vector<Report> reports;
    const std::vector<double> walk{1, 0.5, 1, 3, 1, 2, -4, -1, -2, 2.5, 2, 2.5, 2, 2.5, 2};
    for (std::size_t i = 0; i < walk.size(); ++i) {
        const bool up = i == 0 || walk[i] > walk[i - 1];
        reports.push_back({static_cast<double>(i + 1), up, walk[i]});
    }
    EXPECT_EQ(reports_text(reports),
              "1 h Russia 73%; 2 h not Russia 62%; 3-4 h Russia (2) 95%; ...; 7 h not Russia 2%; "
              "...; 10 h Russia 92%; ...; 14 h Russia 92%; 15 h not Russia 88%");
}

TEST(Evidence, belief_near_certainty_is_not_rounded_to_it) {
    EXPECT_EQ(belief_text(0.999), "over 99%");
    EXPECT_EQ(belief_text(0.001), "under 1%");
    EXPECT_EQ(belief_text(0.5), "50%");
}

}  // namespace
}  // namespace firebreak
