"""How every figure looks: colours, lines, sizes and settings that make its bytes repeatable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

from .labels import families

ONE_COLUMN = 3.5
"""Width of a figure in one column of a two-column page [inch]."""
TWO_COLUMN = 7.0
"""Width of a figure across both columns [inch]."""

OKABE_ITO = {
    "black": "#000000",
    "orange": "#E69F00",
    "sky blue": "#56B4E9",
    "bluish green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermilion": "#D55E00",
    "reddish purple": "#CC79A7",
}
"""Colours told apart with any colour vision. Source: Okabe and Ito (2008)."""

GREY = "#8C8C8C"
LIGHT_GREY = "#D9D9D9"
TEXT_SIZE = 6.5
SMALL_TEXT_SIZE = 6.0
TITLE_SIZE = 7.0

SETTINGS: dict[str, Any] = {
    "font.family": "DejaVu Sans",  # ships with Matplotlib, so widths are the same everywhere
    "font.size": TEXT_SIZE,
    "axes.titlesize": TITLE_SIZE,
    "axes.titleweight": "bold",
    "axes.labelsize": TEXT_SIZE,
    "axes.linewidth": 0.6,
    "axes.edgecolor": "#404040",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.labelsize": TEXT_SIZE,
    "ytick.labelsize": TEXT_SIZE,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.minor.size": 1.5,
    "ytick.minor.size": 1.5,
    "xtick.minor.width": 0.4,
    "ytick.minor.width": 0.4,
    "xtick.major.pad": 2.0,
    "ytick.major.pad": 2.0,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.5,
    "legend.fontsize": TEXT_SIZE,
    "legend.frameon": False,
    "lines.linewidth": 1.1,
    "hatch.linewidth": 0.5,
    "text.parse_math": False,  # a dollar sign in a title is a dollar sign
    "figure.dpi": 100,
    "savefig.dpi": 300,
    "svg.fonttype": "path",
    "svg.hashsalt": "firebreak",
    "pdf.fonttype": 42,
}
"""Matplotlib settings, used inside a context so that the caller's stay as they are."""


@dataclass(frozen=True)
class LineStyle:
    """What tells one regime from the others in its panel: three marks, colour being only one."""

    colour: str
    dashes: Any
    marker: str


LINE_STYLES = (
    LineStyle(OKABE_ITO["blue"], "-", "o"),
    LineStyle(OKABE_ITO["vermilion"], (0, (4, 1.2)), "s"),
    LineStyle(OKABE_ITO["bluish green"], (0, (5, 1.2, 1.2, 1.2)), "^"),
    LineStyle(OKABE_ITO["reddish purple"], (0, (1.3, 1.0)), "D"),
    LineStyle(OKABE_ITO["orange"], (0, (7, 1.5)), "v"),
    LineStyle(OKABE_ITO["sky blue"], (0, (3, 1, 1, 1, 1, 1)), "P"),
)
"""One per place in a family."""

SHADES = (
    (OKABE_ITO["blue"], ""),
    (OKABE_ITO["sky blue"], ""),
    (OKABE_ITO["bluish green"], ""),
    (OKABE_ITO["yellow"], ""),
    (OKABE_ITO["reddish purple"], ""),
    (OKABE_ITO["vermilion"], ""),
    (OKABE_ITO["black"], "////"),
    (OKABE_ITO["orange"], "////"),
)
"""Fill and hatch of the parts of a stacked bar, in the order of the axis source."""

GREYS = ("#303030", "#6E6E6E", "#9C9C9C", "#C6C6C6", "#E8E8E8")
"""Fills of the parts of a second stack beside the first, in the order of the axis path."""


def line_styles(regimes: Sequence[str]) -> dict[str, LineStyle]:
    """Give each regime the style of its place in its family.

    Parameters
    ----------
    regimes : sequence of str
        Names as in the file.

    Returns
    -------
    dict
        Line style by regime; two regimes of one family never share one.
    """
    return {
        regime: LINE_STYLES[place]
        for family in families(regimes)
        for place, regime in enumerate(family.regimes)
    }
