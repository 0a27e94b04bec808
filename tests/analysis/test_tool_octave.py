"""docs/tools/octave.md: its code runs, and its tables hold the numbers of the file."""

import shutil
import subprocess

import pandas as pd
import pytest

import firebreak
from tool_pages import code, needs, needs_program, prepare, run

NETCDF = "pkg load netcdf"
FIGURE = "figure('visible', 'off'); axes(); exit(0)"


def can(statement):
    """Return whether Octave is there and carries out a statement without an error."""
    if shutil.which("octave-cli") is None:
        return False
    wrapped = f"try, {statement}; catch, exit(1); end"
    done = subprocess.run(["octave-cli", "--quiet", "--eval", wrapped], capture_output=True)
    return done.returncode == 0


pytestmark = [needs("octave-cli", "h5dump"), needs_program]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return prepare("octave.md", tmp_path_factory.mktemp("octave"))


def octave(folder, *kinds):
    text = "\n".join(code("octave.md", words) for words in kinds)
    (folder / "page.m").write_text(text, encoding="utf-8")
    return run(["octave-cli", "--quiet", "page.m"], folder)


@pytest.mark.parametrize("written", ["probabilities.csv", "differences.csv"])
def test_a_table_has_the_numbers_of_the_file(written, folder):
    octave(folder, "octave")
    table = pd.read_csv(folder / written).set_index("regime")
    with firebreak.open_results(folder / "quick.h5") as results:
        last = results.isel(design_point=0, time=-1).sel(outcome="collapse")
        variable = "probability"
        if written == "differences.csv":
            last, variable = last.sel(reference="status-quo"), "difference"
        assert list(table.index) == list(last.regime.values)
        for column, suffix in (("estimate", ""), ("low", "_low"), ("high", "_high")):
            expected = last[variable + suffix].values
            assert list(table[column]) == pytest.approx(list(expected), rel=1e-12)


@pytest.mark.skipif(not can(NETCDF), reason="not installed: netcdf of Octave")
def test_its_package_netcdf_reads_the_same(folder):
    with firebreak.open_results(folder / "quick.h5") as results:
        assert results.attrs["title"] in octave(folder, "octave", "octave netcdf")


@pytest.mark.skipif(not can(FIGURE), reason="Octave has nothing to plot with (gnuplot)")
def test_the_figure_is_drawn(folder):
    octave(folder, "octave", "octave plot")
    drawn = (folder / "collapse.svg").read_text(encoding="utf-8")
    assert all(name in drawn for name in ("status-quo", "bilateral-guarantee", "collapse [%]"))
