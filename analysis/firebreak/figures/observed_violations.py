"""Violations a day: what the model has since its ceasefire began, and what monitors recorded."""

from __future__ import annotations

import datetime
from typing import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from .. import style
from ..labels import in_sentence, regime_label
from ..observed_record import TRUCE, YEAR, ObservedRecord
from ..page import Page, drawing_settings
from ..printed_numbers import significant
from ..report_provenance import ended
from ..simulated_fire import DAYS, HISTORIES, MEANS, POINTS, SimulatedFire
from .drawing import Drawing, joined

NAME = "observed_violations"
LEFT, RIGHT, TOP, BOTTOM = 0.52, 0.10, 0.10, 0.36
HEIGHT, KEY_LINE = 1.9, 0.125
MARKERS = ("o", "s", "D", "^", "P")
SIMULATED = {
    MEANS: "mean over histories, within each interval between checkpoints (steps)",
    POINTS: "means over histories at each design point: median (steps) and 5% to 95% (band) of these",
    DAYS: "the days of single histories (lines)",
    HISTORIES: "the days of several histories: median (steps) and 5% to 95% (band) in each week",
}
"""What the lines of each kind are, in a caption."""


def draw(
    simulated: SimulatedFire,
    records: Sequence[ObservedRecord],
    width: float = style.TWO_COLUMN,
    truce: datetime.date = TRUCE,
) -> Drawing:
    """Draw simulated and observed violations a day over the years since the ceasefire began.

    A count of zero has no place on the logarithmic axis: an open triangle stands at its foot.

    Parameters
    ----------
    simulated : SimulatedFire
        From `fire_of_results` or `fire_of_timelines`.
    records : sequence of ObservedRecord
        From `read_observed`.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.
    truce : datetime.date
        Day 0 of dated records.
    """
    caption = simulated.provenance.caption(_shown(simulated, records, truce))
    keys = len(simulated.series) + len(records)
    columns = 1 if width <= style.ONE_COLUMN else 2
    with drawing_settings():
        page = Page(
            width, TOP + HEIGHT + BOTTOM + KEY_LINE * -(-keys // columns) + 0.06, caption
        )
        axes = page.axes(LEFT, TOP, width - LEFT - RIGHT, HEIGHT)
        axes.set_gid("violations")
        _dress(axes, simulated, records)
        handles = [
            _draw_series(axes, label, table, simulated.kind, place)
            for place, (label, table) in enumerate(simulated.series.items())
        ]
        handles += [
            _draw_record(axes, record, MARKERS[place % len(MARKERS)])
            for place, record in enumerate(records)
        ]
        page.figure.legend(
            handles=handles, loc="upper left", ncol=columns, borderaxespad=0, borderpad=0,
            bbox_to_anchor=(LEFT / page.width, 1 - (TOP + HEIGHT + BOTTOM) / page.height),
            handlelength=2.4, labelspacing=0.28, columnspacing=1.2, handletextpad=0.5,
        ).set_gid("key")
    return Drawing(page.figure, NAME, caption, simulated.provenance)


def _dress(
    axes: Axes, simulated: SimulatedFire, records: Sequence[ObservedRecord]
) -> None:
    values = np.concatenate([
        *(table[["low", "middle", "high"]].to_numpy().ravel() for table in simulated.series.values()),
        *(record.table.per_day.to_numpy() for record in records),
    ])
    positive = values[np.isfinite(values) & (values > 0)]
    low, high = (positive.min(), positive.max()) if positive.size else (1.0, 10.0)
    axes.set_yscale("log")
    axes.set_ylim(low / 1.8, high * 1.5)
    ends = [table.end.max() for table in simulated.series.values() if len(table)]
    ends += [record.table.end.max() for record in records]
    axes.set_xlim(0, max(ends) / YEAR * 1.01)
    axes.yaxis.set_major_locator(LogLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: significant(value)))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.grid(True, which="major")
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 2.5, 5, 10]))
    axes.set_ylabel("violations a day", labelpad=2.0)
    axes.set_xlabel("years since the ceasefire began", labelpad=1.5)


def _draw_series(axes: Axes, label: str, table: pd.DataFrame, kind: str, place: int) -> Line2D:
    look = style.LINE_STYLES[place % len(style.LINE_STYLES)]
    regime, _, number = label.partition(":")
    said = regime_label(regime) + (f", replication {number}" if number else "")
    # A step per row; a gap where the ceasefire was interrupted or nothing is known.
    edges, gaps = [], {"low": [], "middle": [], "high": []}
    previous = None
    for row in table.itertuples():
        if previous is not None and row.start > previous:
            edges.append(previous / YEAR)
            for values in gaps.values():
                values.append(np.nan)
        edges += [row.start / YEAR, row.end / YEAR]
        for name, values in gaps.items():
            value = getattr(row, name)
            values += [value if value > 0 else np.nan] * 2
        previous = row.end
    if kind in (POINTS, HISTORIES):
        foot = axes.get_ylim()[0]
        low = [foot if np.isnan(a) and not np.isnan(b) else a
               for a, b in zip(gaps["low"], gaps["high"])]
        axes.fill_between(edges, low, gaps["high"], facecolor=to_rgba(look.colour, 0.18),
                          edgecolor=to_rgba(look.colour, 0.45), linewidth=0.35,
                          gid=f"band:{label}", zorder=1)
    axes.plot(edges, gaps["middle"], color=look.colour, linestyle=look.dashes if kind != DAYS else "-",
              linewidth=0.5 if kind == DAYS else 1.2, alpha=0.75 if kind == DAYS else 1.0,
              gid=f"line:{label}", zorder=2)
    zero = table[table.middle == 0]
    if len(zero):
        _draw_zeros(axes, zero, look.colour, f"zero:{label}")
    return Line2D([], [], color=look.colour, linestyle=look.dashes if kind != DAYS else "-",
                  linewidth=1.0, label=said)


def _draw_record(axes: Axes, record: ObservedRecord, marker: str) -> Line2D:
    long = record.table.end - record.table.start > 7
    for row in record.table[long & (record.table.per_day > 0)].itertuples():
        axes.plot([row.start / YEAR, row.end / YEAR], [row.per_day] * 2, color="black",
                  linewidth=0.9, solid_capstyle="butt", gid=f"window:{record.name}", zorder=4)
    for checked, face in ((True, "black"), (False, "white")):
        some = record.table[(record.table.checked == checked) & (record.table.per_day > 0)]
        axes.plot((some.start + some.end) / 2 / YEAR, some.per_day, linestyle="none",
                  marker=marker, markersize=2.6, markerfacecolor=face, markeredgecolor="black",
                  markeredgewidth=0.6, gid=f"observed:{record.name}:{'found' if checked else 'memory'}",
                  zorder=5)
    zero = record.table[record.table.per_day == 0]
    if len(zero):
        _draw_zeros(axes, zero, "black", f"zero:{record.name}")
    return Line2D([], [], linestyle="none", marker=marker, markersize=2.8, color="black",
                  label=f"observed: {record.name.replace('_', ' ')}")


def _draw_zeros(axes: Axes, rows: pd.DataFrame, colour: str, gid: str) -> None:
    foot = axes.get_ylim()[0]
    axes.plot((rows.start + rows.end) / 2 / YEAR, [foot] * len(rows), linestyle="none", marker="v",
              markersize=3.4, markerfacecolor="white", markeredgecolor=colour,
              markeredgewidth=0.7, clip_on=False, gid=gid, zorder=6)


def _shown(
    simulated: SimulatedFire, records: Sequence[ObservedRecord], truce: datetime.date
) -> str:
    regimes = list(dict.fromkeys(label.partition(":")[0] for label in simulated.series))
    parts = [
        "Violations a day by both sides. Simulated under "
        f"{joined([in_sentence(regime_label(name)) for name in regimes])}: {SIMULATED[simulated.kind]}."
    ]
    if simulated.kind == MEANS:
        parts.append("Single days scatter far more than means.")
    for record in records:
        parts.append(f"Observed, {record.name.replace('_', ' ')}: {ended(record.source)}")
    if any(record.dated for record in records):
        parts.append(f"Its dates are counted from the truce of {truce.isoformat()}."
                     if len(records) == 1 else
                     f"Dates are counted from the truce of {truce.isoformat()}.")
    if any((~record.table.checked).any() for record in records):
        parts.append("Hollow: from memory, not checked.")
    earlier = sum(record.earlier for record in records)
    if earlier:
        parts.append(f"{earlier} observation{'s' if earlier > 1 else ''} before the truce, or of a "
                     "window that mixes both, left out.")
    parts.append(
        "Open triangles at the foot: days without a violation. Monitors see a part of the fire, and one ceasefire is "
        "no other."
    )
    return " ".join(parts)
