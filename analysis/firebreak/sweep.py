"""A sweep as it is judged: all design points at the horizon, those that failed left out."""

from __future__ import annotations

from typing import Sequence

import numpy as np
import xarray as xr

from .factors import factors
from .results import ResultsError, require

OUTCOMES = ("collapse", "clash", "general_war", "nuclear_use")
FEWEST_POINTS = 8
"""With fewer design points their 5 % and 95 % quantiles say nothing that the points do not."""


def read_sweep(
    results: xr.Dataset, outcomes: Sequence[str] | None = None, reference: str | None = None
) -> xr.Dataset:
    """Read what a sweep says at the horizon into memory, without the points that failed.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.
    outcomes : sequence of str, optional
        Collapse, clash, general war and nuclear use if omitted, as far as the file has them.
    reference : str, optional
        The regime that is subtracted; that of the study if omitted.

    Returns
    -------
    xarray.Dataset
        As of `read_points`.

    Raises
    ------
    ResultsError
        If the file has too few points, or no such outcome or reference, or is damaged.
    """
    every = int(results.sizes["design_point"])
    if every < FEWEST_POINTS:
        raise ResultsError(
            f"the file holds {every} design point{'' if every == 1 else 's'}, "
            f"a sweep has {FEWEST_POINTS} or more"
        )
    sweep = without_failed(read_points(results, outcomes, reference))
    left = int(sweep.sizes["design_point"])
    if left < FEWEST_POINTS:
        raise ResultsError(
            f"{every - left} of {every} design points failed, too few are left to judge the sweep"
        )
    return sweep


def read_points(
    results: xr.Dataset, outcomes: Sequence[str] | None = None, reference: str | None = None
) -> xr.Dataset:
    """Read what all design points say at the horizon into memory; those that failed say NaN.

    Parameters
    ----------
    results, outcomes, reference
        As of `read_sweep`.

    Returns
    -------
    xarray.Dataset
        `probability`, its ends, `difference`, `difference_low` and `difference_high`
        (design_point, regime, outcome), the varied parameters, and the attributes
        `design_points` and `failed_points`.

    Raises
    ------
    ResultsError
        If the file has no such outcome or reference, or is damaged.
    """
    reference = reference or str(results.attrs.get("reference_regime", "status-quo"))
    require(results, "reference", reference)
    require(results, "regime", reference)
    chosen = [require(results, "outcome", name) for name in dict.fromkeys(outcomes or ())]
    chosen = chosen or [name for name in OUTCOMES if name in results.outcome.values]
    if not chosen:
        raise ResultsError(f"no outcome to show (the file has none of {', '.join(OUTCOMES)})")
    names = ["probability", "probability_low", "probability_high"]
    names += ["difference", "difference_low", "difference_high", "replications"]
    names += [name for name in ("failed", "looks", "target_reached") if name in results]
    names += [factor.variable for factor in factors(results)]
    wanted = results[names].isel(time=-1).sel(outcome=chosen, reference=reference)
    try:
        points = wanted.load()
    except (OSError, RuntimeError, ValueError) as error:
        why = " ".join(str(error).split())
        raise ResultsError(f"the file is damaged, an array cannot be read ({why})")
    for factor in factors(points):
        if not np.isfinite(points[factor.variable].values).all():
            raise ResultsError(f"the file is damaged, {factor.path} has no value at a design point")
    return points.assign_attrs(
        design_points=int(points.sizes["design_point"]), failed_points=int(failed(points).sum())
    )


def failed(points: xr.Dataset) -> np.ndarray:
    """Return which design points failed, as truth values: marked so, or without any estimate.

    Parameters
    ----------
    points : xarray.Dataset
        From `read_points`.
    """
    lost = np.zeros(points.sizes["design_point"], dtype=bool)
    if "failed" in points:
        lost |= points.failed.values != 0
    if "probability" in points:
        others = [name for name in points.probability.dims if name != "design_point"]
        lost |= points.probability.isnull().all(others).values
    return lost


def without_failed(points: xr.Dataset) -> xr.Dataset:
    """Return only the design points of which something is known.

    Parameters
    ----------
    points : xarray.Dataset
        From `read_points`.

    Raises
    ------
    ResultsError
        If all failed.
    """
    lost = failed(points)
    if lost.all():
        raise ResultsError(f"all {lost.size} design points failed, nothing is known")
    return points.isel(design_point=np.flatnonzero(~lost))


def course(sweep: xr.Dataset) -> str:
    """Return a sentence on what a stopping rule did, empty if there was none.

    Parameters
    ----------
    sweep : xarray.Dataset
        From `read_sweep`.
    """
    if "target_reached" not in sweep or "looks" not in sweep:
        return ""
    reached = int((sweep.target_reached.values != 0).sum())
    low, high = int(sweep.looks.min()), int(sweep.looks.max())
    looks = f"{low}" if low == high else f"{low} to {high}"
    return (
        f"Replications were added until intervals were narrow enough: {reached} of "
        f"{sweep.sizes['design_point']} points reached this, after {looks} "
        f"look{'' if looks == '1' else 's'} each."
    )
