"""Calibrations: their files, that they are the same bits, and that they go on where they were killed."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from program import BINARY, SOURCE_DIR, firebreak

CALIBRATION = str(SOURCE_DIR / "configs" / "calibration.toml")
SMALL = ("--block", "attribution", "--block", "ratification", "--simulations", "2000", "--quiet")


def content(path: Path) -> str:
    """Return a table without the comments, in which the date stands."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def calibrate(folder: Path, *options: str) -> str:
    """Run a small calibration and return its table."""
    folder.mkdir(exist_ok=True)
    done = firebreak("calibrate", CALIBRATION, "-o", "x.csv", *SMALL, *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return content(folder / "x.csv")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the table of a run on one thread."""
    return calibrate(tmp_path_factory.mktemp("reference"), "--threads", "1")


def test_the_tables_say_what_they_should(tmp_path: Path) -> None:
    """Columns, provenance, weights that sum to one; the journal is gone."""
    calibrate(tmp_path)
    text = (tmp_path / "x.csv").read_text(encoding="utf-8")
    for part in ("# Seed: ", "# Program: firebreak", "# Targets: attribution-przewodow", "acceptance"):
        assert part in text
    rows = list(csv.DictReader(content(tmp_path / "x.csv").splitlines()))
    assert len(rows) == 1000
    assert abs(sum(float(row["weight"]) for row in rows) - 1.0) < 1e-9
    assert all(15 <= float(row["accession.ratification_days"]) <= 150 for row in rows)
    informed = list(csv.DictReader((tmp_path / "x.informed.csv").open(encoding="utf-8")))
    assert [row["block"] for row in informed][0] == "attribution"
    assert {row["informed"] for row in informed} <= {"yes", "no"}
    assert not (tmp_path / "x.csv.journal").exists()


@pytest.mark.parametrize("threads", ["2", "5"])
def test_any_number_of_threads_gives_the_same_bits(
    threads: str, reference: str, tmp_path: Path
) -> None:
    """Every number comes from its address."""
    assert calibrate(tmp_path, "--threads", threads) == reference


def test_a_block_alone_is_fitted_as_among_others(reference: str, tmp_path: Path) -> None:
    """Its luck is addressed by its place in the file, so that its draws are the same."""
    short = ("--block", "ratification", "--simulations", "2000", "--quiet")
    done = firebreak("calibrate", CALIBRATION, "-o", "x.csv", *short, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    alone = list(csv.DictReader(content(tmp_path / "x.csv").splitlines()))
    among = list(csv.DictReader(reference.splitlines()))
    assert "accession.ratification_days" in alone[0] and len(alone[0]) < len(among[0])
    assert [{key: row[key] for key in alone[0]} for row in among] == alone


def test_another_seed_gives_another_table(reference: str, tmp_path: Path) -> None:
    """The comparison above can fail."""
    assert calibrate(tmp_path, "--seed", "3") != reference


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGKILL])
def test_a_killed_calibration_goes_on_to_the_same_bits(
    kill: signal.Signals, reference: str, tmp_path: Path
) -> None:
    """SIGINT finishes what is in hand and says how to go on; SIGKILL loses what is in hand."""
    journal = tmp_path / "x.csv.journal"
    command = [BINARY, "calibrate", CALIBRATION, "-o", "x.csv", *SMALL, "--threads", "1"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        start = None
        while process.poll() is None:
            size = journal.stat().st_size if journal.exists() else 0
            start = start or size
            if start and size > start + 4000:
                os.kill(process.pid, kill)
                break
            time.sleep(0.002)
        said = process.communicate()[1]
    if process.returncode == 0:
        pytest.skip("it was too quick to be killed")
    if kill == signal.SIGINT:
        assert process.returncode == 130
        assert "--resume" in said
    assert not (tmp_path / "x.csv").exists()
    again = firebreak("calibrate", CALIBRATION, "-o", "x.csv", *SMALL, cwd=tmp_path)
    assert again.returncode == 2
    assert "--resume goes on with it" in again.stderr
    changed = firebreak(
        "calibrate", CALIBRATION, "-o", "x.csv", *SMALL, "--seed", "3", "--resume", cwd=tmp_path
    )
    assert changed.returncode == 2
    assert "seed" in changed.stderr
    assert calibrate(tmp_path, "--resume", "--threads", "2") == reference


def test_a_bad_calibration_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    """One error with all problems."""
    done = firebreak(
        "calibrate", CALIBRATION, "-o", "x.csv", "--block", "airspce", "--block", "line2", cwd=tmp_path
    )
    assert done.returncode == 2
    assert "airspce" in done.stderr and "line2" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_recovery_reports_both_methods(tmp_path: Path) -> None:
    """A few data sets of one block."""
    done = firebreak(
        "calibrate", CALIBRATION, "-o", "r.csv", "--block", "ratification", "--recover", "3",
        "--simulations", "3000", cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader((tmp_path / "r.csv").open(encoding="utf-8")))
    assert {row["method"] for row in rows} == {"abc-smc", "synthetic-likelihood"}
    assert all(row["data_sets"] == "3" for row in rows)
    assert all(sum(int(row[f"ranks_{i}"]) for i in range(1, 6)) == 3 for row in rows)


def test_its_posterior_can_be_used_by_a_study(tmp_path: Path, reference: str) -> None:
    """As `posterior` of a design."""
    (tmp_path / "posterior.csv").write_text(reference + "\n", encoding="utf-8")
    quick = (SOURCE_DIR / "configs" / "studies" / "quick.toml").read_text(encoding="utf-8")
    quick = quick.replace('"../', f'"{SOURCE_DIR}/configs/')
    design = '\n[design]\nmethod = "sobol"\npoints = 2\nposterior = "posterior.csv"\n'
    (tmp_path / "study.toml").write_text(quick + design, encoding="utf-8")
    done = firebreak("check", "study.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2 design points" in done.stdout
