"""Stacked bars: where first clashes come from and by which path, beside how probable they are."""

from __future__ import annotations

from typing import Mapping, Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from .. import style
from ..labels import PATHS, SOURCES
from ..page import Page, drawing_settings
from ..provenance import provenance_of
from ..results import require
from . import regime_rows
from .drawing import Drawing, level, years
from .probability_axis import dress, percent, scale_of

NAME = "clash_paths"
TOP, BOTTOM, RIGHT, GAP = 0.26, 0.40, 0.14, 0.30
KEY_LINE = 0.13
BAR = 0.72


def draw(point: xr.Dataset, width: float = style.TWO_COLUMN) -> Drawing:
    """Draw the shares of sources (and paths, on a wide page) of first clashes by regime.

    A regime without a clash keeps its row: a hatched outline in place of the bar, and an open
    triangle at the upper limit of the probability.

    Parameters
    ----------
    point : xarray.Dataset
        One design point, from `select_point`.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.

    Returns
    -------
    Drawing

    Raises
    ------
    ResultsError
        If the file does not have the outcome clash.
    """
    require(point, "outcome", "clash")
    rows = regime_rows.rows_of(point.regime.values)
    wide_page = width > style.ONE_COLUMN
    provenance = provenance_of(point)
    caption = provenance.caption(_shown(point, wide_page))
    names = regime_rows.WIDE_NAMES if wide_page else regime_rows.NARROW_NAMES
    room = width - names - RIGHT - GAP * (2 if wide_page else 1)
    parts = (0.46, 0.24, 0.30) if wide_page else (0.62, 0.38)
    widths = [room * part for part in parts]
    sources = _fills(point, "source", SOURCES, style.SHADES)
    paths = _fills(point, "path", PATHS, [(grey, "") for grey in style.GREYS])
    key_lines = -(-len(sources) // 4) if wide_page else -(-len(sources) // 2)
    with drawing_settings():
        below = TOP + rows.height + BOTTOM
        lines = key_lines + (1 if wide_page else 0)
        page = Page(width, below + KEY_LINE * lines + 0.04, caption)
        left = names
        axes = page.axes(left, TOP, widths[0], rows.height)
        title = "Source of the first clash" if wide_page else "Source"
        _draw_shares(axes, point, "source", sources, rows, title)
        regime_rows.label(page, axes, rows, names - 0.12)
        _draw_key(page, "Source", sources, below, 4 if wide_page else 2)
        if wide_page:
            left += widths[0] + GAP
            axes = page.axes(left, TOP, widths[1], rows.height)
            _draw_shares(axes, point, "path", paths, rows, "Path")
            _draw_key(page, "Path", paths, below + KEY_LINE * key_lines, 5)
        left += widths[-2] + GAP
        axes = page.axes(left, TOP, widths[-1], rows.height)
        _draw_probability(axes, point, rows)
        where = f"within {years(point)}"
        axes.set_xlabel(f"of a clash {where}" if wide_page else where, labelpad=1.5)
    return Drawing(page.figure, NAME, caption, provenance)


def _fills(
    point: xr.Dataset, axis: str, labels: Mapping[str, str], fills: Sequence[tuple[str, str]]
) -> dict[str, tuple[str, str, str]]:
    """Return label, colour and hatch by name; more names than fills start anew with a hatch."""
    found = {}
    for number, name in enumerate(str(value) for value in point[axis].values):
        colour, hatch = fills[number % len(fills)]
        label = labels.get(name, name.replace("_", " "))
        found[name] = (label, colour, hatch if number < len(fills) else "xxxx")
    return found


def _draw_shares(
    axes: Axes, point: xr.Dataset, kind: str, fills: Mapping[str, tuple[str, str, str]],
    rows: regime_rows.Rows, title: str,
) -> None:
    axes.set_gid(kind)
    regime_rows.dress(axes, rows)
    axes.set_title(title, loc="left", pad=5)
    for regime, place in rows.places.items():
        shares = point[f"{kind}_share"].sel(regime=regime)
        counted = int(point[f"{kind}_count"].sel(regime=regime).sum())
        if counted == 0 or not np.isfinite(shares.values).any() or not shares.sum() > 0:
            axes.barh(place, 1, height=BAR, facecolor="none", edgecolor=style.LIGHT_GREY,
                      hatch="/////", linewidth=0.6, gid=f"none:{regime}")
            axes.text(0.5, place, "no clash", ha="center", va="center_baseline", color="#404040",
                      size=style.SMALL_TEXT_SIZE - 0.5, gid=f"note:{regime}",
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0})
            continue
        start = 0.0
        for name, (_, colour, hatch) in fills.items():
            share = float(shares.sel({kind: name}))
            if np.isfinite(share) and share > 0:
                axes.barh(place, share, left=start, height=BAR, facecolor=colour, hatch=hatch,
                          edgecolor="white", linewidth=0.4, gid=f"{name}:{regime}")
                start += share
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.5, 1])
    axes.set_xticks([0.25, 0.75], minor=True)
    axes.xaxis.set_major_formatter(percent)
    axes.set_xlabel("share of first clashes", labelpad=1.5)


def _draw_probability(axes: Axes, point: xr.Dataset, rows: regime_rows.Rows) -> None:
    axes.set_gid("probability")
    regime_rows.dress(axes, rows)
    axes.set_title("Probability", loc="left", pad=5)
    at_end = point.isel(time=-1).sel(outcome="clash")
    scale = scale_of(
        at_end.probability.values, at_end.probability_high.values,
        lower=at_end.probability_low.values,
    )
    for regime, place in rows.places.items():
        axes.axhline(place, color="#EDEDED", linewidth=0.5, zorder=0)
        one = at_end.sel(regime=regime)
        estimate, low, high = (
            float(one[name]) for name in ("probability", "probability_low", "probability_high")
        )
        if estimate > 0:
            axes.plot([low, high], [place, place], color=style.OKABE_ITO["blue"], linewidth=1.1,
                      solid_capstyle="butt", gid=f"interval:{regime}", zorder=2)
            axes.plot([estimate], [place], linestyle="none", marker="o", markersize=3.0,
                      color=style.OKABE_ITO["blue"], gid=f"estimate:{regime}", zorder=3)
        elif estimate == 0 and np.isfinite(high):
            axes.plot([scale.low, high], [place, place], linewidth=0.8, linestyle=(0, (1, 1)),
                      color=style.OKABE_ITO["blue"], zorder=2)
            axes.plot([high], [place], linestyle="none", marker="<", markersize=4,
                      markerfacecolor="white", markeredgecolor=style.OKABE_ITO["blue"],
                      markeredgewidth=0.9, gid=f"limit:{regime}", zorder=3)
        else:
            axes.annotate("no estimate", (0.5, place), xycoords=("axes fraction", "data"),
                          ha="center", va="center", color=style.GREY, gid=f"note:{regime}",
                          size=style.SMALL_TEXT_SIZE - 0.5)
    if scale.logarithmic:
        axes.set_xscale("log")
    axes.set_xlim(scale.low, scale.high)
    dress(axes.xaxis, scale)


def _draw_key(
    page: Page, title: str, fills: Mapping[str, tuple[str, str, str]], top: float, columns: int
) -> None:
    page.text(0.1, top, title, va="top", weight="bold")
    left = 0.6
    handles = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0.4, label=text)
        for text, colour, hatch in fills.values()
    ]
    page.figure.legend(
        handles=handles, loc="upper left", ncol=columns, borderaxespad=0, borderpad=0,
        bbox_to_anchor=(left / page.width, 1 - top / page.height), handlelength=1.4,
        handleheight=0.8, labelspacing=0.3, columnspacing=1.2, handletextpad=0.5,
    )


def _shown(point: xr.Dataset, with_paths: bool) -> str:
    what = "source and path" if with_paths else "source"
    return (
        f"First clashes by {what} as a share of all, and the probability of a clash within "
        f"{years(point)} with {level(point)} intervals. Hatched outline: no clash in any "
        "replication; open triangle: upper limit of the probability."
    )
