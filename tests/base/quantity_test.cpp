#include "base/quantity.hpp"

#include <gtest/gtest.h>

namespace firebreak {
namespace {

TEST(Day, minus_a_day_is_a_span_and_plus_a_span_a_day) {
    EXPECT_EQ(Day(40) - Day(10), Days(30));
    EXPECT_EQ(Day(10) + Days(30), Day(40));
    EXPECT_EQ(Day(40) - Days(30), Day(10));
    Day day(0);
    EXPECT_EQ(++day, Day(1));
    EXPECT_LT(Day(1), Day(2));
}

TEST(Probability, has_a_complement) {
    EXPECT_EQ(Probability(0.25).complement(), Probability(0.75));
}

#if defined(FIREBREAK_CONTRACTS) && FIREBREAK_CONTRACTS
TEST(Probability, cannot_lie_outside_zero_and_one) {
    EXPECT_NO_THROW(Probability(0.0));
    EXPECT_NO_THROW(Probability(1.0));
    EXPECT_THROW(Probability(1.3), LogicError);
    EXPECT_THROW(Probability(-1e-9), LogicError);
    EXPECT_THROW(Rate(-0.1), LogicError);
}
#endif

TEST(ChanceWithin, is_nothing_for_no_rate_or_no_time_and_certain_in_the_limit) {
    EXPECT_EQ(chance_within(Rate(0.0), 1000.0).value(), 0.0);
    EXPECT_EQ(chance_within(Rate(5.0), 0.0).value(), 0.0);
    EXPECT_EQ(chance_within(Rate(5.0), 1e6).value(), 1.0);
}

TEST(ChanceWithin, of_a_rate_of_one_in_a_hundred_days_over_thirty_is_a_quarter) {
    EXPECT_NEAR(chance_within(Rate(0.01), 30.0).value(), 0.25918177931828212, 1e-15);
}

TEST(ChanceWithin, of_two_spans_is_that_of_their_sum) {
    const Rate rate(0.003);
    const double first = chance_within(rate, 12.5).complement().value();
    const double second = chance_within(rate, 71.0).complement().value();
    EXPECT_NEAR(first * second, chance_within(rate, 83.5).complement().value(), 1e-15);
}

TEST(ChanceWithin, keeps_the_digits_of_a_tiny_rate) {
    EXPECT_NEAR(chance_within(Rate(1e-14), 1.0).value() / 1e-14, 1.0, 1e-13);
}

}  // namespace
}  // namespace firebreak
