#include <gtest/gtest.h>

#include "conflict/survival.hpp"

namespace firebreak {
namespace {

const std::vector<std::int32_t> checkpoints{10, 20, 30};

std::vector<double> curve_of(const Ledger& ledger, OutcomeKind kind) {
    const OutcomeCurve curve = ledger.curve();
    const auto& row = curve[index_of(kind)];
    return {row.begin(), row.begin() + static_cast<std::ptrdiff_t>(checkpoints.size())};
}

TEST(Ledger, is_zero_at_first) {
    const Ledger ledger(checkpoints);
    for (const auto& row : ledger.curve()) {
        for (const double mass : row) EXPECT_EQ(mass, 0.0);
    }
}

TEST(Ledger, a_day_counts_by_the_first_checkpoint_after_it) {
    // An outcome has happened by a checkpoint if its first day is before it.
    const auto by = [](std::int32_t day) {
        Ledger ledger(checkpoints);
        ledger.add(OutcomeKind::clash, day, 0.25);
        return curve_of(ledger, OutcomeKind::clash);
    };
    EXPECT_EQ(by(0), (std::vector<double>{0.25, 0.25, 0.25}));
    EXPECT_EQ(by(9), (std::vector<double>{0.25, 0.25, 0.25}));
    EXPECT_EQ(by(10), (std::vector<double>{0.0, 0.25, 0.25}));
    EXPECT_EQ(by(29), (std::vector<double>{0.0, 0.0, 0.25}));
}

TEST(Ledger, a_day_beyond_the_last_checkpoint_counts_nowhere) {
    Ledger ledger(checkpoints);
    ledger.add(OutcomeKind::clash, 30, 0.25);
    ledger.add(OutcomeKind::clash, 4000, 0.25);
    EXPECT_EQ(curve_of(ledger, OutcomeKind::clash), (std::vector<double>{0.0, 0.0, 0.0}));
}

TEST(Ledger, its_curve_is_the_running_sum_of_each_outcome_alone) {
    Ledger ledger(checkpoints);
    ledger.add(OutcomeKind::clash, 25, 0.5);
    ledger.add(OutcomeKind::clash, 3, 0.125);
    ledger.add(OutcomeKind::clash, 7, 0.125);
    ledger.add(OutcomeKind::collapse, 12, 1.0);
    EXPECT_EQ(curve_of(ledger, OutcomeKind::clash), (std::vector<double>{0.25, 0.25, 0.75}));
    EXPECT_EQ(curve_of(ledger, OutcomeKind::collapse), (std::vector<double>{0.0, 1.0, 1.0}));
    EXPECT_EQ(curve_of(ledger, OutcomeKind::stray), (std::vector<double>{0.0, 0.0, 0.0}));
}

TEST(Ledger, mass_that_moves_to_an_earlier_day_changes_only_what_lies_between) {
    Ledger ledger(checkpoints);
    ledger.add(OutcomeKind::clash, 25, 0.5);
    ledger.add(OutcomeKind::clash, 5, 0.25);
    ledger.add(OutcomeKind::clash, 25, -0.25);
    EXPECT_EQ(curve_of(ledger, OutcomeKind::clash), (std::vector<double>{0.25, 0.25, 0.5}));
}

}  // namespace
}  // namespace firebreak
