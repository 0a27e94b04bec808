"""The first days of stored histories, as many as fit the page, and how to replay a whole one."""

from __future__ import annotations

import shlex
import zlib
from dataclasses import dataclass
from typing import Sequence

import h5py
import numpy as np

from ..results import ResultsError

LARGEST_HISTORIES = 1_200_000
"""Bytes, deflated and as text, that histories may take."""
LARGEST_READ = 64_000_000
"""Values that are read to find out."""
REPLAYED = ("--set", "--horizon", "--seed")
"""Options of a run that a replay of it needs too."""


@dataclass(frozen=True)
class KeptHistories:
    """Histories of a file.

    Attributes
    ----------
    first_day : numpy.ndarray
        (point, regime, replication, outcome), -1: never, -2: not simulated.
    outcomes : list of str
        All of the file.
    replications : list of int
        Their numbers, the first ones of the file.
    stored : int
        How many of each point and regime the file holds.
    """

    first_day: np.ndarray
    outcomes: list[str]
    replications: list[int]
    stored: int


def read_histories(path: str, regimes: Sequence[str], room: int) -> KeptHistories | None:
    """Read the first histories of every point and regime, None if the file holds none.

    Parameters
    ----------
    path : str
        Result file, checked by `open_results`.
    regimes : sequence of str
        In the order wanted.
    room : int
        Bytes of text that they may take.
    """
    with h5py.File(path, "r") as file:
        group = file.get("histories")
        if group is None or "first_day" not in group or 0 in group["first_day"].shape:
            return None
        days = group["first_day"]
        names = [str(name) for name in group["regime"].asstr()[:]]
        if missing := [name for name in regimes if name not in names]:
            raise ResultsError(f"{path}: damaged, histories has no regime {', '.join(missing)}")
        stored = int(days.shape[2])
        count = max(1, min(stored, LARGEST_READ // (days.size // stored)))
        content = days[:, :, :count][:, [names.index(name) for name in regimes]]
        numbers = [int(number) for number in group["replication"][:count]]
        outcomes = [str(name) for name in group["outcome"].asstr()[:]]
    content = content.astype(np.int16 if content.max() < 2**15 else np.int32)
    while count > 1 and len(zlib.compress(content.tobytes(), 6)) * 4 / 3 > room:
        count //= 2
        content = content[:, :, :count]
    if len(zlib.compress(content.tobytes(), 6)) * 4 / 3 > room:
        return None
    return KeptHistories(content, outcomes, numbers[:count], stored)


def replay_command(history: str) -> str:
    """Return the command that replays histories of a run, without point, regime and replication.

    Parameters
    ----------
    history : str
        The attribute of a result file: the command of the run, then lines on changes.

    Returns
    -------
    str
        Empty if it is no command of a run.
    """
    try:
        words = shlex.split(history.splitlines()[0])
    except (IndexError, ValueError):
        return ""
    if len(words) < 3 or words[1] not in ("run", "sweep"):
        return ""
    kept = [words[0], "replay", words[2]]
    for option, value in zip(words[3:], words[4:]):
        if option in REPLAYED:
            kept += [option, value]
        elif option == "--regime":
            kept += ["--of", value]
    return shlex.join(kept)
