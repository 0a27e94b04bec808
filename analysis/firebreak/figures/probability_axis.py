"""The axis of a probability: logarithmic, or linear where asked for and the values are large."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

SMALL = 0.10
"""Values that all stay below this are drawn on a logarithmic axis whatever was asked for."""
DECADES = 2.5
"""A logarithmic axis reaches no further than this below the largest value."""


@dataclass(frozen=True)
class Scale:
    """Kind and limits of an axis."""

    logarithmic: bool
    low: float
    high: float


def scale_of(
    estimate: np.ndarray, upper: np.ndarray, linear: bool = False, lower: np.ndarray | None = None
) -> Scale:
    """Choose a scale that holds estimates and the ends of their intervals.

    Parameters
    ----------
    estimate, upper : numpy.ndarray
        Probabilities; zero means that no event has been seen, NaN that there is no estimate.
    linear : bool
        Whether the axis is to be linear, where any estimate is a tenth or more.
    lower : numpy.ndarray, optional
        Lower ends of intervals that must not run out of the axis.
    """
    finite = np.concatenate([a[np.isfinite(a)].ravel() for a in (estimate, upper)])
    if finite.size == 0:
        return Scale(False, 0.0, 1.0)
    top = float(finite.max())
    positive = estimate[np.isfinite(estimate) & (estimate > 0)]
    if positive.size == 0 or (linear and positive.max() >= SMALL):
        return Scale(False, 0.0, max(min(top * 1.06, 1.0), 1e-9))
    low = max(float(positive.min()) / 1.6, float(positive.max()) / 10**DECADES)
    if lower is not None:
        low = min(low, float(lower[np.isfinite(lower) & (lower > 0)].min(initial=low)) / 1.1)
    limits = upper[(estimate == 0) & (upper > 0)]
    if limits.size:
        low = min(low, float(limits.min()) / 1.8)
    return Scale(True, low, max(min(top * 1.25, 1.0), 3 * low))


def percent(value: float, _position: object = None) -> str:
    """Return a probability as per cent with no more digits than it needs: "0.02%"."""
    text = f"{100 * value:.6f}"
    return text.rstrip("0").rstrip(".") + "%"


def dress(axis: Axis, scale: Scale, labelled: bool = True) -> None:
    """Set ticks in per cent on an axis whose scale and limits have been set.

    Parameters
    ----------
    axis : matplotlib.axis.Axis
        The x or y axis.
    scale : Scale
        From `scale_of`.
    labelled : bool
        False leaves the ticks without numbers.
    """
    if scale.logarithmic:
        exponents = range(int(np.floor(np.log10(scale.low))), int(np.log10(scale.high)) + 1)
        decades = np.log10(scale.high / scale.low)
        steps = (1,) if decades > 2.6 else (1, 3) if decades > 1.0 else (1, 2, 5)
        axis.set_major_locator(FixedLocator(_inside(scale, exponents, steps)))
        axis.set_minor_locator(FixedLocator(_inside(scale, exponents, range(2, 10))))
    else:
        axis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
        axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(percent if labelled else lambda *_: ""))
    axis.set_minor_formatter(FuncFormatter(lambda *_: ""))


def _inside(scale: Scale, exponents: range, steps: object) -> list[float]:
    ticks = [float(f"{step}e{exponent}") for exponent in exponents for step in steps]
    return [tick for tick in ticks if scale.low <= tick <= scale.high]
