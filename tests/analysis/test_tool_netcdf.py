"""docs/tools/netcdf.md: its commands run, and what they cut and average is what the file has."""

import pytest
import xarray

import firebreak
from synthetic_results import write_results
from tool_pages import code, needs, needs_program, prepare, run

pytestmark = needs("ncdump", "ncks", "ncwa", "ncap2", "h5dump")


def opened(path):
    with xarray.open_dataset(path, engine="netcdf4", decode_times=False) as dataset:
        return dataset.load()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = prepare("netcdf.md", tmp_path_factory.mktemp("netcdf"))
    return folder, run(["sh", "-eu"], folder, code("netcdf.md", "sh"))


@needs_program
def test_a_cut_has_the_regime_and_the_outcome_that_were_asked_for(made):
    folder, printed = made
    cut = opened(folder / "neutrality_clash.nc")
    assert (cut.regime.values, cut.outcome.values) == (["neutrality"], ["clash"])
    with firebreak.open_results(folder / "quick.h5") as results:
        whole = results.sel(regime=["neutrality"], outcome=["clash"])
        for name in ("probability", "probability_low", "probability_high"):
            assert cut[name].equals(whole[name].load())
        assert str(results.attrs["caveat"]) in printed
        last = whole.isel(design_point=0, time=-1).sel(regime="neutrality")
    assert cut.attrs["history"].endswith(results.attrs["history"])
    assert float(last.probability[0]) == pytest.approx(float(cut.probability[0, 0, 0, -1]))


@needs_program
def test_the_difference_printed_is_that_of_the_file(made):
    with firebreak.open_results(made[0] / "quick.h5") as results:
        expected = results.difference.isel(design_point=0, time=-1).sel(
            regime="neutrality", outcome="collapse", reference="status-quo"
        )
        assert float((made[0] / "difference.txt").read_text()) == float(expected)


@needs_program
def test_averages_are_over_the_points(made):
    with firebreak.open_results(made[0] / "sweep.h5") as results:
        mean = opened(made[0] / "mean.nc")
        expected = results.probability.mean("design_point").values
        assert mean.probability.values == pytest.approx(expected, rel=1e-12)
        check_shares(opened(made[0] / "lower.nc"), results)


def check_shares(counted, results):
    at = results.isel(time=-1).sel(regime="neutrality", outcome="collapse", reference="status-quo")
    assert int(counted.lower) == int((at.difference_high < 0).sum())
    assert int(counted.sound) == int((results.failed == 0).sum())


def test_points_that_failed_are_left_out(tmp_path):
    regimes = ("status-quo", "membership", "neutrality")
    for name in ("quick.h5", "sweep.h5"):
        write_results(tmp_path / name, points=12, regimes=regimes, failed=[3, 5])
    commands = [
        line for line in code("netcdf.md", "sh").split("ncwa", 1)[1].splitlines()
        if not line.startswith("ncks")
    ]
    names = code("netcdf.md", "sh").split("neutrality=", 1)[0].split("number()", 1)[1]
    run(["sh", "-eu"], tmp_path, f"number(){names}\nncwa" + "\n".join(commands))
    with firebreak.open_results(tmp_path / "sweep.h5") as results:
        expected = results.probability.mean("design_point").values  # of those not NaN
        mean = opened(tmp_path / "mean.nc").probability.values
        assert mean == pytest.approx(expected, rel=1e-12)
        check_shares(opened(tmp_path / "lower.nc"), results)
        assert int(results.failed.sum()) == 2
