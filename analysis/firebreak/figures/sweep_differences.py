"""Strips of quantiles: what each regime changes over all points, and how sure its sign is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from .. import style
from ..labels import in_sentence, outcome_label, regime_label
from ..page import Page, drawing_settings, say_beside
from ..provenance import provenance_of
from ..sweep import course
from ..sweep_differences import difference_quantiles
from ..sweep_report import per_cent, shares_note
from . import regime_rows
from .drawing import Drawing, joined
from .paired_differences import HIGHER, LOWER, UNDECIDED

NAME = "sweep_differences"
TOP, BOTTOM, RIGHT = 0.36, 0.40, 0.08
VALUES = 0.98
"""Room for the three shares [inch]."""
COLUMNS = (("lower", 22), ("higher", 46), ("open", 68))
"""Heads of the shares, and where they end right of the axes [point]."""


def draw(
    sweep: xr.Dataset, differences: pd.DataFrame | None = None, width: float = style.TWO_COLUMN
) -> Drawing:
    """Draw the distribution of the paired differences over the points, in a panel per outcome.

    Parameters
    ----------
    sweep : xarray.Dataset
        From `read_sweep`.
    differences : pandas.DataFrame, optional
        From `difference_quantiles`, which is called if omitted.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.
    """
    table = difference_quantiles(sweep) if differences is None else differences
    outcomes = [str(name) for name in sweep.outcome.values]
    rows = regime_rows.rows_of(sweep.regime.values)
    provenance = provenance_of(sweep)
    caption = provenance.caption(_shown(sweep, outcomes))
    with drawing_settings():
        narrow = width <= style.ONE_COLUMN
        columns = 1 if narrow else min(2, len(outcomes))
        names = regime_rows.NARROW_NAMES if narrow else regime_rows.WIDE_NAMES
        pitch = TOP + rows.height + BOTTOM
        page = Page(width, pitch * -(-len(outcomes) // columns), caption)
        wide = (width - names - RIGHT) / columns - VALUES - 0.1 * (columns - 1)
        for number, outcome in enumerate(outcomes):
            row, column = divmod(number, columns)
            left = names + column * (wide + VALUES + 0.14)
            axes = page.axes(left, TOP + row * pitch, wide, rows.height)
            axes.set_gid(outcome)
            _draw_panel(axes, table[table.outcome == outcome], sweep, rows)
            if column == 0:
                regime_rows.label(page, axes, rows, names - 0.12)
    return Drawing(page.figure, NAME, caption, provenance)


def _draw_panel(
    axes: Axes, table: pd.DataFrame, sweep: xr.Dataset, rows: regime_rows.Rows
) -> None:
    outcome = axes.get_gid()
    regime_rows.dress(axes, rows)
    axes.axvline(0, color="#404040", linewidth=0.7, zorder=1, gid="zero")
    axes.set_title(outcome_label(outcome), loc="left", pad=11)
    for head, place in COLUMNS:
        say_beside(axes, -0.95, head, place, f"head:{head}", style.GREY)
    by_regime = {row.regime: row for row in table.itertuples()}
    for regime, place in rows.places.items():
        axes.axhline(place, color="#EDEDED", linewidth=0.5, zorder=0)
        row = by_regime.get(regime)
        if row is None:
            say_beside(axes, place, "reference", COLUMNS[1][1], f"value:{regime}", style.GREY)
        elif row.points == 0:
            say_beside(axes, place, "no estimate", COLUMNS[1][1], f"value:{regime}", style.GREY)
        else:
            _draw_strip(axes, place, row)
    axes.margins(x=0.05)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", "\u2212"))
    axes.set_xlabel(f"percentage points, at {horizon(sweep)}", labelpad=1.5)


def _draw_strip(axes: Axes, place: float, row: tuple) -> None:
    low, first, middle, third, high = (
        100 * value for value in (row.q05, row.q25, row.median, row.q75, row.q95)
    )
    # Points share their luck, so a line beside zero alone proves nothing: most points must too.
    one_sided = (high < 0 and row.lower > 0.5) or (low > 0 and row.higher > 0.5)
    colour = (HIGHER if low > 0 else LOWER) if one_sided else UNDECIDED
    axes.plot([low, high], [place, place], color=colour, linewidth=0.9, solid_capstyle="butt",
              gid=f"outer:{row.regime}", zorder=2)
    axes.plot([first, third], [place, place], color=colour, linewidth=3.6,
              solid_capstyle="butt", gid=f"inner:{row.regime}", zorder=3)
    face, edge = (colour, "white") if one_sided else ("white", colour)
    axes.plot([middle], [place], linestyle="none", marker="o" if one_sided else "s",
              markersize=4.2 if one_sided else 3.0, markerfacecolor=face, markeredgecolor=edge,
              markeredgewidth=0.9, gid=f"median:{row.regime}", zorder=4)
    for (head, right), share in zip(COLUMNS, (row.lower, row.higher, row.undecided)):
        say_beside(axes, place, f"{per_cent(share)}%", right, f"{head}:{row.regime}", "#303030")


def horizon(sweep: xr.Dataset) -> str:
    """Return the horizon of a sweep in words: "5 years"."""
    horizon = round(float(sweep.time), 2)
    return "1 year" if horizon == 1 else f"{horizon:g} years"


def _shown(sweep: xr.Dataset, outcomes: list[str]) -> str:
    named = joined([in_sentence(outcome_label(name)) for name in outcomes])
    reference = in_sentence(regime_label(str(np.ravel(sweep.reference.values)[0])))
    return " ".join(filter(None, (
        f"Difference in the probability of {named} within {horizon(sweep)} from that under "
        f"{reference}, over the design points: median (mark), 25% to 75% (bar) and 5% to 95% "
        "(line). Filled circles: the line and the intervals of most points exclude zero. Quantiles "
        f"include the Monte Carlo error of the points, which share their luck. {shares_note(sweep)}",
        course(sweep),
    )))
