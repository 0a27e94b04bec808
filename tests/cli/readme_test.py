"""The table in README.md is what the program gives, within Monte Carlo error.

A run of 1,000 replications a regime with another seed, so that no luck is shared, is compared with
the table's 20,000. Collapse and settlement may differ by four combined standard errors: this run's
from its file, the table's from that and the two numbers of replications; false alarm 6e-5 a cell,
0.2 % in all, on a fixed seed. The rare outcomes are held to the ends of their intervals: those of
the run, widened twice, and the table's must meet.

What it can catch: a table left behind by a change that moves collapse by about 2 to 4 points or
settlement by about 4 to 5 (four standard errors of 1,000 replications), a row or column in the
wrong place where they differ by more, and a rare outcome that is off by a factor of several. What
it cannot: smaller changes. The golden test holds the program itself to the last bit; the commit in
docs/figure.svg says what the table was made from.
"""

from __future__ import annotations

import math
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import h5py
import pytest

ROOT = Path(os.environ["FIREBREAK_SOURCE_DIR"])
FEW, MANY = 1_000, 20_000  # replications of the run here and of the table
FREQUENT = {"collapse", "settlement"}
CELL = re.compile(r"([\d.]+) \[([\d.]+), ([\d.]+)\]")


def readme_table() -> dict[str, dict[str, tuple[float, float, float]]]:
    """Return regime -> outcome -> (value, low, high), all in per cent."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.split("<!-- baseline table")[1].split("<!-- end of baseline table")[0]
    lines = [line for line in block.splitlines() if line.startswith("|")]
    outcomes = [name.strip().replace(" ", "_") for name in lines[0].split("|")[2:-1]]
    table = {}
    for line in lines[2:]:
        cells = line.split("|")
        values = [tuple(map(float, CELL.search(cell).groups())) for cell in cells[2:-1]]
        table[cells[1].strip().strip("`")] = dict(zip(outcomes, values))
    return table


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> h5py.File:
    """Run the baseline once with few replications and luck of its own."""
    path = tmp_path_factory.mktemp("readme") / "baseline.h5"
    subprocess.run(
        [os.environ["FIREBREAK_BINARY"], "run", "configs/studies/baseline.toml", "-o", path]
        + ["--replications", str(FEW), "--seed", "1", "--quiet"],
        cwd=ROOT,
        check=True,
    )
    with h5py.File(path) as file:
        yield file


def test_names_every_regime_of_the_baseline_study(run: h5py.File) -> None:
    """No regime is missing or left over."""
    assert list(readme_table()) == [name.decode() for name in run["regime"][:]]


def cells(run: h5py.File, outcomes: set[str]) -> Iterator[tuple[str, tuple, int, tuple]]:
    """Yield name, numbers of the table, recommended estimator and index in the run of each cell."""
    regimes = [name.decode() for name in run["regime"][:]]
    names = [name.decode() for name in run["outcome"][:]]
    for regime, row in readme_table().items():
        for outcome in outcomes & set(row):
            number = names.index(outcome)
            at = (0, regimes.index(regime), number, -1)
            yield f"{regime} {outcome}", row[outcome], int(run["estimator"][number]), at


def test_collapse_and_settlement_agree_with_a_run(run: h5py.File) -> None:
    """Every cell lies where a run of the present program puts it."""
    seen = 0
    for name, (value, _, _), estimator, at in cells(run, FREQUENT):
        error = 100.0 * run[("standard_error_analog", "standard_error_weighted")[estimator]][at]
        assert error > 0.0, name
        here = 100.0 * run["probability"][at]
        combined = error * math.sqrt(1.0 + FEW / MANY)
        assert abs(here - value) <= 4.0 * combined + 0.05, f"{name}: {here} against {value}"
        seen += 1
    assert seen == 2 * len(run["regime"])


def test_rare_outcomes_meet_the_interval_of_a_run(run: h5py.File) -> None:
    """Every cell's interval meets that of a run, taken twice as wide."""
    for name, (value, low, high), _, at in cells(run, {"clash", "nuclear_use"}):
        assert low <= value <= high, name
        here, from_, to = (
            100.0 * run[part][at]
            for part in ("probability", "probability_low", "probability_high")
        )
        wide = (here - 2.0 * (here - from_), here + 2.0 * (to - here))
        assert wide[0] <= high and low <= wide[1], f"{name}: {wide} against {low} to {high}"
