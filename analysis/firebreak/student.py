"""Quantiles of Student's distribution, without another library."""

from __future__ import annotations

import math
from functools import lru_cache


@lru_cache(maxsize=None)
def student_quantile(level: float, freedom: int) -> float:
    """Return the two-sided quantile of Student's distribution: P(|T| <= it) = level.

    By bisection of the closed form for whole degrees of freedom. Source: Abramowitz and Stegun
    (1964), 26.7.3 and 26.7.4.

    Parameters
    ----------
    level : float
        Between 0 and 1, such as 0.95.
    freedom : int
        Degrees of freedom, 1 or more.
    """
    low, high = 0.0, 1.0
    while _within(high, freedom) < level:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < level else (low, middle)
    return (low + high) / 2


def _within(t: float, freedom: int) -> float:
    angle = math.atan(t / math.sqrt(freedom))
    cosine, sine = math.cos(angle), math.sin(angle)
    odd = freedom % 2
    term, total = (cosine if odd else 1.0), 0.0
    for step in range((freedom - 1) // 2 if odd else freedom // 2):
        total += term
        term *= cosine**2 * (2 * step + 2) / (2 * step + 3) if odd else (
            cosine**2 * (2 * step + 1) / (2 * step + 2)
        )
    return 2 / math.pi * (angle + sine * total) if odd else sine * total
