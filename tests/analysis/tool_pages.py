"""The pages of docs/tools as programs: their code is taken out of them and run, where the tool is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STAND_INS = Path(__file__).resolve().parent / "stand_ins"
"""Packages that Debian does not have, as far as the pages use them; real ones come before them."""
PAGES = ROOT / "docs" / "tools"
BINARY = os.environ.get("FIREBREAK_BINARY")
COMMAND = re.compile(r"^    build/release/firebreak (run|sweep) (\S+) -o (\S+\.h5)$", re.MULTILINE)
FENCE = re.compile(r"^```(?P<words>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)

needs_program = pytest.mark.skipif(BINARY is None, reason="no program (FIREBREAK_BINARY)")


def needs(*tools: str) -> pytest.MarkDecorator:
    """Return a mark that skips where one of some programs is absent, and says which."""
    absent = [tool for tool in tools if shutil.which(tool) is None]
    return pytest.mark.skipif(bool(absent), reason=f"not installed: {', '.join(absent)}")


def code(page: str, words: str) -> str:
    """Return the code blocks of a page that are headed by these words, in order, as one text."""
    text = (PAGES / page).read_text(encoding="utf-8")
    bodies = [found["body"] for found in FENCE.finditer(text) if found["words"] == words]
    assert bodies, f"{page}: no block of {words}"
    return "\n".join(bodies)


def prepare(page: str, folder: Path) -> Path:
    """Make in a folder the result files that a page asks for, by its own commands; few histories."""
    commands = COMMAND.findall((PAGES / page).read_text(encoding="utf-8"))
    assert commands, f"{page}: says of no file how it is made"
    for command, study, output in commands:
        few = ["--replications", "128"] if command == "run" else []
        done = subprocess.run(
            [BINARY, command, study, "-o", folder / output, "--quiet", *few],
            cwd=ROOT, capture_output=True, text=True,
        )
        assert done.returncode == 0, done.stderr
    return folder


def run(
    arguments: list[str], folder: Path, text: str | None = None, last: Path | None = None
) -> str:
    """Run a program in a folder; it must succeed. Returns what it printed.

    Parameters
    ----------
    arguments : list of str
        The program and its arguments.
    folder : Path
        Where it runs.
    text : str, optional
        What it reads on standard input.
    last : Path, optional
        Where Python looks for packages that it has found nowhere else.
    """
    search = ["import sys\n", f"sys.path.insert(0, {str(ROOT / 'analysis')!r})\n"]
    if last is not None:
        search.append(f"sys.path.append({str(last)!r})\n")
    if arguments[0] == sys.executable and text is not None:
        text = "".join(search) + text
    done = subprocess.run(arguments, cwd=folder, input=text, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
