"""Reads back where a figure comes from, out of its file."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from PIL import Image

from .provenance import Provenance
from .report_provenance import ReportProvenance
from .results import ResultsError

HDF5 = b"\x89HDF"
"""How a result file begins."""


def read_provenance(path: str | Path) -> Provenance | ReportProvenance:
    """Read back the provenance from a figure written by this package.

    Parameters
    ----------
    path : str or Path
        An SVG, PDF or PNG file, or a page of ``report``.

    Returns
    -------
    Provenance or ReportProvenance
        The latter if the figure was drawn from a report.

    Raises
    ------
    ResultsError
        If the file is missing or holds no provenance.
    """
    path = Path(path)
    _check(path)
    try:
        text = _embedded(path)
        if text is not None:
            return _from_json(text)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read ({error.strerror or 'not an image'})")
    except (ValueError, TypeError, KeyError, ElementTree.ParseError):
        pass
    raise ResultsError(f"{path}: holds no provenance of Firebreak")


def _check(path: Path) -> None:
    if not path.exists():
        raise ResultsError(f"{path}: no such file")
    if path.is_dir():
        raise ResultsError(f"{path}: is a folder, not a figure")
    with path.open("rb") as file:
        start = file.read(len(HDF5))
    if not start:
        raise ResultsError(f"{path}: is empty")
    if start == HDF5:
        raise ResultsError(f"{path}: is a result file, not a figure drawn from one")


def _from_json(text: str) -> Provenance | ReportProvenance:
    kind = Provenance if "replications" in json.loads(text) else ReportProvenance
    return kind.from_json(text)


def _embedded(path: Path) -> str | None:
    form = path.suffix.lower()
    if form == ".svg":
        source = ElementTree.parse(path).find(".//{http://purl.org/dc/elements/1.1/}source")
        return None if source is None else source.text
    if form == ".png":
        with Image.open(path) as image:
            return image.info.get("Source")
    if form == ".html":
        found = re.search('<meta name="provenance" content="([^"]*)">', path.read_text("utf-8"))
        return None if found is None else html.unescape(found.group(1))
    if form == ".pdf":
        found = re.search(rb"/Keywords \(((?:[^\\()]|\\.)*)\)", path.read_bytes(), re.DOTALL)
        return None if found is None else _unescaped(found.group(1))
    return None


def _unescaped(literal: bytes) -> str:
    plain = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def replace(match: re.Match[bytes]) -> bytes:
        code = match.group(1)
        return bytes([int(code, 8)]) if code.isdigit() else plain.get(code, code)

    return re.sub(rb"\\([0-7]{3}|.)", replace, literal, flags=re.DOTALL).decode("ascii")
