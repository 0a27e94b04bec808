"""What every figure module returns, and the words their captions share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

import xarray as xr
from matplotlib.figure import Figure

from ..output_files import write_files
from ..page import render
from ..provenance import Provenance
from ..results import confidence_level


@dataclass(frozen=True)
class Drawing:
    """A figure with its caption and provenance.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The caption is already drawn at its foot.
    name : str
        File name without ending.
    caption : str
        The whole text below the figure.
    provenance : Provenance
        The run it was drawn from.
    """

    figure: Figure
    name: str
    caption: str
    provenance: Provenance

    def contents(self) -> dict[str, bytes]:
        """Return the bytes of the figure by file name, as SVG, PDF and PNG."""
        rendered = render(self.figure, self.provenance, self.caption)
        return {f"{self.name}.{form}": content for form, content in rendered.items()}

    def write(self, folder: str | Path) -> list[Path]:
        """Write the figure as SVG, PDF and PNG and return the three paths."""
        return write_files(folder, self.contents())


def level(point: xr.Dataset) -> str:
    """Return the level of the intervals in words: "95%"."""
    return f"{100 * confidence_level(point):g}%"


def years(point: xr.Dataset) -> str:
    """Return the horizon in words: "5 years"."""
    horizon = float(point.time.values[-1])
    return "1 year" if round(horizon, 2) == 1 else f"{round(horizon, 2):g} years"


def joined(words: Sequence[str]) -> str:
    """Return "a", "a and b", or "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
