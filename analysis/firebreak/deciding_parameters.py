"""Which of the varied parameters decide: rank correlations with probabilities and differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from .factors import factors
from .labels import in_family_order, in_sentence, regime_label
from .rank_correlation import confounding, rank_correlations
from .results import ResultsError, confidence_level, require

REGIMES = ("membership", "neutrality", "bilateral-guarantee")
"""Whose differences are looked at unless others are asked for."""


@dataclass(frozen=True)
class Quantity:
    """What the parameters are correlated with: a probability, or a difference from it."""

    kind: str
    regime: str

    @property
    def label(self) -> str:
        """Name as printed above a panel or a column."""
        if self.kind == "probability":
            return f"Probability under {in_sentence(regime_label(self.regime))}"
        return f"Difference made by {in_sentence(regime_label(self.regime))}"


def quantities(sweep: xr.Dataset, regimes: Sequence[str] | None = None) -> list[Quantity]:
    """Return the reference's probability and the differences that the chosen regimes make.

    Parameters
    ----------
    sweep : xarray.Dataset
        From `read_sweep`.
    regimes : sequence of str, optional
        Membership, neutrality and the bilateral guarantee if omitted, as far as the file has
        them; where it has none, its first three.
    """
    reference = str(sweep.reference.values)
    others = [name for name in in_family_order(sweep.regime.values) if name != reference]
    chosen = [require(sweep, "regime", name) for name in dict.fromkeys(regimes or ())]
    if reference in chosen:
        raise ResultsError(f"{reference} does not differ from itself, it is the reference")
    chosen = chosen or [name for name in REGIMES if name in others] or others[:3]
    return [Quantity("probability", reference), *(Quantity("difference", name) for name in chosen)]


def parameter_table(sweep: xr.Dataset, regimes: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the coefficients of all parameters, a row per outcome, quantity and parameter.

    Parameters
    ----------
    sweep : xarray.Dataset
        From `read_sweep`.
    regimes : sequence of str, optional
        As in `quantities`.

    Returns
    -------
    pandas.DataFrame
        Columns outcome, quantity (``probability`` or ``difference``), regime, parameter, kind,
        units, coefficient, low, high, method, points, independent_points (see
        `RankCorrelations`), explained (by all parameters together),
        chance_limit (the size that none of the coefficients of the outcome passes by chance
        alone, by Bonferroni), confounding (the largest size of the parameter's rank correlation
        with another one) and place (1 is the largest coefficient of its quantity).

    Raises
    ------
    ResultsError
        If nothing varies, or a regime is unknown.
    """
    varied = factors(sweep)
    if not varied:
        raise ResultsError("no parameter varies over the design points of the file")
    values = np.column_stack([sweep[factor.variable].values for factor in varied])
    level = confidence_level(sweep)
    asked = quantities(sweep, regimes)
    between = confounding(values)
    tables = []
    for outcome in sweep.outcome.values:
        for quantity in asked:
            response = sweep[quantity.kind].sel(regime=quantity.regime, outcome=outcome).values
            found = rank_correlations(values, response, level)
            table = pd.DataFrame({
                "outcome": str(outcome),
                "quantity": quantity.kind,
                "regime": quantity.regime,
                "parameter": [factor.path for factor in varied],
                "kind": [factor.kind for factor in varied],
                "units": [factor.units for factor in varied],
                "coefficient": found.estimate,
                "low": found.low,
                "high": found.high,
                "method": found.method,
                "points": found.points,
                "independent_points": found.independent,
                "explained": found.explained,
                "chance_limit": found.limit(len(varied) * len(asked), level),
                "confounding": between,
            })
            size = table.coefficient.abs()
            table["place"] = size.rank(method="first", ascending=False).astype("Int64")
            tables.append(table)
    return pd.concat(tables, ignore_index=True)


def largest(table: pd.DataFrame, outcome: str, quantity: Quantity, most: int) -> pd.DataFrame:
    """Return the rows of the largest coefficients of one quantity, the largest first.

    Parameters
    ----------
    table : pandas.DataFrame
        From `parameter_table`.
    outcome : str
        Outcome.
    quantity : Quantity
        One of `quantities`.
    most : int
        How many at the most; parameters without a coefficient are never among them.
    """
    chosen = table[
        (table.outcome == outcome)
        & (table.quantity == quantity.kind)
        & (table.regime == quantity.regime)
        & (table.place <= most).fillna(False)
    ]
    return chosen.sort_values("place")
