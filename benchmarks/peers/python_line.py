"""The line as an agent-based model in plain Python: an object per command, each stepped once a
day, as frameworks such as Mesa do it. Slow, hence few days."""

from __future__ import annotations

import math
import random

from line_task import (
    BASELINE,
    BRANCHING,
    COMMANDS,
    CROSS,
    FRAILTY_SHAPE,
    NEAR,
    OWN,
    RHO,
    SECTORS,
    check,
    time_it,
)


class Command:
    """One side's command of a sector."""

    def __init__(self, model: Model) -> None:
        self.model = model
        frailty = model.random.gammavariate(FRAILTY_SHAPE, 1.0 / FRAILTY_SHAPE)
        self.base = BASELINE * frailty
        self.memory = self.base / (1.0 - BRANCHING)
        self.count = 0

    def meet(self, opponent: Command, left: Command, right: Command) -> None:
        self.opponent = opponent
        self.left = left
        self.right = right

    def fire(self) -> None:
        intensity = (
            self.base
            + OWN * self.memory
            + CROSS * self.opponent.memory
            + 0.5 * NEAR * (self.left.memory + self.right.memory)
        )
        self.count = self.model.poisson(intensity)

    def remember(self) -> None:
        self.memory = RHO * self.memory + (1.0 - RHO) * self.count


class Model:
    """The line of contact on one day after the other."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        sides = [[Command(self) for _ in range(SECTORS)] for _ in range(2)]
        for side in range(2):
            own, other = sides[side], sides[1 - side]
            for s in range(SECTORS):
                own[s].meet(other[s], own[s - 1], own[(s + 1) % SECTORS])
        self.sides = sides
        self.agents = sides[0] + sides[1]
        self.totals: list[tuple[int, int]] = []

    def poisson(self, mean: float) -> int:
        """Sequential inversion, as the standard library draws no Poisson numbers."""
        u = self.random.random()
        count = 0
        term = math.exp(-mean)
        while u > term and count < 1000:
            u -= term
            count += 1
            term *= mean / count
        return count

    def step(self) -> None:
        for agent in self.agents:
            agent.fire()
        for agent in self.agents:
            agent.remember()
        russia, ukraine = (sum(one.count for one in side) for side in self.sides)
        self.totals.append((russia, ukraine))


def simulate(seed: int, days: int) -> list[tuple[int, int]]:
    """Return the totals of both sides, day after day."""
    model = Model(seed)
    for _ in range(days):
        model.step()
    return model.totals


def mean_of(totals: list[tuple[int, int]]) -> float:
    """Return violations per command and day."""
    return sum(map(sum, totals)) / (len(totals) * COMMANDS)


def main() -> None:
    check("Python objects", [mean_of(simulate(seed, days=20)) for seed in range(400)])

    def run() -> None:
        for seed in range(40):
            simulate(seed, days=100)

    time_it("Python objects", run, replications=40, days=100)


if __name__ == "__main__":
    main()
