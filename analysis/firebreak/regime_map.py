"""Where in two parameters one regime does better than another, and where nobody can tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from .deciding_parameters import Quantity, largest, parameter_table
from .factors import Factor, factors
from .results import ResultsError, require
from .sweep import FEWEST_POINTS, failed, read_points, without_failed

MOST_LEVELS = 64
"""A parameter with more values than this is drawn from a range and not stepped through."""


@dataclass(frozen=True)
class RegimeMap:
    """The difference between two regimes over two parameters.

    Attributes
    ----------
    outcome, regime, other : str
        The difference is the outcome's probability under `regime` less that under `other`.
    across, up : Factor
        The parameters on the two axes.
    gridded : bool
        Whether every combination of their values was run: then a row is a cell, else a point.
    table : pandas.DataFrame
        Columns across, up, difference, low, high (NaN where all points failed), points (averaged)
        and failed (left out).
    others : int
        Parameters that vary besides the two.
    points : xarray.Dataset
        The design points that did not fail, for captions.
    """

    outcome: str
    regime: str
    other: str
    across: Factor
    up: Factor
    gridded: bool
    table: pd.DataFrame
    others: int
    points: xr.Dataset


def read_map(
    results: xr.Dataset,
    outcome: str,
    regime: str,
    other: str,
    parameters: Sequence[str] | None = None,
) -> RegimeMap:
    """Read the paired differences of two regimes over two parameters.

    In a grid that steps through further parameters a cell is the average over these, and so are
    the ends of its interval: points share their luck, so that their errors need not cancel.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.
    outcome : str
        Outcome.
    regime, other : str
        Two regimes; the file must hold their paired difference, with either as reference.
    parameters : sequence of str, optional
        Two paths of varied parameters, the horizontal one first. If omitted, the two that vary,
        or of more those that the difference goes with most (partial rank correlation).

    Raises
    ------
    ResultsError
        If the file has no such names, holds no paired difference of the two, varies fewer than
        two parameters, or all its points failed.
    """
    require(results, "outcome", outcome)
    for name in (regime, other):
        require(results, "regime", name)
    if regime == other:
        raise ResultsError(f"{regime} does not differ from itself, choose two regimes")
    references = [str(name) for name in results.reference.values]
    if not {regime, other} & set(references):
        raise ResultsError(
            f"the file holds no paired difference of {regime} and {other} (its references are: "
            f"{', '.join(references)}); run the study with one of them in 'references' of [run]"
        )
    sign = 1 if other in references else -1
    points = read_points(results, [outcome], other if sign == 1 else regime)
    kept = without_failed(points)
    across, up = _axes(points, kept, outcome, regime if sign == 1 else other, parameters)
    one = points.sel(regime=regime if sign == 1 else other, outcome=outcome)
    low, high = one.difference_low.values, one.difference_high.values
    table = pd.DataFrame({
        "across": points[across.variable].values,
        "up": points[up.variable].values,
        "difference": sign * one.difference.values,
        "low": low if sign == 1 else -high,
        "high": high if sign == 1 else -low,
        "points": 1,
        "failed": failed(points).astype(int),
    })
    gridded = _is_grid(table)
    if gridded:
        table = _cells(table)
    return RegimeMap(
        outcome, regime, other, across, up, gridded, table, len(factors(points)) - 2, kept
    )


def _axes(
    points: xr.Dataset, kept: xr.Dataset, outcome: str, regime: str, asked: Sequence[str] | None
) -> tuple[Factor, Factor]:
    varied = {factor.path: factor for factor in factors(points)}
    if len(varied) < 2:
        named = f" ({', '.join(varied)})" if varied else ""
        raise ResultsError(f"a map needs two varied parameters, the file has {len(varied)}{named}")
    if asked:
        unknown = [path for path in asked if path not in varied]
        if unknown:
            raise ResultsError(f"no varied parameter '{unknown[0]}' (there are: {', '.join(varied)})")
        if len(asked) != 2 or asked[0] == asked[1]:
            raise ResultsError("a map needs two different parameters")
        return varied[asked[0]], varied[asked[1]]
    if len(varied) == 2:
        first, second = varied.values()
        return first, second
    if kept.sizes["design_point"] < FEWEST_POINTS:
        raise ResultsError(f"name two of the varied parameters: {', '.join(varied)}")
    most = largest(
        parameter_table(kept, [regime]), outcome, Quantity("difference", regime), 2
    ).parameter.tolist()
    if len(most) < 2:
        raise ResultsError(
            f"the difference goes with no two parameters, name two of: {', '.join(varied)}"
        )
    return varied[most[0]], varied[most[1]]


def _is_grid(table: pd.DataFrame) -> bool:
    """Tell a grid from a sample: few values, and every combination of them as often."""
    sizes = [table[axis].nunique() for axis in ("across", "up")]
    if max(sizes) > MOST_LEVELS or min(sizes) < 2:
        return False
    often = table.groupby(["across", "up"]).size()
    return len(often) == sizes[0] * sizes[1] and often.nunique() == 1


def _cells(table: pd.DataFrame) -> pd.DataFrame:
    table = table.assign(points=np.isfinite(table.difference).astype(int))
    cells = table.groupby(["across", "up"], as_index=False).agg(
        difference=("difference", "mean"), low=("low", "mean"), high=("high", "mean"),
        points=("points", "sum"), failed=("failed", "sum"),
    )
    return cells
