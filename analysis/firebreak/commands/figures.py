"""``figures``: of a result file, of a report, or of histories told by replay."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from .. import figures
from ..observed_record import TRUCE, read_observed
from ..output_files import write_files
from ..reports import read_report
from ..results import ResultsError, open_results, select_point
from ..simulated_fire import SimulatedFire, fire_of_results, fire_of_timelines
from ..timelines import read_timeline
from .options import COLUMNS, Commands, add_choices, add_columns, add_point, path_to_write, reference_of

REPORT_FIGURES = {"validation": figures.validation, "claims": figures.hypotheses}
REPORT, HISTORIES, RESULTS, RECORD = "a report", "a history", "a result file", "a series"
CHOICES = {
    "outcome": {RESULTS}, "reference": {RESULTS}, "point": {RESULTS, RECORD}, "regime": {RECORD},
    "day": {HISTORIES}, "truce": {RECORD}, "linear": {RESULTS},
}
"""What each option can choose from."""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "figures",
        help="draw SVG, PDF and PNG figures of a result file, of a report (FILE.csv) of "
             "firebreak validate or claims, or of histories (FILE.json) of firebreak replay",
    )
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+",
                        help="result file of firebreak run, or a report, or histories")
    add_choices(parser)
    add_point(parser)
    parser.add_argument("--day", action="append", type=int, metavar="N",
                        help="histories: day of the incidents to show; may be repeated")
    parser.add_argument("--observed", action="append", type=Path, metavar="CSV",
                        help="draw violations a day against this observed series (one of "
                             "configs/evidence) instead; may be repeated")
    parser.add_argument("--truce", type=_date, metavar="DATE",
                        help=f"day 0 of dated observations ({TRUCE.isoformat()})")
    parser.add_argument("--regime", action="append", metavar="NAME",
                        help="regime to hold against the observed series; may be repeated")
    parser.add_argument("-o", "--output", type=path_to_write, required=True, metavar="DIR",
                        help="folder to write to")
    add_columns(parser)
    parser.add_argument("--linear", action="store_true", default=None,
                        help="linear axes for probabilities of a tenth or more (logarithmic)")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Write the figures and return the paths of their files."""
    kind = _kind(options)
    for name, kinds in CHOICES.items():
        if getattr(options, name) is not None and kind not in kinds:
            raise ResultsError(f"{options.files[0]}: {kind} has no --{name} to choose")
    draw = {REPORT: _of_report, HISTORIES: _of_histories, RESULTS: _of_results,
            RECORD: _against_record}[kind]
    contents: dict[str, bytes] = {}
    for drawing in draw(options, COLUMNS[options.columns]):
        contents.update(drawing.contents())
    return [str(path) for path in write_files(options.output, contents)]


def _kind(options: argparse.Namespace) -> str:
    endings = {path.suffix == ".json" for path in options.files}
    if endings != {True} and len(options.files) > 1:
        raise ResultsError(f"{options.files[1]}: only histories (FILE.json) are drawn together")
    if options.observed:
        if options.files[0].suffix == ".csv":
            raise ResultsError(f"{options.files[0]}: a report has no violations of days")
        return RECORD
    if endings == {True}:
        return HISTORIES
    return REPORT if options.files[0].suffix == ".csv" else RESULTS


def _of_results(options: argparse.Namespace, width: float) -> list[figures.Drawing]:
    with open_results(options.files[0]) as results:
        point = select_point(results, options.point)
    reference = reference_of(point, options.reference)
    rows: list[list[str] | None] = [options.outcome]
    if options.columns == "one":  # three families below each other fill a page for one outcome
        names = options.outcome or figures.cumulative_probability.default_outcomes(point)
        rows = [[name] for name in dict.fromkeys(names)]
    return [
        *(
            figures.cumulative_probability.draw(point, outcomes, reference, width, bool(options.linear))
            for outcomes in rows
        ),
        figures.paired_differences.draw(point, options.outcome, reference, width),
        figures.clash_paths.draw(point, width),
    ]


def _of_report(options: argparse.Namespace, width: float) -> list[figures.Drawing]:
    report = read_report(options.files[0])
    return [REPORT_FIGURES[report.kind].draw(report, width)]


def _of_histories(options: argparse.Namespace, width: float) -> list[figures.Drawing]:
    timelines = [read_timeline(path) for path in options.files]
    return [figures.attribution_race.draw(timelines, options.day, width)]


def _against_record(options: argparse.Namespace, width: float) -> list[figures.Drawing]:
    truce = options.truce or TRUCE
    records = [read_observed(path, truce) for path in options.observed]
    return [figures.observed_violations.draw(_simulated(options), records, width, truce)]


def _simulated(options: argparse.Namespace) -> SimulatedFire:
    if options.files[0].suffix != ".json":
        with open_results(options.files[0]) as results:
            regimes = options.regime or [reference_of(results, None)]
            return fire_of_results(results, list(dict.fromkeys(regimes)), options.point)
    for name in ("point", "regime"):
        if getattr(options, name) is not None:
            raise ResultsError(f"{options.files[0]}: a history has no --{name} to choose")
    return fire_of_timelines([read_timeline(path) for path in options.files])


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no date such as 2020-07-27") from None
