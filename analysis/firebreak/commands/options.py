"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import xarray as xr

from .. import style

COLUMNS = {"one": style.ONE_COLUMN, "two": style.TWO_COLUMN}
"""Widths on the page by the word for them [inch]."""

Commands = Any
"""What `argparse.ArgumentParser.add_subparsers` returns."""


def add_file(parser: argparse.ArgumentParser, meaning: str) -> None:
    """Add the file that a command reads."""
    parser.add_argument("file", metavar="FILE", type=Path, help=meaning)


def path_to_write(text: str) -> Path:
    """Return the path of a file or a folder to write; `argparse` tells what is none."""
    if not text:
        raise argparse.ArgumentTypeError("is empty")
    return Path(text)


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Add the choice of outcomes and of the regime that others are compared with."""
    parser.add_argument("--outcome", action="append", metavar="NAME",
                        help="outcome to show; may be repeated")
    parser.add_argument("--reference", default=None, metavar="REGIME",
                        help="regime that the others are compared with (that of the study)")


def add_point(parser: argparse.ArgumentParser, meaning: str = "design point (the first)") -> None:
    """Add the choice of a design point."""
    parser.add_argument("--point", type=int, metavar="N", help=meaning)


def add_columns(parser: argparse.ArgumentParser) -> None:
    """Add the choice of a figure's width."""
    parser.add_argument("--columns", choices=COLUMNS, default="two",
                        help="width on the page: one column or two (%(default)s)")


def reference_of(results: xr.Dataset, asked: str | None) -> str:
    """Return the reference that was asked for, or that of the study."""
    return asked or str(results.attrs.get("reference_regime", "status-quo"))
