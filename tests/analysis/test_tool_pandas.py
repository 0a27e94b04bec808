"""docs/tools/pandas.md: its code runs, and what it prints is what the program's results hold."""

import os
import sys

import pandas as pd
import pytest

import firebreak
from tool_pages import code, needs_program, prepare, run

pytestmark = needs_program


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return prepare("pandas.md", tmp_path_factory.mktemp("pandas"))


def test_its_code_prints_a_row_per_regime(folder):
    printed = run([sys.executable, "-"], folder, code("pandas.md", "python"))
    with firebreak.open_results(folder / "sweep.h5") as results:
        at = results.isel(time=-1).sel(outcome="collapse")
        low, high = at.difference_low, at.difference_high
        for regime in results.regime.values:
            rows = [line.split() for line in printed.splitlines() if line.startswith(regime)]
            assert float(rows[0][2]) == pytest.approx(
                float(at.probability.sel(regime=regime).mean()), abs=2e-6
            )
            if regime != "status-quo":
                one = {"regime": regime, "reference": "status-quo"}
                shares = [(high.sel(one) < 0).mean(), (low.sel(one) > 0).mean()]
                assert list(map(float, rows[-1][1:])) == pytest.approx(shares, abs=1e-5)


def test_it_writes_parquet(folder):
    pytest.importorskip("pyarrow")
    text = code("pandas.md", "python") + code("pandas.md", "python pyarrow")
    run([sys.executable, "-"], folder, text)
    frame = pd.read_parquet(folder / "sweep.parquet")
    assert os.path.getsize(folder / "sweep.parquet") < 200_000
    assert list(frame.columns[-3:]) == ["n", "hits", "method"]
