"""What `firebreak validate` writes is what the Python package reads and what its manual says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from program import SOURCE_DIR, firebreak

STUDY = SOURCE_DIR / "configs" / "studies" / "baseline.toml"
READ = (
    "import sys, firebreak; from firebreak.validation_score import passed_targets;"
    "report = firebreak.read_report(sys.argv[1]); table = report.table;"
    "print(report.kind, len(table), *passed_targets(table[table.use == 'held_out']));"
    "print(report.provenance.seed); print(report.provenance.command)"
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Validate by few draws and return the report and what was printed."""
    path = tmp_path_factory.mktemp("validate") / "validation.csv"
    done = firebreak("validate", str(STUDY), "--draws", "20", "--seed", "7", "-o", str(path))
    assert done.returncode == 0, done.stderr
    return path, done.stdout


def read(path: Path) -> list[str]:
    """Return what the Python package makes of a report."""
    done = subprocess.run(
        [sys.executable, "-c", READ, path], cwd=SOURCE_DIR / "analysis",
        capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_report_is_read_and_counts_as_the_terminal_does(written: tuple[Path, str]) -> None:
    """Held-out targets that passed, counted twice: by the program and by the package."""
    path, printed = written
    kind, rows, passed, targets = read(path)[0].split()
    assert kind == "validation" and int(rows) > 50
    assert f"{passed} of {targets} held-out targets passed" in printed


def test_the_report_says_the_command_that_makes_it_again(written: tuple[Path, str]) -> None:
    """Its own bytes come out, with any number of threads."""
    path, _ = written
    _, seed, command = read(path)
    assert seed == "7" and command.startswith("firebreak validate ")
    again = path.with_name("again.csv")
    words = command.split()[1:]
    done = firebreak(*words, "--threads", "2", "--quiet", "-o", str(again))
    assert done.returncode == 0 and done.stdout == ""
    assert again.read_bytes() == path.read_bytes()


def test_an_existing_report_is_kept(written: tuple[Path, str]) -> None:
    """Nothing is simulated and nothing overwritten without --force."""
    path, _ = written
    before = path.read_bytes()
    done = firebreak("validate", str(STUDY), "--draws", "20", "-o", str(path))
    assert done.returncode == 2 and "validation.csv" in done.stderr
    assert path.read_bytes() == before
