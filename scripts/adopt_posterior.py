"""Move the baseline to what a calibration found: medians of the posterior where the data inform.

Usage:  python3 scripts/adopt_posterior.py [TABLE] [--check]

TABLE is what firebreak calibrate writes beside a posterior, configs/posterior.informed.csv if none
is given; it says which parameters the data inform. The other values stay as they are. Priors stay
too: studies that draw from the posterior say so. With --check nothing is written, and the exit code
is 1 if a value would change.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
BASELINE = ROOT / "configs" / "baseline.toml"
TABLE = ROOT / "configs" / "posterior.informed.csv"
SOURCE = "calibrated: median of configs/posterior.informed.csv; prior: "


def medians(table: pd.DataFrame) -> dict[str, float]:
    """Return the informed parameters' medians by path, rounded to three digits."""
    informed = table[table["informed"] == "yes"]
    return {
        row.parameter: float(f"{row.posterior_median:.3g}")
        for row in informed.itertuples(index=False)
    }


def rewritten(text: str, path: str, value: float) -> str:
    """Return the baseline's text with one value, and where it comes from, replaced."""
    head, mark, rest = text.partition(f"\n[{path}]\n")
    if not mark:
        sys.exit(f"{BASELINE}: has no section [{path}]")
    end = rest.find("\n[")
    entry, after = (rest, "") if end < 0 else (rest[:end], rest[end:])
    entry = re.sub(r"^value = .*$", f"value = {value:g}", entry, count=1, flags=re.M)
    entry = re.sub(r'^tag = ".*"$', 'tag = "calibrated"', entry, count=1, flags=re.M)
    entry = re.sub(
        rf'^source = "(?:{re.escape(SOURCE)})?(.*)"$',
        rf'source = "{SOURCE}\1"',
        entry,
        count=1,
        flags=re.M,
    )
    return head + mark + entry + after


def adopted(text: str, table: pd.DataFrame) -> str:
    """Return the baseline's text with every informed parameter at its median."""
    for path, value in medians(table).items():
        text = rewritten(text, path, value)
    return text


def forsaken(text: str, table: pd.DataFrame) -> list[str]:
    """Return parameters whose value came from a calibration and that the data no longer inform."""
    taken = re.findall(rf'^\[(.+)\]\n(?:(?!\[).*\n)*?source = "{re.escape(SOURCE)}', text, flags=re.M)
    return sorted(set(taken) - set(medians(table)))


def main() -> None:
    """Rewrite configs/baseline.toml, or say whether it would change."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("table", nargs="?", type=Path, default=TABLE)
    arguments.add_argument("--check", action="store_true")
    given = arguments.parse_args()
    text = BASELINE.read_text(encoding="utf-8")
    table = pd.read_csv(given.table)
    changed = adopted(text, table)
    if left := forsaken(text, table):
        sys.exit(
            f"{BASELINE}: no longer informed: {', '.join(left)}; "
            "give them back the value, tag and source of before"
        )
    if given.check:
        sys.exit(int(changed != text))
    BASELINE.write_text(changed, encoding="utf-8")


if __name__ == "__main__":
    main()
