"""``tables``: probabilities and paired differences at the horizon, parameters with sources."""

from __future__ import annotations

import argparse

import pandas as pd
import xarray as xr

from ..configuration import configured_parameters
from ..latex_tables import to_latex
from ..output_files import write_files
from ..printed_tables import to_markdown
from ..results import ResultsError, open_results, select_point
from ..tables import difference_table, probability_table, to_csv
from .options import Commands, add_choices, add_file, add_point, path_to_write, reference_of

WRITERS = {"csv": to_csv, "markdown": to_markdown, "latex": to_latex}
ENDINGS = {"csv": "csv", "markdown": "md", "latex": "tex"}
TABLES = ("probabilities", "differences", "parameters")
SEVERAL = {"both": TABLES[:2], "all": TABLES}


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "tables", help="write tables: probabilities, paired differences, parameters with sources"
    )
    add_file(parser, "result file of firebreak run")
    add_choices(parser)
    add_point(parser)
    parser.add_argument("-o", "--output", type=path_to_write, metavar="DIR",
                        help="folder to write to (the terminal)")
    parser.add_argument("--format", choices=ENDINGS, default="markdown", help="(%(default)s)")
    parser.add_argument("--table", choices=(*TABLES, *SEVERAL), default="probabilities",
                        help="both: the first two (%(default)s)")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Write the tables and return the paths of their files, or return their text."""
    with open_results(options.file) as results:
        point = select_point(results, options.point)
    chosen = SEVERAL.get(options.table, (options.table,))
    write = WRITERS[options.format]
    texts = {name: write(_table(name, point, options), point) for name in chosen}
    if options.output is None:
        return ["\n".join(texts.values()).rstrip("\n")]
    ending = ENDINGS[options.format]
    contents = {f"{name}.{ending}": body.encode() for name, body in texts.items()}
    return [str(path) for path in write_files(options.output, contents)]


def _table(name: str, point: xr.Dataset, options: argparse.Namespace) -> pd.DataFrame:
    if name == "probabilities":
        return probability_table(point, options.outcome)
    if name == "differences":
        return difference_table(point, reference_of(point, options.reference), options.outcome)
    try:
        return configured_parameters(point)
    except ResultsError as error:
        raise ResultsError(f"{options.file}: {error}")
