"""Move the baseline to what a calibration found: medians of the posterior where the data inform.

Usage:  PYTHONPATH=analysis python3 scripts/adopt_posterior.py configs/posterior.csv [--check]

A parameter is informed if the spread of its posterior, on the scale of its prior's quantiles, is
less than 0.8 of the prior's own (a contraction above 0.2). The other values stay as they are.
Priors stay too: what studies draw from the posterior they say so. With --check nothing is written,
and the exit code is 1 if a value would change.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
BASELINE = ROOT / "configs" / "baseline.toml"
INFORMED = 0.2
UNIFORM_SD = 1.0 / np.sqrt(12.0)


def quantile_scale(values: np.ndarray, prior: dict[str, float | str]) -> np.ndarray:
    """Return the place of each value in its prior's distribution, 0 to 1."""
    low, high = float(prior["low"]), float(prior["high"])
    if prior["distribution"] == "log-uniform":
        return np.log(values / low) / np.log(high / low)
    return (values - low) / (high - low)


def weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    """Return the value at which half of the weight is reached."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, 0.5 * reached[-1])])


def contraction(values: np.ndarray, weights: np.ndarray, prior: dict[str, float | str]) -> float:
    """Return 1 - the posterior's spread over the prior's, on the prior's quantile scale."""
    place = quantile_scale(values, prior)
    mean = np.average(place, weights=weights)
    return 1.0 - float(np.sqrt(np.average((place - mean) ** 2, weights=weights))) / UNIFORM_SD


def medians(posterior: pd.DataFrame, entries: dict) -> dict[str, float]:
    """Return the informed parameters' medians by path, rounded to three digits."""
    weights = posterior["weight"].to_numpy()
    found = {}
    for path in posterior.columns.drop("weight"):
        entry = entries
        for key in path.split("."):
            entry = entry[key]
        values = posterior[path].to_numpy()
        if contraction(values, weights, entry["prior"]) > INFORMED:
            found[path] = float(f"{weighted_median(values, weights):.3g}")
    return found


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
        r'^source = "(?:calibrated: median of configs/posterior\.csv; prior: )?(.*)"$',
        r'source = "calibrated: median of configs/posterior.csv; prior: \1"',
        entry,
        count=1,
        flags=re.M,
    )
    return head + mark + entry + after


def main() -> None:
    """Rewrite configs/baseline.toml, or say what would change."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("posterior", nargs="?", type=Path, default=ROOT / "configs/posterior.csv")
    arguments.add_argument("--check", action="store_true")
    given = arguments.parse_args()
    text = BASELINE.read_text(encoding="utf-8")
    changed = text
    posterior = pd.read_csv(given.posterior, comment="#")
    for path, value in medians(posterior, tomllib.loads(text)).items():
        changed = rewritten(changed, path, value)
    if given.check:
        sys.exit(int(changed != text))
    BASELINE.write_text(changed, encoding="utf-8")


if __name__ == "__main__":
    main()
