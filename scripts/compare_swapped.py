"""Put what changes with the years exchanged into docs/validation.md.

Usage:  PYTHONPATH=analysis python3 scripts/compare_swapped.py [OUTDIR] [--check]

OUTDIR is what scripts/swap_evidence.py made, with `posterior.csv`, its table of prior against
posterior and `validation.csv` since made in it; all but the draws is copied to docs/results/swapped.
Without OUTDIR what lies there is compared with docs/results/validation.csv and
configs/posterior.csv. --check changes nothing and ends with 1 if the document would change.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import pandas as pd

from firebreak import Report, ResultsError, read_report
from firebreak.printed_numbers import significant
from firebreak.report_text import NOT_RUN
from firebreak.validation_score import passed_statistics, passed_targets

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(<!-- years exchanged -->\n).*?(\n<!-- end -->)", re.DOTALL)


def score(rows: pd.DataFrame) -> str:
    """Return how many targets and statistics pass."""
    (passed, of), (whole, targets) = passed_statistics(rows), passed_targets(rows)
    return f"{whole} of {targets} ({passed} of {of} statistics)"


def scores(split: pd.DataFrame, exchanged: pd.DataFrame) -> list[str]:
    """Return the table of the numbers of targets passed."""
    held = [rows[rows.use == "held_out"] for rows in (split, exchanged)]
    both = set(held[0].target) & set(held[1].target)
    kinds = {
        "**held out**": held,
        "of these, held out both times": [rows[rows.target.isin(both)] for rows in held],
        "calibrated": [rows[rows.use == "calibration"] for rows in (split, exchanged)],
    }
    lines = ["| targets passed | as split | years exchanged |", "|---|---|---|"]
    return lines + [f"| {name} | {score(a)} | {score(b)} |" for name, (a, b) in kinds.items()]


def verdicts(split: pd.DataFrame, exchanged: pd.DataFrame) -> list[str]:
    """Return the table of statistics whose use or verdict changes."""
    lines = ["| target | statistic | percentile as split | years exchanged |", "|---|---|---|---|"]

    def cell(row: pd.Series) -> str:
        use = ", calibrated" if row.use == "calibration" else ""
        return f"{row.percentile:.1f} {'passes' if row.passed else 'fails'}{use}"

    joined = split.merge(exchanged, on=["target", "statistic"], suffixes=("", "_exchanged"))
    for _, row in joined.iterrows():
        later = row[[name for name in joined.columns if name.endswith("_exchanged")]]
        later = later.rename(lambda name: name.removesuffix("_exchanged"))
        if (row.use, row.passed) != (later.use, later.passed):
            name = row.statistic.replace("_", " ")
            lines.append(f"| {row.target} | {name} | {cell(row)} | {cell(later)} |")
    return lines


def percentile(draws: pd.DataFrame, path: str, value: float) -> float:
    """Return the share of the weight of draws below a value, in per cent."""
    weight = draws["weight"]
    return 100.0 * float(weight[draws[path] < value].sum() / weight.sum())


def medians(split: pd.DataFrame, exchanged: pd.DataFrame, draws: pd.DataFrame) -> list[str]:
    """Return the table of parameters that are informed and differ."""
    lines = [
        "| parameter | unit | as split, median [5 %, 95 %] | years exchanged | percentile of the "
        "new median among the draws as split |",
        "|---|---|---|---|---|",
    ]

    def cell(row: pd.Series) -> str:
        low, middle, high = (
            significant(row[f"posterior_{name}"]) for name in ("low5", "median", "high95")
        )
        return f"{middle} [{low}, {high}]{'' if row.informed == 'yes' else ', not informed'}"

    old, new = split.set_index("parameter"), exchanged.set_index("parameter")
    same = 0
    for path in old.index:
        before, after = old.loc[path], new.loc[path]
        if "yes" not in (before.informed, after.informed):
            continue
        if before.posterior_median == after.posterior_median:
            same += 1
            continue
        place = percentile(draws, path, after.posterior_median)
        unit = "" if before.unit == "1" else before.unit
        lines.append(f"| `{path}` | {unit} | {cell(before)} | {cell(after)} | {place:.0f} |")
    return [*lines, "", f"The other {same} informed medians are the same to the last digit."]


def table(path: Path) -> pd.DataFrame:
    """Return a table whose comments say where it is from."""
    return pd.read_csv(path, comment="#")


def comparison(root: Path) -> str:
    """Return the text of the block, from what is committed."""
    paths = [root / "docs/results/validation.csv", root / "docs/results/swapped/validation.csv"]
    if not all(path.exists() for path in paths):
        return NOT_RUN
    reports: list[Report] = [read_report(path) for path in paths]
    informed = [root / "configs", root / "docs/results/swapped"]
    rows = [report.table for report in reports]
    parts = [
        scores(*rows),
        verdicts(*rows),
        medians(*(table(path / "posterior.informed.csv") for path in informed),
                table(root / "configs/posterior.csv")),
        [f"As split: {reports[0].provenance.sentence()} "
         f"Years exchanged: {reports[1].provenance.sentence()}"],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts)


def taken(folder: Path, root: Path) -> None:
    """Copy the results of a folder to docs/results/swapped."""
    report = folder / "validation.csv"
    commit = read_report(report).provenance.git_commit
    if commit.endswith("+dirty"):
        raise ResultsError(f"{report}: made from {commit}; commit, build and run again")
    comments = [line for line in (folder / "posterior.csv").read_text("utf-8").splitlines()
                if line.startswith("#")]
    informed = (folder / "posterior.informed.csv").read_text("utf-8")
    results = root / "docs/results/swapped"
    results.mkdir(parents=True, exist_ok=True)
    (results / "validation.csv").write_bytes(report.read_bytes())
    (results / "posterior.informed.csv").write_text(
        "\n".join([*comments, informed]), encoding="utf-8"
    )


def main() -> int:
    """Fill the block, or say that it is not what it should be."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", metavar="OUTDIR", nargs="?", type=Path)
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    document = given.root / "docs/validation.md"
    try:
        if given.folder and not given.check:
            taken(given.folder, given.root)
        text = document.read_text(encoding="utf-8")
        new = BLOCK.sub(lambda found: found[1] + comparison(given.root) + found[2], text)
    except (OSError, ResultsError) as error:
        sys.exit(f"compare_swapped: {error}")
    if given.check:
        return int(new != text)
    document.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
