"""The intervals that a run is asked for are those in its file."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest
from program import firebreak, run_to_file
from scipy import stats

COUNTED = ("count", "replications", "probability_analog_low", "probability_analog_high")


def counted(path: Path) -> dict[str, np.ndarray]:
    """Return the counts of a file and their intervals, by name."""
    with h5py.File(path) as file:
        values = {name: file[name][()] for name in COUNTED}
        values["interval"] = file.attrs["proportion_interval"].decode()
        values["level"] = float(np.squeeze(file.attrs["confidence_level"]))
    return values


def test_the_exact_interval_is_that_of_clopper_and_pearson(tmp_path: Path) -> None:
    """Both ends are quantiles of beta laws, at the level asked for."""
    path = run_to_file(
        tmp_path / "x.h5", "--replications", 64, "--interval", "clopper-pearson",
        "--confidence", 0.9,
    )  # fmt: skip
    values = counted(path)
    assert values["interval"] == "clopper-pearson"
    assert values["level"] == 0.9
    hits = values["count"]
    n = 64
    low = np.where(hits > 0, stats.beta.ppf(0.05, hits, n - hits + 1), 0.0)
    high = np.where(hits < n, stats.beta.ppf(0.95, hits + 1, n - hits), 1.0)
    np.testing.assert_allclose(values["probability_analog_low"], low, atol=1e-12)
    np.testing.assert_allclose(values["probability_analog_high"], high, atol=1e-12)


def test_the_usual_interval_is_wilsons_at_95_per_cent(tmp_path: Path) -> None:
    """Wilson's score interval, from its closed form."""
    values = counted(run_to_file(tmp_path / "x.h5", "--replications", 64))
    assert values["interval"] == "wilson"
    n, z = 64, stats.norm.ppf(0.975)
    share = values["count"] / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    np.testing.assert_allclose(values["probability_analog_low"], middle - half, atol=1e-12)
    np.testing.assert_allclose(values["probability_analog_high"], middle + half, atol=1e-12)


@pytest.mark.parametrize("option", [("--interval", "wald"), ("--confidence", "1.0")])
def test_another_interval_is_refused(tmp_path: Path, option: tuple[str, str]) -> None:
    """Exit code 2, and no file."""
    done = firebreak("run", "configs/studies/quick.toml", "-o", tmp_path / "x.h5", *option)
    assert done.returncode == 2
    assert option[0] in done.stderr
    assert not list(tmp_path.iterdir())
