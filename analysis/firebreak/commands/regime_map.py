"""``map``: under which of two regimes an outcome is less likely, over two parameters."""

from __future__ import annotations

import argparse

from .. import figures
from ..output_files import write_files
from ..regime_map import read_map
from ..results import open_results
from .options import COLUMNS, Commands, add_choices, add_columns, add_file, path_to_write, reference_of


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "map", help="draw under which of two regimes an outcome is less likely, over two parameters"
    )
    add_file(parser, "result file of firebreak sweep")
    parser.add_argument("-o", "--output", type=path_to_write, required=True, metavar="DIR",
                        help="folder to write to")
    parser.add_argument("--regime", required=True, metavar="NAME",
                        help="regime that is compared with the reference")
    add_choices(parser)
    parser.add_argument("--parameters", nargs=2, metavar=("ACROSS", "UP"),
                        help="paths of two varied parameters (those that the difference goes with most)")
    add_columns(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Write a map for each outcome and return the paths of their files."""
    contents: dict[str, bytes] = {}
    with open_results(options.file) as results:
        other = reference_of(results, options.reference)
        for outcome in dict.fromkeys(options.outcome or ["collapse", "clash"]):
            data = read_map(results, outcome, options.regime, other, options.parameters)
            contents.update(figures.regime_map.draw(data, COLUMNS[options.columns]).contents())
    return [str(path) for path in write_files(options.output, contents)]
