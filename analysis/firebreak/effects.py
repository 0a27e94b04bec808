"""What each parameter does: a design that moves one at a time, judged by its largest effects."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Iterator

import numpy as np
import pandas as pd
import xarray as xr

from .factors import Factor, factors
from .results import ResultsError, open_histories, open_results

OUTCOMES = ("collapse", "clash", "general_war", "nuclear_use", "settlement")
BEYOND_ERROR = 5.0
"""Standard errors beyond which an effect is no accident. A parameter has some 1,200 comparisons (three
pairs of values, nine regimes, two estimates of 16 outcomes, a dozen measures), and under the normal
law one of them lies beyond this by chance once in 1,400 parameters."""
ANYTHING = "anything"
NOT_SIMULATED = -2


@dataclass(frozen=True)
class Effect:
    """The largest effect of a parameter on one quantity.

    Attributes
    ----------
    quantity, regime : str
        What changes, and under which regime it does most.
    difference : float
        Value at the parameter's higher value minus that at its lower one.
    standard_errors : float
        The same in standard errors, infinite where there is no error; 0 without a difference.
    level : float
        Value at the baseline.
    """

    quantity: str
    regime: str
    difference: float
    standard_errors: float
    level: float


def read_effects(path: str | Path) -> tuple[xr.Dataset, pd.DataFrame]:
    """Read a result file of a design that moves one parameter at a time, and judge it.

    Parameters
    ----------
    path : str or Path
        Result file of a study with ``method = "one-at-a-time"`` and ``histories = true``.

    Returns
    -------
    xarray.Dataset
        The file without its histories, for captions.
    pandas.DataFrame
        A row per parameter and quantity: parameter, units, low, high (its extreme values),
        changes (whether any number of the file differs between its points), quantity, regime,
        difference, standard_errors, level. The quantity `anything` is the largest of all outcomes
        and measures.

    Raises
    ------
    ResultsError
        If the file is none of such a design, keeps no histories, or has failed points.
    """
    with open_results(path) as opened, open_histories(path) as kept:
        try:
            results, histories = opened.load(), kept.load()
        except (OSError, RuntimeError, ValueError) as error:
            why = " ".join(str(error).split())
            raise ResultsError(f"{path}: damaged, an array cannot be read ({why})")
    if "failed" in results and results.failed.values.any():
        raise ResultsError(f"{path}: some design points failed, and all are needed")
    moved = moved_alone(results, path)
    judge = _Judge(results, histories)
    rows = [
        {
            "parameter": factor.path,
            "units": factor.units,
            "low": float(results[factor.variable].values[points].min()),
            "high": float(results[factor.variable].values[points].max()),
            "changes": judge.changes(points),
            **vars(effect),
        }
        for factor, points in moved
        for effect in judge.effects(results[factor.variable].values, points)
    ]
    table = pd.DataFrame(rows)
    results.attrs["design_points"] = int(results.sizes["design_point"])
    return results, table


def without_effect(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the parameters that do nothing beyond error, one for each.

    Parameters
    ----------
    table : pandas.DataFrame
        From `read_effects`.
    """
    anything = table[table.quantity == ANYTHING]
    return anything[~(anything.standard_errors.abs() > BEYOND_ERROR)]


def moved_alone(results: xr.Dataset, path: str | Path) -> list[tuple[Factor, list[int]]]:
    """Return each parameter with the points at which it alone is not at the baseline, and that.

    Parameters
    ----------
    results : xarray.Dataset
        All design points of a file, the baseline first.
    path : str or Path
        Of the file, for messages.

    Raises
    ------
    ResultsError
        If nothing varies, or several parameters at a time.
    """
    found = factors(results)
    if not found:
        raise ResultsError(f"{path}: varies no parameter")
    values = np.stack([results[factor.variable].values for factor in found])
    moved = values != values[:, :1]
    if (moved.sum(axis=0) > 1).any():
        raise ResultsError(f"{path}: its design moves several parameters at a time")
    return [(factor, [0, *np.flatnonzero(row)]) for factor, row in zip(found, moved)]


class _Judge:
    """Compares points of a file, regime by regime and quantity by quantity."""

    def __init__(self, results: xr.Dataset, histories: xr.Dataset) -> None:
        first_day = histories.first_day.values
        self.regimes = [str(name) for name in results.regime.values]
        self.outcomes = [str(name) for name in results.outcome.values]
        self.measures = [str(name) for name in results.measure.values]
        self.simulated = first_day[..., 0] != NOT_SIMULATED
        self.happened = (first_day >= 0) & (first_day < int(results.day.values[-1]))
        at_end = results.isel(time=-1)
        self.weighted = at_end.probability_weighted.values
        self.weighted_error = at_end.standard_error_weighted.values
        self.probability = at_end.probability.values
        self.mean = results.measure_mean.values
        self.histories = histories.measures.values
        self.numbers = [
            variable.values
            for variable in results.data_vars.values()
            if variable.dims[:1] == ("design_point",)
            and variable.ndim > 1
            and variable.dtype.kind in "fi"
        ]

    def changes(self, points: list[int]) -> bool:
        """Return whether any number differs between the points, to the last bit."""
        arrays = [*self.numbers, self.happened, self.histories]
        return any(
            values[points[0]].tobytes() != values[other].tobytes()
            for values in arrays
            for other in points[1:]
        )

    def effects(self, values: np.ndarray, points: list[int]) -> Iterator[Effect]:
        """Return the largest effect on each outcome and measure, and the largest of all."""
        pairs = [
            (a, b) if values[a] > values[b] else (b, a) for a, b in combinations(points, 2)
        ]
        found = [
            *(self._outcome(number, pairs) for number in range(len(self.outcomes))),
            *(self._measure(number, pairs) for number in range(len(self.measures))),
        ]
        yield from found
        most = max(found, key=lambda effect: abs(effect.standard_errors))
        yield Effect(ANYTHING, most.regime, most.difference, most.standard_errors, most.level)

    def _outcome(self, number: int, pairs: list[tuple[int, int]]) -> Effect:
        best = self._none(self.outcomes[number])
        for regime, name in enumerate(self.regimes):
            cell = np.s_[regime, number]
            for high, low in pairs:
                for difference, error in (
                    self._paired(high, low, regime, number),
                    (
                        self.weighted[high][cell] - self.weighted[low][cell],
                        np.hypot(self.weighted_error[high][cell], self.weighted_error[low][cell]),
                    ),
                ):
                    best = _larger(
                        best, name, difference, error, float(self.probability[0][cell])
                    )
        return best

    def _paired(self, high: int, low: int, regime: int, number: int) -> tuple[float, float]:
        """Return the difference of the shares of histories, and its error, from the pairs."""
        above = self.happened[high, regime, :, number].astype(float)
        apart = above - self.happened[low, regime, :, number].astype(float)
        return _mean_and_error(
            apart[self.simulated[high, regime] & self.simulated[low, regime]]
        )

    def _measure(self, number: int, pairs: list[tuple[int, int]]) -> Effect:
        best = self._none(self.measures[number])
        for regime, name in enumerate(self.regimes):
            cell = np.s_[regime, number]
            for high, low in pairs:
                apart = (
                    self.histories[high, regime, :, number] - self.histories[low, regime, :, number]
                )
                difference, error = _mean_and_error(apart[np.isfinite(apart)])
                best = _larger(best, name, difference, error, float(self.mean[0][cell]))
        return best

    def _none(self, quantity: str) -> Effect:
        return Effect(quantity, self.regimes[0], 0.0, 0.0, float("nan"))


def _mean_and_error(apart: np.ndarray) -> tuple[float, float]:
    if apart.size < 2:
        return 0.0, 0.0
    return float(apart.mean()), float(apart.std(ddof=1) / np.sqrt(apart.size))


def _larger(best: Effect, regime: str, difference: float, error: float, level: float) -> Effect:
    if not np.isfinite(difference) or difference == 0:
        return best
    errors = float(difference / error) if error > 0 else float(np.copysign(np.inf, difference))
    if abs(errors) <= abs(best.standard_errors):
        return best
    return Effect(best.quantity, regime, float(difference), errors, level)
