"""The built program, called as its users call it."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

SOURCE_DIR = Path(os.environ.get("FIREBREAK_SOURCE_DIR", Path(__file__).resolve().parents[2]))
QUICK = SOURCE_DIR / "configs" / "studies" / "quick.toml"
BASELINE = SOURCE_DIR / "configs" / "baseline.toml"
BINARY = os.environ.get("FIREBREAK_BINARY", "")

# More than a test waits for: a run that is asked for so many must be refused or stopped.
ENDLESS = "1000000"

if not BINARY:
    pytest.skip("FIREBREAK_BINARY is not set: the program was not built", allow_module_level=True)


def firebreak(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the program to its end; returns its exit code and what it printed."""
    options = {"capture_output": True, "timeout": 300} | options
    return subprocess.run([BINARY, *map(str, arguments)], text=True, check=False, **options)


def run_to_file(path: Path, *arguments: object) -> Path:
    """Write the result file of the quick study, one year of it unless told otherwise."""
    options = [str(argument) for argument in arguments]
    if "--horizon" not in options:
        options += ["--horizon", "365"]
    done = firebreak("run", QUICK, "-o", path, "--quiet", *options)
    assert done.returncode == 0, done.stderr
    assert (done.stdout, done.stderr) == ("", "")
    return path


class OnTerminal:
    """The program with a terminal as its standard error, and a pipe as its standard output."""

    def __init__(self, *arguments: object) -> None:
        self.shown = b""
        self.terminal, program_side = pty.openpty()
        try:
            self.process = subprocess.Popen(
                [BINARY, *map(str, arguments)], stdout=subprocess.PIPE, stderr=program_side
            )
        finally:
            os.close(program_side)

    def read(self, seconds: float) -> bool:
        """Take what is shown within some seconds; False once the program has closed its side."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return True
        try:
            chunk = os.read(self.terminal, 65536)
        except OSError:  # how Linux says that the other side is closed
            return False
        self.shown += chunk
        return bool(chunk)

    def wait_for_progress(self, updates: int = 1) -> None:
        """Return once the progress has been shown: by then blocks of replications are done."""
        end = time.monotonic() + 120
        while self.shown.count(b"\r\x1b[K") < updates:
            assert time.monotonic() < end, self.shown
            assert self.read(1), self.shown

    def wait_for_handler(self) -> None:
        """Return once the program has taken interrupts into its own hands."""
        end = time.monotonic() + 120
        caught = 0
        while not caught >> (signal.SIGINT - 1) & 1:
            assert time.monotonic() < end
            status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
            caught = int(status.split("SigCgt:")[1].split()[0], 16)
            time.sleep(0.01)

    def finish(self) -> tuple[int, str, str]:
        """Wait for the end; returns exit code, standard output, and what the terminal was sent."""
        end = time.monotonic() + 300
        while self.read(1):
            assert time.monotonic() < end, self.shown
        output, _ = self.process.communicate(timeout=60)
        os.close(self.terminal)
        return self.process.returncode, output.decode(), self.shown.decode()

    def __enter__(self) -> OnTerminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
