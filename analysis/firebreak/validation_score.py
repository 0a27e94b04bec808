"""What a validation shows: how far off an observation is, and how many pass."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

FAR = 1e6


def standardised(row: Any, value: float) -> float:
    """Return a value on its row's scale: median 0, 5% quantile -1, 95% quantile 1.

    Each side of the median has its own scale. Where one side has no width the other's is used;
    where neither has, any value but the median is far off.

    Parameters
    ----------
    row : object
        With low5, median and high95.
    value : float
        In the unit of the row.
    """
    off = value - row.median
    if off == 0:
        return 0.0
    below, above = row.median - row.low5, row.high95 - row.median
    scale = (above or below) if off > 0 else (below or above)
    return off / scale if scale > 0 else (FAR if off > 0 else -FAR)


def middle_of(ends: tuple[float, float]) -> float:
    """Return an observation, or the middle of an observed range: on a log scale if it has one."""
    low, high = ends
    if low == high:
        return low
    return math.sqrt(low * high) if low > 0 else (low + high) / 2


def passed_statistics(rows: pd.DataFrame) -> tuple[int, int]:
    """Return how many statistics pass, and how many there are."""
    return int(rows.passed.sum()), len(rows)


def passed_targets(rows: pd.DataFrame) -> tuple[int, int]:
    """Return how many targets pass in all of their statistics, and how many there are."""
    by_target = rows.groupby("target").passed.all()
    return int(by_target.sum()), len(by_target)
