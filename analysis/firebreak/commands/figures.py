"""``figures``: of a result file, or the one figure of a report."""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import figures
from ..page import write_files
from ..reports import read_report
from ..results import ResultsError, open_results, select_point
from .options import COLUMNS, Commands, add_choices, add_columns, add_file, add_point, reference_of

REPORT_FIGURES = {"validation": figures.validation, "claims": figures.hypotheses}


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "figures",
        help="draw SVG, PDF and PNG figures of a result file, or of a report (FILE.csv) of "
             "firebreak validate or claims",
    )
    add_file(parser, "result file of firebreak run")
    add_choices(parser)
    add_point(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR",
                        help="folder to write to")
    add_columns(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Write the figures and return the paths of their files."""
    width = COLUMNS[options.columns]
    draw = _of_report if options.file.suffix == ".csv" else _of_results
    contents: dict[str, bytes] = {}
    for drawing in draw(options, width):
        contents.update(drawing.contents())
    return [str(path) for path in write_files(options.output, contents)]


def _of_results(options: argparse.Namespace, width: float) -> list[figures.Drawing]:
    with open_results(options.file) as results:
        point = select_point(results, options.point)
    reference = reference_of(point, options.reference)
    rows: list[list[str] | None] = [options.outcome]
    if options.columns == "one":  # three families below each other fill a page for one outcome
        names = options.outcome or figures.cumulative_probability.default_outcomes(point)
        rows = [[name] for name in dict.fromkeys(names)]
    return [
        *(
            figures.cumulative_probability.draw(point, outcomes, reference, width)
            for outcomes in rows
        ),
        figures.paired_differences.draw(point, options.outcome, reference, width),
        figures.clash_paths.draw(point, width),
    ]


def _of_report(options: argparse.Namespace, width: float) -> list[figures.Drawing]:
    choices = ("outcome", "reference", "point")
    given = [name for name in choices if getattr(options, name) is not None]
    if given:
        raise ResultsError(f"{options.file}: a report has no --{given[0]} to choose")
    report = read_report(options.file)
    return [REPORT_FIGURES[report.kind].draw(report, width)]
