"""``tables``: probabilities and paired differences at the horizon."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..page import write_files
from ..results import open_results, select_point
from ..tables import difference_table, probability_table, to_csv, to_markdown
from .options import Commands, add_choices, add_file, add_point, reference_of

ENDINGS = {"csv": "csv", "markdown": "md"}


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("tables", help="write tables at the horizon")
    add_file(parser, "result file of firebreak run")
    add_choices(parser)
    add_point(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="DIR",
                        help="folder to write to (the terminal)")
    parser.add_argument("--format", choices=ENDINGS, default="markdown", help="(%(default)s)")
    parser.add_argument("--table", choices=("probabilities", "differences", "both"),
                        default="probabilities", help="(%(default)s)")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Write the tables and return the paths of their files, or return their text."""
    text = to_csv if options.format == "csv" else to_markdown
    with open_results(options.file) as results:
        point = select_point(results, options.point)
    tables = {
        "probabilities": probability_table(point, options.outcome),
        "differences": difference_table(
            point, reference_of(point, options.reference), options.outcome
        ),
    }
    chosen = tables if options.table == "both" else {options.table: tables[options.table]}
    texts = {name: text(table, point) for name, table in chosen.items()}
    if options.output is None:
        return ["\n".join(texts.values()).rstrip("\n")]
    ending = ENDINGS[options.format]
    contents = {f"{name}.{ending}": body.encode() for name, body in texts.items()}
    return [str(path) for path in write_files(options.output, contents)]
