"""The door: from a path to a dataset that is known to be a whole Firebreak result file."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import xarray as xr

RESULTS_FORMAT_VERSION = 3
"""The version of the result file format that this package reads."""

REQUIRED_VARIABLES = (
    "design_point",
    "regime",
    "reference",
    "outcome",
    "time",
    "source",
    "path",
    "probability",
    "probability_low",
    "probability_high",
    "estimator",
    "count",
    "difference",
    "difference_low",
    "difference_high",
    "measure",
    "measure_unit",
    "measure_mean",
    "measure_mean_low",
    "measure_mean_high",
    "measure_mean_standard_error",
    "measure_difference",
    "measure_difference_low",
    "measure_difference_high",
    "measure_difference_standard_error",
    "replications",
    "source_count",
    "source_share",
    "path_count",
    "path_share",
)
"""What the figures and tables read; a file without one of them was not written to its end."""

REQUIRED_ATTRIBUTES = ("title", "seed", "firebreak_version", "git_commit", "caveat")
"""What a caption must be able to say."""


MOST_CHECKED = 4_000_000
"""Probabilities that are looked through on opening; of larger files they are not."""


UNIQUE_NAMES = ("design_point", "regime", "reference", "outcome")
"""Axes on which nothing stands twice."""


class ResultsError(ValueError):
    """A file or a request that cannot be served; the message is one line that says why."""


def open_results(path: str | Path, engine: str = "h5netcdf") -> xr.Dataset:
    """Open a result file after checking that it is one.

    Arrays are read from the file when they are used; close the dataset, or use it in a `with`
    statement, when done.

    Parameters
    ----------
    path : str or Path
        Result file written by ``firebreak run``.
    engine : str, default "h5netcdf"
        The xarray engine, ``"h5netcdf"`` or ``"netcdf4"``.

    Returns
    -------
    xarray.Dataset
        The root group, with its coordinates.

    Raises
    ------
    ResultsError
        If the file is missing, is no HDF5 file, is damaged or cut short, was written by another
        program, lacks a variable, or has another format than this package knows.
    """
    path = Path(path)
    _check(path)
    return _open(path, None, engine)


def open_histories(path: str | Path, engine: str = "h5netcdf") -> xr.Dataset:
    """Open the group of single histories: the first day of each outcome per replication.

    Parameters
    ----------
    path : str or Path
        Result file written by ``firebreak run`` with histories.
    engine : str, default "h5netcdf"
        The xarray engine.

    Returns
    -------
    xarray.Dataset
        `first_day` (design_point, regime, replication, outcome), -1 meaning never, and `measures`
        (design_point, regime, replication, measure).

    Raises
    ------
    ResultsError
        As `open_results`, and if the run kept no histories.
    """
    path = Path(path)
    _check(path)
    with h5py.File(path, "r") as file:
        if "histories" not in file:
            raise ResultsError(f"{path}: holds no histories (they are written on request only)")
        missing = [name for name in ("first_day", "measures") if name not in file["histories"]]
        if missing:
            raise ResultsError(f"{path}: incomplete, the group histories lacks {', '.join(missing)}")
    return _open(path, "histories", engine)


def select_point(results: xr.Dataset, point: int | None = None) -> xr.Dataset:
    """Take one design point and read the arrays into memory.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.
    point : int, optional
        Value of the coordinate design_point; the first one if omitted.

    Returns
    -------
    xarray.Dataset
        The same variables without the dimension design_point, which stays as a scalar.

    Raises
    ------
    ResultsError
        If there is no such design point, if it failed, or the file turns out to be damaged.
    """
    if "design_point" not in results.dims:
        return results
    points = results.design_point.values
    if point is None:
        chosen = 0
    else:
        matches = np.flatnonzero(points == point)
        if matches.size == 0:
            raise ResultsError(
                f"no design point {point} (the file holds {points.min()} to {points.max()})"
            )
        chosen = int(matches[0])
    try:
        selected = results.isel(design_point=chosen).load()
    except (OSError, RuntimeError, ValueError) as error:
        raise ResultsError(f"the file is damaged, an array cannot be read ({_line(error)})")
    if "failed" in selected and bool(selected.failed):
        raise ResultsError(
            f"design point {points[chosen]} failed, nothing is known of it "
            "(the attribute failures of the group runtime says why)"
        )
    if bool(selected.probability.isnull().all()):
        raise ResultsError(f"design point {points[chosen]} holds no estimate, all are NaN")
    selected.attrs["design_points"] = int(points.size)
    return selected


def require(results: xr.Dataset, dimension: str, name: str) -> str:
    """Return `name` if it is on the axis `dimension`, else raise a ResultsError listing what is.

    Parameters
    ----------
    results : xarray.Dataset
        Results, all points or one.
    dimension : str
        A coordinate of names: regime, reference, outcome, ...
    name : str
        The name that was asked for.
    """
    known = [str(value) for value in results[dimension].values]
    if name not in known:
        raise ResultsError(f"no {dimension} '{name}' (the file holds: {', '.join(known)})")
    return name


def confidence_level(results: xr.Dataset) -> float:
    """Return the level of the intervals, between 0 and 1.

    Parameters
    ----------
    results : xarray.Dataset
        Results, all points or one.
    """
    return float(np.ravel(results.attrs.get("confidence_level", 0.95))[0])


def _check(path: Path) -> None:
    if not path.exists():
        raise ResultsError(f"{path}: no such file")
    if path.is_dir():
        raise ResultsError(f"{path}: is a folder, not a result file")
    try:
        path.open("rb").close()
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read ({error.strerror})")
    if path.stat().st_size == 0:
        raise ResultsError(f"{path}: is empty")
    if not h5py.is_hdf5(path):
        raise ResultsError(f"{path}: not a Firebreak result file (not HDF5)")
    try:
        with h5py.File(path, "r") as file:
            _check_content(path, file)
    except (OSError, RuntimeError, KeyError) as error:
        raise ResultsError(f"{path}: damaged or not written to its end ({_line(error)})")


def _check_content(path: Path, file: h5py.File) -> None:
    if "results_format_version" not in file.attrs:
        raise ResultsError(f"{path}: not a Firebreak result file (no results_format_version)")
    value = np.ravel(file.attrs["results_format_version"])
    if value.size != 1 or not np.issubdtype(value.dtype, np.integer) or value[0] < 1:
        raise ResultsError(f"{path}: not a Firebreak result file (bad results_format_version)")
    version = int(value[0])
    if version > RESULTS_FORMAT_VERSION:
        raise ResultsError(
            f"{path}: has results format {version}, newer than the {RESULTS_FORMAT_VERSION} "
            "known here (update this package)"
        )
    if version < RESULTS_FORMAT_VERSION:
        raise ResultsError(
            f"{path}: has results format {version}, older than the {RESULTS_FORMAT_VERSION} "
            "known here (run the study again)"
        )
    missing = [name for name in REQUIRED_VARIABLES if name not in file]
    if missing:
        raise ResultsError(f"{path}: incomplete, lacks {', '.join(missing)}")
    missing = [name for name in REQUIRED_ATTRIBUTES if name not in file.attrs]
    if missing:
        raise ResultsError(f"{path}: incomplete, lacks the attribute {', '.join(missing)}")
    for axis in UNIQUE_NAMES:
        names = file[axis][...]
        if len(set(names.tolist())) < names.size:
            raise ResultsError(f"{path}: damaged, a {axis} stands twice")
    probability = file["probability"]
    if 0 in probability.shape:
        raise ResultsError(f"{path}: holds no results (an axis of length zero)")
    if probability.size <= MOST_CHECKED:
        value, low, high = (
            file[f"probability{end}"][...] for end in ("", "_low", "_high")
        )
        if not bool((np.isnan(value) | ((value >= 0) & (value <= 1))).all()):
            raise ResultsError(f"{path}: damaged, a probability is not between 0 and 1")
        if bool((low > high).any()):
            raise ResultsError(f"{path}: damaged, an interval ends below where it begins")


def _open(path: Path, group: str | None, engine: str) -> xr.Dataset:
    try:
        return xr.open_dataset(path, group=group, engine=engine, decode_times=False)
    except Exception as error:  # the engines raise whatever the layer below them raised
        raise ResultsError(f"{path}: damaged, cannot be opened ({_line(error)})")


def _line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text or type(error).__name__
