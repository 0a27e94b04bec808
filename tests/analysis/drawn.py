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
