"""``conditional``: what the page of ``report`` shows for one choice, as numbers."""

from __future__ import annotations

import argparse

from ..conditional import Range, conditional_table
from ..results import ResultsError, open_results
from ..tables import to_csv
from .options import Commands, add_choices, add_file, add_point


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "conditional",
        help="print probabilities and paired differences over the points of a sweep whose "
             "parameters lie in chosen ranges",
    )
    add_file(parser, "result file of firebreak run")
    parser.add_argument("--where", action="append", default=[], metavar="PARAMETER=LOW:HIGH",
                        help="only points with the parameter in this range; may be repeated")
    parser.add_argument("--day", type=int, metavar="N", help="checkpoint in days (the horizon)")
    parser.add_argument("--regime", action="append", metavar="NAME",
                        help="regime to show; may be repeated (all)")
    add_choices(parser)
    add_point(parser, "only this design point (all)")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Return the numbers as CSV."""
    where: dict[str, Range] = {}
    for path, chosen in map(_range, options.where):
        if path in where:
            raise ResultsError(f"--where {path}: is given twice")
        where[path] = chosen
    with open_results(options.file) as results:
        table = conditional_table(
            results, where, day=options.day, point=options.point, outcomes=options.outcome,
            regimes=options.regime, reference=options.reference,
        )
        points = int(results.sizes["design_point"])
        failed = int((results.failed.values != 0).sum()) if "failed" in results else 0
        about = results[["replications"]].load().assign_attrs(
            design_points=points, failed_points=failed
        )
    return [to_csv(table, about).rstrip("\n")]


def _range(text: str) -> tuple[str, Range]:
    path, equals, between = text.rpartition("=")
    low, colon, high = between.partition(":")
    try:
        if not (equals and colon):
            raise ValueError
        ends = (float(low), float(high))
        if not ends[0] <= ends[1]:
            raise ValueError
        return path, ends
    except ValueError:
        raise ResultsError(f"--where {text}: not of the form PARAMETER=LOW:HIGH, with LOW at most HIGH") from None
