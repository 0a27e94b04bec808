"""``report``: one page in which a reader explores a result file."""

from __future__ import annotations

import argparse

from ..explorer import explorer_page
from ..output_files import write_file
from .options import Commands, add_file, path_to_write


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "report", help="write one HTML page to explore a result file in, which needs no network"
    )
    add_file(parser, "result file of firebreak run")
    parser.add_argument("-o", "--output", type=path_to_write, required=True, metavar="FILE",
                        help="page to write, such as report.html")
    parser.add_argument("--outcome", action="append", metavar="NAME",
                        help="outcome to hold; may be repeated (all that fit)")
    parser.add_argument("--regime", action="append", metavar="NAME",
                        help="regime to hold; may be repeated (all)")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Write the page and return its path."""
    page = explorer_page(options.file, options.outcome, options.regime)
    return [str(write_file(options.output, page.encode()))]
