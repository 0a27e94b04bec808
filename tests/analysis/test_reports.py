"""Reports are read whole or refused in one line, and their figures say where they come from."""

import re
from pathlib import Path

import pytest

from firebreak import ReportProvenance, ResultsError, read_provenance, read_report
from firebreak.__main__ import main
from firebreak.printed_numbers import significant, significant_span
from firebreak.reports import CLAIMS, VALIDATION
from synthetic_reports import (
    CLAIMS_HEADS, CLAIMS_ROWS, COMMENTS, VALIDATION_HEADS, VALIDATION_ROWS, claims_text, report,
    validation_text,
)


def written(tmp_path, text, name="report.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_validation_is_read_as_written(tmp_path):
    read = read_report(written(tmp_path, validation_text()))
    assert read.kind == "validation"
    assert list(read.table.columns) == VALIDATION_HEADS
    given = [row[4] for row in VALIDATION_ROWS]
    ends = [(1e-5, 0.01) if isinstance(value, str) else (value, value) for value in given]
    assert list(read.table.observed) == ends
    assert list(read.table.passed) == [row[11] == "true" for row in VALIDATION_ROWS]


def test_claims_are_read_as_written_commas_in_a_statement_included(tmp_path):
    read = read_report(written(tmp_path, claims_text()))
    assert read.kind == "claims"
    assert list(read.table.columns) == CLAIMS_HEADS
    assert list(read.table.statement) == [row[1] for row in CLAIMS_ROWS]
    assert list(read.table.held) == [row[4] for row in CLAIMS_ROWS]


def test_the_provenance_is_that_of_the_comments(tmp_path):
    assert read_report(written(tmp_path, claims_text())).provenance == ReportProvenance(
        git_commit="0123456789abcdef0123", seed="20221115", title="The hypotheses",
        command="firebreak validate configs/studies/baseline.toml",
    )


def altered(rows, number, column, value):
    changed = [list(row) for row in rows]
    changed[number][VALIDATION_HEADS.index(column)] = value
    return report(VALIDATION_HEADS, changed)


def without_column(name):
    place = VALIDATION_HEADS.index(name)
    rows = [row[:place] + row[place + 1:] for row in VALIDATION_ROWS]
    return report([head for head in VALIDATION_HEADS if head != name], rows)


@pytest.mark.parametrize(("heading", "kind"), [("Validation", VALIDATION), ("Hypotheses", CLAIMS)])
def test_the_manual_lists_the_columns_in_their_order(heading, kind):
    manual = Path(__file__).resolve().parents[2] / "docs" / "reports_format.md"
    section = manual.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(kind.columns)


BAD = {
    "empty": ("", "is empty"),
    "comments only": ("# seed: 1\n", "is empty"),
    "no rows": (report(VALIDATION_HEADS, []), "holds no rows"),
    "another table": ("a,b\n1,2\n", "is no report"),
    "a column missing": (without_column("percentile"), "lacks the column percentile"),
    "nan": (altered(VALIDATION_ROWS, 0, "median", "nan"), "line 5: median is 'nan' (not finite)"),
    "no number": (altered(VALIDATION_ROWS, 1, "low5", "low"), "line 6: low5 is 'low' (no number)"),
    "an unknown use": (altered(VALIDATION_ROWS, 0, "use", "both"), "use is 'both'"),
    "a percentile as a share": (
        altered(VALIDATION_ROWS, 0, "percentile", 0.55), "passed does not agree"),
    "quantiles out of order": (altered(VALIDATION_ROWS, 0, "low5", 1e9), "not in order"),
    "no numbers though there are draws": (altered(VALIDATION_ROWS, 0, "low5", "NA"), "holds NA"),
    "passed without draws": (altered(VALIDATION_ROWS, -1, "passed", "true"), "without any draw"),
    "a range from end to begin": (
        altered(VALIDATION_ROWS, 0, "observed", "3 to 2"), "ends are not in order"),
    "a short row": (validation_text() + "violations,calibration\n", "another number of cells"),
    "no seed": (
        report(VALIDATION_HEADS, VALIDATION_ROWS, COMMENTS[:1]), "do not say seed, command"),
    "a decider without its strength": (
        report(CLAIMS_HEADS, [[*CLAIMS_ROWS[0][:12], "", *CLAIMS_ROWS[0][13:]]]),
        "decider_1 has no strength"),
    "shares that do not add up": (
        report(CLAIMS_HEADS, [[*CLAIMS_ROWS[0][:6], 0.9, *CLAIMS_ROWS[0][7:]]]), "add up to 1.7"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_report_ends_with_2_one_line_that_says_why_and_no_file(tmp_path, capsys, name):
    text, why = BAD[name]
    path = written(tmp_path, text)
    assert main(["figures", str(path), "-o", str(tmp_path / "none")]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert captured.err.startswith(f"firebreak: {path}: ") and why in captured.err
    assert not (tmp_path / "none").exists()


def test_many_faults_are_one_line_that_says_how_many_more(tmp_path):
    rows = [[*row[:4], "nan", *row[5:]] for row in VALIDATION_ROWS]
    with pytest.raises(ResultsError) as raised:
        read_report(written(tmp_path, report(VALIDATION_HEADS, rows)))
    assert str(raised.value).endswith(f"and {len(rows) - 5} more")


def test_a_missing_report_is_said(tmp_path, capsys):
    assert main(["figures", str(tmp_path / "gone.csv"), "-o", str(tmp_path)]) == 2
    assert "gone.csv: cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--outcome", "clash"], ["--point", "0"]])
def test_options_of_result_files_are_refused_for_a_report(tmp_path, capsys, option):
    path = written(tmp_path, claims_text())
    assert main(["figures", str(path), "-o", str(tmp_path / "none"), *option]) == 2
    assert f"has no {option[0]}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "figure"), [(validation_text(), "validation"), (claims_text(), "hypotheses")]
)
@pytest.mark.parametrize("columns", ["one", "two"])
def test_each_report_gives_one_figure_in_three_forms_that_knows_its_provenance(
    tmp_path, capsys, text, figure, columns
):
    path = written(tmp_path, text)
    folder = tmp_path / "figures"
    assert main(["figures", str(path), "-o", str(folder), "--columns", columns]) == 0
    assert sorted(file.name for file in folder.iterdir()) == sorted(
        f"{figure}.{form}" for form in ("svg", "pdf", "png")
    )
    for file in folder.iterdir():
        assert read_provenance(file) == read_report(path).provenance
    first = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert main(["figures", str(path), "-o", str(folder), "--columns", columns]) == 0
    assert first == {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.0012, "0.0012"), (4.2, "4.2"), (18, "18"), (299633, "299,633"), (-0.5, "−0.5"),
     (0.00002, "2.0e−5"), (123.4, "123"), (3.2e9, "3.2e9")],
)
def test_numbers_have_three_significant_digits(value, text):
    assert significant(value) == text


def test_a_range_is_printed_by_its_ends_and_what_is_unknown_by_a_dash():
    assert significant_span((1e-5, 0.01)) == "1.0e−5 to 0.01"
    assert significant_span((18, 18)) == "18"
    assert significant_span((float("nan"),) * 2) == "–"
