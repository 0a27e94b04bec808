"""The effects of all parameters as Markdown: those without any first, then a row for each."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from .effects import ANYTHING, BEYOND_ERROR, OUTCOMES, without_effect
from .labels import in_sentence, outcome_label
from .printed_numbers import plain, signed, significant
from .provenance import provenance_of

VIOLATIONS = "violations_per_day"
HEADINGS = {
    "collapse": "collapse", "clash": "clash", "general_war": "general war",
    "nuclear_use": "nuclear use", "settlement": "settlement",
}


def effects_markdown(table: pd.DataFrame, results: xr.Dataset) -> str:
    """Return what each parameter does as a page of Markdown.

    Parameters
    ----------
    table, results : pandas.DataFrame, xarray.Dataset
        From `read_effects`.
    """
    years = f"{round(float(results.time.values[-1]), 2):g}"
    regimes = ", ".join(f"`{name}`" for name in results.regime.values)
    outcomes = [name for name in OUTCOMES if name in set(table.quantity)]
    count = table.parameter.nunique()
    lines = [
        "# What each parameter does", "",
        "Made by `python -m firebreak effects FILE --markdown`; not written by hand.", "",
        f"Each of {count} uncertain parameters is set to both ends of its prior, the others staying "
        f"at the baseline, under {len(results.regime)} regimes ({regimes}). Every point has the "
        "same luck.", "",
        *_idle(table), "", "## Largest effects", "",
        f"Of the differences between the parameter's values (low, baseline, high), taken as that "
        "at the higher value minus that at the lower one, the largest in standard errors over the "
        f"regimes: in percentage points of the probability within {years} years, for violations "
        "per day in per cent of those at the baseline; in brackets in standard errors. "
        "Outcomes and measures are compared history by history, outcomes also by their weighted "
        "estimates where these say more. "
        f"Bold: beyond {BEYOND_ERROR:g} standard errors. The last column names the outcome or "
        "measure, of all in the file, that moves most.", "",
        "| parameter | low to high | " + " | ".join(HEADINGS[name] for name in outcomes)
        + " | violations | moves most |",
        "|---" * (len(outcomes) + 4) + "|",
    ]
    measures = {str(name) for name in results.measure.values}
    for parameter, rows in table.groupby("parameter", sort=False):
        by_quantity = rows.set_index("quantity")
        first = rows.iloc[0]
        cells = [_cell(by_quantity.loc[name], False) for name in outcomes]
        cells.append(_cell(by_quantity.loc[VIOLATIONS], True))
        cells.append(_most(rows, measures))
        unit = "" if first.units == "1" else f" {first.units}"
        between = f"{significant(first.low)} to {significant(first.high)}{unit}"
        lines.append(f"| `{parameter}` | {between} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n\n" + provenance_of(results).caption("") + "\n"


def _idle(table: pd.DataFrame) -> list[str]:
    idle = without_effect(table)
    if idle.empty:
        return ["Every parameter has an effect beyond error on some outcome or measure."]
    lines = [
        f"**Without any effect beyond error** ({len(idle)}): no mean of an outcome or measure moves "
        f"by more than {BEYOND_ERROR:g} standard errors.", "",
    ]
    dead = [f"`{row.parameter}`" for row in idle.itertuples() if not row.changes]
    if dead:
        lines += [f"No number in the file changes with {', '.join(dead)}.", ""]
    if idle.changes.any():
        lines += ["Some histories go another way with these, but too few or in both directions:", ""]
    for parameter in idle[idle.changes].parameter:
        each = table[(table.parameter == parameter) & (table.quantity != ANYTHING)]
        most = each.loc[each.standard_errors.abs().idxmax()]
        what = in_sentence(outcome_label(most.quantity))
        size = plain(abs(most.standard_errors), 1)
        lines.append(f"- `{parameter}`: at most {size} standard errors ({what}, `{most.regime}`)")
    return lines


def _most(rows: pd.DataFrame, measures: set[str]) -> str:
    each = rows[rows.quantity != ANYTHING]
    if not (each.standard_errors != 0).any():
        return "nothing"
    row = each.loc[each.standard_errors.abs().idxmax()]
    label = outcome_label(row.quantity)
    return f"{in_sentence(label)} {_cell(row, row.quantity in measures)}"


def _cell(row: pd.Series, relative: bool) -> str:
    if row.standard_errors == 0:
        return "0"
    if relative and not row.level:
        size = signed(row.difference, 2)
    else:
        share = 100 * row.difference / (abs(row.level) if relative else 1)
        size = signed(share, max(0, 1 - int(np.floor(np.log10(abs(share))))))
        size += "%" if relative else ""
    errors = abs(row.standard_errors)
    text = f"{size} ({plain(errors, 0 if errors >= 9.95 else 1) if np.isfinite(errors) else '∞'})"
    return f"**{text}**" if errors > BEYOND_ERROR else text
