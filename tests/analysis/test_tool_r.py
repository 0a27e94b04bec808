"""docs/tools/r.md: its code runs, and its frames hold the numbers of the file."""

import subprocess

import numpy as np
import pandas as pd
import pytest

import firebreak
from tool_pages import code, needs, needs_program, prepare, run

PACKAGES = "for (name in c('hdf5r', 'ggplot2')) library(name, character.only = TRUE)"


def without_packages():
    """Return whether R is there and its packages are not."""
    try:
        return subprocess.run(["Rscript", "-e", PACKAGES], capture_output=True).returncode != 0
    except OSError:
        return False


pytestmark = [
    needs("Rscript"),
    needs_program,
    pytest.mark.skipif(without_packages(), reason="not installed: hdf5r or ggplot2 of R"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = prepare("r.md", tmp_path_factory.mktemp("r"))
    (folder / "page.R").write_text(code("r.md", "r"), encoding="utf-8")
    return folder, run(["Rscript", "page.R"], folder)


@pytest.fixture(scope="module")
def results(made):
    with firebreak.open_results(made[0] / "quick.h5") as opened:
        return opened.load()


def test_the_frame_has_every_probability_of_the_file_at_its_place(made, results):
    frame = pd.read_csv(made[0] / "probabilities.csv")
    columns = {
        "estimate": "probability", "low": "probability_low", "high": "probability_high",
        "histories_with": "count",
    }
    axes = ["design_point", "regime", "outcome", "time"]
    expected = results[list(columns.values())].to_dataframe().reset_index().sort_values(axes)
    frame = frame.sort_values(axes)
    assert len(frame) == len(expected) == results.probability.size
    assert list(frame.regime) == list(expected.regime)
    assert list(frame.outcome) == list(expected.outcome)
    for column, variable in columns.items():
        np.testing.assert_allclose(frame[column], expected[variable], rtol=1e-12)


def test_differences_are_those_from_the_studys_reference(made, results):
    frame = pd.read_csv(made[0] / "differences.csv")
    assert set(frame.reference) == {"status-quo"}
    assert len(frame) == 2 * (results.sizes["regime"] - 1)
    last = results.isel(design_point=0, time=-1)
    for row in frame.itertuples():
        at = last.sel(regime=row.regime, reference=row.reference, outcome=row.outcome)
        assert row.estimate == pytest.approx(float(at.difference), rel=1e-12)
        assert row.low == pytest.approx(float(at.difference_low), rel=1e-12)
        assert row.high == pytest.approx(float(at.difference_high), rel=1e-12)


def test_figures_are_drawn(made):
    for name in ("cumulative_probability.pdf", "differences.pdf"):
        assert (made[0] / name).read_bytes().startswith(b"%PDF")


def test_it_prints_title_and_caveat_and_the_rows_of_the_sweep(made, results):
    assert results.attrs["title"] in made[1]
    assert results.attrs["caveat"] in made[1]
    with firebreak.open_results(made[0] / "sweep.h5") as sweep:
        assert made[1].splitlines()[-1] == f"[1] {sweep.probability.size}"
        assert made[1].splitlines()[-2].split()[-1].strip('"') == "neutrality_commitment_armament"
