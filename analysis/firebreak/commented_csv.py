"""Tables of commas with comments at their head."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from .results import ResultsError
from .text_files import read_text


def read_commented(path: Path) -> tuple[list[str], list[str], list[tuple[int, list[str]]]]:
    """Return the comment lines, the first line's names, and each row with its line's number.

    Parameters
    ----------
    path : Path
        A CSV file that may begin with lines of ``#``.

    Raises
    ------
    ResultsError
        If the file cannot be read, is no text, or is empty.
    """
    text = read_text(path)
    lines = text.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.reader(io.StringIO("".join(lines[first:])))
    rows = [(first + reader.line_num, cells) for cells in reader if cells]
    if not rows:
        raise ResultsError(f"{path}: is empty")
    return lines[:first], rows[0][1], rows[1:]
