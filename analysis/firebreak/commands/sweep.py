"""``sweep``: what a design of many points shows."""

from __future__ import annotations

import argparse

from .. import figures, sweep_report
from ..deciding_parameters import parameter_table
from ..output_files import write_files
from ..results import open_results
from ..sweep import read_sweep
from ..sweep_differences import difference_quantiles, reference_quantiles
from ..tables import to_csv
from .options import COLUMNS, Commands, add_choices, add_columns, add_file, path_to_write


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("sweep", help="say what a design of many points shows")
    add_file(parser, "result file of firebreak sweep")
    parser.add_argument("-o", "--output", type=path_to_write, metavar="DIR",
                        help="folder for figures, tables and summary (the summary, to the terminal)")
    add_choices(parser)
    parser.add_argument("--regime", action="append", metavar="NAME",
                        help="regime whose difference is traced to parameters; may be repeated")
    add_columns(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Write figures, tables and summary and return their paths, or return the summary."""
    with open_results(options.file) as results:
        sweep = read_sweep(results, options.outcome, options.reference)
    differences, levels = difference_quantiles(sweep), reference_quantiles(sweep)
    parameters = parameter_table(sweep, options.regime)
    summary = sweep_report.summary(differences, levels, parameters, sweep)
    if options.output is None:
        return [summary.rstrip("\n")]
    width = COLUMNS[options.columns]
    contents = figures.sweep_differences.draw(sweep, differences, width).contents()
    for outcome in dict.fromkeys(parameters.outcome):
        drawing = figures.deciding_parameters.draw(sweep, parameters, outcome, width)
        contents.update(drawing.contents())
    for name, text in (
        ("sweep_differences.csv", to_csv(differences, sweep)),
        ("sweep_differences.md", sweep_report.differences_markdown(differences, levels, sweep)),
        ("deciding_parameters.csv", to_csv(parameters, sweep)),
        ("deciding_parameters.md", sweep_report.parameters_markdown(parameters, sweep)),
        ("summary.md", summary),
    ):
        contents[name] = text.encode()
    return [str(path) for path in write_files(options.output, contents)]
