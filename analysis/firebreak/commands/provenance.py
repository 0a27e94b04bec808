"""``provenance``: which run a figure shows, read back out of its file."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from ..embedded_provenance import read_provenance
from .options import Commands, add_file


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("provenance", help="say which run a figure of this package shows")
    add_file(parser, "SVG, PDF or PNG file, or page of report")
    parser.add_argument("--json", action="store_true", help="as one JSON object (a line each)")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> list[str]:
    """Return a line per field, or one line of JSON."""
    fields = asdict(read_provenance(options.file))
    if options.json:
        return [json.dumps(fields, ensure_ascii=False, sort_keys=True)]
    said = {name: value for name, value in fields.items() if value not in (None, "", {})}
    wide = max(map(len, said))
    return [f"{name.ljust(wide)}  {_said(value)}" for name, value in said.items()]


def _said(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} = {text}" for name, text in value.items())
    if isinstance(value, (tuple, list)):
        low, high = value
        return f"{low}" if low == high else f"{low} to {high}"
    return str(value)
