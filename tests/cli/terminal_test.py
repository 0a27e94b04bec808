"""Progress as a terminal shows it."""

from __future__ import annotations

import re
from pathlib import Path

from program import ENDLESS, QUICK, OnTerminal

START_OF_LINE = "\r\x1b[K"  # back to the start, and clear what was there
STATE = re.compile(
    r"\[#*\.*\] +(?P<share>\d+) %  (?P<done>\d+) of 2000 replications, [\d.]+/s, "
    r"\d+ s(?:, (?P<left>\d+ (?:s|min \d\d s)|time) (?:left|left unknown))?"
)


def test_progress_is_one_line_rewritten_in_place(tmp_path: Path) -> None:
    """Each state overwrites the last one, with the time left, and the line is ended at the end."""
    with OnTerminal(
        "run", QUICK, "-o", tmp_path / "x.h5", "--replications", "2000", "--horizon", "1000",
        "--threads", "1",
    ) as program:  # fmt: skip
        code, output, shown = program.finish()
    assert code == 0
    assert START_OF_LINE not in output and "Quick look" in output
    empty, *states = shown.split(START_OF_LINE)
    assert empty == ""
    assert len(states) > 2, "a run this long shows several states"
    assert shown.endswith("\r\n") and shown.count("\n") == 1
    found = [STATE.fullmatch(state.rstrip("\r\n")) for state in states]
    assert all(found), states
    done = [int(state["done"]) for state in found if state]
    assert done == sorted(done) and done[-1] == 2000
    assert all(state["left"] for state in found[:-1] if state)
    assert found[-1] and found[-1]["left"] is None and found[-1]["share"] == "100"
    assert max(map(len, states)) < 100


def test_quiet_leaves_the_terminal_alone(tmp_path: Path) -> None:
    """--quiet shows nothing on a terminal either."""
    with OnTerminal(
        "run", QUICK, "-o", tmp_path / "x.h5", "--replications", "40", "--horizon", "100", "--quiet"
    ) as program:
        assert program.finish() == (0, "", "")


def test_an_interrupt_ends_the_line_before_its_message() -> None:
    """The message stands on a line of its own."""
    with OnTerminal("run", QUICK, "--replications", ENDLESS, "--horizon", "365") as program:
        program.wait_for_progress(updates=2)
        program.process.terminate()
        _, _, shown = program.finish()
    assert re.search(r" left\r\nInterrupted after \d+ of [^\n]*\r\n$", shown), shown
