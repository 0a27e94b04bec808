"""Reads TOML on every Python: the only place that knows by which library."""

from __future__ import annotations

from typing import Any

from .results import ResultsError

try:
    import tomllib
except ImportError:  # before Python 3.11
    try:
        import tomli as tomllib
    except ImportError:
        tomllib = None


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """Return the content of a TOML text.

    Parameters
    ----------
    text : str
        The text.
    where : str
        What it is the text of, for messages.

    Raises
    ------
    ResultsError
        If it is not TOML, or this Python cannot read TOML.
    """
    if tomllib is None:
        raise ResultsError("this Python is older than 3.11: install tomli, which reads TOML")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ResultsError(f"{where}: {error}")
