"""Tables at the horizon: regimes by outcomes with intervals, and paired differences."""

from __future__ import annotations

from typing import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from .labels import in_family_order, in_sentence, outcome_label, regime_label
from .provenance import provenance_of
from .printed_numbers import decimals_for, limit, limit_without_difference, plain, signed
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
        From `probability_table` or `difference_table`, or one about a whole sweep.
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


def to_markdown(table: pd.DataFrame, point: xr.Dataset) -> str:
    """Return a table as Markdown: regimes down, outcomes across, the provenance below.

    Probabilities are in per cent, differences in percentage points; where no event was seen the
    cell holds the upper limit, "< 0.02".

    Parameters
    ----------
    table : pandas.DataFrame
        From `probability_table` or `difference_table`.
    point : xarray.Dataset
        The design point it was made from.
    """
    provenance = provenance_of(point)
    differences = "difference" in table.columns
    outcomes = list(dict.fromkeys(table.outcome))
    unit = "percentage points" if differences else "per cent"
    lines = [
        f"| {unit} | " + " | ".join(outcome_label(name) for name in outcomes) + " |",
        "|---" * (len(outcomes) + 1) + "|",
    ]
    for regime, rows in table.groupby("regime", sort=False):
        by_outcome = rows.set_index("outcome")
        cells = [_cell(by_outcome.loc[name], provenance.confidence_level) for name in outcomes]
        lines.append(f"| {regime_label(str(regime))} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n\n" + provenance.caption(_shown(table, point)) + "\n"


def _cell(row: pd.Series, confidence_level: float) -> str:
    differences = "difference" in row
    write = signed if differences else plain
    estimate = 100 * (row.difference if differences else row.probability)
    low, high = 100 * row.low, 100 * row.high
    if not np.isfinite(estimate):
        return "NA"
    if not differences and estimate == 0:
        return f"< {limit(high)}" if np.isfinite(high) else "NA"
    if differences and estimate == 0 and not low < high:
        most = limit_without_difference(row.replications, confidence_level)
        return f"none seen (\u00b1{limit(100 * most)})"
    if not (np.isfinite(low) and np.isfinite(high)):
        return write(estimate, 2)
    decimals = decimals_for(low, high)
    return f"{write(estimate, decimals)} ({write(low, decimals)} to {write(high, decimals)})"


def _outcomes(point: xr.Dataset, asked: Sequence[str] | None) -> list[str]:
    if asked:
        return [require(point, "outcome", name) for name in dict.fromkeys(asked)]
    return [str(name) for name in point.outcome.values]


def _shown(table: pd.DataFrame, point: xr.Dataset) -> str:
    years = f"{round(float(table.years.iloc[0]), 2):g} years"
    level = f"{100 * provenance_of(point).confidence_level:g}%"
    if "difference" in table.columns:
        reference = in_sentence(regime_label(str(table.reference.iloc[0])))
        return (
            f"Paired difference of the probability within {years} from {reference}, with "
            f"{level} intervals."
        )
    return (
        f"Probability within {years}, with {level} intervals; \"<\": no event seen, upper limit."
    )
