"""One row per statistic: what the model predicts, what was observed, and whether it passes."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from .. import style
from ..page import Page, drawing_settings, say_beside
from ..printed_numbers import significant, significant_span
from ..reports import Report
from ..validation_score import middle_of, passed_statistics, passed_targets, standardised
from .drawing import Drawing

NAME = "validation"
PANELS = (("held_out", "Held out"), ("calibration", "Calibrated"))
ROW = 0.118
"""Height of a row [inch]."""
TOP, BOTTOM, RIGHT = 0.34, 0.28, 0.08
STATISTICS = 1.55
"""Room for the names of statistics [inch]."""
SMALLEST = 5.0
"""Size of a long name [point]."""
FARTHEST = 2.0
"""An observation farther off is drawn here, as an arrow [half-widths]."""
PASSED = style.OKABE_ITO["blue"]
FAILED = style.OKABE_ITO["vermilion"]
BAND = "#EAF1F6"
STRIP = "#595959"
COLUMNS = (("observed", 40), ("predicted [5%, 95%]", 128), ("percentile", 158))
NARROW_COLUMNS = (("percentile", 24),)
"""Heads of the numbers, and where they end right of the axes [point]."""


def draw(report: Report, width: float = style.TWO_COLUMN) -> Drawing:
    """Draw the predictive quantiles and the observation of every statistic.

    Each row has a scale of its own: the median is 0, the 5% and the 95% quantile are -1 and 1. So
    the shaded band is where an observation passes.

    Parameters
    ----------
    report : Report
        Of kind ``"validation"``.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.
    """
    panels = [
        (title, report.table[report.table.use == use])
        for use, title in PANELS
        if (report.table.use == use).any()
    ]
    narrow = width <= style.ONE_COLUMN
    names, values = (1.45, 0.4) if narrow else (3.02, 2.24)
    caption = report.provenance.caption(_shown(report.table))
    with drawing_settings():
        height = sum(TOP + len(rows) * ROW + BOTTOM for _, rows in panels)
        page = Page(width, height, caption)
        top = 0.0
        for title, rows in panels:
            tall = len(rows) * ROW
            axes = page.axes(names, top + TOP, width - names - values - RIGHT, tall)
            axes.set_gid(rows.use.iloc[0])
            _dress(axes, rows, narrow)
            axes.set_title(
                _title(title, rows, narrow), loc="left", pad=13,
                x=-(names - 0.06) / (axes.get_position().width * width),
            )
            for place, row in enumerate(rows.itertuples()):
                _draw_row(axes, place, row)
                _write_row(page, axes, place, row, narrow, names)
            _separate_targets(page, axes, rows, top + TOP, narrow)
            top += TOP + tall + BOTTOM
    return Drawing(page.figure, NAME, caption, report.provenance)


def _title(title: str, rows: pd.DataFrame, narrow: bool) -> str:
    (passed, of), (whole, targets) = passed_statistics(rows), passed_targets(rows)
    if narrow:
        return f"{title}: {whole} of {targets} targets pass"
    return f"{title}: {whole} of {targets} targets pass ({passed} of {of} statistics)"


def _dress(axes: Axes, rows: pd.DataFrame, narrow: bool) -> None:
    axes.set_xlim(-FARTHEST - 0.2, FARTHEST + 0.2)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xticks([-2, -1, 0, 1, 2], ["", "5%", "50%", "95%", ""])
    axes.axvspan(-1, 1, color=BAND, linewidth=0, zorder=0, gid="band")
    for head, right in NARROW_COLUMNS if narrow else COLUMNS:
        say_beside(axes, -0.95, head, right, f"head:{head}", style.GREY)


def _draw_row(axes: Axes, place: int, row: tuple) -> None:
    if not row.draws:
        axes.text(0, place, "not in the model", ha="center", va="center", color=style.GREY,
                  size=style.SMALL_TEXT_SIZE - 0.5, gid=f"absent:{row.target}:{row.statistic}")
        return
    quantiles = [
        standardised(row, value) for value in (row.low5, row.low25, row.high75, row.high95)
    ]
    axes.plot([quantiles[0], quantiles[3]], [place, place], color=STRIP, linewidth=0.8,
              solid_capstyle="butt", gid=f"outer:{row.target}:{row.statistic}", zorder=2)
    axes.plot([quantiles[1], quantiles[2]], [place, place], color=STRIP, linewidth=3.0,
              solid_capstyle="butt", gid=f"inner:{row.target}:{row.statistic}", zorder=3)
    spread = row.low5 < row.high95  # else every draw is the same, and there is no strip
    axes.plot([0], [place], linestyle="none", marker="|" if spread else "s",
              markersize=5 if spread else 2.6, markeredgewidth=0.9 if spread else 0,
              color="white" if spread else STRIP, gid=f"median:{row.target}:{row.statistic}", zorder=4)
    low, high = row.observed
    colour = PASSED if row.passed else FAILED
    if low < high:
        ends = [_on_page(standardised(row, end)) for end in row.observed]
        axes.plot(ends, [place, place], color=colour, linewidth=0.9, marker="|", markersize=5,
                  gid=f"range:{row.target}:{row.statistic}", zorder=5)
    at = standardised(row, middle_of(row.observed))
    beyond = abs(at) > FARTHEST
    marker = "o" if row.passed else ("X" if not beyond else ">" if at > 0 else "<")
    axes.plot([_on_page(at)], [place], linestyle="none", marker=marker, markersize=4.4,
              color=colour, markeredgecolor="white", markeredgewidth=0.5,
              gid=f"mark:{row.target}:{row.statistic}", zorder=6)


def _on_page(at: float) -> float:
    return min(max(at, -FARTHEST), FARTHEST)


def _write_row(page: Page, axes: Axes, place: int, row: tuple, narrow: bool, names: float) -> None:
    name = f"{row.target}:{row.statistic}"
    near = abs(row.percentile - 5) < 1 or abs(row.percentile - 95) < 1
    per_cent = f"{row.percentile:.1f}" if near else f"{row.percentile:.0f}"
    statistic = row.statistic.replace("_", " ")
    said = {"percentile": per_cent if row.draws else "", "predicted": ""}
    if narrow:
        _label(page, axes, place, statistic, names - 0.1, name)
    else:
        unit = "" if row.unit in ("", "1") else f" [{row.unit}]"
        whole = statistic + unit
        fits = page.text_width(whole, SMALLEST) <= STATISTICS
        _label(page, axes, place, whole if fits else statistic, STATISTICS, name)
        said["observed"] = significant_span(row.observed)
        if row.draws:
            ends = f"[{significant(row.low5)}, {significant(row.high95)}]"
            said["predicted"] = f"{significant(row.median)} {ends}"
    for head, right in NARROW_COLUMNS if narrow else COLUMNS:
        column = head.split()[0]
        failed = column == "percentile" and not row.passed
        say_beside(axes, place, said[column], right, f"{column}:{name}", FAILED if failed else "#303030")


def _separate_targets(page: Page, axes: Axes, rows: pd.DataFrame, top: float, narrow: bool) -> None:
    previous = None
    for place, target in enumerate(rows.target):
        if target == previous:
            continue
        if place:
            axes.axhline(place - 0.5, color="#E0E0E0", linewidth=0.4, zorder=1)
        if not narrow:
            page.text(0.06, top + (place + 0.5) * ROW, target, va="center",
                      size=style.SMALL_TEXT_SIZE, gid=f"target:{target}")
        previous = target


def _label(page: Page, axes: Axes, place: int, text: str, room: float, name: str) -> None:
    size = style.SMALL_TEXT_SIZE
    while size > SMALLEST and page.text_width(text, size) > room:
        size -= 0.2
    axes.annotate(
        "\n".join(page.wrapped(text, room, size)), (0, place), xycoords=("axes fraction", "data"), xytext=(-4, 0),
        textcoords="offset points", ha="right", va="center", size=size, linespacing=0.85,
        annotation_clip=False, gid=f"label:{name}",
    )


def _shown(table: pd.DataFrame) -> str:
    draws = sorted({count for count in table.draws if count} or {0})
    count = f"{draws[0]:,}" if len(draws) == 1 else f"{draws[0]:,} to {draws[-1]:,}"
    return (
        f"What the model predicts ({count} draws: line 5% to 95%, bar 25% to 75%, notch median) "
        "and what was observed: blue circle, passes; vermilion cross or arrow, does not. To pass "
        "is to lie inside 5% to 95%, where the validation does not ask for something else. A line "
        "between ticks: a range was observed. Each row is scaled by its own quantiles, each side "
        f"of the median for itself; a mark at the edge is farther off than {FARTHEST:g} times the "
        "distance from the median to the end of the band. Percentile: of the observation among "
        "the draws. What is not in the model counts as not passed. Held-out observations were "
        "read by no calibration."
    )
