"""Finds what was drawn: artists by their gid."""

from __future__ import annotations

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text


def panel(figure: Figure, gid: str) -> Axes:
    """Return the only axes with this gid."""
    (found,) = [axes for axes in figure.axes if axes.get_gid() == gid]
    return found


def artists(where: Figure | Axes, gid: str) -> list[Artist]:
    """Return all artists with this gid."""
    return where.findobj(lambda artist: artist.get_gid() == gid)


def artist(where: Figure | Axes, gid: str) -> Artist:
    """Return the only artist with this gid."""
    (found,) = artists(where, gid)
    return found


def texts(where: Figure | Axes) -> list[str]:
    """Return all texts that are not empty."""
    return [t.get_text() for t in where.findobj(Text) if t.get_text()]


def hanging(figure: Figure) -> list[str]:
    """Return the texts that reach over an edge of the figure, by more than a pixel."""
    renderer = figure.canvas.get_renderer()
    figure.draw(renderer)
    page = figure.bbox
    unseen = {
        label
        for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks())
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        for label in (tick.label1, tick.label2)
    }
    found = []
    for text in figure.findobj(Text):
        if not text.get_text().strip() or not text.get_visible() or text in unseen:
            continue
        extent = text.get_window_extent(renderer)
        if extent.x0 < page.x0 - 1 or extent.x1 > page.x1 + 1 or extent.y0 < page.y0 - 1:
            found.append(text.get_text())
    return found
