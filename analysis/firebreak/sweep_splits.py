"""What a regime changes where a parameter is low and where it is high, in percentage points."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from .deciding_parameters import Quantity, largest
from .factors import factors
from .results import ResultsError
from .sweep_differences import difference_quantiles

THIRDS = ("lower", "upper")


def split_table(sweep: xr.Dataset, parameters: pd.DataFrame, most: int = 3) -> pd.DataFrame:
    """Return the differences in the lower and the upper third of each deciding parameter.

    Only parameters whose coefficient is larger than chance makes any of them (`chance_limit`) are
    split by. The other parameters vary within both thirds.

    Parameters
    ----------
    sweep : xarray.Dataset
        From `read_sweep`.
    parameters : pandas.DataFrame
        From `parameter_table` of the same sweep.
    most : int
        Parameters per regime and outcome.

    Returns
    -------
    pandas.DataFrame
        A row per outcome, regime, parameter and third, with columns outcome, regime, reference,
        parameter, units, coefficient, low, high (of the coefficient), place, third, value_low,
        value_high (ends of the parameter within the third), points, median, q05, q95 (of the
        difference) and lower, higher, undecided (shares of the points, as of
        `difference_quantiles`). No row where chance could have made every coefficient.

    Raises
    ------
    ResultsError
        If the parameters are of another sweep.
    """
    varied = {factor.path: sweep[factor.variable].values for factor in factors(sweep)}
    rows = []
    asked = parameters[parameters.quantity == "difference"]
    for outcome, regime in asked[["outcome", "regime"]].drop_duplicates().itertuples(index=False):
        chosen = largest(parameters, outcome, Quantity("difference", regime), most)
        for one in chosen[chosen.coefficient.abs() > chosen.chance_limit].itertuples():
            if one.parameter not in varied:
                raise ResultsError(f"{one.parameter} does not vary in this sweep")
            values = varied[one.parameter]
            low, high = np.quantile(values, [1 / 3, 2 / 3])
            for third, inside in zip(THIRDS, (values <= low, values >= high)):
                rows.append({
                    "outcome": outcome, "regime": regime, "parameter": one.parameter,
                    "units": one.units, "coefficient": one.coefficient, "low": one.low,
                    "high": one.high, "place": int(one.place), "third": third,
                    "value_low": values[inside].min(), "value_high": values[inside].max(),
                    **_within(sweep.isel(design_point=np.flatnonzero(inside)), outcome, regime),
                })
    return pd.DataFrame(rows)


def _within(part: xr.Dataset, outcome: str, regime: str) -> dict[str, float]:
    found = difference_quantiles(part)
    row = found[(found.outcome == outcome) & (found.regime == regime)].iloc[0]
    names = ("reference", "points", "median", "q05", "q95", "lower", "higher", "undecided")
    return {name: row[name] for name in names}
