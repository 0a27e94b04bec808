"""Puts the page together: one HTML text with its styles, scripts and data inside."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any, Sequence

from .content import page_content

FOLDER = Path(__file__).resolve().parent
STYLES = ("theme.css", "layout.css", "controls.css", "charts.css", "print.css")
IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.mjs";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|const) (\w+))", re.MULTILINE)
PLACE = re.compile(r"\{\{(\w+)\}\}")


def explorer_page(
    path: str | Path, outcomes: Sequence[str] | None = None, regimes: Sequence[str] | None = None
) -> str:
    """Return the page of a result file.

    Parameters
    ----------
    path : str or Path
        Result file.
    outcomes, regimes : sequence of str, optional
        Those to hold; all that fit if omitted.

    Raises
    ------
    ResultsError
        If the file or the choice cannot be served.
    """
    return assemble(page_content(path, outcomes, regimes))


def assemble(content: dict[str, Any]) -> str:
    """Return the page of what `page_content` returned.

    Parameters
    ----------
    content : dict
        Names and packed numbers.
    """
    content = dict(content)
    provenance = content.pop("provenance")
    data = json.dumps(content, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    parts = {
        "title": html.escape(content["title"]),
        "description": html.escape(f"{content['sentence']} {content['caveat']}"),
        "provenance": html.escape(provenance),
        "styles": "\n".join((FOLDER / "styles" / name).read_text("utf-8") for name in STYLES),
        "library": (FOLDER / "plot.bundle.js").read_text("utf-8"),
        "scripts": _joined("main"),
        # "<" is escaped so that no text of a study can end the element.
        "data": data.replace("<", "\\u003c"),
    }
    page = (FOLDER / "page.html").read_text("utf-8")
    return PLACE.sub(lambda match: parts[match.group(1)], page)


def _joined(first: str) -> str:
    """Return a module and all it imports as one script: each a function of its own names."""
    texts: dict[str, str] = {}
    begun: set[str] = set()

    def visit(name: str) -> None:
        if name in begun:
            return
        begun.add(name)
        text = (FOLDER / "scripts" / f"{name}.mjs").read_text("utf-8")
        for _, needed in IMPORT.findall(text):
            visit(needed)
        names = ", ".join(EXPORT.findall(text))
        body = EXPORT.sub("", IMPORT.sub(r"const \1 = \2_module;", text))
        texts[name] = f"const {name}_module = (() => {{\n{body}\nreturn {{ {names} }};\n}})();"
        if name == first:  # it waits for the data
            texts[name] = f"await (async () => {{\n{body}\n}})();"

    visit(first)
    return "\n".join(texts.values())
