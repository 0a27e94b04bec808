"""Design points that break a rule are recorded and left out, and the others are as without them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import h5py
import numpy as np
import pytest

from program import firebreak
from result_content import content, differences
from small_sweep import assert_same, finished, journal_of, sweep, write_study

# A flare-up that persists with 0.7 and spreads with 0.4 would never end.
GRID = """
method = "grid"
[design.levers]
"line.flare_up_persistence" = [0.3, 0.7]
"line.flare_up_contagion" = [0.1, 0.2, 0.4]
"""
SOUND = [(0.3, 0.1), (0.3, 0.2), (0.3, 0.4), (0.7, 0.1), (0.7, 0.2)]
FAILED = (0.7, 0.4)
REASON = "must be less than 1, or a flare-up never ends"


def table(folder: Path, points: list[tuple[float, float]]) -> Path:
    """Write a study of listed points."""
    folder.mkdir()
    lines = ["line.flare_up_persistence,line.flare_up_contagion"]
    lines += [f"{persistence},{contagion}" for persistence, contagion in points]
    (folder / "points.csv").write_text("\n".join(lines) + "\n")
    return write_study(
        folder, replications=96, design='method = "table"\ntable = "points.csv"\n'
    )


def by_coordinates(path: Path) -> dict[tuple[float, float], int]:
    """Return the row of each design point."""
    with h5py.File(path) as file:
        pairs = zip(
            file["line_flare_up_persistence"][()], file["line_flare_up_contagion"][()], strict=True
        )
        return {(round(a, 9), round(b, 9)): row for row, (a, b) in enumerate(pairs)}


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a study with a corner that cannot be."""
    return write_study(tmp_path_factory.mktemp("grid"), replications=96, design=GRID)


def test_a_failing_corner_is_told_and_left_out(grid: Path, tmp_path: Path) -> None:
    """Exit code 0, a message with the rule, and a mask in the file."""
    output = tmp_path / "x.h5"
    message = finished("sweep", grid, "-o", output, "--quiet")
    assert "1 of 6 design points failed and have no result" in message
    assert REASON in message
    row = by_coordinates(output)[FAILED]
    with h5py.File(output) as file:
        assert file["failed"][()].tolist() == [index == row for index in range(6)]
        assert np.isnan(file["probability"][row]).all()
        sound = file["failed"][()] == 0
        assert np.isfinite(file["probability"][()][sound]).all()
        assert (file["count"][row] == 0).all() and (file["replications"][row] == 0).all()
        assert f"{row}" in file["runtime"].attrs["failures"].decode()
        assert REASON in file["runtime"].attrs["failures"].decode()
    shown = firebreak("show", output)
    assert shown.returncode == 0 and "6 design points, 1 failed" in shown.stdout
    assert firebreak("verify", output).returncode == 0
    assert "failed points: 1" in firebreak("verify", journal_of(output)).stdout


def test_the_others_are_as_in_a_design_without_it(tmp_path: Path) -> None:
    """Every value of every sound point, to the last bit."""
    sound = sweep(table(tmp_path / "sound", SOUND), tmp_path / "sound.h5")
    points = [*SOUND, FAILED]
    mixed = tmp_path / "mixed.h5"
    finished("sweep", table(tmp_path / "mixed", points), "-o", mixed, "--quiet")
    compared = 0
    with h5py.File(sound) as left, h5py.File(mixed) as right:
        for name, values in left.items():
            if isinstance(values, h5py.Dataset) and values.shape[:1] == (len(SOUND),):
                if values.dims[0] and values.dims[0][0].name == "/design_point":
                    assert values[()].tobytes() == right[name][: len(SOUND)].tobytes(), name
                    compared += 1
        histories = [file["histories/first_day"][: len(SOUND)].tobytes() for file in (left, right)]
        assert histories[0] == histories[1]
    assert compared > 15


@pytest.mark.parametrize("options", [["--threads", "1"], ["--threads", "4"]])
def test_threads_and_shards_mask_the_same(
    grid: Path, tmp_path: Path, options: list[str]
) -> None:
    """A failing point is as much a result as another."""
    one = tmp_path / "one.h5"
    finished("sweep", grid, "-o", one, "--quiet", *options)
    output = tmp_path / "x.h5"
    for index in (2, 1):
        finished("sweep", grid, "-o", output, "--quiet", "--shard", f"{index}/2", *options)
    assert "1 of 6 design points failed" in finished("merge", output, "--quiet")
    assert_same(one, output)


def test_fail_fast_ends_with_a_journal_that_goes_on(grid: Path, tmp_path: Path) -> None:
    """Exit code 1 at the first failure; without the option the rest is done."""
    output = tmp_path / "x.h5"
    done = firebreak("sweep", grid, "-o", output, "--quiet", "--fail-fast")
    assert (done.returncode, done.stdout) == (1, "")
    assert REASON in done.stderr and "firebreak resume" in done.stderr
    assert os.listdir(tmp_path) == ["x.h5.journal"]
    finished("resume", output, "--quiet")
    whole = tmp_path / "whole.h5"
    finished("sweep", grid, "-o", whole, "--quiet")
    assert_same(whole, output)


def test_resuming_after_a_failure_does_nothing_more(grid: Path, tmp_path: Path) -> None:
    """A failed point is done with: it is not tried again and again."""
    output = tmp_path / "x.h5"
    finished("sweep", grid, "-o", output, "--quiet")
    before = shutil.copy2(output, tmp_path / "before.h5")
    journal = journal_of(output).read_bytes()
    assert firebreak("resume", output).stdout == "Nothing is left to do.\n"
    output.unlink()
    finished("resume", output, "--quiet")
    assert journal_of(output).read_bytes() == journal
    assert differences(content(before), content(output)) == []


def test_an_extension_keeps_the_failure(grid: Path, tmp_path: Path) -> None:
    """More replications of the others."""
    output = tmp_path / "x.h5"
    finished("sweep", grid, "-o", output, "--quiet", "--replications", "40")
    finished("resume", output, "--quiet", "--replications", "96")
    whole = tmp_path / "whole.h5"
    finished("sweep", grid, "-o", whole, "--quiet")
    assert_same(whole, output)


def test_a_design_of_nothing_but_failures_is_told(tmp_path: Path) -> None:
    """There is a file, and nothing in it but the mask."""
    output = tmp_path / "x.h5"
    message = finished("sweep", table(tmp_path / "bad", [FAILED]), "-o", output)
    assert "1 of 1 design points failed" in message
    with h5py.File(output) as file:
        assert file["failed"][()].tolist() == [1]
        assert np.isnan(file["probability"][()]).all()
    assert firebreak("show", output).returncode == 0
