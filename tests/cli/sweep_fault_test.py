"""Disks that are full, files that are damaged or in the way, designs too large: what is said, and
that nothing finished is lost and nothing half-written is under the final name.
"""

from __future__ import annotations

import fcntl
import os
import re
import resource
import signal
import subprocess
from pathlib import Path

import h5py
import pytest

from program import BINARY, firebreak
from small_sweep import (
    assert_same, broken_off, finished, journal_of, refused, sweep, write_study,
)  # fmt: skip

BAD_INPUT = 2


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the study of this file."""
    return write_study(tmp_path_factory.mktemp("study"), replications=200)


@pytest.fixture(scope="module")
def whole(study: Path) -> Path:
    """Write its result, with the journal beside it."""
    return sweep(study, study.parent / "whole.h5")


def on_small_disk(bytes_allowed: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Call the program with a limit on the size of a file, which fails a write as a full disk."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_allowed, bytes_allowed))

    return subprocess.run(
        [BINARY, *map(str, arguments)],
        preexec_fn=limit, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def go_on(message: str) -> list[str]:
    """Return the arguments of the command that a message says goes on."""
    command = re.search(r"Go on with:\n  firebreak (resume \S+)\n", message)
    assert command, message
    return command[1].split()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_a_disk_that_fills_with_the_journal_loses_nothing(
    study: Path, whole: Path, tmp_path: Path, share: float
) -> None:
    """Exit code 1; what was finished is in the journal, and the run goes on when there is room."""
    head = 66_000
    size = journal_of(whole).stat().st_size
    output = tmp_path / "x.h5"
    allowed = int(head + share * (size - head))
    done = on_small_disk(allowed, "run", study, "-o", output, "--quiet")
    assert done.returncode == 1, done
    assert "x.h5.journal: cannot write: File too large" in done.stderr
    assert "What was finished is safe in the journal." in done.stderr
    assert os.listdir(tmp_path) == ["x.h5.journal"]
    verified = firebreak("verify", journal_of(output))
    assert "cut off" not in verified.stdout and "damaged" not in verified.stdout
    assert int(re.search(r"(\d+) sound blocks", verified.stdout)[1]) > 0
    finished(*go_on(done.stderr), "--quiet")
    assert_same(whole, output)


def test_a_disk_without_room_for_a_journal_is_said_at_once(study: Path, tmp_path: Path) -> None:
    """Nothing is left behind, so that the next run is not in its way."""
    done = on_small_disk(1000, "run", study, "-o", tmp_path / "x.h5", "--quiet")
    assert done.returncode == 1, done
    assert "cannot write: File too large" in done.stderr
    assert os.listdir(tmp_path) == []


def test_a_disk_that_fills_with_the_result_keeps_the_journal(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No part of a result is there; it is written later without a history being run again."""
    study = write_study(tmp_path_factory.mktemp("few"), replications=100)
    whole = sweep(study, study.parent / "whole.h5")
    output = tmp_path / "x.h5"
    allowed = journal_of(whole).stat().st_size + 1000
    assert allowed < whole.stat().st_size
    done = on_small_disk(allowed, "run", study, "-o", output, "--quiet")
    assert done.returncode == 1, done
    assert "All is done and safe in the journal." in done.stderr
    assert os.listdir(tmp_path) == ["x.h5.journal"]
    journal = journal_of(output).read_bytes()
    again = on_small_disk(allowed, *go_on(done.stderr), "--quiet")
    assert again.returncode == 1, again
    finished(*go_on(again.stderr), "--quiet")
    assert journal_of(output).read_bytes() == journal
    assert_same(whole, output)


def test_a_small_file_system_that_is_full(study: Path, whole: Path, tmp_path: Path) -> None:
    """The same on a real one, where the system's reason is another."""
    small = tmp_path / "small"
    small.mkdir()
    size = (journal_of(whole).stat().st_size + whole.stat().st_size) * 3 // 4096
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "firebreak-test", str(small)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here")
    try:
        done = firebreak("run", study, "-o", small / "x.h5", "--quiet")
        assert done.returncode == 1, done
        assert "No space left on device" in done.stderr
        assert os.listdir(small) == ["x.h5.journal"]
        subprocess.run([*mount[:4], f"remount,size={4 * size}k", str(small)], check=True)
        finished(*go_on(done.stderr), "--quiet")
        assert_same(whole, small / "x.h5")
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_journal_in_the_way_is_refused(study: Path, whole: Path, tmp_path: Path) -> None:
    """It may be a week's work: `resume` is named, and --force begins anew."""
    output = tmp_path / "x.h5"
    journal = broken_off(study, output)
    before = journal.read_bytes()
    message = refused("run", study, "-o", output)
    assert "x.h5.journal" in message and "firebreak resume" in message and "--force" in message
    assert journal.read_bytes() == before
    sweep(study, output, "--force")
    assert_same(whole, output)


def test_a_new_run_keeps_the_old_files_until_it_has_its_own(study: Path, tmp_path: Path) -> None:
    """Where it cannot even begin, the journal and the result of before stay as they are."""
    output = sweep(study, tmp_path / "x.h5")
    before = [output.read_bytes(), journal_of(output).read_bytes()]
    done = on_small_disk(1000, "run", study, "-o", output, "--quiet", "--force")
    assert done.returncode == 1, done
    assert [output.read_bytes(), journal_of(output).read_bytes()] == before
    assert sorted(os.listdir(tmp_path)) == ["x.h5", "x.h5.journal"]


@pytest.mark.parametrize("share", [0.0, 0.001, 0.05, 0.34, 0.5, 0.77, 0.999])
def test_a_journal_cut_short_anywhere_goes_on(
    study: Path, whole: Path, tmp_path: Path, share: float
) -> None:
    """Or is refused, where not even its head is left."""
    output = tmp_path / "x.h5"
    size = journal_of(whole).stat().st_size
    journal = journal_of(output)
    journal.write_bytes(journal_of(whole).read_bytes()[: int(share * size)])
    if share <= 0.05:
        message = refused("resume", output)
        assert "is no journal" in message or "does not say what study it is of" in message
        assert os.listdir(tmp_path) == ["x.h5.journal"]
        return
    finished("resume", output, "--quiet")
    assert_same(whole, output)


@pytest.mark.parametrize("share", [0.45, 0.6, 0.9])
def test_a_journal_damaged_in_the_middle_goes_on(
    study: Path, whole: Path, tmp_path: Path, share: float
) -> None:
    """What follows the damage is found again, and only the damaged blocks are run again."""
    output = tmp_path / "x.h5"
    journal = journal_of(output)
    data = bytearray(journal_of(whole).read_bytes())
    at = int(share * len(data))
    data[at] ^= 0x10
    journal.write_bytes(data)
    verified = firebreak("verify", journal)
    assert verified.returncode == 1
    assert re.search(r"55 sound blocks.*damaged in 1 places", verified.stdout), verified
    assert "damaged places" in finished("resume", output, "--quiet")
    assert_same(whole, output)


def damaged_copy(whole: Path, to: Path) -> Path:
    """Flip a bit in the middle of the values of a variable that every reader reads."""
    with h5py.File(whole) as file:
        place = file["probability"].id.get_chunk_info(0)
    data = bytearray(whole.read_bytes())
    data[place.byte_offset + place.size // 2] ^= 0x10
    to.write_bytes(data)
    return to


def test_a_damaged_result_is_not_read(whole: Path, tmp_path: Path) -> None:
    """A checksum tells; the message names the file and the variable."""
    path = damaged_copy(whole, tmp_path / "x.h5")
    for command in (["verify", path], ["show", path], ["show", path, "--point", "0"]):
        message = refused(*command)
        assert "x.h5: damaged: probability cannot be read" in message
    finished("verify", whole)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9])
def test_a_result_cut_short_is_not_read(whole: Path, tmp_path: Path, share: float) -> None:
    """Nor is an empty one, or one that is none."""
    path = tmp_path / "x.h5"
    data = whole.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    for command in ("verify", "show"):
        assert "x.h5" in refused(command, path)


def test_a_locked_result_is_said_to_be_in_use(whole: Path, tmp_path: Path) -> None:
    """Somebody writes to it: no half-changed values are shown."""
    path = tmp_path / "x.h5"
    path.write_bytes(whole.read_bytes())
    with path.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for command in ("verify", "show"):
            done = firebreak(command, path)
            assert done.returncode in (1, BAD_INPUT) and done.stdout == "", done
            assert "x.h5" in done.stderr and "in use" in done.stderr
    finished("verify", path)


MILLION = """
method = "sobol"
points = 1048576
uncertainties = ["line.immigrant_rate", "line.frailty_shape"]
"""


def test_a_million_points_need_a_second_word(tmp_path: Path) -> None:
    """`plan` gives the cost and warns; `run` does not begin without --yes."""
    study = write_study(tmp_path, replications=1, design=MILLION)
    output = tmp_path / "x.h5"
    planned = firebreak("plan", study)
    assert planned.returncode == 0
    assert re.search(r"design points +1048576\n", planned.stdout)
    assert "--yes" in planned.stderr and "100000" in planned.stderr
    message = refused("run", study, "-o", output)
    assert "1048576 design points" in message and "--yes" in message
    assert "firebreak plan" in message
    assert os.listdir(tmp_path) == ["sweep.toml"]
    done = subprocess.Popen([BINARY, "run", study, "-o", output, "--yes"], stderr=-1, text=True)
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            done.communicate(timeout=3)
        assert journal_of(output).exists()
    finally:
        done.kill()
        done.communicate()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--replications", "0"], "--replications"),
        (["--target-halfwidth", "0"], "--target-halfwidth"),
        (["--target-relative", "2"], "--target-relative"),
        (["--target-differences"], "need --target-halfwidth or --target-relative"),
        (["--target-outcome", "clash"], "need --target-halfwidth or --target-relative"),
        (["--target-halfwidth", "0.1", "--target-outcome", "peace"], "must be one of"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(
    study: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    """With what would."""
    assert message in refused("run", study, "-o", tmp_path / "x.h5", *arguments)
    assert os.listdir(tmp_path) == []


def test_a_design_without_a_file_is_refused(study: Path) -> None:
    """The tables of one point are shown; those of many need a place."""
    assert "-o FILE" in refused("run", study)
