"""Results as one long table: a row per design point, regime, outcome and time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from .factors import factors
from .provenance import provenance_of
from .results import ResultsError, require

METHODS = ("analog", "weighted")
"""By the values of the variable estimator."""


def tidy(results: xr.Dataset) -> pd.DataFrame:
    """Return the probabilities of all design points, as ``firebreak export`` writes them.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.

    Returns
    -------
    pandas.DataFrame
        Columns design_point, one per varied parameter (named by its path, in its unit), regime,
        outcome, time (years), estimate, standard_error, low, high, n (replications), hits (those
        in which it happened) and method (``analog`` or ``weighted``: the recommended estimator of
        the outcome). Points that failed have NaN and n = 0. `attrs` holds title, seed, commit
        and caveat.
    """
    weighted = (results.estimator == METHODS.index("weighted"))
    error = xr.where(weighted, results.standard_error_weighted, results.standard_error_analog)
    frame = _long(results, ("design_point", "regime", "outcome", "time"), {
        "estimate": results.probability,
        "standard_error": error,
        "low": results.probability_low,
        "high": results.probability_high,
        "n": results.replications,
        "hits": results["count"],
    })
    return frame.assign(method=_methods(results, frame))


def tidy_differences(results: xr.Dataset, reference: str | None = None) -> pd.DataFrame:
    """Return the paired differences of all design points as one long table.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.
    reference : str, optional
        Only the differences from this regime; all that the file has if omitted.

    Returns
    -------
    pandas.DataFrame
        As of `tidy`, with `reference` after `regime` and without `hits`; no regime against itself.

    Raises
    ------
    ResultsError
        If the file has no differences from the reference.
    """
    if reference is not None:
        require(results, "reference", reference)
        results = results.sel(reference=[reference])
    frame = _long(results, ("design_point", "regime", "reference", "outcome", "time"), {
        "estimate": results.difference,
        "standard_error": results.difference_standard_error,
        "low": results.difference_low,
        "high": results.difference_high,
        "n": results.replications,
    })
    frame = frame[frame.regime != frame.reference].reset_index(drop=True)
    return frame.assign(method=_methods(results, frame))


def _long(
    results: xr.Dataset, axes: tuple[str, ...], values: dict[str, xr.DataArray]
) -> pd.DataFrame:
    shape = tuple(results.sizes[axis] for axis in axes)
    places = np.unravel_index(np.arange(int(np.prod(shape))), shape)
    columns = {"design_point": results.design_point.values[places[0]]}
    for factor in factors(results):
        columns[factor.path] = results[factor.variable].values[places[0]]
    for axis, place in zip(axes[1:], places[1:]):
        columns[axis] = results[axis].values[place]
    try:
        for name, value in values.items():
            whole = value.broadcast_like(results[_widest(axes)]).transpose(*axes)
            columns[name] = whole.values.ravel()
    except (OSError, RuntimeError) as error:
        why = " ".join(str(error).split())
        raise ResultsError(f"the file is damaged, an array cannot be read ({why})")
    frame = pd.DataFrame(columns)
    known = provenance_of(results)
    frame.attrs = {
        "title": known.title, "seed": known.seed, "git_commit": known.git_commit,
        "caveat": known.caveat,
    }
    return frame


def _widest(axes: tuple[str, ...]) -> str:
    return "difference" if "reference" in axes else "probability"


def _methods(results: xr.Dataset, frame: pd.DataFrame) -> pd.Series:
    chosen = {
        str(outcome): METHODS[int(which)]
        for outcome, which in zip(results.outcome.values, results.estimator.values)
    }
    return frame.outcome.map(chosen)
