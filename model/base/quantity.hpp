#pragma once

#include <compare>
#include <cstdint>

#include "base/elementary.hpp"
#include "base/error.hpp"

namespace firebreak {

/// Days of a year, wherever days become years [d].
inline constexpr double days_per_year = 365.25;

/// Days of a month, wherever a parameter is given per month [d].
inline constexpr double days_per_month = 30.0;

/// A whole number of calendar days [d]. Durations that need not be whole are double [d].
class Days {
  public:
    constexpr explicit Days(std::int32_t value) : value_(value) {}

    constexpr std::int32_t value() const { return value_; }

    constexpr auto operator<=>(const Days&) const = default;

  private:
    std::int32_t value_;
};

/// A day of a history: 0 is the first day of the ceasefire.
class Day {
  public:
    constexpr explicit Day(std::int32_t value) : value_(value) {}

    constexpr std::int32_t value() const { return value_; }

    constexpr Day& operator++() {
        ++value_;
        return *this;
    }

    constexpr auto operator<=>(const Day&) const = default;

  private:
    std::int32_t value_;
};

constexpr Days operator-(Day later, Day earlier) { return Days(later.value() - earlier.value()); }

constexpr Day operator+(Day day, Days span) { return Day(day.value() + span.value()); }

constexpr Day operator-(Day day, Days span) { return Day(day.value() - span.value()); }

constexpr Days operator+(Days left, Days right) { return Days(left.value() + right.value()); }

constexpr Days operator-(Days left, Days right) { return Days(left.value() - right.value()); }

/// A number that is a probability: construction refuses anything outside [0, 1].
class Probability {
  public:
    constexpr explicit Probability(double value) : value_(value) {
        EXPECT(value >= 0.0 && value <= 1.0, "a probability lies between 0 and 1");
    }

    constexpr double value() const { return value_; }

    constexpr Probability complement() const { return Probability(1.0 - value_); }

    constexpr auto operator<=>(const Probability&) const = default;

  private:
    double value_;
};

/// A hazard or the mean number of events per day [1/d], never negative.
class Rate {
  public:
    constexpr explicit Rate(double per_day) : per_day_(per_day) {
        EXPECT(per_day >= 0.0, "a rate is not negative");
    }

    constexpr double per_day() const { return per_day_; }

    constexpr auto operator<=>(const Rate&) const = default;

  private:
    double per_day_;
};

/// The probability that an event of constant rate happens within a span of days [d]:
/// 1 - exp(-rate days). The only way from a Rate to a Probability.
inline Probability chance_within(Rate rate, double days) {
    EXPECT(days >= 0.0, "a span of time is not negative");
    return Probability(-exponential_minus_one(-rate.per_day() * days));
}

}  // namespace firebreak
