"""Reports that the program writes as CSV: of a validation, and of the hypotheses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

import pandas as pd

from .commented_csv import read_commented
from .report_cells import (
    number, number_if_known, number_or_none, one_of, percentage, share, span, truth, whole, word,
)
from .report_provenance import ReportProvenance, fields_of
from .results import ResultsError

MOST_NAMED = 5
"""Faults that a message names."""


@dataclass(frozen=True)
class Kind:
    """A kind of report: its name, what each column holds, and what a row must obey."""

    name: str
    title: str
    columns: dict[str, Callable[[str], Any]]
    fault_of: Callable[[dict[str, Any]], str]


@dataclass(frozen=True)
class Report:
    """A report as read.

    Attributes
    ----------
    kind : str
        ``"validation"`` or ``"claims"``.
    table : pandas.DataFrame
        The rows, numbers as numbers.
    provenance : ReportProvenance
        From the comments at its head.
    """

    kind: str
    table: pd.DataFrame
    provenance: ReportProvenance


def _validation_fault(row: dict[str, Any]) -> str:
    quantiles = [row[name] for name in ("low5", "low25", "median", "high75", "high95")]
    numbers = [*quantiles, row["percentile"], *row["observed"]]
    if row["draws"] == 0:
        return "passed without any draw" if row["passed"] else ""
    if any(math.isnan(value) for value in numbers):
        return "holds NA though it has draws"
    if quantiles != sorted(quantiles):
        return "its quantiles are not in order"
    # A note says what else is asked of the observation than to lie inside.
    if not row["note"] and row["passed"] != (5 <= row["percentile"] <= 95):
        return f"passed does not agree with percentile {row['percentile']:g}"
    return ""


def _claims_fault(row: dict[str, Any]) -> str:
    total = row["held"] + row["reversed"] + row["undecided"]
    if abs(total - 1) > 0.005:
        return f"held, reversed and undecided add up to {total:g}"
    for number_of in (1, 2, 3):
        if row[f"decider_{number_of}"] and row[f"decider_{number_of}_strength"] is None:
            return f"decider_{number_of} has no strength"
    return ""


VALIDATION = Kind(
    "validation",
    "Predicted and observed",
    {
        "target": word, "use": one_of("calibration", "held_out"), "statistic": word, "unit": str,
        "observed": span, "low5": number_if_known, "low25": number_if_known,
        "median": number_if_known, "high75": number_if_known, "high95": number_if_known,
        "percentile": percentage, "passed": truth, "draws": whole, "note": str,
    },
    _validation_fault,
)
CLAIMS = Kind(
    "claims",
    "The hypotheses",
    {
        "claim": word, "statement": word, "prior_or_posterior": one_of("prior", "posterior"),
        "draws": whole, "held": share, "reversed": share, "undecided": share,
        "effect_median": number, "effect_low": number, "effect_high": number, "unit": str,
        "decider_1": str, "decider_1_strength": number_or_none,
        "decider_2": str, "decider_2_strength": number_or_none,
        "decider_3": str, "decider_3_strength": number_or_none, "reading": str,
        "held_low": share, "held_high": share, "reversed_low": share, "reversed_high": share,
        "undecided_low": share, "undecided_high": share, "chance_strength": share,
        "correlation": one_of("partial", "Spearman"),
    },
    _claims_fault,
)
KINDS = (VALIDATION, CLAIMS)


def read_report(path: str | Path) -> Report:
    """Read a report and check all of it.

    Parameters
    ----------
    path : str or Path
        A CSV file written by ``firebreak validate`` or ``firebreak claims``.

    Returns
    -------
    Report

    Raises
    ------
    ResultsError
        If the file cannot be read, is empty, is neither kind of report, lacks a column or the
        commit, seed or command in its comments, or holds a value that cannot be.
    """
    path = Path(path)
    comments, heads, rows = read_commented(path)
    kind = _kind(path, heads)
    missing = [name for name in kind.columns if name not in heads]
    if missing:
        raise ResultsError(f"{path}: lacks the column {', '.join(missing)}")
    fields = fields_of(comments)
    lacking = [name for name in ("git_commit", "seed", "command") if name not in fields]
    if lacking:
        raise ResultsError(f"{path}: its comments do not say {', '.join(lacking)}")
    if not rows:
        raise ResultsError(f"{path}: holds no rows")
    table, faults = [], []
    for line, cells in rows:
        row, found = _row(kind, dict(zip(heads, cells)), len(cells) == len(heads))
        table.append(row)
        faults += [f"line {line}: {fault}" for fault in found]
    if faults:
        more = f"; and {len(faults) - MOST_NAMED} more" if len(faults) > MOST_NAMED else ""
        raise ResultsError(f"{path}: {'; '.join(faults[:MOST_NAMED])}{more}")
    fields.setdefault("title", kind.title)
    return Report(kind.name, pd.DataFrame(table), ReportProvenance(**fields))


def _kind(path: Path, heads: list[str]) -> Kind:
    for kind in KINDS:
        if heads[0] == next(iter(kind.columns)):
            return kind
    raise ResultsError(f"{path}: is no report of a validation or of claims")


def _row(kind: Kind, cells: dict[str, str], whole_row: bool) -> tuple[dict[str, Any], list[str]]:
    if not whole_row:
        return {}, ["has another number of cells than the first line"]
    row, faults = {}, []
    for name, parsed in kind.columns.items():
        try:
            row[name] = parsed(cells[name].strip())
        except ValueError as error:
            faults.append(f"{name} is '{cells[name]}' ({error})")
    if not faults:
        faults = [fault for fault in [kind.fault_of(row)] if fault]
    return row, faults
