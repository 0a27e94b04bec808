"""A figure laid out in inches from its top, with its caption below, and rendered in each form."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import Iterator

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from . import style
from .provenance import Provenance, metadata

FORMS = ("svg", "pdf", "png")
LINE_HEIGHT = 0.115
"""Distance of two lines of the caption [inch]."""
MARGIN = 0.06


@contextmanager
def drawing_settings() -> Iterator[None]:
    """Use the settings of `style` for a while; the caller's come back after."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(style.SETTINGS)
        yield


def say_beside(
    axes: Axes, place: float, text: str, right: float, gid: str, colour: str
) -> None:
    """Write a small text to the right of the axes, level with `place`, that ends at `right` [point]."""
    axes.annotate(
        text, (1, place), xycoords=("axes fraction", "data"), xytext=(right, 0),
        textcoords="offset points", ha="right", va="center", size=style.SMALL_TEXT_SIZE - 0.5,
        annotation_clip=False, gid=gid, color=colour,
    )


class Page:
    """Places axes on a figure in inches from the top left corner.

    Parameters
    ----------
    width, height : float
        Of the part above the caption [inch].
    caption : str
        Set below, as wide as the figure; the figure grows by the lines it needs.
    """

    def __init__(self, width: float, height: float, caption: str) -> None:
        self.caption = caption
        self.width = width
        self.figure = Figure(figsize=(width, height))
        FigureCanvasAgg(self.figure)
        lines = self.wrapped(caption, width - 2 * MARGIN, style.SMALL_TEXT_SIZE)
        self.height = height + LINE_HEIGHT * len(lines) + 2 * MARGIN
        self.figure.set_size_inches(width, self.height)
        for number, line in enumerate(lines):
            self.text(
                MARGIN, height + MARGIN + LINE_HEIGHT * number, line,
                size=style.SMALL_TEXT_SIZE, va="top", color="#303030", gid="caption",
            )

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Add axes with these edges [inch]."""
        return self.figure.add_axes(
            (
                left / self.width,
                1 - (top + height) / self.height,
                width / self.width,
                height / self.height,
            )
        )

    def text(self, left: float, top: float, text: str, **how: object) -> Text:
        """Write text with its anchor at this place [inch]."""
        gid = how.pop("gid", None)
        artist = self.figure.text(left / self.width, 1 - top / self.height, text, **how)
        artist.set_gid(gid)
        return artist

    def wrapped(self, text: str, width: float, size: float) -> list[str]:
        """Break text into lines that are no wider than `width` [inch] at `size` [point]."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.text_width(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def text_width(self, text: str, size: float) -> float:
        """Return the printed width of a line of text [inch]."""
        artist = Text(0, 0, text, size=size, figure=self.figure)
        extent = artist.get_window_extent(self.figure.canvas.get_renderer())
        return extent.width / self.figure.dpi


def render(figure: Figure, provenance: Provenance, caption: str) -> dict[str, bytes]:
    """Return the bytes of a figure in every form, the same for the same figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        As drawn by one of the modules in `figures`.
    provenance : Provenance
        Written into the metadata.
    caption : str
        Written into the metadata as description.

    Returns
    -------
    dict
        Bytes by form: svg, pdf, png.
    """
    rendered = {}
    with drawing_settings():
        for form in FORMS:
            buffer = io.BytesIO()
            figure.savefig(buffer, format=form, metadata=metadata(provenance, caption, form))
            rendered[form] = buffer.getvalue()
    return rendered
