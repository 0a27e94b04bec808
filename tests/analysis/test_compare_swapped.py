"""What docs/validation.md says of the years exchanged is what the committed tables give."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "compare_swapped.py"
FILES = (
    "docs/validation.md", "docs/results/validation.csv", "docs/results/swapped/validation.csv",
    "docs/results/swapped/posterior.informed.csv", "configs/posterior.csv",
    "configs/posterior.informed.csv",
)


@pytest.fixture(name="script")
def load_script() -> ModuleType:
    """Import the script, which is no package."""
    spec = importlib.util.spec_from_file_location("compare_swapped", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script on a tree."""
    return subprocess.run(
        [sys.executable, SCRIPT, "--root", root, *arguments],
        env={"PYTHONPATH": str(ROOT / "analysis"), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )


def test_the_document_holds_what_is_committed() -> None:
    assert "<!-- years exchanged -->" in (ROOT / "docs" / "validation.md").read_text("utf-8")
    done = run(ROOT, "--check")
    assert done.returncode == 0, f"run scripts/compare_swapped.py {done.stderr}"


def test_a_number_changed_by_hand_is_found_and_mended(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    document = tmp_path / "docs" / "validation.md"
    before = document.read_text("utf-8")
    document.write_text(before.replace("| `line.restraint_days` | d | ", "| x | d | 1"), "utf-8")
    assert document.read_text("utf-8") != before
    assert run(tmp_path, "--check").returncode == 1
    assert run(tmp_path).returncode == 0
    assert document.read_text("utf-8") == before


def rows(*cells: tuple[str, str, str, bool]) -> pd.DataFrame:
    """Return a report's rows of target, use, statistic and verdict."""
    table = pd.DataFrame(cells, columns=["target", "use", "statistic", "passed"])
    return table.assign(percentile=50.0)


def test_a_target_that_changes_its_use_counts_among_those_held_out_only_where_it_is(
    script: ModuleType,
) -> None:
    split = rows(("a", "calibration", "s", True), ("b", "held_out", "t", False),
                 ("c", "held_out", "u", True))
    other = rows(("b", "calibration", "t", True), ("a", "held_out", "s", True),
                 ("c", "held_out", "u", True))
    assert script.scores(split, other)[2:] == [
        "| **held out** | 1 of 2 (1 of 2 statistics) | 2 of 2 (2 of 2 statistics) |",
        "| of these, held out both times | 1 of 1 (1 of 1 statistics) | 1 of 1 (1 of 1 statistics) |",
        "| calibrated | 1 of 1 (1 of 1 statistics) | 1 of 1 (1 of 1 statistics) |",
    ]
    assert script.verdicts(split, other)[2:] == [
        "| a | s | 50.0 passes, calibrated | 50.0 passes |",
        "| b | t | 50.0 fails | 50.0 passes, calibrated |",
    ]


def test_a_report_compared_with_itself_changes_nothing(script: ModuleType) -> None:
    split = rows(("a", "calibration", "s", True), ("b", "held_out", "t", False))
    assert len(script.verdicts(split, split)) == 2


def test_a_percentile_follows_the_weights(script: ModuleType) -> None:
    draws = pd.DataFrame({"weight": [1.0, 1.0, 2.0], "x": [1.0, 2.0, 3.0]})
    assert [script.percentile(draws, "x", value) for value in (0.5, 1.5, 2.5, 3.5)] == [0, 25, 50, 100]
