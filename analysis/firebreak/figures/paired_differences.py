"""Forest plot: differences between each regime and a reference regime, paired by replication."""

from __future__ import annotations

from typing import Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from .. import style
from ..labels import in_sentence, outcome_label, regime_label
from ..printed_numbers import decimals_for, limit, limit_without_difference, signed
from ..page import Page, drawing_settings
from ..provenance import provenance_of
from ..results import ResultsError, require
from . import regime_rows
from .drawing import Drawing, joined, level, years

NAME = "paired_differences"
DEFAULT_OUTCOMES = ("collapse", "clash")
LOWER = style.OKABE_ITO["blue"]
HIGHER = style.OKABE_ITO["vermilion"]
UNDECIDED = "#595959"
TOP, BOTTOM, RIGHT = 0.26, 0.40, 0.08
VALUES = 1.02
"""Room for an estimate and its interval in figures [inch]."""


def draw(
    point: xr.Dataset,
    outcomes: Sequence[str] | None = None,
    reference: str = "status-quo",
    width: float = style.TWO_COLUMN,
) -> Drawing:
    """Draw differences at the horizon in percentage points, with intervals and a zero line.

    A marker is filled if its interval excludes zero. Where no replication tells the two regimes
    apart the difference is not drawn as a certain zero: two bars on a dotted line stand at the
    limits that so many replications without an event allow.

    Parameters
    ----------
    point : xarray.Dataset
        One design point, from `select_point`.
    outcomes : sequence of str, optional
        One panel each; collapse and clash if omitted.
    reference : str, default "status-quo"
        The regime that is subtracted.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.

    Returns
    -------
    Drawing

    Raises
    ------
    ResultsError
        If the reference or an outcome is not in the file.
    """
    require(point, "reference", reference)
    known = [str(name) for name in point.outcome.values]
    chosen = [require(point, "outcome", name) for name in dict.fromkeys(outcomes or ())]
    chosen = chosen or [name for name in DEFAULT_OUTCOMES if name in known]
    if not chosen:
        raise ResultsError("no outcome to draw (the file has neither collapse nor clash)")
    rows = regime_rows.rows_of(point.regime.values)
    provenance = provenance_of(point)
    caption = provenance.caption(_shown(point, chosen, reference))
    with drawing_settings():
        columns = 1 if width <= style.ONE_COLUMN else min(2, len(chosen))
        narrow = width <= style.ONE_COLUMN
        names = regime_rows.NARROW_NAMES if narrow else regime_rows.WIDE_NAMES
        pitch = TOP + rows.height + BOTTOM
        page = Page(width, pitch * -(-len(chosen) // columns), caption)
        wide = (width - names - RIGHT) / columns - VALUES - 0.1 * (columns - 1)
        for number, outcome in enumerate(chosen):
            row, column = divmod(number, columns)
            left = names + column * (wide + VALUES + 0.14)
            axes = page.axes(left, TOP + row * pitch, wide, rows.height)
            axes.set_gid(outcome)
            _draw_panel(axes, point, outcome, reference, rows)
            if column == 0:
                regime_rows.label(page, axes, rows, names - 0.12)
    return Drawing(page.figure, NAME, caption, provenance)


def _draw_panel(
    axes: Axes, point: xr.Dataset, outcome: str, reference: str, rows: regime_rows.Rows
) -> None:
    regime_rows.dress(axes, rows)
    axes.axvline(0, color="#404040", linewidth=0.7, zorder=1, gid="zero")
    axes.set_title(outcome_label(outcome), loc="left", pad=5)
    at_end = point.isel(time=-1).sel(outcome=outcome, reference=reference)
    for regime, place in rows.places.items():
        axes.axhline(place, color="#EDEDED", linewidth=0.5, zorder=0)
        if regime == reference:
            _say(axes, place, "reference", regime)
            continue
        one = at_end.sel(regime=regime)
        estimate, low, high = (
            100 * float(one[name]) for name in ("difference", "difference_low", "difference_high")
        )
        if not np.isfinite(estimate):
            _say(axes, place, "no estimate", regime)
        elif estimate == 0 and not low < high:
            most = 100 * limit_without_difference(
                int(point.replications.sel(regime=regime)), provenance_of(point).confidence_level
            )
            axes.plot([-most, most], [place, place], linestyle="none", marker="|",
                      markersize=5, color=UNDECIDED, gid=f"limit:{regime}", zorder=3)
            axes.plot([-most, most], [place, place], color=UNDECIDED, linewidth=0.8,
                      linestyle=(0, (1, 1)), zorder=2)
            _say(axes, place, f"none seen, \u00b1{limit(most)}", regime)
        else:
            _draw_interval(axes, place, regime, estimate, low, high)
    axes.margins(x=0.06)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", "\u2212"))
    axes.set_xlabel(f"percentage points, at {years(point)}", labelpad=1.5)


def _draw_interval(
    axes: Axes, place: float, regime: str, estimate: float, low: float, high: float
) -> None:
    decided = low > 0 or high < 0
    colour = UNDECIDED if not decided else HIGHER if estimate > 0 else LOWER
    if np.isfinite(low) and np.isfinite(high):
        axes.plot([low, high], [place, place], color=colour, linewidth=1.1,
                  solid_capstyle="butt", gid=f"interval:{regime}", zorder=2)
        decimals = decimals_for(low, high)
        ends = f"[{signed(low, decimals)}, {signed(high, decimals)}]"
        text = f"{signed(estimate, decimals)} {ends}"
    else:
        text = f"{signed(estimate, 2)} (no interval)"
    axes.plot([estimate], [place], linestyle="none", marker="o" if decided else "s",
              markersize=3.0, markerfacecolor=colour if decided else "white",
              markeredgecolor=colour, markeredgewidth=0.9, gid=f"estimate:{regime}", zorder=3)
    _say(axes, place, text, regime)


def _say(axes: Axes, place: float, text: str, regime: str) -> None:
    axes.annotate(
        text, (1, place), xycoords=("axes fraction", "data"), xytext=(4, 0),
        textcoords="offset points", va="center", size=style.SMALL_TEXT_SIZE - 0.5,
        annotation_clip=False, gid=f"value:{regime}",
        color="#303030" if text[:1] in "+\u22120" else style.GREY,
    )


def _shown(point: xr.Dataset, outcomes: list[str], reference: str) -> str:
    named = [in_sentence(outcome_label(name)) for name in outcomes]
    return (
        f"Difference in the probability of {joined(named)} within "
        f"{years(point)} from that under {in_sentence(regime_label(reference))}, paired by "
        f"replication, with {level(point)} intervals. Left of zero: less likely than under the "
        "reference. Open squares: the interval includes zero. "
        "Bars on a dotted line: no replication tells the two apart, limits."
    )
