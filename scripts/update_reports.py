"""Put the hypotheses, the validation and the calibration into the documents.

Usage:  PYTHONPATH=analysis python3 scripts/update_reports.py [--claims FILE] [--validation FILE]

The reports given are copied to docs/results; without them those that lie there are used. Blocks in
README.md and docs/, between `<!-- claims: H1 H2 -->` or `<!-- validation: held_out -->` and
`<!-- end -->`, are filled from them, and the figures drawn; those after `<!-- stated: H1 H2 -->`
are filled from configs/claims.toml, that after `<!-- informed: all -->` from
configs/posterior.informed.csv, that after `<!-- recovery: all -->` from docs/results/recovery*.csv;
`<!-- headline: held_out -->` is one sentence of the validation. Until there is a report its blocks say
"not run yet". --check changes nothing, says what would change, and ends with 1 if anything would.
A report made by a program whose sources differed from its commit is refused, since nobody could
make it again; --allow-dirty takes it nevertheless.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import re
import sys
import tomllib
from pathlib import Path

import pandas as pd

from firebreak import Report, ResultsError, read_report
from firebreak.figures import hypotheses, validation
from firebreak.page import render
from firebreak.report_text import (
    NOT_RUN, claims_markdown, headline_markdown, informed_markdown, recovery_markdown, stated_markdown,
    validation_markdown,
)

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(
    r"(?P<begin><!-- (?P<kind>claims|stated|validation|informed|recovery|headline): "
    r"(?P<names>[\w ]+?) -->\n).*?<!-- end -->",
    re.DOTALL,
)
USES = ("held_out", "calibration")


def reports_in(folder: Path) -> dict[str, Report]:
    """Return the reports of a folder by their kind."""
    paths = (folder / f"{kind}.csv" for kind in ("claims", "validation"))
    return {path.stem: read_report(path) for path in paths if path.exists()}


def results_of(root: Path) -> Path:
    """Return the folder of the committed reports."""
    return root / "docs" / "results"


def stated_in(root: Path) -> dict[str, dict[str, str]]:
    """Return the claims that are stated, by their names."""
    path = root / "configs" / "claims.toml"
    if not path.exists():
        return {}
    with open(path, "rb") as file:
        return tomllib.load(file)["claims"]


def seen_in(root: Path) -> dict[str, str]:
    """Return why held-out targets are no news to the model, by their names."""
    path = root / "configs" / "evidence" / "seen.toml"
    if not path.exists():
        return {}
    with open(path, "rb") as file:
        return {target: why for group in tomllib.load(file).values() for target, why in group.items()}


def subset(report: Report, names: list[str]) -> Report:
    """Return a report of some hypotheses only."""
    rows = report.table[report.table.claim.isin(names)]
    return dataclasses.replace(report, table=rows)


def filled(text: str, document: Path, root: Path, reports: dict[str, Report]) -> tuple[str, dict]:
    """Return a document with its blocks filled, and the hypotheses of each figure it shows."""
    results, stated = results_of(root), stated_in(root)
    drawn: dict[str, list[str]] = {}

    def content(found: re.Match[str]) -> str:
        kind, names, end = found["kind"], found["names"].split(), "\n<!-- end -->"
        if kind == "validation" and names[0] not in USES:
            raise ResultsError(f"{document}: no targets '{found['names']}' ({' or '.join(USES)})")
        if kind == "stated":
            return f"{found['begin']}{stated_markdown(stated, names)}{end}"
        if kind == "informed":
            table = pd.read_csv(root / "configs" / "posterior.informed.csv")
            return f"{found['begin']}{informed_markdown(table)}{end}"
        if kind == "recovery":
            studies = {
                path.name: pd.read_csv(path, comment="#")
                for path in sorted(results.glob("recovery*.csv"))
            }
            body = recovery_markdown(studies) if studies else NOT_RUN
            return f"{found['begin']}{body}{end}"
        if kind == "headline" and "validation" in reports:
            text = headline_markdown(reports["validation"], seen_in(root))
            return f"{found['begin']}{text}{end}"
        if kind not in reports:
            return f"{found['begin']}{NOT_RUN}{end}"
        if kind == "validation":
            body = validation_markdown(reports[kind], names[0], seen_in(root))
        else:
            body = claims_markdown(reports[kind], names)
            if document.stem not in drawn and not subset(reports[kind], names).table.empty:
                drawn[document.stem] = names
                figure = Path(os.path.relpath(results / f"{document.stem}.svg", document.parent))
                body = f"![Share of draws in which each holds]({figure.as_posix()})\n\n{body}"
        return f"{found['begin']}{body}{end}"

    return BLOCK.sub(content, text), drawn


def contents_of(root: Path, reports: dict[str, Report]) -> dict[Path, bytes]:
    """Return what every file that depends on the reports should hold."""
    results = results_of(root)
    contents: dict[Path, bytes] = {}
    drawings = []
    for document in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        text = document.read_text(encoding="utf-8")
        new, drawn = filled(text, document, root, reports)
        if BLOCK.search(text):
            contents[document] = new.encode()
        for stem, names in drawn.items():
            drawings.append((f"{stem}.svg", hypotheses.draw(subset(reports["claims"], names))))
    if "validation" in reports:
        drawings.append(("validation.svg", validation.draw(reports["validation"])))
    for name, drawing in drawings:
        svg = render(drawing.figure, drawing.provenance, drawing.caption)["svg"]
        contents[results / name] = svg
    return contents


def changed(contents: dict[Path, bytes]) -> list[Path]:
    """Return the files that do not hold what they should."""
    return [path for path, new in contents.items() if not path.exists() or path.read_bytes() != new]


def main() -> int:
    """Fill the documents, or say which are not what they should be."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--claims", type=Path, help="claims.csv to put into docs/results")
    arguments.add_argument("--validation", type=Path, help="validation.csv, the same")
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--allow-dirty", action="store_true")
    arguments.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    try:
        results = results_of(given.root)
        reports = reports_in(results)
        texts = {}
        for kind in ("claims", "validation"):
            path = getattr(given, kind)
            if path is not None:
                reports[kind] = read_report(path)
                if reports[kind].kind != kind:
                    raise ResultsError(f"{path}: is a report of {reports[kind].kind}")
                texts[results / f"{kind}.csv"] = path.read_bytes()
        for kind, report in reports.items():
            if report.provenance.git_commit.endswith("+dirty") and not given.allow_dirty:
                raise ResultsError(
                    f"{kind}: made from {report.provenance.git_commit}; "
                    "commit, build and run again, or --allow-dirty"
                )
        contents = {**texts, **contents_of(given.root, reports)}
        paths = changed(contents)
        if given.check:
            for path in paths:
                print(path.relative_to(given.root))
            return 1 if paths else 0
        results.mkdir(parents=True, exist_ok=True)
        for path in paths:
            path.write_bytes(contents[path])
            print(path.relative_to(given.root))
    except ResultsError as error:
        sys.exit(f"update_reports: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
