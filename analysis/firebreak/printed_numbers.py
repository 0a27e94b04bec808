"""Numbers as they are printed: as many digits as the interval deserves, a true minus sign."""

from __future__ import annotations

import numpy as np

MINUS = "\u2212"


def plain(value: float, decimals: int) -> str:
    """Return a number with so many decimals, never "-0"."""
    text = f"{value:.{decimals}f}"
    return (text[1:] if text.startswith("-") and float(text) == 0 else text).replace("-", MINUS)


def significant(value: float) -> str:
    """Return a number with three significant digits, whole ones whole: 0.0012, 4.21, 299,633."""
    if value == 0 or 1000 <= abs(value) < 1e7:
        text = f"{value:,.0f}"
    elif 1e-4 <= abs(value) < 1000:
        text = f"{value:.{max(0, 2 - int(np.floor(np.log10(abs(value)))))}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{value:.1e}".replace("e-0", "e-").replace("e+0", "e")
    return text.replace("-", MINUS)


def significant_span(ends: tuple[float, float]) -> str:
    """Return "18", or "0.1 to 3" where the ends differ, or a dash where they are not known."""
    low, high = ends
    if np.isnan(low):
        return "\u2013"
    return significant(low) if low == high else f"{significant(low)} to {significant(high)}"


def signed(value: float, decimals: int) -> str:
    """Return a number with its sign, plus as well as minus; zero has none."""
    text = plain(value, decimals)
    return text if text.startswith(MINUS) or float(text) == 0 else f"+{text}"


def decimals_for(low: float, high: float) -> int:
    """Return the decimals at which the half-width of an interval has one to two digits.

    Parameters
    ----------
    low, high : float
        Ends of the interval, in the unit that will be printed.
    """
    half = (high - low) / 2
    return 2 if not half > 0 else max(0, int(-np.floor(np.log10(half / 3))))


def limit(value: float) -> str:
    """Return an upper limit rounded up to two significant digits."""
    if not value > 0:
        return plain(value, 0)
    decimals = max(0, 1 - int(np.floor(np.log10(value))))
    step = 10.0**-decimals
    return plain(np.ceil(value / step - 1e-9) * step, decimals)


def limit_without_difference(replications: int, confidence_level: float) -> float:
    """Return the difference still possible when no replication tells two regimes apart.

    The two-sided limit 1 - (alpha / 2)^(1 / n), about 3.7 / n at 95 %, alpha being one minus the
    confidence level. Source: Clopper and Pearson (1934), Biometrika 26, for no event in n.

    Parameters
    ----------
    replications : int
        Number of pairs n.
    confidence_level : float
        Between 0 and 1.
    """
    return float(1 - ((1 - confidence_level) / 2) ** (1 / max(1, replications)))
