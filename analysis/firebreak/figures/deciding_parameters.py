"""Dots with intervals: the parameters that probabilities and differences go with most."""

from __future__ import annotations

import pandas as pd
import xarray as xr
from matplotlib.axes import Axes

from .. import style
from ..deciding_parameters import largest
from ..labels import in_sentence, outcome_label
from ..page import drawing_settings
from ..printed_numbers import plain, signed
from ..provenance import provenance_of
from ..sweep_report import method_note
from .drawing import Drawing
from .paired_differences import HIGHER, LOWER, UNDECIDED
from .parameter_names import name_rows
from .parameter_panels import ParameterPanels, quantities_in

NAME = "deciding_parameters"
SHOWN = 10
ROW = 0.165
RIGHT = 0.31


def draw(
    sweep: xr.Dataset, table: pd.DataFrame, outcome: str, width: float = style.TWO_COLUMN
) -> Drawing:
    """Draw the ten largest coefficients of each quantity of one outcome.

    Parameters
    ----------
    sweep : xarray.Dataset
        From `read_sweep`.
    table : pandas.DataFrame
        From `parameter_table`.
    outcome : str
        One of those in the table.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.
    """
    rows = table[table.outcome == outcome]
    provenance = provenance_of(sweep)
    caption = provenance.caption(_shown(rows, outcome, provenance.confidence_level))
    with drawing_settings():
        drawn = ParameterPanels.laid_out(
            width, caption, quantities_in(rows), min(SHOWN, rows.parameter.nunique()),
            row=ROW, right=RIGHT,
        )
        for quantity, axes in drawn.panels:
            _draw_panel(drawn, axes, largest(rows, outcome, quantity, SHOWN), quantity.label)
    return Drawing(drawn.page.figure, f"{NAME}_{outcome}", caption, provenance)


def _draw_panel(drawn: ParameterPanels, axes: Axes, rows: pd.DataFrame, title: str) -> None:
    axes.set_xlim(-1.06, 1.06)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["\u22121", "\u22120.5", "0", "0.5", "1"])
    axes.set_xlabel("rank correlation", labelpad=1.5)
    drawn.title(axes, title)
    axes.axvline(0, color="#404040", linewidth=0.7, zorder=1, gid="zero")
    if rows.empty:
        axes.text(0.5, 0.5, "does not vary", transform=axes.transAxes, ha="center", va="center",
                  color=style.GREY, size=style.SMALL_TEXT_SIZE, gid="empty")
        return
    limit = float(rows.chance_limit.iloc[0])
    for side in (-limit, limit):
        axes.axvline(side, color=style.GREY, linewidth=0.6, linestyle=(0, (3, 2)), zorder=1,
                     gid="chance_limit")
    for place, row in enumerate(rows.itertuples()):
        axes.axhline(place, color="#EDEDED", linewidth=0.5, zorder=0)
        beyond = abs(row.coefficient) > limit
        colour = (HIGHER if row.coefficient > 0 else LOWER) if beyond else UNDECIDED
        axes.plot([row.low, row.high], [place, place], color=colour, linewidth=1.1,
                  solid_capstyle="butt", gid=f"interval:{row.parameter}", zorder=2)
        axes.plot([row.coefficient], [place], linestyle="none", marker="o" if beyond else "s",
                  markersize=3.0, markerfacecolor=colour if beyond else "white",
                  markeredgecolor=colour, markeredgewidth=0.9,
                  gid=f"coefficient:{row.parameter}", zorder=3)
        axes.annotate(
            signed(row.coefficient, 2), (1, place), xycoords=("axes fraction", "data"),
            xytext=(3, 0), textcoords="offset points", va="center",
            size=style.SMALL_TEXT_SIZE - 0.5, annotation_clip=False, color="#303030",
            gid=f"value:{row.parameter}",
        )
    name_rows(drawn.page, axes, rows.parameter)


def _shown(rows: pd.DataFrame, outcome: str, confidence_level: float) -> str:
    level = f"{100 * confidence_level:g}%"
    count, shown = len(rows), min(SHOWN, rows.parameter.nunique())
    limit = plain(float(rows.chance_limit.max()), 2)
    return (
        f"Which parameters the probability of {in_sentence(outcome_label(outcome))} and its "
        f"differences between regimes go with: the {shown} largest of each, with {level} "
        "intervals. Right of zero: the larger the parameter, the larger the probability or the "
        f"difference. {method_note(rows)} Dashed: {limit}, which not one of all {count} "
        "coefficients (parameters times panels) would pass by chance, at "
        f"{level} (Bonferroni); open squares do not pass it. "
        "Those shown were chosen for being large, so they look larger than they are."
    )
