"""Result files of designs with known answers, made from the synthetic ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

import h5py
import numpy as np

from synthetic_results import OUTCOMES, write_results

REGIMES = ("status-quo", "membership", "neutrality")
LEVER, RATE, FACTOR = "response.commitment", "line.immigrant_rate", "neutrality:commitment.aid_factor"
VARIABLES = {LEVER: "response_commitment", RATE: "line_immigrant_rate",
             FACTOR: "neutrality_commitment_aid_factor"}


def place_of(outcome: str) -> int:
    """Return the place of an outcome on its axis."""
    return OUTCOMES.index(outcome)


def write_design(path: Path, parameters: dict[str, np.ndarray], **how: Any) -> Path:
    """Write a file whose points have these values of some of its three parameters, and no others."""
    points = len(next(iter(parameters.values())))
    write_results(path, points=points, regimes=REGIMES, **how)
    with h5py.File(path, "r+") as file:
        for name, variable in VARIABLES.items():
            if name in parameters:
                file[variable][...] = parameters[name]
            else:
                del file[variable]
    return path


def set_difference(
    path: Path, regime: str, reference: str, outcome: str, values: np.ndarray, half: float
) -> None:
    """Give each point a difference at the horizon with an interval of this half-width."""
    at = np.s_[:, REGIMES.index(regime), REGIMES.index(reference), place_of(outcome), -1]
    with h5py.File(path, "r+") as file:
        lost = file["failed"][...] != 0
        for name, shift in (("", 0.0), ("_low", -half), ("_high", half)):
            file[f"difference{name}"][at] = np.where(lost, np.nan, values + shift)


def set_probability(path: Path, regime: str, outcome: str, values: np.ndarray, half: float) -> None:
    """Give each point a probability at the horizon with an interval of this half-width."""
    at = np.s_[:, REGIMES.index(regime), place_of(outcome), -1]
    with h5py.File(path, "r+") as file:
        lost = file["failed"][...] != 0
        for name, shift in (("", 0.0), ("_low", -half), ("_high", half)):
            file[f"probability{name}"][at] = np.where(lost, np.nan, values + shift)


def saltelli_rows(rows: int, factors: int, seed: int = 1) -> np.ndarray:
    """Return the points of a Saltelli design on the unit cube, as the program orders them."""
    draw = np.random.default_rng(seed).uniform(size=(rows, 2, factors))
    blocks = []
    for first, second in draw:
        mixed = np.tile(first, (factors, 1))
        np.fill_diagonal(mixed, second)
        blocks.append(np.vstack([first, mixed, second]))
    return np.vstack(blocks)


def saltelli_file(
    path: Path, rows: int, response: Callable[[np.ndarray, np.ndarray], np.ndarray], **how: Any
) -> Path:
    """Write a Saltelli design of two parameters whose collapse under status quo is as told."""
    unit = saltelli_rows(rows, 2)
    write_design(path, {RATE: 2.6 + 3.2 * unit[:, 0], FACTOR: 0.1 * 11 ** unit[:, 1]}, **how)
    set_probability(path, "status-quo", "collapse", response(unit[:, 0], unit[:, 1]), 0.001)
    return path
