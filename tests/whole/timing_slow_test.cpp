// When a commitment begins and ends: limits in which two regimes are one.
#include <gtest/gtest.h>

#include "whole_model.hpp"

namespace firebreak {
namespace {

std::vector<ReplicationResult> histories(const std::string& regime,
                                         const std::function<void(Scenario&)>& change,
                                         std::uint32_t count = 200) {
    return whole::simulate(whole::scenarios_of("baseline", {regime}, change).front(), count);
}

void expect_same(const std::vector<ReplicationResult>& one,
                 const std::vector<ReplicationResult>& other) {
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].first_day.day, other[i].first_day.day) << i;
        EXPECT_EQ(one[i].expectation, other[i].expectation) << i;
    }
}

TEST(AfterQuiet, of_no_days_is_membership_from_the_ceasefire) {
    expect_same(histories("membership-after-quiet",
                          [](Scenario& s) { s.parameters.accession.quiet_days = 0; }),
                histories("membership", {}));
}

TEST(AfterQuiet, that_never_comes_is_a_promise_that_russia_blocks) {
    const auto unblocked = [](Scenario& s) {
        s.parameters.accession.quiet_days = 36500;
        s.parameters.capitals.blocking_gain = 0.0;
    };
    expect_same(histories("membership-after-quiet", unblocked),
                histories("membership-after-quiet", [&](Scenario& s) {
                    unblocked(s);
                    s.commitment.timing = Timing::promised;
                }));
}

TEST(AfterQuiet, is_reached_in_some_histories_and_is_easier_the_fewer_days_it_takes) {
    double last = 1.0;
    for (const double days : {60.0, 200.0, 600.0}) {
        const double share =
            whole::share(histories("membership-after-quiet",
                                   [&](Scenario& s) { s.parameters.accession.quiet_days = days; }),
                         OutcomeKind::accession);
        EXPECT_LT(share, last);
        last = share;
    }
}

TEST(CommitmentEnd, after_a_day_leaves_the_collapse_of_a_regime_without_commitment) {
    // What has ended leaves the alignment of the reference behind.
    const auto collapse = [](const std::function<void(Scenario&)>& change) {
        return whole::expected(histories("bilateral-guarantee", change, 1000),
                               OutcomeKind::collapse);
    };
    const whole::Mean kept = collapse({});
    const whole::Mean short_term = collapse([](Scenario& s) {
        s.commitment.activation_days = 0;
        s.commitment.term_days = 1;
    });
    const whole::Mean none = collapse([](Scenario& s) {
        s.commitment.timing = Timing::never;
        s.commitment.alignment.fill(s.parameters.capitals.reference_alignment);
    });
    const whole::Mean withdrawn = collapse([](Scenario& s) { s.commitment.withdrawal_hazard = 1; });
    EXPECT_EQ(short_term.value, none.value);
    EXPECT_LT(kept.value, withdrawn.value);
    EXPECT_LT(withdrawn.value, none.value);
}

}  // namespace
}  // namespace firebreak
