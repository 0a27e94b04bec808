"""The estimates that the page holds, and what is left out where the file is large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Sequence

import numpy as np
import xarray as xr

from ..labels import in_family_order
from ..results import ResultsError, require
from ..sweep import OUTCOMES

QUANTITIES = ("probability", "difference")
ENDS = ("", "_low", "_high")


@dataclass(frozen=True)
class Numbers:
    """What a page holds of a file.

    Attributes
    ----------
    regimes, references, outcomes : list of str
        In the order of the arrays.
    times : list of int
        Places of the checkpoints in the file.
    arrays : dict
        `probability`, `probability_low`, `probability_high` (point, regime, outcome, time) and
        the same of `difference` (point, regime, reference, outcome, time).
    left_out : list of str
        Sentences that say what of the file the page does not have.
    """

    regimes: list[str]
    references: list[str]
    outcomes: list[str]
    times: list[int]
    arrays: dict[str, np.ndarray]
    left_out: list[str]


def read_numbers(
    results: xr.Dataset, outcomes: Sequence[str] | None, regimes: Sequence[str] | None, room: int
) -> Numbers:
    """Read the estimates, as many outcomes and checkpoints as fit a page.

    Of one design point they are those of the file to the last bit, of many in single precision
    (seven digits).

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.
    outcomes, regimes : sequence of str, optional
        All that fit if omitted.
    room : int
        Bytes of text that they may take.

    Raises
    ------
    ResultsError
        If there is no such outcome or regime, all points failed, too much was asked for, or the
        file is damaged.
    """
    points = int(results.sizes["design_point"])
    if "failed" in results and bool((results.failed.values != 0).all()):
        raise ResultsError("all design points failed, there is nothing to show")
    every = [str(name) for name in results.outcome.values]
    all_regimes = [str(name) for name in results.regime.values]
    asked = [require(results, "outcome", name) for name in dict.fromkeys(outcomes or every)]
    kept = in_family_order(
        [require(results, "regime", name) for name in dict.fromkeys(regimes or all_regimes)]
    )
    references = [name for name in kept if name in set(map(str, results.reference.values))]
    if not references:
        known = ", ".join(map(str, results.reference.values))
        raise ResultsError(f"no reference among the regimes (differences are from: {known})")
    kind = np.float64 if points == 1 else np.float32
    each = points * len(kept) * 3 * (1 + len(references)) * np.dtype(kind).itemsize * 4 // 3
    for chosen, times in _choices(asked, outcomes is None, int(results.sizes["time"])):
        if each * len(chosen) * len(times) <= room:
            break
    else:
        raise ResultsError(
            f"{points:,} design points with {len(kept)} regimes and {len(chosen)} outcomes are too "
            "many for one page (choose fewer with --regime and --outcome)"
        )
    try:
        at = results.isel(time=times).sel(outcome=chosen, regime=kept)
        arrays = {
            f"{name}{end}": at[f"{name}{end}"].sel(
                **({"reference": references} if name == "difference" else {})
            ).values.astype(kind)
            for name in QUANTITIES for end in ENDS
        }
    except (OSError, RuntimeError, ValueError) as error:
        why = " ".join(str(error).split())
        raise ResultsError(f"the file is damaged, an array cannot be read ({why})")
    return Numbers(kept, references, chosen, times, arrays, _left_out(results, chosen, kept, times))


def _choices(
    asked: list[str], may_choose: bool, checkpoints: int
) -> Iterator[tuple[list[str], list[int]]]:
    every = list(range(checkpoints))
    yield asked, every
    main = [name for name in OUTCOMES if name in asked]
    chosen = main if may_choose and main else asked
    while True:
        yield chosen, every
        if len(every) == 1:
            return
        every = every[-1::-2][::-1]  # every other, the horizon among them


def _left_out(
    results: xr.Dataset, outcomes: list[str], regimes: list[str], times: list[int]
) -> list[str]:
    said = []
    for what, kept, option in (
        ("outcome", len(outcomes), " (--outcome chooses others)"),
        ("regime", len(regimes), " (--regime chooses others)"),
        ("time", len(times), ""),
    ):
        held = int(results.sizes[what])
        if kept < held:
            name = "checkpoint" if what == "time" else what
            said.append(f"The page has {kept} of the file\u2019s {held} {name}s{option}.")
    return said
