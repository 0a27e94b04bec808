"""Tables at the horizon: regimes by outcomes with intervals, and paired differences."""

from __future__ import annotations

from typing import Sequence

import pandas as pd
import xarray as xr

from .labels import in_family_order
from .provenance import provenance_of
from .results import require

ESTIMATORS = ("analog", "weighted")


def probability_table(point: xr.Dataset, outcomes: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the probabilities at the horizon, one row per regime and outcome.

    Parameters
    ----------
    point : xarray.Dataset
        One design point, from `select_point`.
    outcomes : sequence of str, optional
        All outcomes if omitted.

    Returns
    -------
    pandas.DataFrame
        Columns regime, outcome, years, probability, low, high, estimator, count, replications.
    """
    at_end = point.isel(time=-1)
    rows = []
    for regime in in_family_order(point.regime.values):
        for outcome in _outcomes(point, outcomes):
            one = at_end.sel(regime=regime, outcome=outcome)
            rows.append({
                "regime": regime,
                "outcome": outcome,
                "years": float(one.time),
                "probability": float(one.probability),
                "low": float(one.probability_low),
                "high": float(one.probability_high),
                "estimator": ESTIMATORS[int(one.estimator)],
                "count": int(one["count"]),
                "replications": int(one.replications),
            })
    return pd.DataFrame(rows)


def difference_table(
    point: xr.Dataset, reference: str = "status-quo", outcomes: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return the paired differences at the horizon, one row per regime and outcome.

    Parameters
    ----------
    point : xarray.Dataset
        One design point, from `select_point`.
    reference : str, default "status-quo"
        The regime that is subtracted.
    outcomes : sequence of str, optional
        All outcomes if omitted.

    Returns
    -------
    pandas.DataFrame
        Columns regime, reference, outcome, years, difference, low, high, replications.
    """
    require(point, "reference", reference)
    at_end = point.isel(time=-1).sel(reference=reference)
    rows = []
    for regime in in_family_order(point.regime.values):
        if regime == reference:
            continue
        for outcome in _outcomes(point, outcomes):
            one = at_end.sel(regime=regime, outcome=outcome)
            rows.append({
                "regime": regime,
                "reference": reference,
                "outcome": outcome,
                "years": float(one.time),
                "difference": float(one.difference),
                "low": float(one.difference_low),
                "high": float(one.difference_high),
                "replications": int(one.replications),
            })
    return pd.DataFrame(rows)


def to_csv(table: pd.DataFrame, point: xr.Dataset) -> str:
    """Return a table as CSV whose last columns say seed, version and commit on every row.

    Parameters
    ----------
    table : pandas.DataFrame
        From `probability_table`, `difference_table` or `configured_parameters`, or one about a
        whole sweep.
    point : xarray.Dataset
        The design point, or the sweep, it was made from.
    """
    provenance = provenance_of(point)
    if provenance.design_point is None:
        where = {
            "design_points": provenance.design_points, "failed_points": provenance.failed_points
        }
    else:
        where = {"design_point": provenance.design_point}
    complete = table.assign(
        **where,
        seed=provenance.seed,
        firebreak_version=provenance.firebreak_version,
        git_commit=provenance.git_commit,
    )
    return complete.to_csv(index=False, na_rep="NA", lineterminator="\n")


def _outcomes(point: xr.Dataset, asked: Sequence[str] | None) -> list[str]:
    if asked:
        return [require(point, "outcome", name) for name in dict.fromkeys(asked)]
    return [str(name) for name in point.outcome.values]
