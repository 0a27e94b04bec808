"""Histories as ``firebreak replay --json`` tells them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence

import numpy as np

from .report_provenance import ReportProvenance
from .results import ResultsError
from .text_files import read_text

MEMBERS = {
    "regime": str, "title": str, "replication": int, "seed": int, "horizon_days": int,
    "records": list, "outcomes": dict,
}
CAVEAT = "A history is one of many that the same parameters allow, and no forecast."


@dataclass(frozen=True)
class Timeline:
    """One history.

    Attributes
    ----------
    path : Path
        Of its file, for messages.
    history : dict
        The JSON object as docs/guide.md describes it.
    """

    path: Path
    history: dict[str, Any]

    @property
    def regime(self) -> str:
        """Name of the regime."""
        return self.history["regime"]

    @property
    def incidents(self) -> list[dict[str, Any]]:
        """Records of type incident, in their order."""
        return [record for record in self.history["records"] if record.get("type") == "incident"]

    def fire(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the days of ceasefire [d] and the violations of both sides on each of them.

        Raises
        ------
        ResultsError
            If the file tells of no days.
        """
        told = self.history.get("violations")
        try:
            days = np.asarray(told["day"], dtype=float)
            total = sum(np.asarray(told[side], dtype=float) for side in ("Russia", "Ukraine"))
        except (KeyError, TypeError, ValueError):
            raise ResultsError(
                f"{self.path}: does not tell the violations of its days (replay it again)"
            ) from None
        if days.shape != total.shape or days.ndim != 1:
            raise ResultsError(f"{self.path}: damaged, its violations have another number than its days")
        return days, total


def read_timeline(path: str | Path) -> Timeline:
    """Read one history and check that it is one.

    Parameters
    ----------
    path : str or Path
        What ``firebreak replay --json`` printed.

    Raises
    ------
    ResultsError
        If the file cannot be read, is cut short, is no JSON, or is something else.
    """
    path = Path(path)
    text = read_text(path)
    if not text.strip():
        raise ResultsError(f"{path}: is empty")
    try:
        history = json.loads(text)
    except ValueError as error:
        raise ResultsError(f"{path}: no JSON, or not written to its end ({error})")
    wrong = [
        name for name, kind in MEMBERS.items()
        if not isinstance(history, dict) or not isinstance(history.get(name), kind)
    ]
    if wrong:
        raise ResultsError(f"{path}: no history of firebreak replay (lacks {', '.join(wrong)})")
    return Timeline(path, history)


def provenance_of_timelines(timelines: Sequence[Timeline]) -> ReportProvenance:
    """Return what identifies the command behind the histories of one figure.

    Parameters
    ----------
    timelines : sequence of Timeline
        One or more.

    Raises
    ------
    ResultsError
        If they were told by different programs.
    """
    commits = {str(timeline.history.get("git_commit", "")) for timeline in timelines}
    if len(commits) > 1:
        raise ResultsError(
            f"{timelines[0].path} and others: told by different versions of the program"
        )
    first = timelines[0].history
    seeds = sorted({timeline.history["seed"] for timeline in timelines})
    told: dict[str, list[int]] = {}
    for timeline in timelines:
        told.setdefault(timeline.history["title"], []).append(timeline.history["replication"])
    named = "; ".join(
        f"{title}, replication{'' if len(numbers) == 1 else 's'} {_numbers(numbers)}"
        for title, numbers in told.items()
    )
    return ReportProvenance(
        git_commit=commits.pop(),
        seed=", ".join(map(str, seeds)),
        command=f"firebreak replay --regime {first['regime']} --replication "
                f"{first['replication']} --json" + (" and others" if len(timelines) > 1 else ""),
        firebreak_version=str(first.get("firebreak_version", "")),
        title=named,
        caveat=CAVEAT,
    )


def _numbers(values: Sequence[int]) -> str:
    ordered = sorted(set(values))
    if len(ordered) > 6:
        return f"{ordered[0]} to {ordered[-1]} ({len(ordered)} of them)"
    return ", ".join(map(str, ordered))
