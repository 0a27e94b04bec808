"""The line in Numba: plain loops, compiled, with its own generator and Poisson sampler."""

from __future__ import annotations

try:
    import numba
    import numpy as np
except ImportError:
    raise SystemExit("Numba: skipped, not installed (Debian: python3-numba)") from None

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


@numba.njit
def simulate(seed, replications, days):
    """Return the totals of both sides, [replication, day, side]."""
    np.random.seed(seed)
    totals = np.zeros((replications, days, 2), dtype=np.int32)
    base = np.empty((2, SECTORS))
    memory = np.empty((2, SECTORS))
    violations = np.empty((2, SECTORS), dtype=np.int32)
    for replication in range(replications):
        for side in range(2):
            for sector in range(SECTORS):
                frailty = np.random.gamma(FRAILTY_SHAPE, 1.0 / FRAILTY_SHAPE)
                base[side, sector] = BASELINE * frailty
                memory[side, sector] = base[side, sector] / (1.0 - BRANCHING)
        for day in range(days):
            for side in range(2):
                for sector in range(SECTORS):
                    left = memory[side, sector - 1]
                    right = memory[side, (sector + 1) % SECTORS]
                    intensity = (
                        base[side, sector]
                        + OWN * memory[side, sector]
                        + CROSS * memory[1 - side, sector]
                        + 0.5 * NEAR * (left + right)
                    )
                    count = np.random.poisson(intensity)
                    violations[side, sector] = count
                    totals[replication, day, side] += count
            for side in range(2):
                for sector in range(SECTORS):
                    kept = RHO * memory[side, sector]
                    memory[side, sector] = kept + (1.0 - RHO) * violations[side, sector]
    return totals


def main() -> None:
    totals = simulate(1, 1024, 60)
    check("Numba", 2.0 * totals.mean(axis=(1, 2)) / COMMANDS)
    time_it("Numba", lambda: simulate(2, 64, DAYS), 64)


if __name__ == "__main__":
    main()
