"""Long tables hold what the program's own export writes, and survive a file."""

import subprocess

import pandas as pd
import pytest

import firebreak
from synthetic_results import write_results
from tool_pages import BINARY, needs_program, prepare


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    return prepare("pandas.md", tmp_path_factory.mktemp("tidy")) / "sweep.h5"


def tables(path):
    with firebreak.open_results(path) as results:
        return firebreak.tidy(results), firebreak.tidy_differences(results)


@needs_program
@pytest.mark.parametrize("options", [[], ["--differences"]])
def test_a_long_table_is_the_programs_export(swept, options, tmp_path):
    written = tmp_path / "export.csv"
    subprocess.run([BINARY, "export", swept, "--csv", written, *options], check=True)
    expected = pd.read_csv(written)
    found = tables(swept)[bool(options)]
    assert set(found.columns) == set(expected.columns)
    pd.testing.assert_frame_equal(
        found[list(expected.columns)], expected, check_dtype=False, rtol=1e-12, atol=0
    )


def test_every_number_stands_at_its_names(sweep_file):
    frame, differences = tables(sweep_file)
    with firebreak.open_results(sweep_file) as results:
        row = frame[
            (frame.design_point == 2) & (frame.regime == "neutrality") & (frame.outcome == "clash")
        ].iloc[-1]
        at = results.isel(design_point=2, time=-1).sel(regime="neutrality", outcome="clash")
        assert row.estimate == float(at.probability)
        assert (row.n, row.hits) == (int(at.replications), int(at["count"]))
        assert row["line.immigrant_rate"] == float(at.line_immigrant_rate)
        assert row.method == "weighted"
        assert len(frame) == results.probability.size
        assert frame.attrs["caveat"] == results.attrs["caveat"]
    assert not (differences.regime == differences.reference).any()


def test_a_failed_point_is_not_defined(tmp_path):
    path = write_results(tmp_path / "failed.h5", points=3, failed=[1])
    frame, differences = tables(path)
    assert frame[frame.estimate.isna()].design_point.unique() == [1]
    assert differences[differences.estimate.isna()].design_point.unique() == [1]


def test_one_reference_can_be_asked_for(whole_file):
    with firebreak.open_results(whole_file) as results:
        frame = firebreak.tidy_differences(results, "neutrality")
        assert set(frame.reference) == {"neutrality"}
        with pytest.raises(firebreak.ResultsError, match="no reference 'peace'"):
            firebreak.tidy_differences(results, "peace")


def test_a_table_survives_parquet(sweep_file, tmp_path):
    pytest.importorskip("pyarrow")
    frame = tables(sweep_file)[0]
    frame.to_parquet(tmp_path / "sweep.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "sweep.parquet"), frame)
