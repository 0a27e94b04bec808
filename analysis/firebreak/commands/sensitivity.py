"""``sensitivity``: a tornado or Sobol indices, whichever the design of a file supports."""

from __future__ import annotations

import argparse

import pandas as pd

from .. import figures
from ..deciding_parameters import quantities
from ..output_files import write_files
from ..results import ResultsError, open_results
from ..sobol_indices import saltelli_design, sobol_indices
from ..sweep import read_points, without_failed
from ..tables import to_csv
from ..tornado import moves_one_at_a_time, read_tornado
from .options import COLUMNS, Commands, add_choices, add_columns, add_file, path_to_write

OUTCOMES = ("collapse", "clash")


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "sensitivity",
        help="draw a tornado of a design that moves one at a time, or Sobol indices of Saltelli's",
    )
    add_file(parser, "result file of firebreak sweep")
    parser.add_argument("-o", "--output", type=path_to_write, required=True, metavar="DIR",
                        help="folder to write to")
    add_choices(parser)
    parser.add_argument("--regime", action="append", metavar="NAME",
                        help="regime whose difference is judged; may be repeated")
    parser.add_argument("--combination", type=int, metavar="N",
                        help="Sobol indices: which combination of levers at levels (0)")
    add_columns(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Write the figures and their table, and return the paths of their files."""
    width = COLUMNS[options.columns]
    outcomes = options.outcome or list(OUTCOMES)
    with open_results(options.file) as results:
        points = read_points(results, outcomes, options.reference)
    contents: dict[str, bytes] = {}
    if moves_one_at_a_time(points):
        if options.combination is not None:
            raise ResultsError(f"{options.file}: a tornado has no --combination to choose")
        points, table = read_tornado(options.file, outcomes, options.reference, options.regime)
        for outcome in dict.fromkeys(table.outcome):
            drawing = figures.tornado.draw(points, table, outcome, width)
            contents.update(drawing.contents())
        contents["tornado.csv"] = to_csv(table, without_failed(points)).encode()
        return [str(path) for path in write_files(options.output, contents)]
    try:
        design = saltelli_design(points, options.combination or 0)
    except ResultsError as error:
        raise ResultsError(
            f"{options.file}: neither moves one parameter at a time, nor are there indices: {error}"
        )
    table = pd.concat([
        sobol_indices(points, design, quantity, str(outcome))
        for outcome in points.outcome.values for quantity in quantities(points, options.regime)
    ], ignore_index=True)
    for outcome in dict.fromkeys(table.outcome):
        drawing = figures.sobol_indices.draw(points, design, table, outcome, width)
        contents.update(drawing.contents())
    contents["sobol_indices.csv"] = to_csv(table, without_failed(points)).encode()
    return [str(path) for path in write_files(options.output, contents)]
