"""What each regime changes over all design points: quantiles, shares, and whether they settle."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from .labels import in_family_order

QUANTILES = {"q05": 0.05, "q25": 0.25, "median": 0.50, "q75": 0.75, "q95": 0.95}


def difference_quantiles(sweep: xr.Dataset) -> pd.DataFrame:
    """Return the distribution of paired differences over the points, a row per regime and outcome.

    Parameters
    ----------
    sweep : xarray.Dataset
        From `read_sweep`.

    Returns
    -------
    pandas.DataFrame
        Columns regime, reference, outcome, years, points (with an estimate), q05 to q95,
        `lower` and `higher` (shares of the points whose paired interval lies below or above
        zero), `undecided` (share whose interval includes it), `median_quarter` and `median_half`
        (from the first quarter and half of the design; a Sobol sample begins with its smaller
        ones, so that these show how far the median has settled).
    """
    reference = str(sweep.reference.values)
    rows = []
    for regime in in_family_order(sweep.regime.values):
        if regime == reference:
            continue
        for outcome in sweep.outcome.values:
            one = sweep.sel(regime=regime, outcome=outcome)
            rows.append({
                "regime": regime,
                "reference": reference,
                "outcome": str(outcome),
                "years": float(sweep.time),
                **_distribution(one.difference.values),
                **_shares(one),
                "median_quarter": _early_median(one, 4),
                "median_half": _early_median(one, 2),
            })
    return pd.DataFrame(rows)


def reference_quantiles(sweep: xr.Dataset) -> pd.DataFrame:
    """Return the distribution of the reference's own probabilities, a row per outcome.

    Parameters
    ----------
    sweep : xarray.Dataset
        From `read_sweep`.

    Returns
    -------
    pandas.DataFrame
        Columns regime, outcome, years, points, q05 to q95.
    """
    reference = str(sweep.reference.values)
    under = sweep.probability.sel(regime=reference)
    return pd.DataFrame([
        {
            "regime": reference,
            "outcome": str(outcome),
            "years": float(sweep.time),
            **_distribution(under.sel(outcome=outcome).values),
        }
        for outcome in sweep.outcome.values
    ])


def _distribution(values: np.ndarray) -> dict[str, float]:
    known = values[np.isfinite(values)]
    at = np.quantile(known, list(QUANTILES.values())) if known.size else [np.nan] * len(QUANTILES)
    return {"points": known.size, **{name: float(q) for name, q in zip(QUANTILES, at)}}


def _shares(one: xr.Dataset) -> dict[str, float]:
    low, high = one.difference_low.values, one.difference_high.values
    known = np.isfinite(one.difference.values) & np.isfinite(low) & np.isfinite(high)
    if not known.any():
        return {"lower": np.nan, "higher": np.nan, "undecided": np.nan}
    lower, higher = (high[known] < 0).mean(), (low[known] > 0).mean()
    return {"lower": lower, "higher": higher, "undecided": 1 - lower - higher}


def _early_median(one: xr.Dataset, part: int) -> float:
    # By number and not by place: failed points leave gaps.
    values = one.difference.values[one.design_point.values < one.attrs["design_points"] // part]
    values = values[np.isfinite(values)]
    return float(np.median(values)) if values.size else np.nan
