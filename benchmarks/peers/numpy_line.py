"""The line in NumPy, all replications of a batch at once, a step of the loop per day."""

from __future__ import annotations

import numpy as np
from line_task import (
    BASELINE,
    BRANCHING,
    COMMANDS,
    CROSS,
    DAYS,
    FRAILTY_SHAPE,
    NEAR,
    OWN,
    RHO,
    SECTORS,
    check,
    time_it,
)


def simulate(rng: np.random.Generator, replications: int, days: int = DAYS) -> np.ndarray:
    """Return the totals of both sides, [replication, day, side]."""
    frailty = rng.gamma(FRAILTY_SHAPE, 1.0 / FRAILTY_SHAPE, (replications, 2, SECTORS))
    base = BASELINE * frailty
    memory = base / (1.0 - BRANCHING)
    totals = np.empty((replications, days, 2), dtype=np.int32)
    for day in range(days):
        neighbours = np.roll(memory, 1, axis=2) + np.roll(memory, -1, axis=2)
        intensity = base + OWN * memory + CROSS * memory[:, ::-1] + 0.5 * NEAR * neighbours
        violations = rng.poisson(intensity)
        memory = RHO * memory + (1.0 - RHO) * violations
        totals[:, day] = violations.sum(axis=2)
    return totals


def main() -> None:
    rng = np.random.default_rng(1)
    totals = simulate(rng, replications=1024, days=60)
    check("NumPy", 2.0 * totals.mean(axis=(1, 2)) / COMMANDS)
    for at_once in (64, 256, 1024):
        days = DAYS * 64 // at_once
        time_it(f"NumPy, {at_once} at once", lambda: simulate(rng, at_once, days), at_once, days)


if __name__ == "__main__":
    main()
