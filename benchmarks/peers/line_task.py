"""What every Python peer simulates, how its answer is checked and how it is timed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

SECTORS = 24
DAYS = 1826
BASELINE = 4.5
OWN = 0.35
CROSS = 0.30
NEAR = 0.10
RHO = 0.6
FRAILTY_SHAPE = 4.0

COMMANDS = 2 * SECTORS
BRANCHING = OWN + CROSS + NEAR
EXPECTED_MEAN = BASELINE / (1.0 - BRANCHING)


def check(name: str, means: Sequence[float]) -> None:
    """Exit where the mean of the replications is not 18 within 5 standard errors."""
    count = len(means)
    mean = math.fsum(means) / count
    variance = math.fsum((one - mean) ** 2 for one in means) / (count - 1)
    error = math.sqrt(variance / count)
    if not abs(mean - EXPECTED_MEAN) < 5.0 * error:
        raise SystemExit(f"{name}: wrong answer, mean {mean:.3f} (standard error {error:.3f})")


def time_it(name: str, run: Callable[[], object], replications: int, days: int = DAYS) -> None:
    """Print the best of three runs in processor time. Replications are of five years, whatever
    the days that were timed."""
    seconds = math.inf
    for _ in range(3):
        start = time.process_time()
        run()
        seconds = min(seconds, time.process_time() - start)
    per_command_day = seconds / (replications * days * COMMANDS)
    per_second = 1.0 / (per_command_day * DAYS * COMMANDS)
    print(
        f"{name}: {1e9 * per_command_day:.1f} ns per command-day, "
        f"{per_second:.2f} replications/s",
        flush=True,
    )
