"""Opening a file: both engines, and one clear line for every kind of bad file."""

import shutil

import h5py
import numpy as np
import pytest
import xarray as xr

import firebreak
from firebreak import ResultsError, open_histories, open_results, select_point
from firebreak.__main__ import main
from firebreak.sweep import failed, read_points, without_failed
from synthetic_results import OUTCOMES, REGIMES, write_results


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_both_engines_read_the_same_names_and_numbers(whole_file, engine):
    with open_results(whole_file, engine=engine) as results:
        assert tuple(results.regime.values) == REGIMES
        assert tuple(results.outcome.values) == OUTCOMES
        assert results.probability.dims == ("design_point", "regime", "outcome", "time")
        assert results.time.attrs["units"] == "years"
        assert results.time.dtype == np.float64
        one = results.probability.sel(regime="neutrality", outcome="clash").isel(time=-1)
        assert one.item() == pytest.approx(0.0133)


def test_plain_xarray_opens_the_synthetic_file_as_well(whole_file):
    with xr.open_dataset(whole_file) as dataset:
        assert dataset.sizes["regime"] == 12


def test_histories_open_with_their_own_coordinates(sweep_file):
    with open_histories(sweep_file) as histories:
        assert histories.first_day.dims == ("design_point", "regime", "replication", "outcome")
        assert histories.first_day.dtype == np.int32
        assert set(np.unique(histories.first_day)) == {-1, 100}


def test_histories_that_were_not_kept_are_an_error(whole_file):
    with pytest.raises(ResultsError, match="holds no histories"):
        open_histories(whole_file)


def test_the_first_point_is_the_default_and_others_are_found_by_value(sweep_file):
    with open_results(sweep_file) as results:
        assert int(select_point(results).design_point) == 0
        assert float(select_point(results, 2).response_commitment) == 1.0
        with pytest.raises(ResultsError, match=r"no design point 7 .*0 to 2"):
            select_point(results, 7)


def test_a_point_that_failed_is_refused_and_the_others_are_not(tmp_path, sweep_file):
    path = tmp_path / "failed.h5"
    shutil.copy(sweep_file, path)
    with h5py.File(path, "a") as file:
        file["failed"][1] = 1
    with open_results(path) as results:
        assert bool(results.failed[1]) and results.failed.dtype == bool
        with pytest.raises(ResultsError, match="design point 1 failed"):
            select_point(results, 1)
        assert int(select_point(results, 2).design_point) == 2


def test_a_point_without_any_estimate_is_refused_though_nobody_marked_it(tmp_path, sweep_file):
    path = tmp_path / "nan.h5"
    shutil.copy(sweep_file, path)
    with h5py.File(path, "a") as file:
        for name in ("probability", "difference"):
            for end in ("", "_low", "_high"):
                file[f"{name}{end}"][1] = np.nan
    with open_results(path) as results:
        with pytest.raises(ResultsError, match="design point 1 holds no estimate"):
            select_point(results, 1)
        points = read_points(results)
        assert list(failed(points)) == [False, True, False]
        assert points.attrs["failed_points"] == 1
        assert list(without_failed(points).design_point.values) == [0, 2]


@pytest.mark.parametrize(
    "command", [["figures"], ["tables"], ["sweep"], ["map", "--regime", "membership"], ["sensitivity"]]
)
def test_a_sweep_of_which_every_point_failed_ends_with_2_one_line_and_no_file(
    tmp_path, capsys, command
):
    regimes = ("status-quo", "membership", "neutrality")
    path = write_results(tmp_path / "lost.h5", points=9, regimes=regimes, failed=range(9))
    name, *options = command
    assert main([name, str(path), *options, "-o", str(tmp_path / "none")]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert not (tmp_path / "none").exists()


def bad_file(tmp_path, whole_file, kind):
    path = tmp_path / "bad.h5"
    if kind == "missing":
        return path
    if kind == "folder":
        path.mkdir()
        return path
    if kind == "empty":
        path.write_bytes(b"")
        return path
    if kind == "text":
        path.write_text("regime,probability\n")
        return path
    if kind == "newer":
        return write_results(path, version=4)
    if kind == "older":
        return write_results(path, version=2)
    if kind == "no points":
        return write_results(path, points=0)
    if kind == "foreign":
        with h5py.File(path, "w") as file:
            file["probability"] = [0.5]
        return path
    shutil.copy(whole_file, path)
    if kind == "half":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        return path
    with h5py.File(path, "a") as file:
        if kind == "version zero":
            file.attrs["results_format_version"] = np.array([0], dtype=np.int32)
        elif kind == "version text":
            file.attrs["results_format_version"] = "one"
        elif kind == "without differences":
            del file["difference"]
        elif kind == "without caveat":
            del file.attrs["caveat"]
        elif kind == "impossible":
            file["probability"][0, 0, 0, 0] = 7.5
        elif kind == "ends exchanged":
            low = file["probability_low"][...]
            file["probability_low"][...] = file["probability_high"][...]
            file["probability_high"][...] = low
        elif kind == "two of a name":
            file["regime"][1] = file["regime"][0]
        elif kind == "infinite":
            file["probability"][0, 0, 0, 0] = np.inf
        elif kind == "axis without scale":
            file["loose"] = np.zeros(3)
    return path


BAD = {
    "missing": "no such file",
    "folder": "is a folder",
    "empty": "is empty",
    "text": "not a Firebreak result file (not HDF5)",
    "newer": "has results format 4, newer than the 3 known here (update this package)",
    "older": "has results format 2, older than the 3 known here (run the study again)",
    "foreign": "not a Firebreak result file (no results_format_version)",
    "no points": "holds no results (an axis of length zero)",
    "half": "damaged or not written to its end",
    "version zero": "not a Firebreak result file (bad results_format_version)",
    "version text": "not a Firebreak result file (bad results_format_version)",
    "without differences": "incomplete, lacks difference",
    "without caveat": "incomplete, lacks the attribute caveat",
    "impossible": "damaged, a probability is not between 0 and 1",
    "ends exchanged": "damaged, an interval ends below where it begins",
    "two of a name": "damaged, a regime stands twice",
    "infinite": "damaged, a probability is not between 0 and 1",
    "axis without scale": "damaged, cannot be opened",
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_one_line_that_names_it_and_says_why(tmp_path, whole_file, kind):
    path = bad_file(tmp_path, whole_file, kind)
    with pytest.raises(ResultsError) as caught:
        open_results(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert BAD[kind] in message
    assert "\n" not in message


@pytest.mark.parametrize("share", [0.01, 0.1, 0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_anywhere_is_refused(tmp_path, whole_file, share):
    path = tmp_path / "cut.h5"
    content = whole_file.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(ResultsError):
        open_results(path)


def test_an_array_that_cannot_be_unpacked_is_an_error_when_it_is_read(tmp_path, whole_file):
    path = tmp_path / "spoilt.h5"
    shutil.copy(whole_file, path)
    with h5py.File(path, "a") as file:
        values = file["count"][...]
        dimensions = ("design_point", "regime", "outcome", "time")
        del file["count"]
        data = file.create_dataset("count", data=values, chunks=values.shape, fletcher32=True)
        for axis, dimension in enumerate(dimensions):
            data.dims[axis].attach_scale(file[dimension])
        offset = data.id.get_chunk_info(0).byte_offset
    content = bytearray(path.read_bytes())
    content[offset + 8] ^= 0xFF
    path.write_bytes(content)
    with open_results(path) as results:
        with pytest.raises(ResultsError, match="damaged, an array cannot be read"):
            select_point(results)


def test_the_package_offers_what_its_list_names():
    assert all(hasattr(firebreak, name) for name in firebreak.__all__)
