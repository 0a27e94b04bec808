"""Every target is held against the model, whatever draws are made of its parameters."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from program import QUICK, SOURCE_DIR, firebreak

HEADS = (
    "target,use,statistic,unit,observed,low5,low25,median,high75,high95,percentile,passed,draws,"
    "note"
).split(",")


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a report."""
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A validation by few draws of the prior, on one thread."""
    path = tmp_path_factory.mktemp("validation") / "validation.csv"
    done = firebreak("validate", QUICK, "--draws", 24, "--threads", 1, "-o", path)
    assert done.returncode == 0, done.stderr
    assert "held-out targets passed" in done.stdout
    return path


def test_a_report_has_a_row_for_every_statistic(report: Path) -> None:
    rows = rows_of(report)
    assert list(rows[0]) == HEADS
    assert len({(row["target"], row["statistic"]) for row in rows}) == len(rows)
    assert {row["use"] for row in rows} == {"calibration", "held_out"}
    for row in rows:
        assert row["note"].startswith("not modelled") == (row["draws"] == "0"), row
    assert sum(row["draws"] == "0" for row in rows) == 2


def test_a_posterior_holds_the_parameters_that_it_names(tmp_path: Path) -> None:
    posterior = tmp_path / "posterior.csv"
    posterior.write_text("weight,line.heavy_share\n1,0.05\n3,0.05\n")
    path = tmp_path / "validation.csv"
    done = firebreak(
        "validate", QUICK, "--draws", 20, "--posterior", posterior, "-o", path, "--quiet"
    )
    assert done.returncode == 0, done.stderr
    (row,) = [row for row in rows_of(path) if row["statistic"] == "heavy_share_2017"]
    assert abs(float(row["low5"]) - 0.05) < 1e-6 and abs(float(row["high95"]) - 0.05) < 1e-6
    assert row["passed"] == "false" and row["percentile"] == "100"


def test_bad_evidence_ends_with_2_and_nothing_written(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    shutil.copytree(SOURCE_DIR / "configs" / "evidence", folder)
    (folder / "held_out" / "targets.toml").unlink()
    path = tmp_path / "validation.csv"
    done = firebreak("validate", QUICK, "--evidence", folder, "--draws", 20, "-o", path)
    assert done.returncode == 2 and "targets.toml: no such file" in done.stderr.replace(" (", ": ")
    assert not path.exists()
