"""What a run leaves behind when it is stopped: by a user, by the system, by a kill."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import h5py
import pytest

from program import ENDLESS, QUICK, OnTerminal, firebreak, run_to_file

FEW = ("--horizon", "365", "--regime", "status-quo", "--regime", "membership")
LONG = (*FEW, "--replications", ENDLESS)
INTERRUPTED = 130


def stopped_by(number: signal.Signals, *arguments: object) -> tuple[int, str, str]:
    """Stop an endless run once some of it is done; returns its end as OnTerminal.finish does."""
    with OnTerminal("run", QUICK, *LONG, *arguments) as program:
        program.wait_for_progress()
        program.process.send_signal(number)
        return program.finish()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_closes_the_journal(tmp_path: Path, number: signal.Signals) -> None:
    """Exit code 130, the command that goes on, and no result: what was done is in the journal."""
    path = tmp_path / "x.h5"
    code, output, shown = stopped_by(number, "-o", path, "--threads", "2", "--histories")
    assert (code, output) == (INTERRUPTED, ""), shown
    told = re.search(r"Interrupted after (\d+) of (\d+) replications\.\r\n", shown)
    assert told, shown
    done = int(told[1])
    assert done > 0 and done % 32 == 0
    assert told[2] == ENDLESS
    assert shown.endswith(f"Go on with:\r\n  firebreak resume {path}.journal\r\n")
    assert os.listdir(tmp_path) == ["x.h5.journal"]
    verified = firebreak("verify", f"{path}.journal")
    assert verified.returncode == 1
    assert f" {done} of {ENDLESS} replications done\n" in verified.stdout


def test_an_interrupt_without_a_file_says_so(tmp_path: Path) -> None:
    """There is nothing to go on with where nothing was to be written."""
    code, output, shown = stopped_by(signal.SIGINT)
    assert (code, output) == (INTERRUPTED, "")
    assert "Interrupted after" in shown and "resume" not in shown


def test_an_interrupted_quiet_run_says_only_that() -> None:
    """--quiet leaves the message, on standard error, and no tables."""
    with OnTerminal("run", QUICK, *LONG, "--quiet") as program:
        program.wait_for_handler()  # whether a block is done by then or not
        program.process.send_signal(signal.SIGINT)
        code, output, shown = program.finish()
    assert code == INTERRUPTED
    assert output == ""
    assert re.fullmatch(r"Interrupted [^\n]*\r\n", shown)


def test_a_kill_leaves_nothing_under_the_name(tmp_path: Path) -> None:
    """The result has its name only when it is whole; the next run is told what is there."""
    path = tmp_path / "x.h5"
    code, _, _ = stopped_by(signal.SIGKILL, "-o", path)
    assert code == -signal.SIGKILL
    assert os.listdir(tmp_path) == ["x.h5.journal"]
    run_to_file(path, *FEW, "--replications", 32, "--force")
    assert h5py.is_hdf5(path)


def test_a_kill_leaves_the_file_to_be_replaced(tmp_path: Path) -> None:
    """With --force the old file stays until the new one is whole."""
    path = run_to_file(tmp_path / "x.h5", *FEW, "--replications", 32)
    before = path.read_bytes()
    code, _, _ = stopped_by(signal.SIGKILL, "-o", path, "--force")
    assert code == -signal.SIGKILL
    assert path.read_bytes() == before
