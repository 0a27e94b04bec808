"""Stacked shares: in how many parameter draws each hypothesis holds, prior and posterior."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from .. import style
from ..page import Page, drawing_settings, say_beside
from ..reports import Report
from .drawing import Drawing

NAME = "hypotheses"
PANELS = (("prior", "Prior"), ("posterior", "Posterior"))
ROW, LINE = 0.19, 0.078
"""Least height of a row, and of each line of a statement [inch]."""
BAR = 0.125
"""Height of a bar [inch]."""
STATEMENT_SIZE = 5.4
TOP, BOTTOM, RIGHT = 0.36, 0.38, 0.06
VALUES = 0.62
PARTS = (
    ("held", "held", style.OKABE_ITO["blue"], ""),
    ("undecided", "undecided", "#E4E4E4", ""),
    ("reversed", "reversed", style.OKABE_ITO["orange"], "//////"),
)
"""Column, name, fill and hatch of the parts of a bar."""


def draw(report: Report, width: float = style.TWO_COLUMN) -> Drawing:
    """Draw the shares of draws in which each hypothesis held, was reversed, or was undecided.

    Parameters
    ----------
    report : Report
        Of kind ``"claims"``.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.
    """
    table = report.table
    claims = table.drop_duplicates("claim")
    panels = [(name, title) for name, title in PANELS if (table.prior_or_posterior == name).any()]
    narrow = width <= style.ONE_COLUMN
    names = 0.34 if narrow else 3.0
    caption = report.provenance.caption(_shown(table))
    with drawing_settings():
        ruler = Page(width, 0, "")
        statements = [
            [] if narrow else ruler.wrapped(text, names - 0.46, STATEMENT_SIZE)
            for text in claims.statement
        ]
        row = max(ROW, LINE * max(map(len, statements)) + 0.04)
        tall = len(claims) * row
        page = Page(width, TOP + tall + BOTTOM, caption)
        pitch = (width - names - RIGHT) / len(panels)
        for number, (name, title) in enumerate(panels):
            axes = page.axes(names + number * pitch, TOP, pitch - VALUES, tall)
            axes.set_gid(name)
            rows = table[table.prior_or_posterior == name].set_index("claim")
            _draw_panel(axes, title, rows, list(claims.claim), BAR / row)
        for place, (claim, lines) in enumerate(zip(claims.claim, statements)):
            middle = TOP + (place + 0.5) * row
            page.text(0.06, middle, claim, va="center", size=style.SMALL_TEXT_SIZE, weight="bold",
                      gid=f"claim:{claim}")
            page.text(0.38, middle, "\n".join(lines), va="center", size=STATEMENT_SIZE,
                      linespacing=0.95, gid=f"statement:{claim}")
    return Drawing(page.figure, NAME, caption, report.provenance)


def _draw_panel(axes: Axes, title: str, rows: pd.DataFrame, claims: list[str], bar: float) -> None:
    axes.set_xlim(0, 100)
    axes.set_ylim(len(claims) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xticks([0, 50, 100])
    axes.set_xlabel("% of draws", labelpad=1.5)
    axes.set_title(title, loc="left", pad=12)
    for head, right in (("held", 17), ("rev.", 36)):
        say_beside(axes, -0.85, head, right, f"head:{head}", style.GREY)
    for place, claim in enumerate(claims):
        if claim not in rows.index:
            axes.text(50, place, "not run", ha="center", va="center", color=style.GREY,
                      size=style.SMALL_TEXT_SIZE, gid=f"missing:{claim}")
            continue
        left = 0.0
        for column, _, fill, hatch in PARTS:
            share = 100 * float(rows.at[claim, column])
            axes.barh(place, share, bar, left, facecolor=fill, hatch=hatch, edgecolor="white",
                      linewidth=0.3, gid=f"{column}:{claim}", zorder=2)
            left += share
        for column, right in (("held", 17), ("reversed", 36)):
            share = f"{100 * rows.at[claim, column]:.0f}"
            say_beside(axes, place, share, right, f"value:{column}:{claim}", "#303030")
    axes.axvline(50, color="#404040", linewidth=0.5, linestyle=(0, (2, 2)), zorder=3, gid="half")


def _shown(table: pd.DataFrame) -> str:
    draws = sorted(set(table.draws))
    count = f"{draws[0]:,}" if len(draws) == 1 else f"{draws[0]:,} to {draws[-1]:,}"
    return (
        f"Shares of {count} draws of the parameters in which a hypothesis held (blue), was "
        "reversed (orange, hatched), or could not be told within Monte Carlo error (grey). These "
        "are statements about the model and its priors: a share is no probability that a "
        "hypothesis is true of the world."
    )
