"""Histories as firebreak replay tells them, small and with known contents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def incident(
    day: int, beliefs: list[float], *, opening: float | None = 1.0, origin: str = "Ukraine",
    by: str = "evidence", decided: float | None = None, level: str = "none",
    truth: float | None = None, kind: str = "stray",
) -> dict[str, Any]:
    """Return a record whose reports come at 1, 2, 4 ... hours and leave these log-odds."""
    hours = [2.0**number for number in range(len(beliefs))]
    before = [opening if opening is not None else 0.0, *beliefs[:-1]]
    decided = decided if decided is not None else (hours[-1] if hours else 5.0)
    known = [b for h, b in zip([0, *hours], [before[0] if before else 0.0, *beliefs]) if h <= decided]
    probability = 1 / (1 + 2.718281828459045 ** -known[-1])
    return {
        "day": day, "date": "Y1-01-01", "type": "incident",
        "incident": {"kind": kind, "number": 0, "origin": origin, "territory": "POL"},
        "judgement": {
            "overt": False, "probability_russia": probability, "decided_by": by,
            "misattributed": (probability > 0.5) != (origin == "Russia"),
            "decided_hours": decided, "settled_hours": None, "truth_hours": truth,
            "opening_log_odds": opening,
            "reports": [
                {"hours": hour, "names_russia": after > old, "log_odds": after}
                for hour, old, after in zip(hours, before, beliefs)
            ],
        },
        "response": {"level": level}, "crisis": None,
    }


def history(
    records: list[dict[str, Any]] | None = None, *, replication: int = 3,
    regime: str = "membership", days: list[int] | None = None, fire: list[int] | None = None,
    commit: str = "0123456789abcdef",
) -> dict[str, Any]:
    """Return a whole history; of its fire Russia has one a day less than Ukraine."""
    fire = fire if fire is not None else [10, 30, 90]
    days = days if days is not None else list(range(len(fire)))
    return {
        "regime": regime, "title": regime.capitalize(), "replication": replication,
        "seed": 20221115, "horizon_days": 1826, "records": records or [], "outcomes": {},
        "first_clash": None, "events": {}, "ceasefire_days": len(days),
        "violations": {"day": days, "Russia": [total // 2 for total in fire],
                       "Ukraine": [total - total // 2 for total in fire]},
        "settling_threshold": 4.5, "firebreak_version": "0.1.0", "git_commit": commit,
    }


def write_history(path: Path, *records: dict[str, Any], **how: Any) -> Path:
    """Write a history and return its path."""
    path.write_text(json.dumps(history(list(records), **how)), encoding="utf-8")
    return path
