"""Bars: first-order and total Sobol indices of the parameters, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from .. import style
from ..deciding_parameters import Quantity
from ..labels import in_sentence, outcome_label
from ..page import Page, drawing_settings
from ..printed_numbers import significant
from ..provenance import provenance_of
from ..sobol_indices import SaltelliDesign
from ..sweep import without_failed
from .drawing import Drawing, level
from .parameter_names import NAMES, name_rows
from .sweep_differences import horizon

NAME = "sobol_indices"
SHOWN = 10
ROW = 0.20
TOP, BOTTOM, RIGHT, KEY = 0.26, 0.40, 0.17, 0.16
BAR = 0.36
FIRST, TOTAL = style.OKABE_ITO["blue"], style.OKABE_ITO["orange"]


def draw(
    points: xr.Dataset, design: SaltelliDesign, table: pd.DataFrame, outcome: str,
    width: float = style.TWO_COLUMN,
) -> Drawing:
    """Draw the ten largest total indices of each quantity of one outcome.

    Parameters
    ----------
    points : xarray.Dataset
        From `read_points`.
    design : SaltelliDesign
        From `saltelli_design`.
    table : pandas.DataFrame
        From `sobol_indices`, of several quantities.
    outcome : str
        One of those in the table.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.
    """
    rows = table[table.outcome == outcome]
    asked = [Quantity(*pair) for pair in dict.fromkeys(zip(rows["quantity"], rows["regime"]))]
    kept = without_failed(points)
    provenance = provenance_of(kept)
    caption = provenance.caption(_shown(kept, design, rows, outcome))
    with drawing_settings():
        columns = 1 if width <= style.ONE_COLUMN else min(2, len(asked))
        height = min(SHOWN, len(design.sampled)) * ROW
        pitch = TOP + height + BOTTOM
        body = pitch * -(-len(asked) // columns)
        page = Page(width, body + KEY, caption)
        wide = width / columns - NAMES - RIGHT
        for number, quantity in enumerate(asked):
            line, column = divmod(number, columns)
            left = column * width / columns + NAMES
            axes = page.axes(left, TOP + line * pitch, wide, height)
            axes.set_gid(f"{quantity.kind}:{quantity.regime}")
            chosen = rows[(rows["quantity"] == quantity.kind) & (rows.regime == quantity.regime)]
            _draw_panel(page, axes, chosen, quantity)
        _draw_key(page, body)
    return Drawing(page.figure, f"{NAME}_{outcome}", caption, provenance)


def _draw_panel(page: Page, axes: Axes, rows: pd.DataFrame, quantity: Quantity) -> None:
    largest = rows.sort_values("total", ascending=False, kind="stable").head(SHOWN)
    axes.set_ylim(len(largest) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_title(quantity.label, loc="left", pad=5,
                   x=-(NAMES - 0.06) / (axes.get_position().width * page.width))
    axes.set_xlabel("share of the variance", labelpad=1.5)
    axes.axvline(0, color="#404040", linewidth=0.7, zorder=1, gid="zero")
    if not np.isfinite(largest.total).any():
        axes.text(0.5, 0.5, "does not vary", transform=axes.transAxes, ha="center", va="center",
                  color=style.GREY, size=style.SMALL_TEXT_SIZE, gid="empty")
        axes.set_xlim(0, 1)
        return
    for place, row in enumerate(largest.itertuples()):
        for at, name, colour, hatch in (
            (place - BAR / 2, "first", FIRST, ""), (place + BAR / 2, "total", TOTAL, "/////"),
        ):
            axes.barh(at, getattr(row, name), height=BAR, facecolor=colour, hatch=hatch,
                      edgecolor="white", linewidth=0.3, gid=f"{name}:{row.parameter}", zorder=2)
            axes.plot([getattr(row, f"{name}_low"), getattr(row, f"{name}_high")], [at, at],
                      color="#202020", linewidth=0.9, solid_capstyle="butt",
                      gid=f"{name}_interval:{row.parameter}", zorder=3)
    name_rows(page, axes, largest.parameter)
    drawn = largest[["first_low", "first_high", "total_low", "total_high"]].to_numpy()
    axes.set_xlim(min(0.0, 1.04 * float(np.nanmin(drawn))), max(1.0, 1.04 * float(np.nanmax(drawn))))
    axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])


def _draw_key(page: Page, top: float) -> None:
    page.figure.legend(
        handles=[
            Patch(facecolor=FIRST, label="by itself (first-order)"),
            Patch(facecolor=TOTAL, hatch="/////", edgecolor="white", linewidth=0.3,
                  label="with interactions (total)"),
        ],
        loc="upper left", ncol=2, borderaxespad=0, borderpad=0, handlelength=1.4,
        bbox_to_anchor=(0.06 / page.width, 1 - top / page.height), columnspacing=1.2,
        handletextpad=0.5,
    ).set_gid("key")


def _shown(
    points: xr.Dataset, design: SaltelliDesign, rows: pd.DataFrame, outcome: str
) -> str:
    parts = [
        "Sobol indices: the share of the variance over the design that each parameter causes by "
        "itself, and together with others, in the probability of "
        f"{in_sentence(outcome_label(outcome))} within {horizon(points)} and in its differences "
        f"between regimes, with {level(points)} intervals by resampling {design.first.size:,} rows."
    ]
    if len(design.sampled) > SHOWN:
        parts.append(f"The {SHOWN} largest of {len(design.sampled)} total indices are shown.")
    parts.append(
        "Points share their luck; what is left of their Monte Carlo error counts as interaction."
    )
    if design.levels:
        named = "; ".join(f"{path} = {significant(value)}" for path, value in design.levels.items())
        parts.append(f"At {named}, one of {design.combinations} combinations of levels.")
    if design.lost:
        parts.append(f"{design.lost} rows with a failed point are left out.")
    parts.append("Shares are of the ignorance that the priors state: other priors, other shares.")
    return " ".join(parts)
