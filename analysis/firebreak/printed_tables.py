"""Tables for readers: one form that Markdown and LaTeX are written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

import numpy as np
import pandas as pd
import xarray as xr

from .configuration import configured_parameters
from .labels import in_sentence, outcome_label, regime_label
from .printed_numbers import (
    decimals_for, limit, limit_without_difference, plain, signed, significant,
)
from .provenance import provenance_of
from .results import ResultsError

TAGS = {
    "assumed": "assumed", "computed": "computed from found data",
    "found": "found in their sources", "calibrated": "calibrated to observations",
    "memory": "from references not checked again",
}


@dataclass(frozen=True)
class Number:
    """A number as it is printed: with a true minus sign, and commas between thousands."""

    text: str


@dataclass(frozen=True)
class Code:
    """A name from the configuration, set in a fixed-width font."""

    text: str


Cell = tuple[Union[str, Number, Code], ...]
"""Parts that are printed one after the other."""


@dataclass(frozen=True)
class PrintedTable:
    """A table as it is printed.

    Attributes
    ----------
    name : str
        File name without ending.
    heads : tuple of str
        Of the columns; the first one is that of the names of the rows.
    rows : list of tuple of Cell
        As many cells as heads.
    short, caption : str
        One line that names the table, and the whole text below it.
    texts : tuple of int
        Places of the columns that hold running text, which are wrapped; the first column always is.
    """

    name: str
    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    short: str
    caption: str
    texts: tuple[int, ...] = ()


def printed(table: pd.DataFrame, point: xr.Dataset) -> PrintedTable:
    """Return a table of data as it is printed.

    Probabilities are in per cent, differences in percentage points; where no event was seen the
    cell holds the upper limit, "< 0.02".

    Parameters
    ----------
    table : pandas.DataFrame
        From `probability_table`, `difference_table` or `configured_parameters`.
    point : xarray.Dataset
        The design point it was made from.
    """
    if "parameter" in table.columns:
        return _printed_parameters(table, point)
    provenance = provenance_of(point)
    differences = "difference" in table.columns
    outcomes = list(dict.fromkeys(table.outcome))
    rows = []
    for regime, some in table.groupby("regime", sort=False):
        by_outcome = some.set_index("outcome")
        cells = [_cell(by_outcome.loc[name], provenance.confidence_level) for name in outcomes]
        rows.append(((regime_label(str(regime)),), *cells))
    shown = _shown(table, provenance.confidence_level)
    return PrintedTable(
        name="differences" if differences else "probabilities",
        heads=("percentage points" if differences else "per cent", *map(outcome_label, outcomes)),
        rows=rows,
        short=shown[0].rstrip(";.") + ".",
        caption=provenance.caption(" ".join([*shown, estimated(point, differences)])),
    )


def to_markdown(table: pd.DataFrame, point: xr.Dataset) -> str:
    """Return a table as Markdown, with the caption below.

    Parameters
    ----------
    table, point
        As of `printed`.
    """
    form = printed(table, point)
    lines = ["| " + " | ".join(form.heads) + " |", "|---" * len(form.heads) + "|"]
    for row in form.rows:
        lines.append("| " + " | ".join("".join(map(_in_markdown, cell)) for cell in row) + " |")
    return "\n".join(lines) + "\n\n" + form.caption + "\n"


def estimated(point: xr.Dataset, differences: bool) -> str:
    """Return the sentences that say what is estimated and what is assumed.

    Parameters
    ----------
    point : xarray.Dataset
        One design point, from `select_point`.
    differences : bool
        Whether the numbers are differences between regimes.
    """
    what = "differences" if differences else "probabilities"
    text = (
        f"Estimated: these {what} from simulated histories; the intervals are about the number of "
        "histories, at fixed parameters."
    )
    try:
        tags = configured_parameters(point).tag
    except ResultsError:
        return f"{text} Assumed: the model and its parameters."
    known = tags[tags != ""]
    assumed = int((known == "assumed").sum())
    return (
        f"{text} Assumed: the model, and {assumed} of {len(known)} parameters with a source, each "
        "held at one value."
    )


def _in_markdown(part: str | Number | Code) -> str:
    if isinstance(part, Code):
        return f"`{part.text}`"
    text = part.text if isinstance(part, Number) else part
    return text.replace("|", "\\|")


def _cell(row: pd.Series, confidence_level: float) -> Cell:
    differences = "difference" in row
    write = signed if differences else plain
    estimate = 100 * (row.difference if differences else row.probability)
    low, high = 100 * row.low, 100 * row.high
    if not np.isfinite(estimate):
        return ("NA",)
    if not differences and estimate == 0:
        return ("< ", Number(limit(high))) if np.isfinite(high) else ("NA",)
    if differences and estimate == 0 and not low < high:
        most = limit_without_difference(row.replications, confidence_level)
        return "none seen (\u00b1", Number(limit(100 * most)), ")"
    if not (np.isfinite(low) and np.isfinite(high)):
        return (Number(write(estimate, 2)),)
    decimals = decimals_for(low, high)
    return (
        Number(write(estimate, decimals)), " (", Number(write(low, decimals)), " to ",
        Number(write(high, decimals)), ")",
    )


def _shown(table: pd.DataFrame, confidence_level: float) -> list[str]:
    horizon = f"{round(float(table.years.iloc[0]), 2):g}"
    within = "1 year" if horizon == "1" else f"{horizon} years"
    level = f"{100 * confidence_level:g}%"
    if "difference" in table.columns:
        reference = in_sentence(regime_label(str(table.reference.iloc[0])))
        return [
            f"Paired difference of the probability within {within} from {reference}, with "
            f"{level} intervals."
        ]
    return [
        f"Probability within {within}, with {level} intervals;",
        "\"<\": no event seen, upper limit.",
    ]


def _printed_parameters(table: pd.DataFrame, point: xr.Dataset) -> PrintedTable:
    rows = [
        (
            (Code(row.parameter),), _value(row.value), (row.unit,), _prior(row.prior),
            (_said(row),),
        )
        for row in table.itertuples()
    ]
    counts = table.tag[table.tag != ""].value_counts()
    counted = ", ".join(f"{count} {TAGS.get(tag, tag)}" for tag, count in counts.items())
    changed = int(table.set_by.isin(["study", "command line"]).sum())
    provenance = provenance_of(point)
    caption = (
        f"Parameters of the model: value, unit, prior that sweeps vary it by, meaning and source. "
        f"Nothing here is estimated by the runs. Of {int(counts.sum())} values with a source: "
        f"{counted}."
    )
    if changed:
        caption += f" {changed} value{' was' if changed == 1 else 's were'} set for this study."
    return PrintedTable(
        name="parameters",
        heads=("parameter", "value", "unit", "prior", "meaning; source"),
        rows=rows,
        short="Parameters of the model.",
        caption=provenance.caption(caption),
        texts=(3, 4),
    )


def _value(value: float | str) -> Cell:
    if not isinstance(value, str):
        return (Number(significant(float(value)) if value else "0"),)
    words = [Code(word) if "." in word and not _is_number(word) else word for word in value.split()]
    return tuple(part for word in words for part in (word, " "))[:-1]


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdigit()


def _prior(prior: str) -> Cell:
    kind, space, ends = prior.partition(" ")
    if not space:
        return (kind,)
    low, _, high = ends.partition(" to ")
    return f"{kind} ", Number(significant(float(low))), " to ", Number(significant(float(high)))


SET_BY = {
    "regime": "Set by the regime", "study": "Set by the study",
    "command line": "Set on the command line", "design": "Varied by the design",
}


def _said(row: tuple) -> str:
    source = row.source
    if row.tag and not source.startswith(row.tag):
        source = f"{row.tag}: {source}" if source else row.tag
    parts = [source[:1].upper() + source[1:]] if source else []
    if row.set_by == "design" or not source:
        parts.insert(0, SET_BY.get(row.set_by, "No source"))
    return f"{row.meaning} {'; '.join(parts)}.".strip().replace("..", ".")
