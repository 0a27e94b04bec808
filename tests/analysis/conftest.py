"""Makes the package importable from the source tree and writes the files that tests read."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parents[1] / "analysis"))

import firebreak  # noqa: E402
from synthetic_results import write_results  # noqa: E402


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A folder for files that many tests read."""
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="session")
def whole_file(folder):
    """Twelve regimes, one design point."""
    return write_results(folder / "whole.h5")


@pytest.fixture(scope="session")
def sweep_file(folder):
    """Four regimes, three design points, with histories."""
    regimes = ("status-quo", "membership", "neutrality", "coalition-tripwire")
    return write_results(folder / "sweep.h5", points=3, regimes=regimes, histories=4)


@pytest.fixture(scope="session")
def gaps_file(folder):
    """One regime without a clash, one without estimates, one that differs from none."""
    return write_results(
        folder / "gaps.h5",
        no_clash=["air-shield"],
        undefined=["coalition-rear"],
        same=["open-door"],
    )


def point_of(path, number=None):
    with firebreak.open_results(path) as results:
        return firebreak.select_point(results, number)


@pytest.fixture(scope="session")
def whole(whole_file):
    return point_of(whole_file)


@pytest.fixture(scope="session")
def gaps(gaps_file):
    return point_of(gaps_file)
