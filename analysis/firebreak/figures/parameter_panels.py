"""Panels of quantities side by side, each with a row for a parameter and its name at the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from .. import style
from ..deciding_parameters import Quantity
from ..page import Page
from .parameter_names import NAMES

TOP, BOTTOM = 0.26, 0.40
"""Room for a panel's title and for its axis [inch]."""
INDENT = 0.06
"""Titles and keys begin so far from the left [inch]."""


def quantities_in(rows: pd.DataFrame) -> list[Quantity]:
    """Return what the columns `quantity` and `regime` name, in order."""
    return [Quantity(*pair) for pair in dict.fromkeys(zip(rows["quantity"], rows["regime"]))]


def rows_of(rows: pd.DataFrame, quantity: Quantity) -> pd.DataFrame:
    """Return the rows of one quantity."""
    return rows[(rows["quantity"] == quantity.kind) & (rows["regime"] == quantity.regime)]


@dataclass(frozen=True)
class ParameterPanels:
    """A page with a panel for each quantity, in one column or two."""

    page: Page
    panels: list[tuple[Quantity, Axes]]
    bottom: float
    """Where the panels end and a key may begin, from the top [inch]."""

    @classmethod
    def laid_out(
        cls, width: float, caption: str, quantities: Sequence[Quantity], rows: int, *,
        row: float, right: float, key: float = 0.0,
    ) -> ParameterPanels:
        """Lay out panels of `rows` rows, `row` inches each, with room at their right and for a key."""
        columns = 1 if width <= style.ONE_COLUMN else min(2, len(quantities))
        pitch = TOP + rows * row + BOTTOM
        bottom = pitch * -(-len(quantities) // columns)
        page = Page(width, bottom + key, caption)
        each = width / columns
        panels = []
        for number, quantity in enumerate(quantities):
            line, column = divmod(number, columns)
            axes = page.axes(
                column * each + NAMES, TOP + line * pitch, each - NAMES - right, rows * row
            )
            axes.set_gid(f"{quantity.kind}:{quantity.regime}")
            axes.set_ylim(rows - 0.5, -0.5)
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
            panels.append((quantity, axes))
        return cls(page, panels, bottom)

    def title(self, axes: Axes, text: str) -> None:
        """Write a panel's title, above the names too: a long one needs the room."""
        wide = axes.get_position().width * self.page.width
        axes.set_title(text, loc="left", pad=5, x=-(NAMES - INDENT) / wide)

    def key(self, handles: Sequence[Artist]) -> None:
        """Draw the key below the panels."""
        page = self.page
        page.figure.legend(
            handles=list(handles), loc="upper left", ncol=len(handles), borderaxespad=0,
            borderpad=0, bbox_to_anchor=(INDENT / page.width, 1 - self.bottom / page.height),
            handlelength=1.4, columnspacing=1.2, handletextpad=0.5,
        ).set_gid("key")
