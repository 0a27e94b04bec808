"""Tornado: how far each parameter, moved alone, moves a probability or a difference."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from .. import style
from ..deciding_parameters import Quantity
from ..labels import in_sentence, outcome_label
from ..page import drawing_settings
from ..printed_numbers import significant
from ..provenance import provenance_of
from ..sweep import without_failed
from .drawing import Drawing, level
from .paired_differences import HIGHER, LOWER
from .parameter_names import name_rows
from .parameter_panels import ParameterPanels, quantities_in, rows_of
from .sweep_differences import horizon

NAME = "tornado"
SHOWN = 12
ROW = 0.165
RIGHT, KEY = 0.70, 0.16
"""Room for the ends of the range and for the key [inch]."""
BAR = 0.62
FILLS = {"low": (LOWER, ""), "high": (HIGHER, "/////")}
WITHIN_ERROR = "#D0D0D0"


def draw(
    points: xr.Dataset, table: pd.DataFrame, outcome: str, width: float = style.TWO_COLUMN
) -> Drawing:
    """Draw the dozen parameters that move each quantity of one outcome farthest.

    Parameters
    ----------
    points : xarray.Dataset
        From `read_tornado`.
    table : pandas.DataFrame
        From `read_tornado`.
    outcome : str
        One of those in the table.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.
    """
    rows = table[table.outcome == outcome]
    kept = without_failed(points)
    provenance = provenance_of(kept)
    caption = provenance.caption(_shown(kept, rows, outcome))
    with drawing_settings():
        drawn = ParameterPanels.laid_out(
            width, caption, quantities_in(rows), min(SHOWN, rows.parameter.nunique()),
            row=ROW, right=RIGHT, key=KEY,
        )
        for quantity, axes in drawn.panels:
            _draw_panel(drawn, axes, rows_of(rows, quantity), quantity)
        drawn.key(_key(bool(table.low_failed.any() or table.high_failed.any())))
    return Drawing(drawn.page.figure, f"{NAME}_{outcome}", caption, provenance)


def _farthest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the dozen rows with the largest change, those that failed at an end among them."""
    size = rows[["low_change", "high_change"]].abs().max(axis=1)
    order = size.fillna(0).sort_values(ascending=False, kind="stable").index
    return rows.loc[order].head(SHOWN)


def _draw_panel(
    drawn: ParameterPanels, axes: Axes, rows: pd.DataFrame, quantity: Quantity
) -> None:
    base = 100 * float(rows.baseline.iloc[0])
    sign = "+" if quantity.kind == "difference" and base > 0 else ""
    unit = "%" if quantity.kind == "probability" else " points"
    drawn.title(axes, f"{quantity.label}: {sign}{significant(base)}{unit}")
    axes.axvline(0, color="#404040", linewidth=0.7, zorder=4, gid="baseline")
    shown = _farthest(rows)
    for place, row in enumerate(shown.itertuples()):
        axes.axhline(place, color="#EDEDED", linewidth=0.5, zorder=0)
        for end in ("low", "high"):
            _draw_end(axes, place, row, end)
        ends = f"{significant(row.low)} to {significant(row.high)}"
        axes.annotate(
            ends, (1, place), xycoords=("axes fraction", "data"), xytext=(4, 0), va="center",
            textcoords="offset points", size=style.SMALL_TEXT_SIZE - 1, annotation_clip=False,
            gid=f"range:{row.parameter}", color="#303030",
        )
    name_rows(drawn.page, axes, shown.parameter)
    axes.margins(x=0.06)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", "\u2212"))
    axes.set_xlabel("change [percentage points]", labelpad=1.5)


def _draw_end(axes: Axes, place: int, row: tuple, end: str) -> None:
    change, low, high = (
        100 * getattr(row, f"{end}_{part}") for part in ("change", "change_low", "change_high")
    )
    if getattr(row, f"{end}_failed"):
        axes.plot([0], [place + (0.2 if end == "high" else -0.2)], linestyle="none", marker="x",
                  markersize=3.6, color="black", markeredgewidth=0.8, zorder=5,
                  gid=f"failed:{end}:{row.parameter}")
        return
    if change == 0:
        return
    # Both ends may lie on one side of the baseline: each has a half of the row of its own then.
    other = getattr(row, "low_change" if end == "high" else "high_change")
    same_side = np.isfinite(other) and change * other > 0
    tall = BAR / 2 if same_side else BAR
    at = place + (0.0 if not same_side else tall / 2 if end == "high" else -tall / 2)
    decided = low > 0 or high < 0
    colour, hatch = FILLS[end] if decided else (WITHIN_ERROR, FILLS[end][1])
    axes.barh(at, change, height=tall, facecolor=colour, hatch=hatch, edgecolor="white",
              linewidth=0.3, gid=f"{end}:{row.parameter}", zorder=2)
    if np.isfinite(low) and np.isfinite(high):
        axes.plot([low, high], [at, at], color="#202020", linewidth=0.8, solid_capstyle="butt",
                  gid=f"{end}_interval:{row.parameter}", zorder=3)


def _key(with_failed: bool) -> list[Artist]:
    handles: list[Artist] = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0.3, label=label)
        for (colour, hatch), label in (
            (FILLS["low"], "low end"), (FILLS["high"], "high end"),
            ((WITHIN_ERROR, ""), "within error"),
        )
    ]
    if with_failed:
        handles.append(Line2D([], [], linestyle="none", marker="x", markersize=3.6, color="black",
                              markeredgewidth=0.8, label="failed"))
    return handles


def _shown(points: xr.Dataset, rows: pd.DataFrame, outcome: str) -> str:
    parameters = rows.parameter.nunique()
    most = f"The {SHOWN} of {parameters} parameters that change it most" if parameters > SHOWN \
        else f"The {parameters} parameters"
    return (
        f"{most}, each moved alone to the low and the high end of its range, the others at the "
        f"baseline: change in the probability of {in_sentence(outcome_label(outcome))} within "
        f"{horizon(points)}, and in its difference between regimes, with {level(points)} intervals. "
        f"{_errors(rows)} Above each panel: its value at the baseline; right: the ends of the "
        "range. What parameters do together is not seen."
    )


def _errors(rows: pd.DataFrame) -> str:
    if rows.paired.all():
        return "Changes are paired by replication."
    return (
        "Errors of two points are taken for independent, which overstates those of a change: "
        "points share their luck."
    )
