"""The table in README.md is what the program gives, within Monte Carlo error.

A run of 1,000 replications a regime is compared with the table's 20,000: the intervals of the two
(each of 95 %) are widened to five standard errors, false alarm below 1e-6 a cell.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import h5py
import pytest

ROOT = Path(os.environ["FIREBREAK_SOURCE_DIR"])
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
    """Run the baseline once with few replications."""
    path = tmp_path_factory.mktemp("readme") / "baseline.h5"
    subprocess.run(
        [os.environ["FIREBREAK_BINARY"], "run", "configs/studies/baseline.toml", "-o", path]
        + ["--replications", "1000", "--quiet"],
        cwd=ROOT,
        check=True,
    )
    with h5py.File(path) as file:
        yield file


def test_names_every_regime_of_the_baseline_study(run: h5py.File) -> None:
    """No regime is missing or left over."""
    assert list(readme_table()) == [name.decode() for name in run["regime"][:]]


def test_agrees_with_a_run(run: h5py.File) -> None:
    """Every cell lies where a run of the present program puts it."""
    regimes = [name.decode() for name in run["regime"][:]]
    outcomes = [name.decode() for name in run["outcome"][:]]
    for regime, row in readme_table().items():
        for outcome, (value, low, high) in row.items():
            at = (0, regimes.index(regime), outcomes.index(outcome), -1)
            here = 100.0 * run["probability"][at]
            half_width = 50.0 * (run["probability_high"][at] - run["probability_low"][at])
            allowed = 5.0 / 1.96 * (half_width + (high - low) / 2.0)
            assert abs(here - value) <= allowed, f"{regime} {outcome}: {here} against {value}"
