"""Small multiples: the probability that an outcome has happened by a time, by regime."""

from __future__ import annotations

from typing import Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from .. import style
from ..labels import families, in_sentence, outcome_label, regime_label
from ..page import Page, drawing_settings
from ..provenance import provenance_of
from ..results import ResultsError, require
from .drawing import Drawing, joined, level
from .panel_grid import Key, Panel, grid_of
from .probability_axis import Scale, dress, scale_of

NAME = "cumulative_probability"
DEFAULT_OUTCOMES = ("collapse", "clash")
RAREST_OUTCOMES = ("general_war", "nuclear_use")
MARKED_EVERY = 5
"""Checkpoints from one marker on a line to the next; lines of a panel are marked at others."""


def draw(
    point: xr.Dataset,
    outcomes: Sequence[str] | None = None,
    reference: str = "status-quo",
    width: float = style.TWO_COLUMN,
    linear: bool = False,
) -> Drawing:
    """Draw probability against time with bands, on logarithmic axes.

    Where no event has been seen the estimate is not drawn as zero: an open triangle pointing
    down stands at the upper limit of the interval.

    Parameters
    ----------
    point : xarray.Dataset
        One design point, from `select_point`.
    outcomes : sequence of str, optional
        One row each; collapse, clash and general war (or nuclear use) if omitted.
    reference : str, default "status-quo"
        Regime repeated in grey in the panels of the other families, if the file has it.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.
    linear : bool
        Whether probabilities of a tenth or more have linear axes.

    Returns
    -------
    Drawing

    Raises
    ------
    ResultsError
        If an outcome is not in the file, or none is left to draw.
    """
    chosen = _chosen(point, outcomes)
    grid = grid_of(chosen, families(point.regime.values), width)
    scales = {outcome: _scale(point, outcome, linear) for outcome in chosen}
    provenance = provenance_of(point)
    caption = provenance.caption(_shown(point, scales))
    with drawing_settings():
        page = Page(width, grid.height, caption)
        for panel in grid.panels:
            axes = page.axes(panel.left, panel.top, panel.width, panel.height)
            axes.set_gid(f"{panel.outcome}:{panel.family.title}")
            _dress(axes, point, panel, scales[panel.outcome])
            if reference not in panel.family.regimes and reference in point.regime.values:
                _draw_reference(axes, point, panel.outcome, reference)
            for place, regime in enumerate(panel.family.regimes):
                _draw_regime(axes, point, panel.outcome, regime, place)
        for key in grid.keys:
            _draw_key(page, point, key, reference)
    name = NAME if width > style.ONE_COLUMN else "_".join([NAME, *chosen])
    return Drawing(page.figure, name, caption, provenance)


def _chosen(point: xr.Dataset, asked: Sequence[str] | None) -> list[str]:
    if asked:
        return [require(point, "outcome", name) for name in dict.fromkeys(asked)]
    return default_outcomes(point)


def default_outcomes(point: xr.Dataset) -> list[str]:
    """Return collapse, clash, and general war, or nuclear use if only that was seen.

    Parameters
    ----------
    point : xarray.Dataset
        One design point, from `select_point`.

    Raises
    ------
    ResultsError
        If the file has none of them.
    """
    known = [str(name) for name in point.outcome.values]
    chosen = [name for name in DEFAULT_OUTCOMES if name in known]
    rare = [name for name in RAREST_OUTCOMES if name in known]
    seen = [name for name in rare if bool((point.probability.sel(outcome=name) > 0).any())]
    chosen += (seen or rare)[:1]
    if not chosen:
        raise ResultsError("no outcome to draw (the file has neither collapse nor clash)")
    return chosen


def _scale(point: xr.Dataset, outcome: str, linear: bool) -> Scale:
    one = point.sel(outcome=outcome)
    return scale_of(one.probability.values, one.probability_high.values, linear)


def _draw_reference(axes: Axes, point: xr.Dataset, outcome: str, regime: str) -> None:
    values = point.probability.sel(outcome=outcome, regime=regime).values
    axes.plot(point.time.values, np.where(values > 0, values, np.nan), color=style.GREY,
              linewidth=0.9, gid=f"reference:{regime}", zorder=2)


def _draw_regime(axes: Axes, point: xr.Dataset, outcome: str, regime: str, place: int) -> None:
    look = style.line_styles(point.regime.values)[regime]
    time = point.time.values
    one = point.sel(outcome=outcome, regime=regime)
    estimate, low, high = (
        one[name].values for name in ("probability", "probability_low", "probability_high")
    )
    seen = estimate > 0
    axes.fill_between(
        time, np.where(seen, low, np.nan), np.where(seen, high, np.nan),
        facecolor=to_rgba(look.colour, 0.15), edgecolor=to_rgba(look.colour, 0.45),
        linewidth=0.35, gid=f"band:{regime}", zorder=1,
    )
    axes.plot(
        time, np.where(seen, estimate, np.nan), color=look.colour, linestyle=look.dashes,
        marker=look.marker, markevery=(place % MARKED_EVERY, MARKED_EVERY), markersize=2.6,
        gid=f"line:{regime}", zorder=3 + 0.01 * place,
    )
    unseen = _thinned((estimate <= 0) & (time > 0) & np.isfinite(high), place)
    if unseen.any():
        axes.plot(
            time[unseen], high[unseen], linestyle="none", marker="v", markersize=3.4,
            markerfacecolor="white", markeredgecolor=look.colour, markeredgewidth=0.8,
            gid=f"limit:{regime}", zorder=4, clip_on=False,
        )


def _thinned(unseen: np.ndarray, place: int) -> np.ndarray:
    """Keep the last point without an event and every fourth before it, others per regime."""
    kept = np.zeros_like(unseen)
    where = np.flatnonzero(unseen)
    if where.size:
        kept[where[where % 4 == place % 4]] = True
        kept[where[-1]] = True
    return kept


def _dress(axes: Axes, point: xr.Dataset, panel: Panel, scale: Scale) -> None:
    if scale.logarithmic:
        axes.set_yscale("log")
    axes.set_ylim(scale.low, scale.high)
    dress(axes.yaxis, scale, panel.value_labels)
    axes.yaxis.grid(True, which="major")
    axes.set_xlim(0, float(point.time.values.max()))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    if panel.title:
        axes.set_title(panel.title, loc="left", pad=5)
    if panel.vertical_label:
        axes.set_ylabel(panel.vertical_label)
        axes.yaxis.set_label_coords(-0.42 / panel.width, 0.5)
    if panel.time_labels:
        axes.set_xlabel("years since the ceasefire", labelpad=1.5)
    else:
        axes.tick_params(labelbottom=False)


def _draw_key(page: Page, point: xr.Dataset, key: Key, reference: str) -> None:
    looks = style.line_styles(point.regime.values)
    handles = [
        Line2D([], [], color=looks[regime].colour, linestyle=looks[regime].dashes,
               marker=looks[regime].marker, markersize=2.6, label=_named(point, regime))
        for regime in key.family.regimes
    ]
    if reference not in key.family.regimes and reference in point.regime.values:
        text = f"{regime_label(reference)}, for comparison"
        handles.append(Line2D([], [], color=style.GREY, linewidth=0.9, label=text))
    legend = page.figure.legend(
        handles=handles, loc="upper left", ncol=key.columns, borderaxespad=0, borderpad=0,
        bbox_to_anchor=(key.left / page.width, 1 - key.top / page.height), handlelength=2.6,
        labelspacing=0.28, columnspacing=1.0, handletextpad=0.5,
    )
    legend.set_gid(f"key:{key.family.title}")


def _named(point: xr.Dataset, regime: str) -> str:
    unknown = bool(point.probability.sel(regime=regime).isnull().all())
    return regime_label(regime) + (" (no estimate)" if unknown else "")


def _shown(point: xr.Dataset, scales: dict[str, Scale]) -> str:
    text = (
        "Probability that an outcome has happened by a given time, by regime, with "
        f"{level(point)} intervals (bands), of each time by itself: an upper end may fall. Open triangles: no "
        "event seen yet, upper limit."
    )
    small = [
        in_sentence(outcome_label(name)) for name, scale in scales.items() if scale.logarithmic
    ]
    if len(small) == len(scales):
        return f"{text} Logarithmic {'axis' if len(small) == 1 else 'axes'}."
    return f"{text} Logarithmic axis: {joined(small)}." if small else text
