"""Put the baseline's table and figure into README.md and docs/figure.svg.

Usage, after ./run.sh:  PYTHONPATH=analysis python3 scripts/update_readme.py [runs/baseline.h5]

A file made by a program whose sources differed from its commit is refused, since nobody could make
it again; --allow-dirty takes it nevertheless.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from firebreak import open_results, provenance_of, select_point
from firebreak.figures import cumulative_probability

ROOT = Path(__file__).resolve().parents[1]
OUTCOMES = ["collapse", "clash", "nuclear_use", "settlement"]
BEGIN = "<!-- baseline table: scripts/update_readme.py -->"
END = "<!-- end of baseline table -->"


def table(path: Path) -> str:
    """Return the README's table of a result file: per cent by the horizon, with intervals."""
    results = open_results(path)
    last = results.isel(design_point=0, time=-1)
    rows = ["| regime | " + " | ".join(name.replace("_", " ") for name in OUTCOMES) + " |"]
    rows.append("|---" * (1 + len(OUTCOMES)) + "|")
    for regime in results.regime.values:
        cells = []
        for outcome in OUTCOMES:
            at = last.sel(regime=regime, outcome=outcome)
            digits = 1 if outcome in {"collapse", "settlement"} else 2
            value, low, high = (
                100.0 * float(at[name])
                for name in ("probability", "probability_low", "probability_high")
            )
            cells.append(f"{value:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]")
        rows.append(f"| `{regime}` | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def main() -> None:
    """Rewrite the block between the markers, and the figure."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("file", nargs="?", type=Path, default=ROOT / "runs" / "baseline.h5")
    arguments.add_argument("--allow-dirty", action="store_true")
    given = arguments.parse_args()
    path = given.file
    point = select_point(open_results(path), 0)
    commit = provenance_of(point).git_commit
    if commit.endswith("+dirty") and not given.allow_dirty:
        sys.exit(f"{path}: made from {commit}; commit, build and run again, or --allow-dirty")
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    readme.write_text(f"{head}{BEGIN}\n{table(path)}\n{END}{tail}", encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        cumulative_probability.draw(point).write(Path(folder))
        drawn = Path(folder) / "cumulative_probability.svg"
        (ROOT / "docs" / "figure.svg").write_bytes(drawn.read_bytes())


if __name__ == "__main__":
    main()
