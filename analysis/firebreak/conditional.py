"""Probabilities and paired differences given that parameters lie in chosen ranges.

Over n points the estimate is the mean of the points' estimates. Its interval has two parts. The
points share the luck of their histories, so that their Monte Carlo errors need not cancel: the
first part is the mean distance of the points' own interval ends from their estimates, as if the
errors went together fully. The second is Student's half-width of a mean, from the spread between
worlds (see `worlds`; it includes the Monte Carlo error that does differ between points). Each end
is the root of the sum of their squares away. Of one point this is the file's own interval, of a
single world the first part alone. Where no history had the outcome the estimate is 0, and the upper
end is the mean of the points' upper limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from .factors import factors
from .labels import in_family_order
from .results import ResultsError, require
from .student import student_quantile
from .worlds import worlds

Range = tuple[float, float]


@dataclass(frozen=True)
class Mean:
    """A mean over design points.

    Attributes
    ----------
    estimate, low, high : float
        The mean and its interval; NaN where no point has an estimate.
    q05, q95 : float
        Quantiles of the points' estimates: what the parameters do, with Monte Carlo error.
    points, worlds : int
        How many had an estimate, and how many of these are draws of their own.
    """

    estimate: float
    low: float
    high: float
    q05: float
    q95: float
    points: int
    worlds: int


def mean_over_points(
    estimate: np.ndarray, low: np.ndarray, high: np.ndarray, world: np.ndarray, level: float,
    bounds: Range = (-1.0, 1.0),
) -> Mean:
    """Return the mean of estimates over points, with its interval.

    Parameters
    ----------
    estimate, low, high : numpy.ndarray
        Of each point; those that are NaN are left out.
    world : numpy.ndarray
        Number of the world of each point.
    level : float
        Confidence level of the points' intervals, and of the mean's.
    bounds : tuple of float
        What the mean cannot leave.
    """
    known = np.isfinite(estimate)
    p, below, above = estimate[known], low[known], high[known]
    if p.size == 0:
        return Mean(np.nan, np.nan, np.nan, np.nan, np.nan, 0, 0)
    groups = np.unique(world[known], return_inverse=True)[1]
    count = int(groups.max()) + 1
    if p.size == 1:
        ends = float(below[0]), float(above[0])
        return Mean(float(p[0]), *ends, float(p[0]), float(p[0]), 1, 1)
    mean = float(p.mean())
    spread = 0.0
    if count > 1:
        sums = np.bincount(np.ravel(groups), weights=p - mean)
        error = np.sqrt(count / (count - 1) * float(sums @ sums)) / p.size
        spread = student_quantile(level, count - 1) * error
    return Mean(
        mean,
        max(bounds[0], mean - float(np.hypot((p - below).mean(), spread))),
        min(bounds[1], mean + float(np.hypot((above - p).mean(), spread))),
        float(np.quantile(p, 0.05)), float(np.quantile(p, 0.95)), int(p.size), count,
    )


def chosen_points(
    results: xr.Dataset, where: Mapping[str, Range], point: int | None = None
) -> np.ndarray:
    """Return the places of the points that did not fail and lie in all ranges, ends included.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.
    where : mapping of str to (float, float)
        Range by the parameter's path.
    point : int, optional
        Only this design point.

    Raises
    ------
    ResultsError
        If a parameter does not vary in the file, or no point is left.
    """
    numbers = results.design_point.values
    chosen = np.ones(numbers.size, dtype=bool)
    if "failed" in results:
        chosen &= results.failed.values == 0
    if not chosen.any():
        raise ResultsError("all design points failed, nothing is known of them")
    varied = {factor.path: factor.variable for factor in factors(results)}
    for path, (low, high) in where.items():
        if path not in varied:
            known = ", ".join(varied) or "none"
            raise ResultsError(f"no parameter '{path}' varies in the file (those that do: {known})")
        values = results[varied[path]].values
        chosen &= (values >= low) & (values <= high)
    if point is not None:
        if point not in numbers:
            raise ResultsError(
                f"no design point {point} (the file holds {numbers.min()} to {numbers.max()})"
            )
        chosen &= numbers == point
    if not chosen.any():
        raise ResultsError("no design point that did not fail lies in these ranges")
    return np.flatnonzero(chosen)


def conditional_table(
    results: xr.Dataset,
    where: Mapping[str, Range] | None = None,
    *,
    day: int | None = None,
    point: int | None = None,
    outcomes: Sequence[str] | None = None,
    regimes: Sequence[str] | None = None,
    reference: str | None = None,
) -> pd.DataFrame:
    """Return probabilities and paired differences over the points in chosen ranges.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.
    where : mapping of str to (float, float), optional
        Range by the parameter's path; all points that did not fail if omitted.
    day : int, optional
        Checkpoint in days; the horizon if omitted.
    point : int, optional
        Only this design point.
    outcomes, regimes : sequence of str, optional
        All if omitted.
    reference : str, optional
        The regime that is subtracted; that of the study if omitted.

    Returns
    -------
    pandas.DataFrame
        A row per quantity (``probability``, then ``difference``), regime and outcome: quantity,
        regime, reference (of differences), outcome, day, estimate, low, high, q05, q95, points,
        worlds, `lower` and `higher` (of differences: shares of the points whose own interval lies
        below or above zero).

    Raises
    ------
    ResultsError
        If something that was asked for is not in the file, or the file is damaged.
    """
    reference = require(
        results, "reference", reference or str(results.attrs.get("reference_regime", "status-quo"))
    )
    every = [str(name) for name in results.outcome.values]
    outcomes = [require(results, "outcome", name) for name in dict.fromkeys(outcomes or every)]
    regimes = in_family_order(
        [require(results, "regime", name) for name in dict.fromkeys(regimes or results.regime.values)]
    )
    time = _place_of(results, day)
    places = chosen_points(results, where or {}, point)
    level = float(np.ravel(results.attrs.get("confidence_level", 0.95))[0])
    world = worlds(results)[places]
    try:
        at = results.isel(design_point=places, time=time).sel(outcome=outcomes)
        names = ("probability", "difference")
        at = at[[f"{name}{end}" for name in names for end in ("", "_low", "_high")]]
        at = at.sel(reference=reference).load()
    except (OSError, RuntimeError, ValueError) as error:
        why = " ".join(str(error).split())
        raise ResultsError(f"the file is damaged, an array cannot be read ({why})")
    rows = []
    for quantity, bounds in (("probability", (0.0, 1.0)), ("difference", (-1.0, 1.0))):
        for regime in regimes:
            if quantity == "difference" and regime == reference:
                continue
            for outcome in outcomes:
                one = at.sel(regime=regime, outcome=outcome)
                ends = [one[f"{quantity}{end}"].values for end in ("", "_low", "_high")]
                row = {
                    "quantity": quantity,
                    "regime": regime,
                    "reference": reference if quantity == "difference" else None,
                    "outcome": outcome,
                    "day": int(_days(results)[time]),
                    **vars(mean_over_points(*ends, world, level, bounds)),
                    "lower": np.nan,
                    "higher": np.nan,
                }
                known = np.isfinite(ends[0])
                if quantity == "difference" and known.any():
                    row["lower"] = float((ends[2][known] < 0).mean())
                    row["higher"] = float((ends[1][known] > 0).mean())
                rows.append(row)
    return pd.DataFrame(rows)


def _days(results: xr.Dataset) -> np.ndarray:
    if "day" in results:
        return results.day.values
    return np.round(results.time.values * 365.25).astype(np.int64)


def _place_of(results: xr.Dataset, day: int | None) -> int:
    days = _days(results)
    if day is None:
        return int(days.size - 1)
    if day not in days:
        known = ", ".join(str(known) for known in days)
        raise ResultsError(f"no checkpoint at day {day} (the file holds: {known})")
    return int(np.flatnonzero(days == day)[0])
