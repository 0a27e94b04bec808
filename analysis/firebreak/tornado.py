"""How far each parameter, moved alone to the ends of its range, moves an outcome from the baseline."""

from __future__ import annotations

from pathlib import Path
from statistics import NormalDist
from typing import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from .deciding_parameters import Quantity, quantities
from .effects import moved_alone
from .factors import factors
from .paired_intervals import mean_change_interval, paired_proportions_interval
from .results import ResultsError, confidence_level, open_histories, open_results
from .sweep import failed, read_points


def read_tornado(
    path: str | Path,
    outcomes: Sequence[str] | None = None,
    reference: str | None = None,
    regimes: Sequence[str] | None = None,
) -> tuple[xr.Dataset, pd.DataFrame]:
    """Read a design that moves one parameter at a time, as changes from the baseline.

    Where the file keeps its histories and the outcome is counted, a change is judged history by
    history (`paired_intervals`), over those that both points have; else the errors of the two
    points are taken for independent, which overstates that of the change, because points share
    their luck.

    Parameters
    ----------
    path : str or Path
        Result file of a study with ``method = "one-at-a-time"``.
    outcomes, reference
        As of `read_points`.
    regimes : sequence of str, optional
        As of `quantities`.

    Returns
    -------
    xarray.Dataset
        All points, from `read_points`.
    pandas.DataFrame
        A row per outcome, quantity and parameter: outcome, quantity, regime, parameter, units,
        baseline (the quantity's value there), paired (whether changes are judged
        history by history), and for each `end` of `low` and `high`: end (value
        of the parameter), end_change, end_change_low, end_change_high and end_failed.

    Raises
    ------
    ResultsError
        If the design is another one, or the baseline failed.
    """
    with open_results(path) as results:
        points = read_points(results, outcomes, reference)
        counted = {
            str(name): int(kind) == 0
            for name, kind in zip(results.outcome.values, results.estimator.values)
        }
        horizon = int(results.day.values[-1]) if "day" in results else None
    moved = moved_alone(points, path)
    if points.sizes["design_point"] < 1 + len(moved):
        raise ResultsError(f"{path}: its design does not move one parameter at a time")
    if failed(points)[0]:
        raise ResultsError(f"{path}: the baseline, design point 0, failed")
    happened = _happened(path, points, horizon)
    rows = []
    for outcome in (str(name) for name in points.outcome.values):
        for quantity in quantities(points, regimes):
            judge = _Change(points, quantity, outcome, happened if counted[outcome] else None)
            rows += [
                {
                    "outcome": outcome, "quantity": quantity.kind, "regime": quantity.regime,
                    "parameter": factor.path, "units": factor.units, "baseline": judge.values[0],
                    "paired": judge.histories is not None,
                    **_ends(points[factor.variable].values, numbers, judge),
                }
                for factor, numbers in moved
            ]
    return points, pd.DataFrame(rows)


def moves_one_at_a_time(points: xr.Dataset) -> bool:
    """Return whether every design point differs from the first in one parameter at the most.

    Parameters
    ----------
    points : xarray.Dataset
        All design points of a file.
    """
    found = factors(points)
    if not found or points.sizes["design_point"] < 2:
        return False
    values = np.stack([points[factor.variable].values for factor in found])
    return bool(((values != values[:, :1]).sum(axis=0) <= 1).all())


def _ends(values: np.ndarray, numbers: list[int], judge: _Change) -> dict[str, float]:
    ordered = sorted(numbers, key=lambda number: values[number])
    cells: dict[str, float] = {}
    for end, number in (("low", ordered[0]), ("high", ordered[-1])):
        change, below, above = judge.at(number)
        cells |= {
            end: float(values[number]), f"{end}_change": change, f"{end}_change_low": below,
            f"{end}_change_high": above, f"{end}_failed": bool(judge.lost[number]),
        }
    return cells


class _Change:
    """Changes of one quantity from the baseline, with intervals."""

    def __init__(
        self, points: xr.Dataset, quantity: Quantity, outcome: str, happened: xr.DataArray | None
    ) -> None:
        one = points.sel(regime=quantity.regime, outcome=outcome)
        self.lost = failed(points)
        self.values = one[quantity.kind].values
        width = (one[f"{quantity.kind}_high"] - one[f"{quantity.kind}_low"]).values
        self.kind = quantity.kind
        self.level = confidence_level(points)
        self.z = NormalDist().inv_cdf((1 + self.level) / 2)
        self.errors = width / (2 * self.z)
        self.histories = None
        if happened is not None:
            chosen = happened.sel(outcome=outcome)
            self.histories = chosen.sel(regime=quantity.regime).values
            if quantity.kind == "difference":
                reference = str(points.reference.values)
                self.histories = self.histories - chosen.sel(regime=reference).values

    def at(self, number: int) -> tuple[float, float, float]:
        """Return the change at a design point and the ends of its interval."""
        if number == 0:
            return 0.0, 0.0, 0.0
        if self.histories is not None:
            return self._paired(self.histories[number] - self.histories[0])
        change = float(self.values[number] - self.values[0])
        half = self.z * float(np.hypot(self.errors[number], self.errors[0]))
        return change, change - half, change + half

    def _paired(self, apart: np.ndarray) -> tuple[float, float, float]:
        apart = apart[np.isfinite(apart)]
        if apart.size == 0:
            return np.nan, np.nan, np.nan
        if self.kind == "difference":
            ends = mean_change_interval(apart, self.level)
        else:
            ends = paired_proportions_interval(
                int((apart > 0).sum()), int((apart < 0).sum()), apart.size, self.level
            )
        return float(apart.mean()), *ends


def _happened(path: str | Path, points: xr.Dataset, horizon: int | None) -> xr.DataArray | None:
    """Return 1 where an outcome happened in a history, else 0, NaN where it was not simulated."""
    try:
        with open_histories(path) as kept:
            days = kept.first_day.sel(
                outcome=points.outcome.values, regime=points.regime.values
            ).load()
    except ResultsError:
        return None
    by_then = (days >= 0) & (days < horizon) if horizon is not None else days >= 0
    return by_then.astype(float).where(days != -2)
