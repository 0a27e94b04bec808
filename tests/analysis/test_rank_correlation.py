"""Partial rank correlations against closed forms, and against samples whose truth is known."""

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest

from firebreak.rank_correlation import PARTIAL, SPEARMAN, confounding, rank_correlations


def spearman(a, b):
    """The closed form for ranks without ties."""
    n = len(a)
    return 1 - Fraction(6 * sum((i - j) ** 2 for i, j in zip(a, b)), n * (n * n - 1))


def test_two_factors_worked_by_hand():
    x, z, y = (1, 2, 3, 4, 5, 6, 7), (2, 1, 4, 3, 6, 5, 7), (1, 3, 2, 5, 4, 6, 7)
    xy, xz, zy = (float(r) for r in (spearman(x, y), spearman(x, z), spearman(z, y)))
    found = rank_correlations(np.array([x, z]).T, np.array(y))
    partial = (xy - xz * zy) / sqrt((1 - xz**2) * (1 - zy**2))
    assert found.method == PARTIAL
    assert found.estimate[0] == pytest.approx(partial)
    # Fisher's z, with variance 1 / (7 - 2 - 2).
    low, high = (np.tanh(np.arctanh(partial) + side * 1.959964 / sqrt(3)) for side in (-1, 1))
    assert (found.low[0], found.high[0]) == pytest.approx((low, high), rel=1e-6)


def test_the_coefficient_is_the_correlation_of_what_the_other_factors_leave():
    draw = np.random.default_rng(1)
    factors = draw.random((60, 4))
    response = factors @ (3, -1, 0.5, 0) + 0.3 * draw.standard_normal(60)
    found = rank_correlations(factors, response).estimate
    ranks = factors.argsort(axis=0).argsort(axis=0) - 29.5
    answer = response.argsort().argsort() - 29.5
    for number in range(4):
        others = np.delete(ranks, number, axis=1)

        def left(values):
            return values - others @ np.linalg.lstsq(others, values, rcond=None)[0]

        expected = np.corrcoef(left(ranks[:, number]), left(answer))[0, 1]
        assert found[number] == pytest.approx(expected)


def test_the_only_factor_of_a_monotone_response_has_one_or_minus_one():
    factor = np.random.default_rng(2).random((40, 1))
    assert rank_correlations(factor, np.exp(factor[:, 0])).estimate[0] == pytest.approx(1)
    falling = rank_correlations(factor, -(factor[:, 0] ** 3))
    assert falling.estimate[0] == pytest.approx(-1)
    assert falling.high[0] < -0.99


def test_monotone_transformations_change_nothing():
    draw = np.random.default_rng(3)
    factors = draw.random((50, 3))
    response = factors @ (1, -2, 0) + 0.1 * draw.standard_normal(50)
    plain = rank_correlations(factors, response)
    bent = rank_correlations(np.exp(5 * factors), np.cbrt(response))
    assert bent.estimate == pytest.approx(plain.estimate)
    turned = rank_correlations(-factors, response)
    assert turned.estimate == pytest.approx(-plain.estimate)


def test_a_stronger_factor_has_the_larger_coefficient():
    factors = np.random.default_rng(4).random((200, 3))
    noise = np.random.default_rng(5).standard_normal(200)
    found = rank_correlations(factors, factors @ (4, 2, 1) + 0.5 * noise).estimate
    assert found[0] > found[1] > found[2] > 0


def test_intervals_of_irrelevant_factors_hold_zero_as_often_as_they_say():
    # 300 samples of 5 irrelevant factors among 6: 1,500 intervals at 95 %. The share that misses
    # zero has the standard error 0.0056; 0.0225 is four of them, a false alarm in 16,000.
    draw = np.random.default_rng(6)
    missed = []
    for _ in range(300):
        factors = draw.random((40, 6))
        found = rank_correlations(factors, 5 * factors[:, 0] + draw.standard_normal(40))
        assert found.estimate[0] > 0.5
        missed += list((found.low[1:] > 0) | (found.high[1:] < 0))
    assert np.mean(missed) == pytest.approx(0.05, abs=0.0225)


def test_a_factor_that_only_goes_with_a_deciding_one_is_told_apart():
    draw = np.random.default_rng(7)
    deciding = draw.random(300)
    follower = deciding + 0.3 * draw.random(300)
    factors = np.column_stack([deciding, follower])
    found = rank_correlations(factors, deciding + 0.2 * draw.standard_normal(300))
    assert found.low[0] > 0.2
    assert found.low[1] < 0 < found.high[1]
    assert confounding(factors) == pytest.approx([1 / sqrt(1.09)] * 2, abs=0.03)


def test_with_too_few_points_the_others_are_not_held_constant_and_it_is_said():
    draw = np.random.default_rng(8)
    factors = draw.random((12, 9))
    found = rank_correlations(factors, factors[:, 0])
    assert found.method == SPEARMAN
    assert found.estimate[0] == pytest.approx(1)
    ranks, answer = (v.argsort(axis=0).argsort(axis=0) for v in (factors[:, 1], factors[:, 0]))
    assert found.estimate[1] == pytest.approx(float(spearman(ranks, answer)))
    assert found.standard_error == pytest.approx(1 / 3)
    assert np.isnan(found.explained)
    assert rank_correlations(draw.random((13, 9)), draw.random(13)).method == PARTIAL


def test_what_does_not_vary_or_cannot_be_separated_has_no_coefficient():
    draw = np.random.default_rng(9)
    one = draw.random(30)
    factors = np.column_stack([one, 2 * one + 1, draw.random(30), np.ones(30)])
    found = rank_correlations(factors, factors[:, 2] + 0.1 * draw.random(30))
    assert np.isnan(found.estimate[[0, 1, 3]]).all()
    assert found.estimate[2] > 0.9
    assert np.isnan(rank_correlations(factors, np.ones(30)).estimate).all()


def test_points_without_a_response_are_left_out():
    draw = np.random.default_rng(10)
    factors, response = draw.random((30, 2)), draw.random(30)
    gaps = np.append(response, [np.nan, np.nan])
    found = rank_correlations(np.vstack([factors, draw.random((2, 2))]), gaps)
    assert found.points == 30
    assert found.estimate == pytest.approx(rank_correlations(factors, response).estimate)


def test_ties_take_their_mean_rank():
    factor = np.array([[1.0], [1.0], [2.0], [3.0], [3.0], [4.0]])
    found = rank_correlations(factor, np.array([1.5, 1.5, 3.0, 4.5, 4.5, 6.0]))
    assert found.estimate[0] == pytest.approx(1)


def test_the_limit_of_chance_grows_with_the_number_of_comparisons():
    draw = np.random.default_rng(11)
    found = rank_correlations(draw.random((104, 2)), draw.random(104))
    assert found.limit(1, 0.95) == pytest.approx(np.tanh(0.1959964), rel=1e-6)
    # Fifty comparisons at 95 %: the two-sided quantile of 0.001.
    assert found.limit(50, 0.95) == pytest.approx(np.tanh(0.3290527), rel=1e-6)


def crossed_worlds(draw, worlds=64, levels=5, factors=6):
    """Every world at every level of a lever, and a response without any effect that goes one way."""
    world = draw.random((worlds, factors))
    values = np.column_stack([
        np.repeat(world, levels, axis=0), np.tile(np.arange(levels), worlds)
    ])
    response = ((np.repeat(world, levels, axis=0) - 0.5) ** 2) @ np.arange(1, factors + 1)
    return values, response


def test_worlds_that_are_met_at_several_levels_count_once():
    draw = np.random.default_rng(3)
    values, response = crossed_worlds(draw)
    found = rank_correlations(values, response)
    assert (found.points, found.independent) == (320, 64)
    assert found.standard_error == pytest.approx(1 / sqrt(64 - 2 - 7))
    # Nominally 5 %; 100 samples pass 15 with a chance below 1e-4. Rows as points: more than half.
    beyond = 0
    for _ in range(100):
        values, response = crossed_worlds(draw)
        found = rank_correlations(values, response)
        beyond += bool((abs(found.estimate) > found.limit(7, 0.95)).any())
    assert beyond <= 15


def test_a_saltelli_sample_counts_its_two_base_samples():
    draw = np.random.default_rng(4)
    a, b = draw.random((2, 32, 3))
    rows = []
    for first, second in zip(a, b):
        rows.append(first)
        for factor in range(3):
            rows.append(np.where(np.arange(3) == factor, second, first))
        rows.append(second)
    values = np.array(rows)
    found = rank_correlations(values, values.sum(axis=1))
    assert (found.points, found.independent) == (160, 64)
