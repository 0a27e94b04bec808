"""What the page knows: names, provenance and parameters as JSON, estimates and histories packed."""

from __future__ import annotations

from pathlib import Path
from statistics import NormalDist
from typing import Any, Sequence

import numpy as np
import xarray as xr

from ..factors import factors
from ..labels import families, outcome_label, regime_label
from ..provenance import provenance_of
from ..results import open_results
from ..student import student_quantile
from ..sweep import OUTCOMES
from ..worlds import worlds
from . import meanings
from .kept_histories import LARGEST_HISTORIES, read_histories, replay_command
from .numbers import read_numbers
from .packed import pack, text_size

LARGEST_DATA = 4_300_000
"""Bytes of numbers, as text, that a page may hold: with all else it then stays below 5 MB."""
MOST_QUANTILES = 120
"""Degrees of freedom that quantiles are listed for; beyond, they are interpolated in 1/freedom."""


def page_content(
    path: str | Path, outcomes: Sequence[str] | None = None, regimes: Sequence[str] | None = None
) -> dict[str, Any]:
    """Return all that the page is made from, as values that JSON can hold.

    Parameters
    ----------
    path : str or Path
        Result file.
    outcomes, regimes : sequence of str, optional
        All that fit if omitted.

    Raises
    ------
    ResultsError
        If the file or the choice cannot be served.
    """
    with open_results(path) as results:
        varied = factors(results)
        values = np.array([results[factor.variable].values for factor in varied], dtype=np.float64)
        numbers = read_numbers(results, outcomes, regimes, LARGEST_DATA - text_size(values))
        about = _about(results, Path(path).name)
        numbered = worlds(results)
        parameters = [_parameter(results, factor) for factor in varied]
        failed = results.failed.values if "failed" in results else np.zeros(numbered.size)
        replications = results.replications.sel(regime=numbers.regimes).values
        time = results.time.values[numbers.times]
        days = results.day.values if "day" in results else np.round(results.time.values * 365.25)
        estimator = results.estimator.sel(outcome=numbers.outcomes).values
        points = results.design_point.values
        summaries = meanings.regime_summaries(_text(results.attrs.get("configuration", "")))
        reference = str(results.attrs.get("reference_regime", "status-quo"))
    arrays = {**numbers.arrays, "replications": replications.astype(np.int32), "parameters": values}
    size = sum(text_size(array) for array in arrays.values())
    room = min(LARGEST_HISTORIES, LARGEST_DATA - size)
    histories = read_histories(str(path), numbers.regimes, room)
    if histories is not None:
        arrays["first_day"] = histories.first_day
    lines = families(numbers.regimes)
    family = {name: group.title for group in lines for name in group.regimes}
    level = about["confidence_level"]
    main = [name for name in OUTCOMES if name in numbers.outcomes] or numbers.outcomes[:2]
    freedoms = range(1, min(int(numbered.max()) + 1, MOST_QUANTILES) + 1)
    return {
        **about,
        "regimes": [
            {"name": name, "label": regime_label(name), "family": family[name],
             "meaning": summaries.get(name, "")}
            for name in numbers.regimes
        ],
        "references": numbers.references,
        "reference": reference if reference in numbers.references else numbers.references[0],
        "outcomes": [
            {"name": name, "label": outcome_label(name), "weighted": bool(kind),
             "meaning": meanings.OUTCOMES.get(name, "")}
            for name, kind in zip(numbers.outcomes, estimator)
        ],
        "main_outcomes": main,
        "shown_outcomes": main[:2],
        "times": [
            {"day": int(days[place]), "years": float(years)}
            for place, years in zip(numbers.times, time)
        ],
        "points": [int(number) for number in points],
        "failed": [int(number) for number in points[failed != 0]],
        "worlds": [int(number) for number in numbered],
        "parameters": parameters,
        "quantiles": {
            "normal": NormalDist().inv_cdf((1 + level) / 2),
            "student": [student_quantile(level, freedom) for freedom in freedoms],
        },
        "left_out": numbers.left_out,
        "histories": None if histories is None else {
            "outcomes": [
                {"name": name, "label": outcome_label(name)} for name in histories.outcomes
            ],
            "replications": histories.replications,
            "stored": histories.stored,
        },
        "packed": pack(arrays),
    }


def _about(results: xr.Dataset, name: str) -> dict[str, Any]:
    every = int(results.sizes["design_point"])
    failed = int((results.failed.values != 0).sum()) if "failed" in results else 0
    shown = results[["replications"]]
    if failed < every and "failed" in results:
        shown = shown.isel(design_point=np.flatnonzero(results.failed.values == 0))
    if every == 1:
        shown = shown.isel(design_point=0)
    provenance = provenance_of(shown.assign_attrs(design_points=every, failed_points=failed))
    history = _text(results.attrs.get("history", ""))
    return {
        "file": name,
        "title": provenance.title,
        "question": _text(results.attrs.get("question", "")),
        "caveat": provenance.caveat,
        "sentence": provenance.sentence(),
        "provenance": provenance.to_json(),
        "confidence_level": provenance.confidence_level,
        "history": history,
        "replay": replay_command(history),
    }


def _parameter(results: xr.Dataset, factor: Any) -> dict[str, Any]:
    variable = results[factor.variable]
    return {
        "path": factor.path,
        "meaning": _text(variable.attrs.get("long_name", "")).rstrip("."),
        "kind": factor.kind,
        "unit": factor.units,
        "log": factor.distribution == "log-uniform" and bool((variable.values > 0).all()),
    }


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
