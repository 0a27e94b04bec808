"""Sweeps for other programs: the problem as SALib names it, and every estimate as a tidy table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Iterator, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from .results import ResultsError, require
from .tables import ESTIMATORS

SALIB_DISTRIBUTIONS = {"uniform": "unif", "log-uniform": "logunif"}
"""SALib's words for the distributions that a parameter can be sampled from."""


@dataclass(frozen=True)
class Factor:
    """A parameter that varies over the design points.

    Attributes
    ----------
    variable : str
        Its variable in the result file.
    path : str
        Its path in the configuration, such as ``line.immigrant_rate``.
    kind : str
        ``lever`` or ``uncertainty``.
    units : str
        Unit of its values.
    distribution : str
        ``uniform``, ``log-uniform``, or ``fixed`` for a lever that takes given levels.
    low, high : float
        Ends of the distribution.
    """

    variable: str
    path: str
    kind: str
    units: str
    distribution: str
    low: float
    high: float


def factors(results: xr.Dataset) -> list[Factor]:
    """Return what varies in a file, in the order of the design.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.
    """
    found = []
    for name, variable in results.variables.items():
        if variable.dims != ("design_point",) or "factor_kind" not in variable.attrs:
            continue
        found.append(
            Factor(
                variable=str(name),
                path=_text(variable.attrs["path"]),
                kind=_text(variable.attrs["factor_kind"]),
                units=_text(variable.attrs["units"]),
                distribution=_text(variable.attrs["prior_distribution"]),
                low=_number(variable.attrs["prior_low"]),
                high=_number(variable.attrs["prior_high"]),
            )
        )
    return found


def salib_problem(results: xr.Dataset) -> str:
    """Return SALib's problem as JSON: num_vars, names, bounds and dists of what is sampled.

    Levers at given levels are no part of it: with them, each combination of levels is a sample
    of its own. `logunif` needs a SALib that knows it.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.

    Raises
    ------
    ResultsError
        If nothing is sampled.
    """
    sampled = [factor for factor in factors(results) if factor.distribution != "fixed"]
    if not sampled:
        raise ResultsError("nothing in the file is sampled from a distribution")
    problem = {
        "num_vars": len(sampled),
        "names": [factor.path for factor in sampled],
        "bounds": [[factor.low, factor.high] for factor in sampled],
        "dists": [SALIB_DISTRIBUTIONS[factor.distribution] for factor in sampled],
    }
    return json.dumps(problem, indent=2, ensure_ascii=False)


def tidy_csv(results: xr.Dataset, outcomes: Sequence[str] | None = None) -> Iterator[str]:
    """Yield lines of CSV: a header, then one per design point, regime, outcome and time.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`; read point by point.
    outcomes : sequence of str, optional
        All outcomes if omitted.
    """
    varied = factors(results)
    if outcomes:
        outcomes = [require(results, "outcome", name) for name in dict.fromkeys(outcomes)]
        results = results.sel(outcome=outcomes)
    for number in range(results.sizes["design_point"]):
        point = results.isel(design_point=number)
        text = _point_table(point, varied).to_csv(
            index=False, na_rep="NA", lineterminator="\n", header=number == 0
        )
        yield from text.splitlines()


def _point_table(point: xr.Dataset, varied: Sequence[Factor]) -> pd.DataFrame:
    names = ("regime", "outcome", "time")
    axes = [point[name].values for name in names]
    regime, outcome, time = (axis.ravel() for axis in np.meshgrid(*axes, indexing="ij"))
    weighted = np.broadcast_to((point.estimator.values == 1)[None, :, None], [a.size for a in axes])

    def column(name: str) -> np.ndarray:
        return point[name].transpose(*names).values.ravel()

    error = np.where(
        weighted.ravel(), column("standard_error_weighted"), column("standard_error_analog")
    )
    replications = np.broadcast_to(point.replications.values[:, None, None], weighted.shape)
    columns = {"design_point": int(point.design_point)}
    columns.update({factor.path: float(point[factor.variable]) for factor in varied})
    columns.update({
        "regime": regime,
        "outcome": outcome,
        "years": time,
        "estimate": column("probability"),
        "standard_error": error,
        "low": column("probability_low"),
        "high": column("probability_high"),
        "n": replications.ravel(),
        "hits": column("count"),
        "method": np.array(ESTIMATORS)[weighted.ravel().astype(int)],
    })
    return pd.DataFrame(columns)


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _number(value: float | np.ndarray) -> float:
    return float(np.ravel(value)[0])
