"""Text files as they are read: whole, or one line that says why not."""

from __future__ import annotations

from pathlib import Path

from .results import ResultsError


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8.

    Raises
    ------
    ResultsError
        If it cannot be read or is no text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read ({error.strerror or error})")
    except UnicodeDecodeError:
        raise ResultsError(f"{path}: is no text")
