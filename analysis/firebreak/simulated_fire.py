"""Violations a day as a result file or some histories have them, to be held against a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from .observed_record import per_week
from .provenance import Provenance, provenance_of
from .report_provenance import ReportProvenance
from .results import ResultsError, require, select_point
from .sweep import without_failed
from .timelines import Timeline, provenance_of_timelines

MEANS, POINTS, DAYS, HISTORIES = "means", "points", "days", "histories"
FEWEST_FOR_SPREAD = 5
"""Of so many histories or more the spread is drawn, of fewer the days themselves."""


@dataclass(frozen=True)
class SimulatedFire:
    """Violations a day since the ceasefire began.

    Attributes
    ----------
    kind : str
        What the tables hold: ``means`` of histories within intervals, ``points``: the spread of
        these over design points, ``days`` of single histories, ``histories``: the weekly spread
        of days over many.
    series : dict
        Table by label, with the columns start, end [d], low, middle, high [1/d].
    provenance : Provenance or ReportProvenance
        Of the file or the histories.
    """

    kind: str
    series: dict[str, pd.DataFrame]
    provenance: Provenance | ReportProvenance


def fire_of_results(
    results: xr.Dataset, regimes: Sequence[str], point: int | None = None
) -> SimulatedFire:
    """Take the mean violations of both sides by interval from a result file.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.
    regimes : sequence of str
        Regimes.
    point : int, optional
        Design point; if omitted in a file of several, their spread.

    Raises
    ------
    ResultsError
        If the file lacks a regime or the violations, or no point is known.
    """
    for name in regimes:
        require(results, "regime", name)
    for name in ("violations_per_day", "day"):
        if name not in results:
            raise ResultsError(f"incomplete, lacks {name}")
    edges = np.concatenate([[0.0], results.day.values.astype(float)])
    whole = point is None and results.sizes.get("design_point", 1) > 1
    if whole:
        names = ["violations_per_day", "replications", *(["failed"] if "failed" in results else [])]
        points = results[names].load()
        every = int(points.sizes["design_point"])
        chosen = without_failed(points)
        lost = every - int(chosen.sizes["design_point"])
        chosen = chosen.assign_attrs(results.attrs, design_points=every, failed_points=lost)
    else:
        chosen = select_point(results, point)
    series = {}
    for regime in regimes:
        values = chosen.violations_per_day.sel(regime=regime).sum("side", skipna=False).values
        rows = np.atleast_2d(values)
        known = np.isfinite(rows).any(axis=0)
        quantiles = np.full((3, rows.shape[1]), np.nan)
        quantiles[:, known] = np.nanquantile(rows[:, known], [0.05, 0.5, 0.95], axis=0)
        series[regime] = pd.DataFrame({
            "start": edges[:-1], "end": edges[1:], "low": quantiles[0], "middle": quantiles[1],
            "high": quantiles[2],
        })
    return SimulatedFire(POINTS if whole else MEANS, series, provenance_of(chosen))


def fire_of_timelines(timelines: Sequence[Timeline]) -> SimulatedFire:
    """Take the violations of every day from histories, by regime.

    Parameters
    ----------
    timelines : sequence of Timeline
        From `read_timeline`. Of five or more of a regime the weekly spread is taken, else each
        is a series of its own.

    Raises
    ------
    ResultsError
        If one does not tell its days, or none has any.
    """
    by_regime: dict[str, list[Timeline]] = {}
    for timeline in timelines:
        by_regime.setdefault(timeline.regime, []).append(timeline)
    many = all(len(group) >= FEWEST_FOR_SPREAD for group in by_regime.values())
    series = {}
    for regime, group in by_regime.items():
        told = [timeline.fire() for timeline in group]
        if many:
            weeks = per_week(*(np.concatenate(part) for part in zip(*told)))
            series[regime] = weeks.rename(
                columns={"q05": "low", "median": "middle", "q95": "high"}
            )
            continue
        for timeline, (days, total) in zip(group, told):
            label = regime if len(group) == 1 else f"{regime}:{timeline.history['replication']}"
            series[label] = pd.DataFrame({
                "start": days, "end": days + 1, "low": total, "middle": total, "high": total,
            })
    if all(table.empty for table in series.values()):
        raise ResultsError("the histories have no day of ceasefire")
    return SimulatedFire(
        HISTORIES if many else DAYS, series, provenance_of_timelines(timelines)
    )
