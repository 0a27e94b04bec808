"""The worked study's page says what its tables hold, and its recipe gives such tables."""

import importlib.util
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import firebreak
from firebreak import read_provenance
from firebreak.design_tables import read_study
from firebreak.study_blocks import BLOCKS, block, verdict
from firebreak.study_tables import study_tables
from firebreak.toml_reader import tomllib
from synthetic_results import write_results
from tool_pages import BINARY, ROOT, needs_program

STUDY = ROOT / "runs" / "002_what_decides"
SCRIPT = ROOT / "scripts" / "update_study.py"
PAGE = (STUDY / "README.md").read_text(encoding="utf-8")
needs_results = pytest.mark.skipif(
    not (STUDY / "results").exists(), reason="the study has not been run yet"
)
SMALL = {"points": 16, "replications": 16, "horizon": 365, "checkpoints": 2, "belief_draws": 100}


@pytest.fixture(scope="module")
def update():
    spec = importlib.util.spec_from_file_location("update_study", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The study with fewer points and histories, run by its own recipe; returns its root."""
    root = tmp_path_factory.mktemp("project")
    for name in ("analysis", "configs", "scripts"):
        (root / name).symlink_to(ROOT / name)
    folder = root / "runs" / STUDY.name
    shutil.copytree(STUDY, folder, ignore=shutil.ignore_patterns("results*", "figures"))
    text = (folder / "study.toml").read_text(encoding="utf-8")
    for name, few in SMALL.items():
        text, changed = re.subn(rf"(?m)^{name} = \d+", f"{name} = {few}", text)
        assert changed == 1
    (folder / "study.toml").write_text(text, encoding="utf-8")
    (root / "bin").mkdir()
    (root / "bin" / "python3").symlink_to(sys.executable)
    page = update_allowing_dirty(folder)
    done = subprocess.run(
        [folder / "make.sh", BINARY], capture_output=True, text=True,
        env={"PATH": f"{root / 'bin'}:/usr/bin:/bin", "MPLBACKEND": "Agg"},
    )
    assert done.returncode == 0 or "commit, build and run again" in done.stderr, done.stderr
    return page()


def update_allowing_dirty(folder):
    # The program under test may be built from files that are not committed yet.
    def page():
        done = call(folder, folder / "results.h5", "--allow-dirty")
        assert done.returncode == 0, done.stderr
        return folder

    return page


def call(folder, *arguments):
    return subprocess.run(
        [sys.executable, SCRIPT, folder, *arguments], capture_output=True, text=True,
        env={"PYTHONPATH": str(ROOT / "analysis"), "PATH": "/usr/bin:/bin", "MPLBACKEND": "Agg"},
    )


def test_every_block_holds_what_the_tables_give(update):
    assert update.filled(PAGE, STUDY) == PAGE, "run scripts/update_study.py runs/002_what_decides"
    assert {found["name"] for found in update.BLOCK.finditer(PAGE)} == set(BLOCKS)


@needs_results
@pytest.mark.skipif(tomllib is None, reason="no module that reads TOML")
def test_tables_and_figures_are_of_this_recipe():
    study = read_study(STUDY / "study.toml")
    levels = pd.read_csv(STUDY / "results" / "levels.csv")
    assert set(levels.regime) == set(study["run"]["regimes"])
    assert set(levels.replications) == {study["run"]["replications"]}
    assert set(levels.design_points) == {study["design"]["points"]}
    assert set(levels.seed) == {study["run"]["seed"]}
    (commit,) = set(levels.git_commit)
    assert not commit.endswith("+dirty")
    drawn = sorted((STUDY / "results").glob("*.svg"))
    assert len(drawn) == 3
    assert {read_provenance(path).git_commit for path in drawn} == {commit}


def test_results_stand_in_generated_blocks_only(update):
    outside = update.BLOCK.sub("", PAGE).replace("95 % interval", "")
    assert not re.findall(r"\d+(?:\.\d+)? ?(?:%|per cent)|\b\d+\.\d+\b", outside)


def rests():
    """Return what the conclusions rest on, each as a pair of subject and finding."""
    pairs = []
    for found in re.findall(r"<!-- rests on: (.*?) -->", PAGE, re.DOTALL):
        pairs += [tuple(" ".join(item.split()).rsplit(": ", 1)) for item in found.split(";")]
    return pairs


@needs_results
@pytest.mark.parametrize(("subject", "finding"), rests(), ids=lambda text: text)
def test_conclusions_rest_on_what_the_tables_say(subject, finding):
    regimes, outcome, *parameter = subject.split(", ")
    regime, _, reference = regimes.partition(" against ")
    if parameter:
        table = pd.read_csv(STUDY / "results" / "splits.csv")
        rows = table[(table.regime == regime) & (table.outcome == outcome)
                     & (table.parameter == parameter[0])]
        assert len(rows) == 2
        lower, upper = rows.sort_values("third").itertuples()
        assert np.sign(lower.coefficient) == {"+": 1, "-": -1}[finding]
        assert np.sign(upper.median - lower.median) == {"+": 1, "-": -1}[finding]
        return
    table = pd.read_csv(STUDY / "results" / "differences.csv")
    rows = table[(table.regime == regime) & (table.outcome == outcome)
                 & (table.reference == (reference or "status-quo"))
                 & (table.years == table.years.max())]
    (row,) = rows.itertuples()
    assert verdict(row.lower, row.higher) == finding


@needs_results
def test_what_the_conclusions_say_of_years_and_thirds_holds():
    table = pd.read_csv(STUDY / "results" / "differences.csv").sort_values("years")
    one = table[(table.regime == "membership") & (table.reference == "status-quo")
                & (table.outcome == "collapse")]
    assert one.higher.iloc[0] > one.higher.iloc[-1] and one.higher.iloc[0] > one.lower.iloc[0]
    splits = pd.read_csv(STUDY / "results" / "splits.csv")
    arms = splits[(splits.regime == "neutrality") & (splits.outcome == "collapse")
                  & (splits.parameter == "neutrality:commitment.armament")]
    least, most = arms.sort_values("third").itertuples()
    assert (least.third, most.third) == ("lower", "upper")
    assert least.place == most.place == 1
    assert least.higher > least.lower and most.lower > 2 / 3


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE):
        ahead = target.startswith("results") and not (STUDY / "results").exists()
        assert ahead or (STUDY / target).exists(), target


@needs_program
def test_the_program_takes_the_study():
    done = subprocess.run([BINARY, "check", STUDY / "study.toml"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@needs_program
def test_the_recipe_fills_the_page_with_the_numbers_of_the_file(small):
    text = (small / "README.md").read_text(encoding="utf-8")
    assert "Not run yet" not in text.split("## Conclusions")[0]
    assert "16 design points (none failed), 16 histories of each of 4 regimes" in text
    assert call(small, "--check").returncode == 0
    with firebreak.open_results(small / "results.h5") as results:
        last = results.isel(time=-1).sel(regime="neutrality", outcome="collapse")
        change = last.sel(reference="membership")
        table = pd.read_csv(small / "results" / "differences.csv").query(
            "regime == 'neutrality' and reference == 'membership' and outcome == 'collapse'"
        )
        assert len(table) == 1
        assert table["median"].item() == pytest.approx(float(change.difference.median()), rel=1e-5)
        assert table.lower.item() == pytest.approx(float((change.difference_high < 0).mean()), rel=1e-5)
        half = (change.difference_high - change.difference_low).median() / 2
        assert table.half_width.item() == pytest.approx(float(half), rel=1e-5)
        levels = pd.read_csv(small / "results" / "levels.csv").query(
            "regime == 'neutrality' and outcome == 'collapse'"
        )
        assert levels.q95.item() == pytest.approx(float(last.probability.quantile(0.95)), rel=1e-5)
    for name in ("sweep_differences", "deciding_parameters_collapse", "deciding_parameters_clash"):
        assert read_provenance(small / "results" / f"{name}.svg").design_points == 16


@needs_program
def test_a_number_changed_by_hand_is_found(small):
    page = small / "README.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("16 histories of", "17 histories of"), encoding="utf-8")
    done = call(small, "--check")
    assert done.returncode == 1 and done.stdout.strip() == str(page)
    assert call(small).returncode == 0
    assert page.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("lower", "higher", "expected"), [
    (1.0, 0.0, "lower in nearly all"),
    (0.0, 0.9, "higher in nearly all"),
    (0.7, 0.0, "lower in most"),
    (0.68, 0.25, "lower in most, the reverse in some"),
    (0.2, 0.7, "higher in most, the reverse in some"),
    (0.4, 0.3, "goes either way"),
    (0.6, 0.02, "lower where decided"),
    (0.0, 0.1, "higher where decided"),
    (0.6, 0.06, "not decided"),
    (0.09, 0.0, "not decided"),
    (0.0, 0.0, "not decided"),
])
def test_a_verdict_follows_its_rule(lower, higher, expected):
    assert verdict(lower, higher) == expected


def test_an_unknown_block_is_an_error():
    with pytest.raises(firebreak.ResultsError, match="no block 'weather'"):
        block("weather", {})


def test_a_sweep_without_the_pairs_is_refused(tmp_path):
    regimes = ("status-quo", "membership", "neutrality")
    path = write_results(tmp_path / "x.h5", points=12, regimes=regimes)
    with firebreak.open_results(path) as results:
        one = results.sel(reference=["status-quo"])
        with pytest.raises(firebreak.ResultsError, match="no reference 'membership'"):
            study_tables(one)
        written = study_tables(results)["differences.csv"]
    assert np.isfinite(pd.read_csv(io.StringIO(written)).half_width).all()
