"""The result file of a real run, read by programs that are not ours, and against its manual."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray as xr

SOURCE_DIR = Path(os.environ.get("FIREBREAK_SOURCE_DIR", Path(__file__).resolve().parents[2]))
STUDY = SOURCE_DIR / "configs" / "studies" / "quick.toml"
MANUAL = SOURCE_DIR / "docs" / "results_format.md"
TYPES = {
    "int8": np.dtype("i1"),
    "int32": np.dtype("i4"),
    "int64": np.dtype("i8"),
    "float64": np.dtype("f8"),
}


def binary() -> str:
    """Return the program under test, or skip."""
    path = os.environ.get("FIREBREAK_BINARY")
    if not path:
        pytest.skip("FIREBREAK_BINARY is not set: the program was not built")
    return path


def run(output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the quick study and return what the program said."""
    command = [binary(), "run", str(STUDY), "-o", str(output), "--quiet"]
    if "--replications" not in options:
        command += ["--replications", "40"]
    return subprocess.run([*command, *options], capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="session")
def result_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a real result file with histories."""
    path = tmp_path_factory.mktemp("results") / "quick.h5"
    done = run(path, "--replications", "70", "--threads", "2", "--histories")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    return path


def manual_tables() -> dict[str, list[list[str]]]:
    """Return the rows of each table of the manual by the heading it stands under."""
    tables: dict[str, list[list[str]]] = {}
    heading = ""
    for line in MANUAL.read_text("utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line.startswith("| `"):
            cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
            tables.setdefault(heading, []).append(cells)
    return tables


def rows_under(*words: str) -> dict[str, list[str]]:
    """Return the rows of all tables whose heading holds one of the words, by name."""
    rows = {}
    for heading, table in manual_tables().items():
        if any(word in heading for word in words):
            rows.update({row[0]: row for row in table})
    return rows


def is_text(dataset: h5py.Dataset) -> bool:
    """Tell whether a variable is variable-length UTF-8 text."""
    info = h5py.check_string_dtype(dataset.dtype)
    return info is not None and info.encoding == "utf-8" and info.length is None


def text_of(value: str | bytes) -> str:
    """Return an attribute's text, which h5py gives as bytes where its length is fixed."""
    return value.decode() if isinstance(value, bytes) else value


def check_variables(group: h5py.Group, manual: dict[str, list[str]]) -> None:
    """Compare names, dimensions, types and units of a group with rows of the manual."""
    stored = {name for name, item in group.items() if isinstance(item, h5py.Dataset)}
    assert stored == set(manual)
    for name, (_, dimensions, kind, unit, _) in manual.items():
        dataset = group[name]
        if h5py.h5ds.is_scale(dataset.id):
            assert dimensions == name
        else:
            found = [axis[0].name.rsplit("/", 1)[-1] for axis in dataset.dims]
            assert found == dimensions.split(", "), name
            assert all(axis[0].parent == group for axis in dataset.dims), name
        assert is_text(dataset) if kind == "text" else dataset.dtype == TYPES[kind], name
        assert dataset.attrs["long_name"], name
        assert text_of(dataset.attrs.get("units", "")) == unit, name


def check_attributes(group: h5py.Group, manual: dict[str, list[str]]) -> None:
    """Compare names and types of a group's attributes with rows of the manual."""
    stored = {name for name in group.attrs if not name.startswith("_")}
    assert stored == set(manual)
    for name, (_, kind, _) in manual.items():
        value = group.attrs[name]
        if kind == "text":
            assert isinstance(value, (str, bytes, np.bytes_)), name
        else:
            assert value.dtype == TYPES[kind] and value.shape == (1,), name


def test_the_manual_and_the_file_name_the_same_root(result_file: Path) -> None:
    """Every variable and attribute of the root is in the manual, and the other way round."""
    with h5py.File(result_file) as file:
        headings = ("coord", "course", "prob", "diff", "measures", "counts")
        check_variables(file, rows_under(*(f"Root: {heading}" for heading in headings)))
        check_attributes(file, rows_under("Root: attributes"))
        assert set(file["runtime"]) == set()
        check_attributes(file["runtime"], rows_under("Group `runtime`"))
        check_variables(file["histories"], rows_under("Group `histories`"))
        assert file.attrs["results_format_version"][0] == 3


def test_the_manual_check_can_fail(result_file: Path) -> None:
    """A row too many, a wrong type and a wrong dimension are each noticed."""
    manual = rows_under("Group `histories`")
    with h5py.File(result_file) as file:
        for change in (
            {"extra": ["extra", "outcome", "int32", "1", ""]},
            {"first_day": [*manual["first_day"][:2], "int64", "d", ""]},
            {"first_day": ["first_day", "regime, outcome", "int32", "d", ""]},
        ):
            with pytest.raises(AssertionError):
                check_variables(file["histories"], manual | change)


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_xarray_reads_names_units_and_values(result_file: Path, engine: str) -> None:
    """Both engines see the same dataset, with regimes and outcomes as labels."""
    pytest.importorskip(engine if engine == "h5netcdf" else "netCDF4")
    with xr.open_dataset(result_file, engine=engine) as data:
        assert data.probability.dims == ("design_point", "regime", "outcome", "time")
        assert data.time.attrs["units"] == "years"
        assert data.time.values[-1] == pytest.approx(1826 / 365.25)
        assert (data.replications == 70).all()
        chosen = data.sel(regime="membership", outcome="collapse").isel(time=-1, design_point=0)
        assert 0 <= float(chosen.probability_low) <= float(chosen.probability)
        assert float(chosen.probability) <= float(chosen.probability_high) <= 1
        assert data.estimator.attrs["flag_meanings"] == "analog weighted"
        assert "regimes" in data.attrs["caveat"]
    with xr.open_dataset(result_file, engine=engine, group="histories") as histories:
        assert histories.sizes["replication"] == 70
        assert int(histories.first_day.min()) >= -1


def test_the_numbers_agree_with_each_other(result_file: Path) -> None:
    """Counts, histories, estimates and differences tell one story."""
    data = xr.load_dataset(result_file)
    histories = xr.load_dataset(result_file, group="histories")
    first_day = histories.first_day.expand_dims(time=data.time)
    happened = (first_day >= 0) & (first_day < data.day)
    np.testing.assert_array_equal(
        happened.sum("replication").transpose(*data["count"].dims), data["count"]
    )
    np.testing.assert_allclose(data.probability_analog, data["count"] / 70)
    np.testing.assert_allclose(data.cumulative_incidence.sum("risk"), 1)
    assert (data.probability_low <= data.probability).all()
    assert (data.probability <= data.probability_high).all()
    assert (data.probability_high > 0).all()
    paired = data.difference + data.difference.rename(regime="reference", reference="regime")
    np.testing.assert_allclose(paired, 0, atol=1e-12)
    other = data.probability_analog.rename(regime="reference")
    np.testing.assert_allclose(
        data.difference_analog,
        (data.probability_analog - other).transpose(*data.difference_analog.dims), atol=1e-12,
    )
    assert (data.difference_low <= data.difference + 1e-12).all()
    assert (data.difference <= data.difference_high + 1e-12).all()
    assert dict(zip(data.measure.values, data.measure_unit.values))["settlement_days"] == "d"
    for measure, outcome in (("settlement_days", "settlement"), ("accession_days", "accession")):
        days = histories.first_day.sel(outcome=outcome)
        np.testing.assert_allclose(
            data.measure_mean.sel(measure=measure),
            days.where(days >= 0, data.attrs["horizon_days"]).mean("replication"),
        )
    np.testing.assert_allclose(
        histories.measures.mean("replication").transpose(*data.measure_mean.dims),
        data.measure_mean, rtol=1e-6, atol=1e-7,
    )
    apart = data.measure_mean - data.measure_mean.rename(regime="reference")
    np.testing.assert_allclose(
        data.measure_difference, apart.transpose(*data.measure_difference.dims), atol=1e-6
    )
    assert not (data.measure_mean < data.measure_mean_low).any()
    assert not (data.measure_mean > data.measure_mean_high).any()
    shares = data.path_count.sum("path") > 0
    np.testing.assert_allclose(data.path_share.sum("path").where(shares, 1), 1)
    np.testing.assert_array_equal(data.path_count.sum("path"), data.source_count.sum("source"))
    np.testing.assert_array_equal(
        data.path_count.sum("path"), data["count"].sel(outcome="clash").isel(time=-1)
    )


def test_runs_differ_in_nothing_but_the_runtime(tmp_path: Path) -> None:
    """Threads do not change a single byte outside the group runtime."""
    files = []
    for threads in ("1", "2"):
        path = tmp_path / f"{threads}.h5"
        done = run(path, "--threads", threads)
        assert done.returncode == 0, done.stderr
        with h5py.File(path, "r+") as file:
            del file["runtime"]
        with h5py.File(path) as file:
            content = {name: file[name][()].tobytes() for name in file if name not in TEXTS}
            content |= {name: str(file.attrs[name]) for name in file.attrs}
            files.append(content)
    assert files[0] == files[1]


TEXTS = {"regime", "reference", "outcome", "side", "path", "source", "risk", "event", "protection",
         "measure", "measure_unit"}


def test_a_regime_is_the_same_alone_and_in_any_company(tmp_path: Path) -> None:
    """Order and company of regimes change no number of a regime."""
    company = ["neutrality", "membership", "status-quo"]
    options = [option for regime in company for option in ("--regime", regime)]
    together, alone = tmp_path / "together.h5", tmp_path / "alone.h5"
    for path, chosen in ((together, options), (alone, ["--regime", "membership"])):
        done = run(path, *chosen)
        assert done.returncode == 0, done.stderr
    with xr.load_dataset(together) as many, xr.load_dataset(alone) as one:
        assert list(many.regime.values) == company
        for name in ("probability", "probability_weighted_high", "count", "violations_per_day",
                     "source_count", "belief", "event_rate", "cumulative_incidence", "measure_mean",
                     "measure_mean_high"):
            np.testing.assert_array_equal(
                many[name].sel(regime="membership"), one[name].sel(regime="membership")
            )


@pytest.mark.parametrize("command", [["ncdump", "-h"], ["ncdump"], ["h5dump", "-H"]])
def test_dump_programs_read_it(result_file: Path, command: list[str]) -> None:
    """The usual command-line readers print it without a complaint."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run([*command, str(result_file)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "probability_low" in done.stdout
    if command == ["ncdump", "-h"]:
        assert "double difference(design_point, regime, reference, outcome, time) ;" in done.stdout
        assert "phony_dim" not in done.stdout


def test_r_reads_it(result_file: Path) -> None:
    """R's hdf5r finds names, attributes and values."""
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    probe = ["Rscript", "-e", "library(hdf5r)"]
    if subprocess.run(probe, capture_output=True, timeout=120).returncode != 0:
        pytest.skip("R has no package hdf5r")
    script = (
        "library(hdf5r); f <- H5File$new(commandArgs(TRUE)[1], 'r');"
        "cat(f[['regime']]$read(), sep=','); cat('\\n');"
        "cat(f[['probability']]$dims, sep=','); cat('\\n');"
        "cat(h5attr(f, 'Conventions'), '\\n'); cat(sum(f[['count']]$read()), '\\n')"
    )
    done = subprocess.run(
        ["Rscript", "-e", script, str(result_file)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    regimes, dimensions, conventions, total = done.stdout.splitlines()
    with h5py.File(result_file) as file:
        assert regimes.split(",") == [name.decode() for name in file["regime"][()]]
        # R's first dimension is the last one here.
        assert [int(size) for size in dimensions.split(",")] == list(file["probability"].shape[::-1])
        assert conventions.strip() == "CF-1.8"
        assert float(total) == file["count"][()].sum()


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    """Without --force nothing is run and nothing is touched."""
    path = tmp_path / "precious.h5"
    path.write_bytes(b"precious")
    done = run(path)
    assert done.returncode != 0
    assert "precious.h5" in done.stderr and "force" in done.stderr
    assert path.read_bytes() == b"precious"
    path.write_bytes(b"")
    done = run(path, "--force")
    assert done.returncode == 0, done.stderr
    assert h5py.is_hdf5(path)
    names = {entry.name for entry in tmp_path.iterdir()}
    assert names <= {"precious.h5", "precious.h5.journal"}


@pytest.mark.parametrize("kilobytes", [8, 256])
def test_a_full_disk_is_named_and_leaves_nothing_half_done(tmp_path: Path, kilobytes: int) -> None:
    """A limit on the size of files stands in for a disk that is full early or late."""
    path = tmp_path / "full.h5"
    done = subprocess.run(
        ["bash", "-c", f'trap "" XFSZ; ulimit -f {kilobytes}; exec "$@"', "bash", binary(), "run",
         str(STUDY), "-o", str(path), "--replications", "10", "--quiet"],
        capture_output=True, text=True, timeout=600,
    )
    assert done.returncode == 1
    assert "full.h5" in done.stderr and "cannot write" in done.stderr
    # What was simulated is kept in the journal.
    assert {entry.name for entry in tmp_path.iterdir()} <= {"full.h5.journal"}


def as_numbers(column: list[str]) -> np.ndarray:
    """Turn a column of the CSV table into numbers."""
    return np.array([np.nan if cell == "NA" else float(cell) for cell in column])


def test_the_table_equals_the_file(result_file: Path, tmp_path: Path) -> None:
    """Every row of the CSV export is the cell of the file that it names, and none is missing."""
    tables = []
    for options in ([], ["--differences"], ["--measures"], ["--measures", "--differences"]):
        path = tmp_path / f"table{len(tables)}.csv"
        command = [binary(), "export", str(result_file), "--csv", str(path), *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        tables.append({name: [row[name] for row in rows] for name in rows[0]})
    data = xr.load_dataset(result_file)
    table = tables[0]
    assert len(table["estimate"]) == data.probability.size
    for column, name in (("estimate", "probability"), ("low", "probability_low"),
                         ("high", "probability_high"), ("hits", "count")):
        np.testing.assert_array_equal(as_numbers(table[column]), data[name].values.ravel())
    weighted = np.broadcast_to(data.estimator.values[:, None] == 1, data.probability.shape[2:])
    errors = np.where(weighted, data.standard_error_weighted, data.standard_error_analog)
    np.testing.assert_array_equal(as_numbers(table["standard_error"]), errors.ravel())
    methods = np.array(table["method"]).reshape(data.probability.shape)
    assert ((methods == "weighted") == weighted).all()
    table = tables[1]
    pairs = data.difference.transpose("design_point", "reference", "regime", "outcome", "time")
    other = np.array([[r != s for r in data.regime.values] for s in data.reference.values])
    kept = pairs.values[:, other]
    np.testing.assert_array_equal(as_numbers(table["estimate"]), kept.ravel())
    assert table["reference"][0] == data.reference.values[0]
    assert table["regime"][0] == data.regime.values[1]
    table = tables[2]
    assert table["measure"][: data.measure.size] == list(data.measure.values)
    assert table["unit"][: data.measure.size] == list(data.measure_unit.values)
    for column, name in COLUMNS_OF_MEASURES.items():
        np.testing.assert_array_equal(as_numbers(table[column]), data[f"measure_mean{name}"].values.ravel())
        pairs = data[f"measure_difference{name}"].transpose("design_point", "reference", "regime", "measure")
        np.testing.assert_array_equal(as_numbers(tables[3][column]), pairs.values[:, other].ravel())


COLUMNS_OF_MEASURES = {
    "estimate": "", "low": "_low", "high": "_high", "standard_error": "_standard_error"
}
