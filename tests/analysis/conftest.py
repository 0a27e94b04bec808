"""Makes the package importable from the source tree and writes the files that tests read."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parents[1] / "analysis"))

import firebreak  # noqa: E402
from browser import chromium, needs_browser  # noqa: E402
from firebreak.explorer import explorer_page  # noqa: E402
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


@pytest.fixture(scope="module")
def browser():
    """A browser that the tests of a file share."""
    needs_browser()
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def pages(whole_file, sweep_file, gaps_file, tmp_path_factory):
    """Pages by the name of their file; that of `failed` is there too."""
    needs_browser()
    folder = tmp_path_factory.mktemp("pages")
    failed = write_results(folder / "failed.h5", points=12, failed=[3, 7], histories=6,
                           regimes=("status-quo", "membership", "neutrality"), no_clash=["neutrality"])
    made = {}
    for name, path in (("whole", whole_file), ("sweep", sweep_file), ("gaps", gaps_file), ("failed", failed)):
        made[name] = folder / f"{name}.html"
        made[name].write_text(explorer_page(path), "utf-8")
    return {**made, "failed file": failed}
