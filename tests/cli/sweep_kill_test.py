"""Runs that are killed or stopped, again and again, and gone on with: the result is the same.

The moments of the kills are drawn with a fixed seed; what the program is doing at them is up to the
machine, so that every run of this test tries other places.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from program import BINARY, firebreak
from small_sweep import assert_same, finished, journal_of, sweep, write_study

KILLS = 24
INTERRUPTED = 130
TARGET = ("--target-halfwidth", "0.005", "--target-outcome", "stray")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a study that takes some seconds of one processor."""
    return write_study(tmp_path_factory.mktemp("study"), replications=2000)


@pytest.fixture(scope="module")
def reference(study: Path) -> Path:
    """Write what the others are held to."""
    return sweep(study, study.parent / "reference.h5")


@pytest.fixture(scope="module")
def adaptive(study: Path) -> Path:
    """Write the same of a run that stops where it knows enough."""
    return sweep(study, study.parent / "adaptive.h5", *TARGET)


def is_killed(seconds: float, *arguments: object) -> bool:
    """Call the program and kill it after some seconds; False if it had finished by then."""
    program = subprocess.Popen([BINARY, *map(str, arguments)], stderr=subprocess.PIPE)
    try:
        _, message = program.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        program.kill()
        _, message = program.communicate()
    assert program.returncode in (0, -signal.SIGKILL), message
    return program.returncode != 0


def kill_and_resume(
    moments: random.Random, longest: float, command: list[object], resume: list[object], end: Path
) -> int:
    """Kill a run and each of its resumptions until one lives to its end; returns the kills."""
    journal = Path(str(resume[1]))
    kills = 0
    while is_killed(moments.uniform(0.0, longest), *(resume if journal.exists() else command)):
        kills += 1
        assert not end.exists()
        longest *= 1.1  # so that it ends some day
    return kills


def test_killed_at_any_moment_it_is_the_same_in_the_end(
    study: Path, reference: Path, adaptive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is there under the final name before, and nothing but the blocks in hand is lost."""
    moments = random.Random(20240611)
    kills = runs = 0
    while kills < KILLS:
        output = tmp_path / f"{runs}.h5"
        options = ["--quiet", "--threads", runs % 2 + 1]
        target = TARGET if runs % 3 == 2 else ()
        kills += kill_and_resume(
            moments, 0.6,
            ["run", study, "-o", output, *options, *target],
            ["resume", journal_of(output), *options],
            output,
        )  # fmt: skip
        assert_same(adaptive if target else reference, output)
        runs += 1
    with capsys.disabled():
        print(f"\n{kills} kills in {runs} runs, each then equal to the run without a kill")


def test_killed_shards_merge_to_the_same(study: Path, reference: Path, tmp_path: Path) -> None:
    """A shard is a run like any other."""
    output = tmp_path / "x.h5"
    moments = random.Random(7)
    kills = 0
    for index in (3, 1, 2):
        journal = journal_of(output, f"{index}/3")
        kills += kill_and_resume(
            moments, 0.3,
            ["run", study, "-o", output, "--quiet", "--shard", f"{index}/3"],
            ["resume", journal, "--quiet"],
            output,
        )  # fmt: skip
    assert kills > 0
    finished("merge", output, "--quiet")
    assert_same(reference, output)


def test_a_resumption_does_only_what_is_left(study: Path, tmp_path: Path) -> None:
    """The blocks of before stay where they are in the journal, byte for byte."""
    output = tmp_path / "x.h5"
    journal = journal_of(output)
    while not journal.exists() or journal.stat().st_size < 50_000:
        journal.unlink(missing_ok=True)
        assert is_killed(0.7, "run", study, "-o", output, "--quiet")
    verified = firebreak("verify", journal)
    assert verified.returncode == 1
    blocks = int(re.search(r"(\d+) sound blocks", verified.stdout)[1])
    cut_off = re.search(r"(\d+) bytes cut off", verified.stdout)
    kept = journal.read_bytes()[: journal.stat().st_size - int(cut_off[1] if cut_off else 0)]
    finished("resume", output, "--quiet")
    assert journal.read_bytes().startswith(kept)
    in_one_go = int(
        re.search(r"(\d+) sound blocks", firebreak("verify", journal).stdout)[1]
    )
    assert 0 < blocks < in_one_go == 8 * -(-2000 // 64)


def stopped(number: signal.Signals, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Call the program and send it a signal once its journal grows."""
    output = Path(arguments[arguments.index("-o") + 1])
    program = subprocess.Popen(
        [BINARY, *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    end = time.monotonic() + 60
    while not journal_of(output).exists() or journal_of(output).stat().st_size < 20_000:
        assert time.monotonic() < end
        time.sleep(0.01)
    program.send_signal(number)
    told, message = program.communicate(timeout=60)
    return subprocess.CompletedProcess(arguments, program.returncode, told, message)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_printed_command_goes_on(
    study: Path, reference: Path, tmp_path: Path, number: signal.Signals
) -> None:
    """As printed, by a shell, from another folder, whatever letters are in the names."""
    folder = tmp_path / "it's a $folder & \"more\".shard-1"
    folder.mkdir()
    output = folder / "x y.h5"
    done = stopped(number, "run", study, "-o", output, "--quiet")
    assert done.returncode == INTERRUPTED, done
    assert re.match(r"Interrupted after \d+ of 16000 replications\.\n", done.stderr)
    assert os.listdir(folder) == ["x y.h5.journal"]
    command = re.search(r"Go on with:\n  (firebreak resume .*)\n$", done.stderr)
    assert command, done.stderr
    programs = tmp_path / "programs"
    programs.mkdir()
    shutil.copy2(BINARY, programs / "firebreak")
    again = subprocess.run(
        ["sh", "-c", command[1]],
        env=os.environ | {"PATH": f"{programs}:{os.environ['PATH']}"},
        cwd="/", capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert again.returncode == 0, again
    assert_same(reference, output)


def test_two_runs_on_one_journal_are_one_too_many(study: Path, tmp_path: Path) -> None:
    """The second is refused, whether it resumes or begins anew, and the first is not disturbed."""
    output = tmp_path / "x.h5"
    first = subprocess.Popen(
        [BINARY, "run", study, "-o", output, "--quiet", "--replications", "100000"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        end = time.monotonic() + 60
        while not journal_of(output).exists():
            assert time.monotonic() < end
            time.sleep(0.01)
        for command in (["resume", output], ["run", study, "-o", output, "--force"]):
            second = firebreak(*command, timeout=60)
            assert second.returncode == 2, second
            assert "x.h5.journal: is in use by another run" in second.stderr
    finally:
        first.terminate()
        _, message = first.communicate(timeout=60)
    assert first.returncode == INTERRUPTED, message
    assert os.listdir(tmp_path) == ["x.h5.journal"]
