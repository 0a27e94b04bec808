"""A sweep in words: its tables as Markdown, and a summary to write a conclusion from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from .deciding_parameters import Quantity, largest
from .labels import in_sentence, outcome_label, regime_label
from .printed_numbers import decimals_for, plain, signed
from .provenance import provenance_of
from .rank_correlation import PARTIAL
from .sweep import course

NAMED = 5
"""Parameters that the summary names for each quantity."""
SHARES_MEAN = (
    "Lower, higher: share of the points whose paired interval lies below or above zero; in the "
    "rest the Monte Carlo error leaves the sign open. Intervals of {level}: of points without any "
    "difference {tail} would be called lower and {tail} higher by chance."
)
QUANTILES_MEAN = "Quantiles are over the design points and include their Monte Carlo error"


def per_cent(share: float) -> str:
    """Return a share as per cent without decimals; what is not none or all never reads so."""
    if not np.isfinite(share):
        return "NA"
    if 0 < share < 0.005:
        return "<1"
    return ">99" if 0.995 < share < 1 else f"{100 * share:.0f}"


def shares_note(sweep: xr.Dataset) -> str:
    """Return what the shares of lower and higher mean, with the level of the intervals."""
    level = provenance_of(sweep).confidence_level
    return SHARES_MEAN.format(level=f"{100 * level:g}%", tail=f"{50 * (1 - level):.3g}%")


def method_note(table: pd.DataFrame) -> str:
    """Return by which coefficients the parameters are compared, and what these cannot show.

    Parameters
    ----------
    table : pandas.DataFrame
        From `parameter_table`.
    """
    count = table.parameter.nunique()
    if (table.method == PARTIAL).all():
        how = (
            f"Partial rank correlations: the ranks of the other {count - 1} parameters held "
            "constant."
        )
    else:
        how = (
            f"Spearman's rank correlations, the others not held constant: the points are too few "
            f"for {count} parameters. Parameters go together by up to "
            f"{plain(table.confounding.max(), 2)} in this design, so each may stand for others."
        )
    if (table.independent_points < table.points).any():
        how += (
            f" Points that share values of parameters are not independent: intervals and limits "
            f"count {table.independent_points.min()} of {table.points.min()}."
        )
    return f"{how} They see effects that go one way; one that turns round may show none."


def differences_markdown(
    differences: pd.DataFrame, levels: pd.DataFrame, sweep: xr.Dataset
) -> str:
    """Return the distribution of the differences as Markdown, a table for each outcome.

    Parameters
    ----------
    differences : pandas.DataFrame
        From `difference_quantiles`.
    levels : pandas.DataFrame
        From `reference_quantiles`.
    sweep : xarray.Dataset
        From `read_sweep`.
    """
    lines = []
    for outcome, rows in differences.groupby("outcome", sort=False):
        level = levels[levels.outcome == outcome].iloc[0]
        lines += [
            f"### {outcome_label(str(outcome))}", "", f"{_level_sentence(level)}", "",
            "| percentage points | 5% | 25% | median | 75% | 95% | lower | higher | open "
            "| median of n/4 | n/2 |",
            "|---" * 11 + "|",
        ]
        for row in rows.itertuples():
            decimals = _decimals(row)
            cells = [
                _number(100 * value, decimals)
                for value in (row.q05, row.q25, row.median, row.q75, row.q95)
            ]
            cells += [f"{per_cent(share)}%" for share in (row.lower, row.higher, row.undecided)]
            cells += [
                _number(100 * value, decimals) for value in (row.median_quarter, row.median_half)
            ]
            lines.append(f"| {regime_label(row.regime)} | " + " | ".join(cells) + " |")
        lines.append("")
    shown = (
        f"{QUANTILES_MEAN}. {shares_note(sweep)} Medians of n/4 and n/2: from the first quarter "
        f"and half of the points. {course(sweep)}"
    )
    return "\n".join(lines) + "\n" + provenance_of(sweep).caption(shown.strip()) + "\n"


def parameters_markdown(table: pd.DataFrame, sweep: xr.Dataset) -> str:
    """Return the coefficients of all parameters as Markdown, a table for each outcome.

    Parameters
    ----------
    table : pandas.DataFrame
        From `parameter_table`.
    sweep : xarray.Dataset
        From `read_sweep`.
    """
    lines = []
    for outcome, rows in table.groupby("outcome", sort=False):
        asked = _quantities(rows)
        wide = rows.pivot(index="parameter", columns=["quantity", "regime"])
        order = wide["coefficient"].abs().max(axis=1).sort_values(ascending=False, kind="stable")
        lines += [
            f"### {outcome_label(str(outcome))}", "",
            "| parameter | " + " | ".join(quantity.label for quantity in asked) + " |",
            "|---" * (len(asked) + 1) + "|",
        ]
        for parameter in order.index:
            cells = [
                _coefficient(wide.loc[parameter].xs((q.kind, q.regime), level=(1, 2)))
                for q in asked
            ]
            lines.append(f"| `{parameter}` | " + " | ".join(cells) + " |")
        explained = ", ".join(
            f"{in_sentence(q.label)} {per_cent(max(0.0, _of(rows, q).explained.iloc[0]))}%"
            for q in asked if np.isfinite(_of(rows, q).explained.iloc[0])
        )
        if explained:
            lines += ["", f"Explained by the ranks of all parameters together: {explained}."]
        lines.append("")
    level = f"{100 * provenance_of(sweep).confidence_level:g}%"
    shown = (
        f"{method_note(table)} With {level} intervals, each by itself. Bold: so large that not one "
        f"of the coefficients in its table would be by chance alone, at {level} (Bonferroni)."
    )
    return "\n".join(lines) + "\n" + provenance_of(sweep).caption(shown) + "\n"


def summary(
    differences: pd.DataFrame, levels: pd.DataFrame, parameters: pd.DataFrame, sweep: xr.Dataset
) -> str:
    """Return what a conclusion is written from, as Markdown: medians, shares, main parameters.

    Parameters
    ----------
    differences, levels, parameters : pandas.DataFrame
        From `difference_quantiles`, `reference_quantiles` and `parameter_table`.
    sweep : xarray.Dataset
        From `read_sweep`.
    """
    outcomes = list(dict.fromkeys(differences.outcome))
    lines = [
        "| percentage points | " + " | ".join(outcome_label(name) for name in outcomes) + " |",
        "|---" * (len(outcomes) + 1) + "|",
    ]
    for regime, rows in differences.groupby("regime", sort=False):
        by_outcome = {row.outcome: row for row in rows.itertuples()}
        cells = [_summary_cell(by_outcome[name]) for name in outcomes]
        lines.append(f"| {regime_label(str(regime))} | " + " | ".join(cells) + " |")
    shown = (
        "Median of the paired differences over the design points (5% to 95% quantile); shares of "
        f"the points where it is lower | open | higher. {shares_note(sweep)}"
    ).replace("|", "/")
    lines += ["", shown, ""]
    lines += [f"- {_level_sentence(row)}" for _, row in levels.iterrows()]
    for outcome in outcomes:
        rows = parameters[parameters.outcome == outcome]
        for quantity in _quantities(rows):
            lines.append(f"- {outcome_label(outcome)}. {quantity.label}: {_main(rows, quantity)}")
    text = (
        f"{method_note(parameters)} An asterisk: beyond what chance alone makes (Bonferroni). "
        f"{course(sweep)}"
    )
    return "\n".join(lines) + "\n\n" + provenance_of(sweep).caption(text.strip()) + "\n"


def _main(rows: pd.DataFrame, quantity: Quantity) -> str:
    found = largest(rows, str(rows.outcome.iloc[0]), quantity, NAMED)
    if found.empty:
        return "does not vary."
    named = [
        f"`{row.parameter}` {signed(row.coefficient, 2)}"
        + ("*" if abs(row.coefficient) > row.chance_limit else "")
        for row in found.itertuples()
    ]
    return ", ".join(named) + "."


def _level_sentence(level: pd.Series) -> str:
    decimals = _decimals(level)
    low, middle, high = (plain(100 * level[name], decimals) for name in ("q05", "median", "q95"))
    return (
        f"{outcome_label(level.outcome)} within {round(level.years, 2):g} years under "
        f"{in_sentence(regime_label(level.regime))}: median {middle}% ({low} to {high}% from the "
        f"5% to the 95% quantile of {level.points} points)."
    )


def _summary_cell(row: tuple) -> str:
    decimals = _decimals(row)
    middle, low, high = (_number(100 * v, decimals) for v in (row.median, row.q05, row.q95))
    shares = " / ".join(per_cent(share) for share in (row.lower, row.undecided, row.higher))
    return f"{middle} ({low} to {high}); {shares}%"


def _coefficient(cell: pd.Series) -> str:
    value = cell["coefficient"]
    if not np.isfinite(value):
        return "NA"
    text = signed(value, 2)
    text = f"**{text}**" if abs(value) > cell["chance_limit"] else text
    return f"{text} ({signed(cell['low'], 2)} to {signed(cell['high'], 2)})"


def _decimals(row: pd.Series | tuple) -> int:
    low, high = 100 * row.q05, 100 * row.q95
    # A median is worth a digit more than the spread around it.
    return min(6, decimals_for(low / 4, high / 4)) if np.isfinite(low) and np.isfinite(high) else 2


def _number(value: float, decimals: int) -> str:
    return signed(value, decimals) if np.isfinite(value) else "NA"


def _quantities(rows: pd.DataFrame) -> list[Quantity]:
    return [Quantity(*pair) for pair in dict.fromkeys(zip(rows["quantity"], rows["regime"]))]


def _of(rows: pd.DataFrame, quantity: Quantity) -> pd.DataFrame:
    return rows[(rows["quantity"] == quantity.kind) & (rows["regime"] == quantity.regime)]
