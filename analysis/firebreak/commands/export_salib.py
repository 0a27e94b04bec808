"""``export-salib``: the sampled parameters as a problem of SALib."""

from __future__ import annotations

import argparse

from ..output_files import write_file
from ..results import open_results
from ..salib import salib_problem
from .options import Commands, add_file, path_to_write


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "export-salib", help="write the sampled parameters as a problem of SALib"
    )
    add_file(parser, "result file of a sweep")
    parser.add_argument("-o", "--output", type=path_to_write, metavar="FILE",
                        help="file to write (the terminal)")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Write the problem and return its path, or return its text."""
    with open_results(options.file) as results:
        problem = salib_problem(results)
    if options.output is None:
        return [problem]
    return [str(write_file(options.output, f"{problem}\n".encode()))]
