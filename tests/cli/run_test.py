"""Exit codes, messages and files of `firebreak run`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import h5py
import pytest

from program import BINARY, ENDLESS, QUICK, SOURCE_DIR, firebreak

SMALL = ("--replications", "40", "--horizon", "365", "--regime", "membership")
BAD_INPUT = 2


def refused(*arguments: object, **options: object) -> str:
    """Return the message of a call that must be refused as bad input, within a minute."""
    done = firebreak(*arguments, **({"timeout": 60} | options))
    assert done.returncode == BAD_INPUT, done
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "A subcommand is required"),
        (["simulate"], "A subcommand is required"),
        (["run"], "STUDY is required"),
        (["run", QUICK, "--replication", "3"], "not expected: 3 --replication"),
        (["run", QUICK, QUICK], "not expected"),
        (["run", "absent.toml"], "absent.toml: no such file"),
        (["run", SOURCE_DIR / "configs"], "is a folder"),
        (["run", QUICK, "--replications", "0"], "--replications: Value 0 not in range 1 to"),
        (["run", QUICK, "--replications", "-5"], "--replications: Value -5 not in range 1 to"),
        (["run", QUICK, "--replications", "1e3"], "--replications: Value 1e3 not in range"),
        (["run", QUICK, "--replications", "4294967296"], "--replications: Value 4294967296 not"),
        (["run", QUICK, "--seed", "-1"], "--seed: Value -1 not in range 0 to"),
        (["run", QUICK, "--seed", "9223372036854775808"], "seed = 9223372036854775808 (must be"),
        (["run", QUICK, "--threads", "-1"], "--threads: Value -1 not in range 0 to 4096"),
        (["run", QUICK, "--horizon", "0"], "horizon = 0 (must be a whole number from 1 to 36525)"),
        (["run", QUICK, "--horizon", "7"], "run.checkpoints = 20 (must be at most run.horizon"),
        (["run", QUICK, "--regime", "membreship"], "did you mean membership?"),
        (["run", QUICK, "--output", ""], "--output: needs a file name"),
    ],
)
def test_a_bad_argument_is_named(arguments: list[object], message: str) -> None:
    """Exit code 2 and a message that holds what was given and what would be right."""
    assert message in refused(*arguments)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("line.immigrant_rate", "--set: line.immigrant_rate (must be KEY=VALUE"),
        ("=4", "--set: =4 (must be KEY=VALUE"),
        ("line.imigrant_rate=4", "unknown parameter; did you mean line.immigrant_rate?"),
        ("line.immigrant_rate=many", '"many" (must be a number)'),
        ("line.immigrant_rate=", "line.immigrant_rate"),
        ("line.immigrant_rate=-1", "-1 (must be between 0 and 100 [1/d])"),
        ("line.immigrant_rate=nan", "line.immigrant_rate"),
        ("line.sectors=2.5", "line.sectors"),
        ("neutralty:line.sectors=12", "neutralty"),
    ],
)
def test_a_bad_change_is_named(change: str, message: str) -> None:
    """A change that cannot be made is refused with the reason."""
    assert message in refused("run", QUICK, "--set", change)


def test_all_bad_changes_are_named_at_once() -> None:
    """Somebody with five mistakes is not made to call five times."""
    message = refused(
        "run", QUICK, "--regime", "neutralty", "--set", "shapeless", "--set", "line.nothing=1",
        "--set", "line.sectors=0", "--set", "line.own_excitation=7",
    )  # fmt: skip
    for problem in ("neutralty", "shapeless", "line.nothing", "line.sectors", "line.own_excit"):
        assert sum(problem in line for line in message.splitlines()) == 1, message
    assert len(message.splitlines()) == 5


def test_an_existing_file_is_refused_before_any_work(tmp_path: Path) -> None:
    """a run of a million histories says so at once, and --force replaces a result, nothing else."""
    path = tmp_path / "kept.h5"
    path.write_bytes(b"kept")
    message = refused("run", QUICK, "-o", path, "--replications", ENDLESS)
    assert "kept.h5" in message and "--force" in message
    assert path.read_bytes() == b"kept"
    assert "HDF5" in refused("run", QUICK, "-o", path, "--force", *SMALL)
    assert path.read_bytes() == b"kept"
    path.write_bytes(b"\x89HDF\r\n\x1a\nan old result, or half of one")
    done = firebreak("run", QUICK, "-o", path, "--force", *SMALL)
    assert done.returncode == 0, done.stderr
    assert h5py.is_hdf5(path)
    assert sorted(os.listdir(tmp_path)) == ["kept.h5", "kept.h5.journal"]


@pytest.mark.parametrize(
    ("name", "message"),
    [("absent/x.h5", "does not exist"), (".", "is a folder"), ("file/x.h5", "does not exist")],
)
def test_a_place_that_is_none_is_refused_before_any_work(
    tmp_path: Path, name: str, message: str
) -> None:
    """An output in a missing folder, on a folder or below a file is refused at once."""
    (tmp_path / "file").touch()
    assert message in refused("run", QUICK, "-o", tmp_path / name, "--replications", ENDLESS)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Make a folder that users without rights can reach, with the program and studies in it."""
    folder = Path(tempfile.mkdtemp(prefix="firebreak-"))
    try:
        shutil.copy(BINARY, folder / "firebreak")
        shutil.copytree(SOURCE_DIR / "configs", folder / "configs")
        subprocess.run(["chmod", "-R", "a+rX", str(folder)], check=True)
        yield folder
    finally:
        shutil.rmtree(folder)


def test_a_read_only_folder_is_refused_before_any_work(open_folder: Path) -> None:
    """The folder is named; root, who may write anywhere, tries as nobody."""
    locked = open_folder / "locked"
    locked.mkdir(mode=0o555)
    as_nobody = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [open_folder / "firebreak", "run", open_folder / "configs" / "studies" / "quick.toml",
         "-o", locked / "x.h5", "--replications", ENDLESS],
        capture_output=True, text=True, timeout=60, check=False, **as_nobody,
    )  # fmt: skip
    assert done.returncode == BAD_INPUT, done
    assert "locked cannot be written to" in done.stderr
    assert os.listdir(locked) == []


def test_output_that_cannot_be_printed_is_a_failure(tmp_path: Path) -> None:
    """Tables that a full disk swallowed are not a success; the result file is kept."""
    path = tmp_path / "x.h5"
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [BINARY, "run", QUICK, "-o", path, *SMALL],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "cannot write to the standard output" in done.stderr
    assert h5py.is_hdf5(path)


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    """Neither progress nor tables: only the file and its journal."""
    done = firebreak("run", QUICK, "-o", tmp_path / "x.h5", "--quiet", *SMALL)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(os.listdir(tmp_path)) == ["x.h5", "x.h5.journal"]


def test_tables_and_progress_go_apart(tmp_path: Path) -> None:
    """The tables go to the standard output, and progress to standard error, as plain lines."""
    path = tmp_path / "x.h5"
    done = firebreak("run", QUICK, "-o", path, *SMALL)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "Quick look at four regimes"
    assert "40 replications per regime, seed 20221115" in done.stdout
    assert f"Written to {path}" in done.stdout
    assert "\r" not in done.stderr and "\x1b" not in done.stderr
    # Shorter than ten seconds, so that only the last state is a line.
    (line,) = done.stderr.splitlines()
    assert "100 %  40 of 40 replications" in line
    assert "100 %" not in done.stdout


def test_without_output_only_the_tables_are_made(tmp_path: Path) -> None:
    """A run without -o prints its tables and leaves no file behind."""
    done = firebreak("run", QUICK, *SMALL, cwd=tmp_path)
    assert done.returncode == 0
    assert "membership" in done.stdout and "Written" not in done.stdout
    assert os.listdir(tmp_path) == []


def test_the_file_holds_what_was_asked_for(tmp_path: Path) -> None:
    """Replications, horizon, seed and regimes of the command line are those of the file."""
    path = tmp_path / "x.h5"
    done = firebreak(
        "run", QUICK, "-o", path, "--replications", "33", "--horizon", "100", "--seed", "5",
        "--regime", "neutrality", "--regime", "open-door", "--quiet",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with h5py.File(path) as file:
        assert [name.decode() for name in file["regime"][()]] == ["neutrality", "open-door"]
        assert file["replications"][()].tolist() == [[33, 33]]
        assert file.attrs["horizon_days"] == 100 and file.attrs["seed"] == 5
        # The study's own reference is not there, so the first regime stands in for it.
        assert file.attrs["reference_regime"] == b"neutrality"
        assert "histories" not in file
