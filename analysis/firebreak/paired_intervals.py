"""Intervals of changes that are judged history by history, none of zero width."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from .student import student_quantile

FEARED = 1.0
"""How far one more history may lie from the others' mean."""


def paired_proportions_interval(
    only_first: int, only_second: int, trials: int, level: float
) -> tuple[float, float]:
    """Return Tango's score interval of a difference of two proportions of the same trials.

    As `paired_interval` of model/ensemble/intervals.cpp. Source: T. Tango (1998), Statistics in
    Medicine 17, 891-908.

    Parameters
    ----------
    only_first, only_second : int
        Trials with a hit of the first kind only, and of the second only.
    trials : int
        All trials; without any both ends are NaN.
    level : float
        Confidence level, such as 0.95.
    """
    if trials == 0:
        return math.nan, math.nan
    z = NormalDist().inv_cdf((1 + level) / 2)
    return (
        -_upper_end(only_second, only_first, trials, z),
        _upper_end(only_first, only_second, trials, z),
    )


def mean_change_interval(
    changes: np.ndarray, level: float, bounds: tuple[float, float] = (-2.0, 2.0)
) -> tuple[float, float]:
    """Return Student's interval of the mean change, with one more change that is feared.

    At the upper end that change lies `FEARED` above the mean of the others, at the lower end as
    much below it; without any change at all both ends are away from zero.

    Parameters
    ----------
    changes : numpy.ndarray
        Of each history; without any both ends are NaN.
    level : float
        Confidence level, such as 0.95.
    bounds : tuple of float
        What the mean cannot leave.
    """
    count = changes.size
    if count == 0:
        return math.nan, math.nan
    mean = float(changes.mean())
    squares = float(((changes - mean) ** 2).sum()) + FEARED**2 * count / (count + 1)
    error = math.sqrt(squares / count / (count + 1))
    half = FEARED / (count + 1) + student_quantile(level, count) * error
    return max(bounds[0], mean - half), min(bounds[1], mean + half)


def _upper_end(only_first: int, only_second: int, trials: int, z: float) -> float:
    """Return the difference, at or above the estimate, at which the score has fallen to -z."""
    low, high = (only_first - only_second) / trials, 1.0
    if _score(only_first, only_second, trials, high) > -z:
        return high
    for _ in range(50):
        middle = (low + high) / 2
        if _score(only_first, only_second, trials, middle) > -z:
            low = middle
        else:
            high = middle
    return high


def _score(only_first: int, only_second: int, trials: int, difference: float) -> float:
    """Return Tango's score of a difference, which falls as that rises."""
    a = 2 * trials
    b = (2 * trials - only_first + only_second) * difference - only_first - only_second
    c = -only_second * difference * (1 - difference)
    share = (math.sqrt(max(b * b - 4 * a * c, 0)) - b) / (2 * a)
    variance = trials * (2 * share + difference * (1 - difference))
    excess = only_first - only_second - trials * difference
    if variance <= 0:
        return math.copysign(math.inf, excess) if excess else 0.0
    return excess / math.sqrt(variance)
