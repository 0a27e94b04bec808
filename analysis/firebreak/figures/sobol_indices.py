"""Bars: first-order and total Sobol indices of the parameters, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from .. import style
from ..labels import in_sentence, outcome_label
from ..page import drawing_settings
from ..printed_numbers import significant
from ..provenance import provenance_of
from ..sobol_indices import SaltelliDesign
from ..sweep import without_failed
from .drawing import Drawing, level
from .parameter_names import name_rows
from .parameter_panels import ParameterPanels, quantities_in, rows_of
from .sweep_differences import horizon

NAME = "sobol_indices"
SHOWN = 10
ROW = 0.20
RIGHT, KEY = 0.17, 0.16
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
    kept = without_failed(points)
    provenance = provenance_of(kept)
    caption = provenance.caption(_shown(kept, design, rows, outcome))
    with drawing_settings():
        drawn = ParameterPanels.laid_out(
            width, caption, quantities_in(rows), min(SHOWN, len(design.sampled)),
            row=ROW, right=RIGHT, key=KEY,
        )
        for quantity, axes in drawn.panels:
            _draw_panel(drawn, axes, rows_of(rows, quantity), quantity.label)
        drawn.key([
            Patch(facecolor=FIRST, label="by itself (first-order)"),
            Patch(facecolor=TOTAL, hatch="/////", edgecolor="white", linewidth=0.3,
                  label="with interactions (total)"),
        ])
    return Drawing(drawn.page.figure, f"{NAME}_{outcome}", caption, provenance)


def _draw_panel(drawn: ParameterPanels, axes: Axes, rows: pd.DataFrame, title: str) -> None:
    largest = rows.sort_values("total", ascending=False, kind="stable").head(SHOWN)
    drawn.title(axes, title)
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
    name_rows(drawn.page, axes, largest.parameter)
    ends = largest[["first_low", "first_high", "total_low", "total_high"]].to_numpy()
    axes.set_xlim(min(0.0, 1.04 * float(np.nanmin(ends))), max(1.0, 1.04 * float(np.nanmax(ends))))
    axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])


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
