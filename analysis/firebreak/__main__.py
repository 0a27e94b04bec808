"""``python -m firebreak``: the commands are those of the package `commands`."""

from __future__ import annotations

import argparse
import sys
from typing import Sequence

from . import commands
from .results import ResultsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, or 2 after a one-line message.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process if omitted.
    """
    options = _parser().parse_args(arguments)
    try:
        for line in options.command(options):
            print(line)
        return 0
    except ResultsError as error:
        print(f"firebreak: {error}", file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"firebreak: {where}{error.strerror or error}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m firebreak", description="Draw and tabulate Firebreak result files."
    )
    added = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in commands.ALL:
        command.add(added)
    return parser


if __name__ == "__main__":
    sys.exit(main())
