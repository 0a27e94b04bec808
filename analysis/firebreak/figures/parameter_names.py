"""Names of parameters beside the rows of a figure."""

from __future__ import annotations

from typing import Sequence

from matplotlib.axes import Axes

from .. import style
from ..page import Page

NAMES = 1.72
"""Room for the names of the parameters [inch]."""


def name_rows(page: Page, axes: Axes, parameters: Sequence[str]) -> None:
    """Write the name of each parameter left of its row; the first row is at 0.

    Parameters
    ----------
    page : Page
        To measure text on.
    axes : matplotlib.axes.Axes
        A row per unit, downwards.
    parameters : sequence of str
        Paths.
    """
    for place, parameter in enumerate(parameters):
        text, size = parameter, style.SMALL_TEXT_SIZE
        if page.text_width(text, size) > NAMES - 0.1:
            text, size = text.replace(":", ":\n"), style.SMALL_TEXT_SIZE - 0.8
        axes.annotate(
            text, (0, place), xycoords=("axes fraction", "data"), xytext=(-4, 0),
            textcoords="offset points", ha="right", va="center", size=size, linespacing=0.9,
            annotation_clip=False, gid=f"label:{parameter}",
        )
