"""``effects``: what each parameter does in a design that moves one at a time."""

from __future__ import annotations

import argparse

from ..effects import read_effects
from ..effects_report import effects_markdown
from ..tables import to_csv
from .options import Commands, add_file


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "effects", help="say what each parameter does in a design that moves one at a time"
    )
    add_file(parser, "result file of a study with histories")
    parser.add_argument("--markdown", action="store_true", help="as docs/effects.md (CSV)")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Return the table."""
    results, table = read_effects(options.file)
    markdown = effects_markdown(table, results)
    return [(markdown if options.markdown else to_csv(table, results)).rstrip("\n")]
