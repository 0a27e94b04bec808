#include "io/claim_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace firebreak {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

ClaimReport report_of(double chance_strength) {
    ClaimSummary summary;
    summary.claim.name = "H0";
    summary.claim.statement = "A statement.";
    summary.draws = 40;
    summary.unit = "days";
    summary.chance_strength = chance_strength;
    summary.deciders = {{"line.first", 0.7}, {"line.second", -0.4}, {"line.third", 0.1}};
    ClaimReport report;
    report.claims = {summary};
    return report;
}

TEST(ClaimsMarkdown, names_what_decides_beyond_chance_alone) {
    const std::string some = claims_markdown(report_of(0.3));
    EXPECT_THAT(some, EndsWith("| `line.first` +0.70, `line.second` -0.40 |\n"));
    EXPECT_THAT(some, Not(HasSubstr("line.third")));
    EXPECT_THAT(claims_markdown(report_of(0.9)), EndsWith("| none that stands out |\n"));
}

}  // namespace
}  // namespace firebreak
