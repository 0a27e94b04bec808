"""Intervals of changes that are judged history by history: worked examples, ends, coverage."""

import numpy as np
import pytest

from firebreak.paired_intervals import mean_change_interval, paired_proportions_interval

LEVEL = 0.95


@pytest.mark.parametrize(("only_first", "only_second", "trials", "expected"), [
    # Tango's two equations solved by uniroot in R 4.2, as in tests/ensemble/intervals_test.cpp.
    (14, 9, 54, (-0.0838581042, 0.2639837835)),
    (1, 7, 100, (-0.1292515573, -0.0059460016)),
])
def test_tangos_interval_is_that_of_worked_examples(only_first, only_second, trials, expected):
    found = paired_proportions_interval(only_first, only_second, trials, LEVEL)
    assert found == pytest.approx(expected, abs=1e-9)
    low, high = paired_proportions_interval(only_second, only_first, trials, LEVEL)
    assert (-high, -low) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("trials", "half"), [(100, 0.0369935), (1000, 0.0038268)])
def test_no_discordant_trial_is_not_certainty(trials, half):
    # z^2 / (n + z^2)
    found = paired_proportions_interval(0, 0, trials, LEVEL)
    assert found == pytest.approx((-half, half), abs=1e-7)


def test_all_trials_discordant_stay_inside():
    low, high = paired_proportions_interval(50, 0, 50, LEVEL)
    assert 0.8 < low < 1 and high == 1
    assert paired_proportions_interval(0, 50, 50, LEVEL) == (-1, -low)


def test_without_histories_nothing_is_known():
    assert np.isnan(paired_proportions_interval(0, 0, 0, LEVEL)).all()
    assert np.isnan(mean_change_interval(np.zeros(0), LEVEL)).all()


def test_fewer_histories_make_wider_intervals():
    def widths(make):
        return [np.diff(make(n))[0] for n in (1000, 200, 40, 10, 1)]

    for of_trials in (
        lambda n: paired_proportions_interval(0, 0, n, LEVEL),
        lambda n: paired_proportions_interval(n, 0, n, LEVEL),
        lambda n: mean_change_interval(np.zeros(n), LEVEL),
        lambda n: mean_change_interval(np.arange(n) % 3 - 1.0, LEVEL),
    ):
        found = widths(of_trials)
        assert found == sorted(found) and found[0] > 0


def test_students_interval_has_one_more_change():
    # Ten changes with sum 2 and sum of squares 4, and one of 0.2 +- 1; t(10) = 2.228139.
    changes = np.r_[np.ones(3), -1.0, np.zeros(6)]
    for place, direction in ((0, -1), (1, 1)):
        feared = np.r_[changes, 0.2 + direction]
        end = feared.mean() + direction * 2.228139 * feared.std(ddof=1) / np.sqrt(11)
        assert mean_change_interval(changes, LEVEL)[place] == pytest.approx(end, abs=1e-6)


@pytest.mark.parametrize("value", [-2.0, -1.0, 0.0, 1.0, 2.0])
def test_students_interval_is_never_of_zero_width(value):
    low, high = mean_change_interval(np.full(100, value), LEVEL)
    half = 1 / 101 + 1.983972 / 101
    assert (low, high) == pytest.approx((max(-2, value - half), min(2, value + half)), abs=1e-7)


@pytest.mark.parametrize(("up", "down"), [(0.0, 0.0), (0.004, 0.0), (0.02, 0.002), (0.1, 0.1)])
def test_intervals_of_rare_changes_cover_what_they_say(up, down):
    # Tango's dips to 0.92 where about one discordant trial is expected (Tango 1998); three binomial
    # deviations below that, and below 0.95 for Student's, are passed by chance once in 740.
    draw = np.random.default_rng(7)
    runs, tango, student = 1000, 0, 0
    for only_first, only_second, _ in draw.multinomial(500, [up, down, 1 - up - down], size=runs):
        low, high = paired_proportions_interval(only_first, only_second, 500, LEVEL)
        tango += low <= up - down <= high
        changes = np.repeat([1.0, -1.0, 0.0], [only_first, only_second, 500 - only_first - only_second])
        low, high = mean_change_interval(changes, LEVEL)
        student += low <= up - down <= high
    assert tango >= (0.92 - 0.026) * runs
    assert student >= (0.95 - 0.021) * runs
