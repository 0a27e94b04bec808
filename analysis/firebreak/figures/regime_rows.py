"""Rows, one per regime, grouped by family: the shared vertical axis of the bar and forest plots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from matplotlib.axes import Axes

from .. import style
from ..labels import families, regime_label
from ..page import Page

ROW = 0.165
"""Height of a row [inch]."""
WIDE_NAMES, NARROW_NAMES = 1.72, 1.08
"""Room for the names of the regimes on a page of two columns and of one [inch]."""
FAMILY_GAP = 0.6
"""Empty space between two families [row]."""


@dataclass(frozen=True)
class Rows:
    """Places of the regimes on a vertical axis that runs down from zero."""

    places: dict[str, float]
    extent: float

    @property
    def height(self) -> float:
        """Height of the axes [inch]."""
        return self.extent * ROW


def rows_of(regimes: Sequence[str]) -> Rows:
    """Place the regimes one below the other with gaps between families."""
    places: dict[str, float] = {}
    place = 0.0
    for number, family in enumerate(families(regimes)):
        place += FAMILY_GAP if number else 0.0
        for regime in family.regimes:
            places[regime] = place
            place += 1.0
    return Rows(places, place)


def dress(axes: Axes, rows: Rows) -> None:
    """Set the limits of the rows and take away ticks and the vertical spine."""
    axes.set_ylim(rows.extent - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def label(page: Page, axes: Axes, rows: Rows, width: float) -> None:
    """Write the names of the regimes at the left of the axes, in two lines where too wide.

    Parameters
    ----------
    page : Page
        To measure text on.
    axes : matplotlib.axes.Axes
        Dressed with `dress`.
    rows : Rows
        Of these axes.
    width : float
        Room for the names [inch].
    """
    for regime, place in rows.places.items():
        lines = page.wrapped(regime_label(regime), width, style.TEXT_SIZE)
        size = style.TEXT_SIZE if len(lines) == 1 else style.TEXT_SIZE - 1.0
        axes.annotate(
            "\n".join(lines), (0, place), xycoords=("axes fraction", "data"),
            xytext=(-5, 0), textcoords="offset points", ha="right", va="center",
            size=size, linespacing=0.9, annotation_clip=False, gid=f"label:{regime}",
        )
