"""Put the numbers of a worked study into its page.

Usage:  PYTHONPATH=analysis python3 scripts/update_study.py runs/002_what_decides [RESULTS.h5]

With a result file its tables and figures are made anew in the folder `results` of the study; then,
and without one too, the blocks of README.md between `<!-- study: NAME -->` and `<!-- end -->` are
filled from the tables that lie there. --check changes nothing and ends with 1 if the page does not
say what the tables say. A file made by a program whose sources differed from its commit is refused,
since nobody could make it again; --allow-dirty takes it nevertheless.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import pandas as pd

from firebreak import ResultsError, open_results, read_sweep
from firebreak.deciding_parameters import parameter_table
from firebreak.figures import deciding_parameters, sweep_differences
from firebreak.output_files import write_files
from firebreak.provenance import provenance_of
from firebreak.study_blocks import block
from firebreak.study_tables import TRACED, study_tables
from firebreak.sweep_differences import difference_quantiles

BLOCK = re.compile(r"(?P<begin><!-- study: (?P<name>\w+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)
NOT_RUN = "*Not run yet.*"


def contents_of(path: Path, allow_dirty: bool) -> dict[str, bytes]:
    """Return the files of the folder `results`: tables, and figures as SVG."""
    with open_results(path) as results:
        commit = provenance_of(results).git_commit
        if commit.endswith("+dirty") and not allow_dirty:
            raise ResultsError(
                f"{path}: made from {commit}; commit, build and run again, or --allow-dirty"
            )
        contents = {name: text.encode() for name, text in study_tables(results).items()}
        sweep = read_sweep(results, TRACED)
    drawings = [sweep_differences.draw(sweep, difference_quantiles(sweep))]
    parameters = parameter_table(sweep)
    drawings += [deciding_parameters.draw(sweep, parameters, outcome) for outcome in TRACED]
    for drawing in drawings:
        contents.update(
            (name, body) for name, body in drawing.contents().items() if name.endswith(".svg")
        )
    return contents


def filled(text: str, folder: Path) -> str:
    """Return a page with its blocks filled from the tables of a folder."""
    tables = {path.stem: _read(path) for path in sorted((folder / "results").glob("*.csv"))}

    def content(found: re.Match[str]) -> str:
        body = block(found["name"], tables) if tables else NOT_RUN
        return f"{found['begin']}{body}\n{found['end']}"

    return BLOCK.sub(content, text)


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, na_values=["NA"], keep_default_na=False)
    except pd.errors.EmptyDataError:
        return pd.DataFrame()


def main() -> int:
    """Fill the page, or say that it is not what it should be."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("study", type=Path, help="folder of the study")
    arguments.add_argument("file", nargs="?", type=Path, help="its result file")
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--allow-dirty", action="store_true")
    given = arguments.parse_args()
    page = given.study / "README.md"
    try:
        if given.file is not None and not given.check:
            contents = contents_of(given.file, given.allow_dirty)
            for path in write_files(given.study / "results", contents):
                print(path)
        text = page.read_text(encoding="utf-8")
        new = filled(text, given.study)
    except ResultsError as error:
        sys.exit(f"update_study: {error}")
    if new == text:
        return 0
    print(page)
    if given.check:
        return 1
    page.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
