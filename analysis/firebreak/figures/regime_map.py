"""A map over two parameters: under which of two regimes an outcome is less likely, and how much."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from .. import style
from ..factors import Factor
from ..labels import in_sentence, outcome_label, regime_label
from ..page import Page, drawing_settings
from ..printed_numbers import significant
from ..provenance import provenance_of
from ..regime_map import RegimeMap
from .drawing import Drawing, level
from .paired_differences import HIGHER, LOWER
from .sweep_differences import horizon

NAME = "regime_map"
LEFT, RIGHT, TOP = 0.62, 0.12, 0.30
TALLEST = 3.3
"""Height of the map at the most [inch]."""
SHAPE = 0.82
"""Height of the map by its width."""
AXIS, SCALE, KEY = 0.42, 0.50, 0.17
"""Room for the axis labels, the scale of colours and the key [inch]."""
WITHIN_ERROR, HATCH = "#E3E3E3", "#9A9A9A"
COLOURS = LinearSegmentedColormap.from_list("lower to higher", [LOWER, "#F7F7F7", HIGHER])


def draw(data: RegimeMap, width: float = style.TWO_COLUMN) -> Drawing:
    """Draw the paired difference of two regimes over two parameters.

    A grid is drawn as cells, any other design as points. What lies within error is hatched grey
    whatever its estimate; points that failed are crossed out.

    Parameters
    ----------
    data : RegimeMap
        From `read_map`.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.
    """
    provenance = provenance_of(data.points)
    caption = provenance.caption(_shown(data))
    size = data.table.difference.abs().max()
    most = 100 * float(size) if np.isfinite(size) and size > 0 else 1.0
    colours = ScalarMappable(Normalize(-most, most), COLOURS)
    wide = width - LEFT - RIGHT
    tall = min(TALLEST, SHAPE * wide)
    with drawing_settings():
        page = Page(width, TOP + tall + AXIS + SCALE + KEY, caption)
        axes = page.axes(LEFT, TOP, wide, tall)
        axes.set_gid("map")
        axes.set_title(outcome_label(data.outcome), loc="left", pad=5)
        (_draw_cells if data.gridded else _draw_points)(axes, data, colours)
        _dress(axes, data.across, "x")
        _dress(axes, data.up, "y")
        _draw_scale(page, data, colours, TOP + tall + AXIS, wide)
        _draw_key(page, data, TOP + tall + AXIS + SCALE)
    return Drawing(page.figure, f"{NAME}_{data.outcome}", caption, provenance)


def undecided(row: tuple) -> bool:
    """Return whether an interval does not exclude zero, or is not known."""
    return not (row.low > 0 or row.high < 0)


def _draw_cells(axes: Axes, data: RegimeMap, colours: ScalarMappable) -> None:
    across = _edges(np.unique(data.table.across), data.across)
    up = _edges(np.unique(data.table.up), data.up)
    place_across = {value: n for n, value in enumerate(np.unique(data.table.across))}
    place_up = {value: n for n, value in enumerate(np.unique(data.table.up))}
    for row in data.table.itertuples():
        column, line = place_across[row.across], place_up[row.up]
        left, bottom = across[column], up[line]
        lost, open_ = not np.isfinite(row.difference), undecided(row)
        colour = "white" if lost else WITHIN_ERROR if open_ else colours.to_rgba(100 * row.difference)
        kind = "failed" if lost else "undecided" if open_ else "decided"
        axes.add_patch(Rectangle(
            (left, bottom), across[column + 1] - left, up[line + 1] - bottom, facecolor=colour,
            hatch="//////" if kind == "undecided" else "",
            edgecolor=HATCH if kind == "undecided" else "white", linewidth=0.4,
            gid=f"{kind}:{column}:{line}",
        ))
        if row.failed:
            axes.plot([row.across], [row.up], linestyle="none", marker="x", markersize=4.5,
                      color="black", markeredgewidth=0.8, gid=f"cross:{column}:{line}")
    axes.set_xlim(across[0], across[-1])
    axes.set_ylim(up[0], up[-1])


def _draw_points(axes: Axes, data: RegimeMap, colours: ScalarMappable) -> None:
    table = data.table
    known = np.isfinite(table.difference)
    open_ = known & ~((table.low > 0) | (table.high < 0))
    for name, chosen, marker in (
        ("lower", known & (table.high < 0), "v"), ("higher", known & (table.low > 0), "^"),
    ):
        axes.scatter(
            table.across[chosen], table.up[chosen], marker=marker, s=15,
            c=colours.to_rgba(100 * table.difference[chosen].to_numpy()), gid=name,
            edgecolors=LOWER if name == "lower" else HIGHER, linewidths=0.5, zorder=3,
        )
    axes.scatter(table.across[open_], table.up[open_], marker="s", s=5, facecolors=WITHIN_ERROR,
                 edgecolors=style.GREY, linewidths=0.5, gid="undecided", zorder=2)
    axes.scatter(table.across[~known], table.up[~known], marker="x", s=12, color="black",
                 linewidths=0.8, gid="failed", zorder=4)
    axes.margins(0.03)
    for factor, ends in ((data.across, axes.set_xlim), (data.up, axes.set_ylim)):
        if factor.low < factor.high:
            ends(_widened(factor))


def _widened(factor: Factor) -> tuple[float, float]:
    """Return the ends of a prior with a little room for the marks at them."""
    if factor.distribution == "log-uniform":
        room = (factor.high / factor.low) ** 0.03
        return factor.low / room, factor.high * room
    room = 0.03 * (factor.high - factor.low)
    return factor.low - room, factor.high + room


def _edges(values: np.ndarray, factor: Factor) -> np.ndarray:
    """Return the edges of the cells around these values, half-way on the axis as it is drawn."""
    scaled = np.log(values) if _is_logarithmic(factor, values) else values
    middle = (scaled[1:] + scaled[:-1]) / 2
    edges = np.concatenate([
        [scaled[0] - (middle[0] - scaled[0])], middle, [scaled[-1] + (scaled[-1] - middle[-1])],
    ])
    return np.exp(edges) if _is_logarithmic(factor, values) else edges


def _is_logarithmic(factor: Factor, values: np.ndarray) -> bool:
    return factor.distribution == "log-uniform" and bool((values > 0).all())


def _dress(axes: Axes, factor: Factor, side: str) -> None:
    axis = axes.xaxis if side == "x" else axes.yaxis
    ends = axes.get_xlim() if side == "x" else axes.get_ylim()
    if factor.distribution == "log-uniform" and min(ends) > 0:
        (axes.set_xscale if side == "x" else axes.set_yscale)("log")
        (axes.set_xlim if side == "x" else axes.set_ylim)(ends)
        few = ends[1] / ends[0] < 30
        axis.set_major_locator(LogLocator(subs=(1, 2, 5) if few else (1,)))
        axis.set_minor_formatter(NullFormatter())
    else:
        axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: significant(value)))
    unit = "" if factor.units in ("", "1") else f" [{factor.units}]"
    axis.set_label_text(factor.path + unit)
    axis.labelpad = 2.0


def _draw_scale(
    page: Page, data: RegimeMap, colours: ScalarMappable, top: float, wide: float
) -> None:
    axes = page.axes(LEFT, top + 0.13, wide, 0.08)
    axes.set_gid("scale")
    bar = page.figure.colorbar(colours, cax=axes, orientation="horizontal")
    bar.outline.set_linewidth(0.4)
    bar.ax.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    bar.ax.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value:g}".replace("-", "\u2212"))
    )
    bar.ax.tick_params(pad=1.0)
    bar.set_label("percentage points", labelpad=0.5)
    for name, left, side, arrow in (
        (data.regime, LEFT, "left", "\u25c4 less likely under {}"),
        (data.other, LEFT + wide, "right", "less likely under {} \u25ba"),
    ):
        text = arrow.format(in_sentence(regime_label(name)))
        size = style.SMALL_TEXT_SIZE
        while size > 4.5 and page.text_width(text, size) > wide / 2 - 0.04:
            size -= 0.25
        page.text(left, top + 0.1, text, ha=side, va="bottom", size=size, gid=f"end:{side}")


def _draw_key(page: Page, data: RegimeMap, top: float) -> None:
    if data.gridded:
        kinds = [Patch(facecolor=WITHIN_ERROR, edgecolor=HATCH, hatch="//////", linewidth=0.4,
                       label="within error")]
    else:
        marks = (("v", LOWER, in_sentence(regime_label(data.regime))),
                 ("^", HIGHER, in_sentence(regime_label(data.other))))
        kinds = [
            Line2D([], [], linestyle="none", marker=marker, markersize=3.8, color=colour,
                   label=f"less likely under {name}" if page.width > style.ONE_COLUMN else name)
            for marker, colour, name in marks
        ]
        kinds.append(Line2D([], [], linestyle="none", marker="s", markersize=2.4,
                            markerfacecolor=WITHIN_ERROR, markeredgecolor=style.GREY,
                            markeredgewidth=0.5, label="within error"))
    if data.table.failed.any():
        kinds.append(Line2D([], [], linestyle="none", marker="x", markersize=4, color="black",
                            markeredgewidth=0.8, label="failed"))
    page.figure.legend(
        handles=kinds, loc="upper left", ncol=len(kinds), borderaxespad=0, borderpad=0,
        bbox_to_anchor=(LEFT / page.width, 1 - top / page.height), handlelength=1.5,
        columnspacing=1.0, handletextpad=0.4,
    ).set_gid("key")


def _shown(data: RegimeMap) -> str:
    difference = (
        f"Difference in the probability of {in_sentence(outcome_label(data.outcome))} within "
        f"{horizon(data.points)} between {in_sentence(regime_label(data.regime))} and "
        f"{in_sentence(regime_label(data.other))}, paired by replication, over two parameters."
    )
    within = f"the {level(data.points)} interval includes zero"
    parts = [difference]
    averaged = int(data.table.points.max()) if data.gridded else 1
    if data.gridded:
        parts.append(f"Hatched grey: {within}.")
        if averaged > 1:
            parts.append(
                f"A cell is the average over {averaged} points that differ in "
                f"{data.others} other parameter{'' if data.others == 1 else 's'}, and its interval "
                "that of their intervals' ends, which takes their errors to go together."
            )
    else:
        parts.append(
            f"Triangles down: less likely under {in_sentence(regime_label(data.regime))}; up: "
            f"under {in_sentence(regime_label(data.other))}; grey squares: {within}."
        )
        if data.others:
            parts.append(
                f"{data.others} other parameter{'' if data.others == 1 else 's'} of the design "
                f"var{'ies' if data.others == 1 else 'y'} from point to point as well."
            )
    if data.table.failed.any():
        parts.append("Crosses: points that failed.")
    return " ".join(parts)
