"""Sobol indices from a Saltelli design: whose ignorance the spread over the design comes from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from .deciding_parameters import Quantity
from .factors import Factor, factors
from .results import ResultsError, confidence_level
from .sweep import failed

RESAMPLES = 1000
"""Of the rows, for intervals."""
FEWEST_ROWS = 8


@dataclass(frozen=True)
class SaltelliDesign:
    """The design points by their part in a Saltelli design, as places in the file.

    Attributes
    ----------
    sampled : list of Factor
        The k parameters that are drawn from a distribution.
    first, second : numpy.ndarray
        Points of the two independent samples A and B, shape (n,).
    exchanged : numpy.ndarray
        Points of A with one parameter taken from B, shape (k, n).
    lost : int
        Rows that were left out because one of their points failed.
    levels : dict
        Value of each lever at levels by its path, the same in all these points.
    combinations : int
        Combinations of levels that the file holds; these points are of one of them.
    """

    sampled: list[Factor]
    first: np.ndarray
    second: np.ndarray
    exchanged: np.ndarray
    lost: int
    levels: dict[str, float]
    combinations: int


def saltelli_design(points: xr.Dataset, combination: int = 0) -> SaltelliDesign:
    """Find the two samples and their mixtures in the values of the parameters.

    Parameters
    ----------
    points : xarray.Dataset
        All design points, from `read_points`.
    combination : int, default 0
        Which combination of the levers' levels, in the order of the file.

    Raises
    ------
    ResultsError
        If the points are those of another design, there is no such combination, or fewer than
        eight rows are without a failed point.
    """
    varied = factors(points)
    sampled = [factor for factor in varied if factor.distribution != "fixed"]
    levers = [factor for factor in varied if factor.distribution == "fixed"]
    if not sampled:
        raise ResultsError("its design draws no parameter from a distribution")
    numbers, levels, combinations = _of_combination(points, levers, combination)
    values = np.column_stack([points[factor.variable].values[numbers] for factor in sampled])
    for size in (len(sampled) + 2, 2 * len(sampled) + 2):
        if len(numbers) % size == 0:
            rows = values.reshape(-1, size, len(sampled))
            if _is_saltelli(rows):
                break
    else:
        raise ResultsError("its design is not Saltelli's (method = \"saltelli\" of [design])")
    places = numbers.reshape(-1, size)
    whole = ~failed(points)[places].any(axis=1)
    if whole.sum() < FEWEST_ROWS:
        raise ResultsError(
            f"{int(whole.sum())} rows of its Saltelli design are without a failed point, "
            f"indices need {FEWEST_ROWS} or more"
        )
    kept = places[whole]
    return SaltelliDesign(
        sampled, kept[:, 0], kept[:, -1], kept[:, 1 : len(sampled) + 1].T,
        int((~whole).sum()), levels, combinations,
    )


def sobol_indices(points: xr.Dataset, design: SaltelliDesign, quantity: Quantity,
                  outcome: str) -> pd.DataFrame:
    """Estimate first-order and total indices of one quantity, a row per parameter.

    First-order indices are by Saltelli et al. (2010), Computer Physics Communications 181, table
    2 (b); total ones by Jansen (1999), table 2 (f) there. Intervals are by resampling the rows.

    Parameters
    ----------
    points : xarray.Dataset
        From `read_points`.
    design : SaltelliDesign
        From `saltelli_design`.
    quantity : Quantity
        A probability, or a difference from the reference.
    outcome : str
        Outcome.

    Returns
    -------
    pandas.DataFrame
        Columns outcome, quantity, regime, parameter, first, first_low, first_high, total,
        total_low, total_high and rows. All indices are NaN where nothing varies.
    """
    one = points.sel(regime=quantity.regime, outcome=outcome)
    values = one[quantity.kind].values
    first, second = values[design.first], values[design.second]
    exchanged = values[design.exchanged]
    centre = np.concatenate([first, second]).mean()
    first, second, exchanged = first - centre, second - centre, exchanged - centre
    # Per row, so that resampling is a sum with weights. Shapes (n, k) and (n,).
    both = (second * (exchanged - first)).T
    apart = ((first - exchanged) ** 2 / 2).T
    squares, sums = (first**2 + second**2) / 2, (first + second) / 2
    rows = first.size
    level = confidence_level(points)
    if np.ptp(np.concatenate([first, second])) == 0:
        nothing = np.full(len(design.sampled), np.nan)
        estimates, ends = (nothing, nothing), (nothing,) * 4
    else:
        draw = np.random.default_rng(0)  # the same file gives the same intervals
        weights = draw.multinomial(rows, np.full(rows, 1 / rows), RESAMPLES) / rows
        spread = weights @ squares - (weights @ sums) ** 2
        spread = np.where(spread > 0, spread, np.nan)[:, None]
        tails = ((1 - level) / 2, (1 + level) / 2)
        variance = squares.mean() - sums.mean() ** 2
        estimates = both.mean(axis=0) / variance, apart.mean(axis=0) / variance
        ends = (*np.nanquantile(weights @ both / spread, tails, axis=0),
                *np.nanquantile(weights @ apart / spread, tails, axis=0))
    return pd.DataFrame({
        "outcome": outcome, "quantity": quantity.kind, "regime": quantity.regime,
        "parameter": [factor.path for factor in design.sampled],
        "first": estimates[0], "first_low": ends[0], "first_high": ends[1],
        "total": estimates[1], "total_low": ends[2], "total_high": ends[3],
        "rows": rows,
    })


def _of_combination(
    points: xr.Dataset, levers: list[Factor], combination: int
) -> tuple[np.ndarray, dict[str, float], int]:
    everything = np.arange(points.sizes["design_point"])
    if not levers:
        if combination:
            raise ResultsError("its design has no levers at levels, so no combination to choose")
        return everything, {}, 1
    values = np.column_stack([points[lever.variable].values for lever in levers])
    combinations = list(dict.fromkeys(map(tuple, values)))
    if not 0 <= combination < len(combinations):
        raise ResultsError(
            f"no combination {combination} of its levers (there are 0 to {len(combinations) - 1})"
        )
    chosen = combinations[combination]
    levels = {lever.path: float(value) for lever, value in zip(levers, chosen)}
    return everything[(values == chosen).all(axis=1)], levels, len(combinations)


def _is_saltelli(rows: np.ndarray) -> bool:
    """Check that row i + 1 of each block is A with its column i from B; shape (n, size, k)."""
    first, second = rows[:, 0], rows[:, -1]
    if np.array_equal(first, second):
        return False
    for column in range(rows.shape[2]):
        mixed = first.copy()
        mixed[:, column] = second[:, column]
        if not np.array_equal(rows[:, column + 1], mixed):
            return False
    return True
