"""What documents say of hypotheses and of validation is what the reports in docs/results hold."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from firebreak import read_provenance, read_report
from synthetic_reports import CLAIMS_HEADS, claim, claims_text, report, validation_text

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "update_reports.py"
RESULTS = ROOT / "docs" / "results"
ARGUMENTS = sorted((ROOT / "docs" / "arguments").glob("*.md"))
DOCUMENTS = {
    "D0": "membership-on-a-live-line",
    "D1": "neutrality",
    "D2": "half-measures",
    "D3": "no-substitute-for-membership",
    "D4": "membership-exports-risk",
}
"""The page of each document that `configs/claims.toml` takes claims from."""
HYPOTHESES = {f"H{number}" for number in range(1, 26)}


@pytest.fixture(scope="module")
def update():
    spec = importlib.util.spec_from_file_location("update_reports", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(root, *arguments):
    return subprocess.run(
        [sys.executable, SCRIPT, "--root", root, *arguments],
        env={"PYTHONPATH": str(ROOT / "analysis"), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True,
    )


@pytest.fixture
def copied(tmp_path):
    root = tmp_path / "project"
    (root / "docs" / "arguments").mkdir(parents=True)
    (root / "README.md").write_text("No block here.\n")
    text = (
        "Before\n\n<!-- claims: H1 H2 H7 -->\n*Not run yet.*\n<!-- end -->\n\nBetween\n\n"
        "<!-- validation: held_out -->\n*Not run yet.*\n<!-- end -->\nAfter\n"
    )
    (root / "docs" / "arguments" / "page.md").write_text(text)
    (tmp_path / "claims.csv").write_text(claims_text())
    (tmp_path / "validation.csv").write_text(validation_text())
    return root


def test_blocks_hold_what_the_committed_reports_give(update):
    reports = update.reports_in(RESULTS)
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        text = document.read_text(encoding="utf-8")
        assert update.filled(text, document, ROOT, reports)[0] == text, (
            f"{document.name}: run scripts/update_reports.py"
        )


def test_figures_were_drawn_from_the_committed_reports(update):
    reports = update.reports_in(RESULTS)
    drawn = sorted(RESULTS.glob("*.svg"))
    assert bool(drawn) == bool(reports)
    known = [report.provenance for report in reports.values()]
    for path in drawn:
        assert read_provenance(path) in known, path.name


def test_a_report_fills_its_blocks_and_leaves_all_else(copied, tmp_path):
    page = copied / "docs" / "arguments" / "page.md"
    claims, validation = tmp_path / "claims.csv", tmp_path / "validation.csv"
    done = run(copied, "--claims", claims, "--validation", validation)
    assert done.returncode == 0, done.stderr
    text = page.read_text()
    assert text.startswith("Before\n\n<!-- claims: H1 H2 H7 -->\n![")
    assert "<!-- end -->\n\nBetween\n\n<!-- validation: held_out -->\n" in text
    assert text.endswith("<!-- end -->\nAfter\n")
    assert "| 50 / 30 / 20 | 90 / 5 / 5 | 1.25 [−0.5, 3] percentage points |" in text
    assert "| `capitals.provocation` +0.61, `capitals.prize` −0.32 |" in text  # not the third
    assert "- H1: H1 depends on provocation." in text
    assert "| **H7** | not run | not run |" in text
    assert "**Held out: 4 of 7 targets pass (5 of 8 statistics).**" in text
    assert "| recommitments | count | 12 |  |  |  | not modelled: agreed once |" in text
    assert (copied / "docs" / "results" / "claims.csv").read_text() == claims_text()
    for name in ("page.svg", "validation.svg"):
        assert (copied / "docs" / "results" / name).exists()
    assert (page.parent / "../results/page.svg").resolve().exists()


def test_check_finds_a_number_changed_by_hand_and_changes_nothing(copied, tmp_path):
    assert run(copied, "--check").returncode == 0
    run(copied, "--claims", tmp_path / "claims.csv")
    assert run(copied, "--check").returncode == 0
    page = copied / "docs" / "arguments" / "page.md"
    page.write_text(page.read_text().replace("| 50 / 30", "| 51 / 30"))
    done = run(copied, "--check")
    assert (done.returncode, done.stdout) == (1, "docs/arguments/page.md\n")
    assert "| 51 / 30" in page.read_text()


def test_a_report_of_changed_sources_is_refused(copied, tmp_path):
    path = tmp_path / "dirty.csv"
    path.write_text(claims_text().replace("0123456789abcdef0123", "0123456789abcdef0123+dirty"))
    assert "commit, build and run again" in run(copied, "--claims", path).stderr
    assert not (copied / "docs" / "results").exists()
    assert run(copied, "--claims", path, "--allow-dirty").returncode == 0


def test_a_report_of_the_other_kind_is_refused(copied, tmp_path):
    done = run(copied, "--claims", tmp_path / "validation.csv")
    assert done.returncode == 1 and "is a report of validation" in done.stderr


def test_a_bar_in_a_statement_does_not_break_the_table(copied, tmp_path):
    rows = [claim("H1", "prior", 0.5, 0.5, "P(clash | membership) is larger")]
    path = tmp_path / "bar.csv"
    path.write_text(report(CLAIMS_HEADS, rows))
    assert run(copied, "--claims", path).returncode == 0
    (line,) = [
        line for line in (copied / "docs/arguments/page.md").read_text().splitlines()
        if line.startswith("| **H1**")
    ]
    assert len(re.findall(r"(?<!\\)\|", line)) == 6


def test_the_table_of_the_calibration_says_what_the_data_inform(copied):
    assert run(copied).returncode == 0  # without such a block there is no need of the table
    (copied / "configs").mkdir()
    heads = (ROOT / "configs/posterior.informed.csv").read_text().splitlines()[0]
    (copied / "configs/posterior.informed.csv").write_text(
        f"{heads}\nline,line.a,d,1,2.5,4,2,2.25,2.5,0.81,yes\nline,line.b,1,1,2,4,1,2,4,-0.004,no\n"
    )
    page = copied / "docs" / "arguments" / "page.md"
    page.write_text("<!-- informed: all -->\n<!-- end -->\n")
    assert run(copied).returncode == 0
    text = page.read_text()
    assert "**The data inform 1 of 2 parameters.**" in text
    assert "| `line.a` | d | 2.5 [1, 4] | 2.25 [2, 2.5] | 0.81 | **yes** |" in text
    assert "| `line.b` |  | 2 [1, 4] | 2 [1, 4] | 0.00 | no |" in text


def test_the_table_of_recoveries_names_the_worst_parameter_and_tells_all_together(copied):
    results = copied / "docs" / "results"
    page = copied / "docs" / "arguments" / "page.md"
    page.write_text("<!-- recovery: all -->\n<!-- end -->\n")
    assert run(copied).returncode == 0 and "*Not run yet.*" in page.read_text()
    results.mkdir(exist_ok=True)
    heading = "block,method,parameter,data_sets,inside_50,inside_90,uniformity,contraction\n"
    (results / "recovery.csv").write_text(
        "# Program: firebreak\n" + heading +
        "line,abc-smc,line.a,100,0.5,0.9,0.4,0.2\nline,abc-smc,line.b,100,0.4,0.8,0.01,0.1\n"
    )
    assert run(copied).returncode == 0
    one = "| line | `abc-smc` | 100 | 45.0 % | 85.0 % | 80 to 90 % | 0.01 (`line.b`) | 0.15 |"
    assert f"| `recovery.csv` {one}" in page.read_text() and "| all |" not in page.read_text()
    (results / "recovery-2.csv").write_text(
        heading + "line,abc-smc,line.a,100,0.5,0.9,0.4,0.2\nline,abc-smc,line.b,100,0.6,1,0.5,0.1\n"
    )
    assert run(copied).returncode == 0
    both = "| line | `abc-smc` | 200 | 50.0 % | 90.0 % | 90 to 90 % |  | 0.15 |"
    assert f"| all {both}" in page.read_text() and f"| `recovery.csv` {one}" in page.read_text()


def test_targets_that_had_been_seen_are_counted_apart(copied, tmp_path):
    folder = copied / "configs" / "evidence"
    folder.mkdir(parents=True)
    (folder / "seen.toml").write_text('[by_a_prior]\nrecommitments = "line.a: twelve of them"\n')
    assert run(copied, "--validation", tmp_path / "validation.csv").returncode == 0
    text = (copied / "docs" / "arguments" / "page.md").read_text()
    assert "**Held out: 4 of 7 targets pass (5 of 8 statistics).**" in text
    assert "**Without those that had been seen: 4 of 6 pass.**" in text
    assert "- recommitments: line.a: twelve of them\n" in text
    assert "| recommitments (seen) | count |" in text


def test_the_headline_is_one_sentence_of_the_validation(copied, tmp_path):
    (copied / "README.md").write_text("<!-- headline: held_out -->\n<!-- end -->\n")
    assert run(copied, "--validation", tmp_path / "validation.csv").returncode == 0
    text = (copied / "README.md").read_text()
    assert "4 of 7 observations that were held out" in text and "4 of the 7 of them that neither" in text


def test_what_had_been_seen_is_held_out(update):
    with open(ROOT / "configs" / "evidence" / "split.toml", "rb") as file:
        assert set(update.seen_in(ROOT)) <= set(tomllib.load(file)["held_out"])


def test_every_held_out_target_that_fails_is_explained(update):
    reports = update.reports_in(RESULTS)
    if "validation" not in reports:
        pytest.skip("no validation is committed")
    table = reports["validation"].table
    rows = table[table.use == "held_out"]
    failed = {target for target, group in rows.groupby("target") if not group.passed.all()}
    text = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    section = text.split("### Why those that fail do")[1].split("\n## ")[0]
    assert set(re.findall(r"^- \*(.+?)\*:", section.replace("*, *", "*:\n- *"), re.M)) == failed


def blocks_of(page, update):
    found = update.BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [match["names"].split() for match in found if match["kind"] == "claims"]


@pytest.mark.parametrize("page", ARGUMENTS, ids=lambda path: path.stem)
def test_a_page_shows_the_hypotheses_that_its_claims_name(page, update):
    text = page.read_text(encoding="utf-8")
    named = {
        name for line in text.splitlines() if line.startswith("| ") and line.count(" | ") == 2
        for name in re.findall(r"\bH\d+\b", line.split(" | ")[-1])
    }
    (shown,) = blocks_of(page, update)
    assert set(shown) == named
    assert shown == sorted(shown, key=lambda name: int(name[1:]))


def stated_claims():
    with open(ROOT / "configs" / "claims.toml", "rb") as file:
        return tomllib.load(file)["claims"]


def test_the_committed_report_has_every_claim_as_it_is_stated(update):
    stated = {name: given["statement"] for name, given in stated_claims().items()}
    assert set(stated) == HYPOTHESES
    report = update.reports_in(RESULTS).get("claims")
    if report is not None:
        assert dict(zip(report.table.claim, report.table.statement)) == stated


@pytest.mark.parametrize(("document", "page"), DOCUMENTS.items())
def test_a_page_shows_the_claims_that_were_taken_from_its_document(document, page, update):
    (shown,) = blocks_of(ROOT / "docs" / "arguments" / f"{page}.md", update)
    assert set(shown) == {
        name for name, given in stated_claims().items()
        if any(source.startswith(document) for source in given["sources"])
    }


def test_no_hypothesis_is_left_out(update):
    shown = {name for page in ARGUMENTS for names in blocks_of(page, update) for name in names}
    assert shown == HYPOTHESES
    (all_of_them,) = blocks_of(ROOT / "docs" / "hypotheses.md", update)
    page = (ROOT / "docs" / "hypotheses.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| \*\*(H\d+)\*\* \| \w", page, re.MULTILINE)) >= HYPOTHESES
    assert set(all_of_them) == HYPOTHESES


@pytest.mark.parametrize("page", ARGUMENTS, ids=lambda path: path.stem)
def test_results_stand_in_generated_blocks_only(page, update):
    outside = update.BLOCK.sub("", page.read_text(encoding="utf-8"))
    assert not re.findall(r"\d+(?:\.\d+)? ?(?:%|per cent)|\b\d+\.\d+\b", outside)


def test_the_committed_reports_can_be_read():
    for kind in ("claims", "validation"):
        assert read_report(RESULTS / f"{kind}.csv").kind == kind
