"""Observed series of violations: the tables of configs/evidence, on the days since a truce."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import numpy as np
import pandas as pd

from .commented_csv import read_commented
from .results import ResultsError

TRUCE = datetime.date(2020, 7, 27)
"""The truce that the dated records of the OSCE mission are of. Source: truce_regrowth.csv."""
YEAR = 365.25


@dataclass(frozen=True)
class ObservedRecord:
    """One observed series.

    Attributes
    ----------
    name : str
        Stem of its file.
    source : str
        First sentence of the comments at its head.
    table : pandas.DataFrame
        A row per window: start, end [d since the truce], per_day, checked (False: from memory).
    earlier : int
        Rows that are left out because they end before the truce or mix both.
    dated : bool
        Whether its rows have dates, so that the day of the truce matters.
    """

    name: str
    source: str
    table: pd.DataFrame
    earlier: int
    dated: bool


@dataclass(frozen=True)
class _Shape:
    """A kind of table: the columns it must have, must not have, and how a row is read."""

    columns: frozenset[str]
    without: frozenset[str]
    dated: bool
    window: Callable[[dict[str, str], datetime.date], tuple[float, float, float]]


def _daily(row: dict[str, str], truce: datetime.date) -> tuple[float, float, float]:
    end = (datetime.date.fromisoformat(row["end_date"]) - truce).days + 1.0
    return end - float(row["days"]), end, float(row["total"])


def _dated(row: dict[str, str], truce: datetime.date) -> tuple[float, float, float]:
    start = float((datetime.date.fromisoformat(row["date"]) - truce).days)
    return start, start + 1, float(row["violations"])


def _window(row: dict[str, str], _: datetime.date) -> tuple[float, float, float]:
    return float(row["first_day"]), float(row["last_day"]) + 1, float(row["violations"])


def _truce_year(row: dict[str, str], _: datetime.date) -> tuple[float, float, float]:
    years = float(row["years"])
    return (years - 1) * YEAR, years * YEAR, float(row["violations"])


def _calendar_year(row: dict[str, str], truce: datetime.date) -> tuple[float, float, float]:
    year = int(row["year"])
    start = float((datetime.date(year, 1, 1) - truce).days)
    return start, float((datetime.date(year + 1, 1, 1) - truce).days), float(row["violations"])


def _shape(columns: str, without: str, dated: bool, window: Callable) -> _Shape:
    return _Shape(frozenset(columns.split()), frozenset(without.split()), dated, window)


SHAPES = (
    _shape("end_date days total", "", True, _daily),
    _shape("date violations", "", True, _dated),
    _shape("first_day last_day violations", "", False, _window),
    _shape("year years violations", "", False, _truce_year),
    # Violations of airspace have the members affected beside them; they are no fire on a line.
    _shape("year violations", "years members_affected", True, _calendar_year),
)


def read_observed(path: str | Path, truce: datetime.date = TRUCE) -> ObservedRecord:
    """Read an observed series.

    Parameters
    ----------
    path : str or Path
        A CSV file with comments at its head and one of the heads of ``configs/evidence``.
    truce : datetime.date
        Day 0 of the record; counts in series that have dates.

    Raises
    ------
    ResultsError
        If the file cannot be read, is no such series, holds a value that cannot be, or nothing
        after the truce.
    """
    path = Path(path)
    comments, heads, rows = read_commented(path)
    found = [s for s in SHAPES if s.columns <= set(heads) and not s.without & set(heads)]
    if not found:
        raise ResultsError(
            f"{path}: no series of violations on a line (its columns: {', '.join(heads)})"
        )
    shape, windows = found[0], []
    for line, cells in rows:
        row = dict(zip(heads, cells))
        try:
            start, end, count = shape.window(row, truce)
        except (KeyError, ValueError):
            raise ResultsError(f"{path}: line {line}: a date or a number is missing or wrong") from None
        if not (count >= 0 and end > start):
            raise ResultsError(f"{path}: line {line}: a count below zero, or a window of no length")
        windows.append({
            "start": start, "end": end, "per_day": count / (end - start),
            "checked": row.get("status", "found") != "memory",
        })
    table = pd.DataFrame(windows, columns=["start", "end", "per_day", "checked"])
    kept = table[table.start >= 0].reset_index(drop=True)
    if kept.empty:
        raise ResultsError(f"{path}: holds nothing after the truce ({truce.isoformat()})")
    source = " ".join(line.lstrip("#").strip() for line in comments)
    return ObservedRecord(
        path.stem, _first_sentence(source), kept, len(table) - len(kept), shape.dated
    )


def _first_sentence(text: str) -> str:
    """Return a text up to its first full stop that ends a sentence, "F. Lemieux" being none."""
    end = re.search(r"(?<![A-Z])\.(?=\s|$)", text)
    return text[: end.end()] if end else text


def per_week(days: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    """Return the spread of the daily values of many histories, week by week.

    Parameters
    ----------
    days, values : numpy.ndarray
        Of all days of all histories together, same shape.

    Returns
    -------
    pandas.DataFrame
        Columns start, end [d], q05, median, q95, a row per week that has days.
    """
    weeks = pd.Series(values).groupby(np.floor(days / 7).astype(int))
    spread = weeks.quantile([0.05, 0.5, 0.95]).unstack()
    return pd.DataFrame({
        "start": spread.index * 7.0, "end": spread.index * 7.0 + 7, "q05": spread[0.05].values,
        "median": spread[0.5].values, "q95": spread[0.95].values,
    })
