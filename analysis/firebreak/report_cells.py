"""What a cell of a report holds: each function returns the value or raises ValueError."""

from __future__ import annotations

import math
from typing import Callable


def number(text: str) -> float:
    """Return a finite number, or raise ValueError."""
    try:
        value = float(text)
    except ValueError:
        raise ValueError("no number") from None
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value


def number_if_known(text: str) -> float:
    """Return a finite number, or NaN for ``NA``, or raise ValueError."""
    return math.nan if text == "NA" else number(text)


def span(text: str) -> tuple[float, float]:
    """Return both ends of ``LOW to HIGH``, or a number twice, or NaN twice for ``NA``."""
    low, between, high = text.partition(" to ")
    ends = (number_if_known(low), number_if_known(high if between else low))
    if ends[0] > ends[1]:
        raise ValueError("ends are not in order")
    return ends


def share(text: str) -> float:
    """Return a number from 0 to 1, or raise ValueError."""
    value = number(text)
    if not 0 <= value <= 1:
        raise ValueError("not between 0 and 1")
    return value


def number_or_none(text: str) -> float | None:
    """Return a finite number, or None for an empty text, or raise ValueError."""
    return number(text) if text else None


def percentage(text: str) -> float:
    """Return a number from 0 to 100, or NaN for ``NA``, or raise ValueError."""
    value = number_if_known(text)
    if value < 0 or value > 100:
        raise ValueError("not between 0 and 100")
    return value


def whole(text: str) -> int:
    """Return a whole number that is not negative, or raise ValueError."""
    if not text.isdecimal():
        raise ValueError("no whole number")
    return int(text)


def truth(text: str) -> bool:
    """Return a truth value, written true or false, yes or no, 1 or 0, or raise ValueError."""
    known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if text.lower() not in known:
        raise ValueError("neither true nor false")
    return known[text.lower()]


def word(text: str) -> str:
    """Return a text that is not empty, or raise ValueError."""
    if not text:
        raise ValueError("empty")
    return text


def one_of(*words: str) -> Callable[[str], str]:
    """Return a function that returns one of these words, or raises ValueError."""

    def chosen(text: str) -> str:
        if text not in words:
            raise ValueError(f"not {' or '.join(words)}")
        return text

    return chosen
