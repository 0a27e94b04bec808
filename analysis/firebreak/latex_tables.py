"""Tables as LaTeX, by booktabs, siunitx and longtable."""

from __future__ import annotations

import re
from typing import Union

import pandas as pd
import xarray as xr

from .printed_numbers import MINUS
from .printed_tables import Cell, Code, Number, PrintedTable, printed

MOST_COLUMNS = 3
"""Columns of numbers that fit on a page beside the names; more go into blocks below each other."""
PREAMBLE = "% Needs \\usepackage{array,booktabs,longtable,siunitx,url}"
WRAPPED = ">{{\\raggedright\\arraybackslash}}p{{{}\\linewidth}}"
NUMBERS = WRAPPED.replace("right", "left", 1)
SPECIAL = {
    "\\": "\\textbackslash{}", "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_",
    "{": "\\{", "}": "\\}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    "<": "\\ensuremath{<}", ">": "\\ensuremath{>}", "\u00b1": "\\ensuremath{\\pm}",
    "\u00d7": "\\ensuremath{\\times}", MINUS: "\\ensuremath{-}", "\u2013": "--", "\u2014": "---",
    "\u2026": "\\ldots{}", "\u201c": "``", "\u201d": "''", "\u2019": "'", "\u2018": "`",
    "\u2264": "\\ensuremath{\\leq}", "\u2265": "\\ensuremath{\\geq}", "\u00a0": "~",
    "\u00b7": "\\ensuremath{\\cdot}", "\u2192": "\\ensuremath{\\to}",
}
ADDRESS = re.compile(r"https?://[^\s,;)]*[^\s,;).]|\b10\.\d{4,}/[^\s,;)]*[^\s,;).]")
LAST_KNOWN = "\u024f"
"""Letters up to here are in every font of LaTeX; others are written by their number."""


def to_latex(table: pd.DataFrame, point: xr.Dataset) -> str:
    """Return a table as a longtable, caption and label included.

    Parameters
    ----------
    table, point
        As of `printed`.
    """
    form = printed(table, point)
    size = "\\scriptsize" if form.texts else "\\footnotesize"
    blocks = _blocks(form)
    heads = [_row([(head,) for head in block_heads]) for block_heads, _ in blocks]
    lines = [
        PREAMBLE, f"\\begingroup{size}\\setlength{{\\tabcolsep}}{{3pt}}",
        "\\setlength{\\LTcapwidth}{\\linewidth}",
        f"\\begin{{longtable}}{{@{{}}{_columns(form, len(blocks[0][0]))}@{{}}}}",
        f"\\caption[{escaped(form.short)}]{{{escaped(form.caption)}}}"
        f"\\label{{tab:firebreak-{form.name}}}\\\\",
        "\\toprule",
    ]
    if len(blocks) == 1:
        lines += [heads[0], "\\midrule", "\\endfirsthead", "\\toprule", heads[0], "\\midrule",
                  "\\endhead"]
    else:
        lines += ["\\endfirsthead", "\\toprule", "\\endhead"]
    lines += ["\\bottomrule", "\\endfoot"]
    for number, (_, rows) in enumerate(blocks):
        if len(blocks) > 1:
            # A row with a star keeps the next one on its page.
            lines += [*(["\\midrule"] if number else []), f"{heads[number]}*", "\\midrule"]
        lines += [_row(row, "[1.5pt]" if form.texts else "") for row in rows]
    lines += ["\\end{longtable}", "\\endgroup"]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return plain text as LaTeX; addresses become breakable ones.

    Parameters
    ----------
    text : str
        Any text.
    """
    text = re.sub(r'"([^"]*)"', "\u201c\\1\u201d", text)
    pieces, end = [], 0
    for found in ADDRESS.finditer(text):
        pieces += [_escaped(text[end : found.start()]), f"\\url{{{found.group()}}}"]
        end = found.end()
    return "".join([*pieces, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return "".join(
        SPECIAL.get(sign) or (sign if sign <= LAST_KNOWN else f"U+{ord(sign):04X}") for sign in text
    )


def _blocks(form: PrintedTable) -> list[tuple[tuple[str, ...], list[tuple[Cell, ...]]]]:
    """Cut a wide table into blocks of columns; the names of the rows stand in each."""
    if form.texts:
        return [(form.heads, form.rows)]
    blocks = []
    for start in range(1, len(form.heads), MOST_COLUMNS):
        part = slice(start, start + MOST_COLUMNS)
        missing = MOST_COLUMNS - len(form.heads[part]) if start > 1 else 0
        blocks.append((
            (form.heads[0], *form.heads[part], *[""] * missing),
            [(row[0], *row[part], *[("",)] * missing) for row in form.rows],
        ))
    return blocks


def _columns(form: PrintedTable, count: int) -> str:
    if form.texts:
        return "".join([
            WRAPPED.format("0.21"), NUMBERS.format("0.12"), WRAPPED.format("0.115"),
            WRAPPED.format("0.15"), WRAPPED.format("0.33"),
        ])
    return WRAPPED.format("0.198") + NUMBERS.format("0.249") * (count - 1)


def _row(cells: Union[list[Cell], tuple[Cell, ...]], space: str = "") -> str:
    return " & ".join("".join(map(_part, cell)) for cell in cells) + f" \\\\{space}"


def _breakable(name: str) -> str:
    """Let a name break after its colons, dots, hyphens and underscores."""
    return re.sub(r"(:|\.|-|\\_)(?=.)", r"\1\\allowbreak{}", escaped(name))


def _part(part: Union[str, Number, Code]) -> str:
    if isinstance(part, Number):
        text = part.text.replace(MINUS, "-").replace(",", "")
        plus = "[retain-explicit-plus]" if text.startswith("+") else ""
        return f"\\num{plus}{{{text}}}"
    if isinstance(part, Code):
        return f"\\texttt{{{_breakable(part.text)}}}"
    text = escaped(part)
    return text if " " in part else text.replace("/", "/\\allowbreak{}")  # units may break
