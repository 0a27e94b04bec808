"""A whole run against figures that were kept: nothing changes a result unnoticed.

When results are meant to change (a new rule, another parameter), look at what the failed test
prints, then write the new figures and commit them with the change that caused them:

    export FIREBREAK_BINARY=build/release/firebreak
    FIREBREAK_UPDATE_GOLDEN=1 python3 -m pytest tests/golden/golden_test.py
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import h5py
import pytest

SOURCE_DIR = Path(os.environ.get("FIREBREAK_SOURCE_DIR", Path(__file__).resolve().parents[2]))
STUDY = SOURCE_DIR / "configs" / "studies" / "quick.toml"
GOLDEN = Path(__file__).with_name("quick.json")
OPTIONS = ["--replications", "96", "--seed", "20221115", "--histories"]
# Their weighted estimates are above zero at so few replications.
OUTCOMES = ("collapse", "clash", "general_war", "nuclear_use")

Figures = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """Run the quick study and return its figures."""
    binary = os.environ.get("FIREBREAK_BINARY")
    if not binary:
        pytest.skip("FIREBREAK_BINARY is not set: the program was not built")
    path = tmp_path_factory.mktemp("golden") / "quick.h5"
    done = subprocess.run(
        [binary, "run", str(STUDY), "-o", str(path), "--quiet", *OPTIONS],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return figures_of(path)


def figures_of(path: Path) -> Figures:
    """Return counts, hashes, and estimates to the last bit (as hexadecimal) by regime."""
    found: Figures = {"all": {}}
    with h5py.File(path) as file:
        for name in ("random_scheme_version", "results_format_version"):
            found["all"][name] = int(file.attrs[name][0])
        regimes = [name.decode() for name in file["regime"][()]]
        outcomes = [name.decode() for name in file["outcome"][()]]
        reference = regimes.index(file.attrs["reference_regime"].decode())
        for index, regime in enumerate(regimes):
            figures = found[regime] = {}
            for number, outcome in enumerate(outcomes):
                figures[f"count of {outcome}"] = int(file["count"][0, index, number, -1])
            for name in ("probability", "standard_error_weighted", "difference"):
                values = file[name][0, index]
                values = values[reference] if name == "difference" else values
                for outcome in OUTCOMES:
                    value = float(values[outcomes.index(outcome), -1])
                    figures[f"{name} of {outcome}"] = value.hex()
            for number, measure in enumerate(file["measure"][()]):
                value = float(file["measure_mean"][0, index, number])
                figures[f"measure_mean of {measure.decode()}"] = value.hex()
            for name, kind in (("violations_per_day", "<f8"), ("histories/first_day", "<i4")):
                values = file[name][0, index].astype(kind)
                figures[f"SHA-256 of {name}"] = hashlib.sha256(values.tobytes()).hexdigest()
    return found


def changes(kept: Figures, found: Figures) -> list[str]:
    """Say, a line each, where figures differ from those that were kept."""
    lines = []
    for part in dict.fromkeys([*kept, *found]):
        old, new = kept.get(part, {}), found.get(part, {})
        for name in dict.fromkeys([*old, *new]):
            if old.get(name) != new.get(name):
                before, after = readable(old.get(name)), readable(new.get(name))
                lines.append(f"{part}: {name}: kept {before}, found {after}")
    return lines


def readable(figure: object) -> str:
    """Show a figure as people read it, and to the last bit where that is another thing."""
    if isinstance(figure, str) and "0x" in figure:
        return f"{float.fromhex(figure):.10g} ({figure})"
    return "nothing" if figure is None else str(figure)


def test_the_quick_study_gives_the_figures_that_were_kept(figures: Figures) -> None:
    """Counts, first days, and estimates to the last bit."""
    if os.environ.get("FIREBREAK_UPDATE_GOLDEN") == "1":
        GOLDEN.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
        pytest.skip(f"{GOLDEN} written; see what changed in it before you commit it")
    if not GOLDEN.exists():
        pytest.fail(f"{GOLDEN} is missing.\n\n{__doc__}", pytrace=False)
    found = changes(json.loads(GOLDEN.read_text("utf-8")), figures)
    if found:
        shown = "\n  ".join(found[:40])
        more = f"\n  and {len(found) - 40} more" if len(found) > 40 else ""
        pytest.fail(f"{len(found)} figures changed:\n  {shown}{more}\n\n{__doc__}", pytrace=False)


def test_a_figure_that_changes_is_named(figures: Figures) -> None:
    """The last bit of an estimate, a count and a regime that is gone are each noticed."""
    kept: Figures = json.loads(json.dumps(figures))
    assert changes(kept, figures) == []
    value = float.fromhex(kept["membership"]["probability of clash"])
    assert value > 0
    kept["membership"]["probability of clash"] = (value * (1 + 2**-52)).hex()
    kept["neutrality"]["count of stray"] += 1
    del kept["status-quo"]
    found = changes(kept, figures)
    assert found[0].startswith("membership: probability of clash: kept 0.0")
    assert found[1].startswith("neutrality: count of stray: kept ")
    assert len(found) == 2 + len(figures["status-quo"])
    assert "kept nothing, found " in found[-1]
