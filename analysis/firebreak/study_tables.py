"""The tables of a worked study: a few small ones, from a sweep of regimes compared with each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from .deciding_parameters import parameter_table
from .labels import in_family_order
from .sweep import read_sweep
from .sweep_differences import difference_quantiles, reference_quantiles
from .sweep_splits import split_table
from .tables import to_csv

DECIDING = 20
"""Parameters that are kept of each regime and outcome, the largest coefficients first."""
OUTCOMES = ("collapse", "clash", "general_war", "nuclear_use")
SPLIT = 2
"""Parameters by which the differences of each regime and outcome are split."""
TRACED = ("collapse", "clash")
"""Outcomes whose differences are traced to parameters."""


def study_tables(results: xr.Dataset) -> dict[str, str]:
    """Return the tables as CSV, by the name of the file.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`, of a sweep that has the differences from every regime.

    Returns
    -------
    dict of str to str
        ``levels.csv`` (quantiles of the probabilities, every regime), ``differences.csv`` (at the
        first and the last checkpoint from the study's reference, at the last one from every
        regime), ``deciding_parameters.csv`` and ``splits.csv`` (collapse and clash). Columns are
        those of `reference_quantiles`, `difference_quantiles`, `parameter_table` and
        `split_table`, and where the rows come from; `half_width` is the median over the points of
        that of a difference's interval.

    Raises
    ------
    ResultsError
        As `read_sweep` and `parameter_table`.
    """
    reference = str(results.attrs.get("reference_regime", "status-quo"))
    sweep = read_sweep(results, OUTCOMES, reference)
    early = read_sweep(results.isel(time=[0]), OUTCOMES, reference)
    levels, differences = [], [_with_half_widths(early)]
    for regime in in_family_order(results.regime.values):
        against = read_sweep(results, OUTCOMES, regime)
        levels.append(reference_quantiles(against))
        differences.append(_with_half_widths(against))
    traced = read_sweep(results, TRACED, reference)
    others = [name for name in in_family_order(results.regime.values) if name != reference]
    parameters = parameter_table(traced, others)
    tables = {
        "levels": pd.concat(levels, ignore_index=True),
        "differences": pd.concat(differences, ignore_index=True),
        "deciding_parameters": parameters[(parameters.place <= DECIDING).fillna(False)],
        "splits": split_table(traced, parameters, SPLIT),
    }
    counts = sweep.replications.values
    known = {"replications": int(counts.max()), "regimes": int(sweep.sizes["regime"])}
    return {f"{name}.csv": to_csv(_rounded(table.assign(**known)), sweep)
            for name, table in tables.items()}


def _with_half_widths(sweep: xr.Dataset) -> pd.DataFrame:
    table = difference_quantiles(sweep)
    half = (sweep.difference_high - sweep.difference_low).values / 2
    median = sweep.difference[0].drop_vars("design_point").copy(data=np.nanmedian(half, axis=0))
    widths = [
        float(median.sel(regime=row.regime, outcome=row.outcome)) for row in table.itertuples()
    ]
    return table.assign(half_width=widths)


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    # Six digits: enough for a page, and files that can be kept.
    number = table.select_dtypes("float").columns
    return table.assign(**{name: table[name].map(lambda x: float(f"{x:.6g}")) for name in number})
