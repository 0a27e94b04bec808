"""The sampled parameters of a sweep as the problem that SALib wants to be given."""

from __future__ import annotations

import json
from typing import Any, Sequence

import xarray as xr

from .factors import Factor, factors
from .results import ResultsError

SALIB_DISTRIBUTIONS = {"uniform": "unif", "log-uniform": "logunif"}
"""SALib's words for the distributions that a parameter can be sampled from."""


def salib_problem(results: xr.Dataset) -> str:
    """Return SALib's problem as JSON: num_vars, names, bounds and dists of what is sampled.

    Levers at given levels are no part of it: with them, each combination of levels is a sample
    of its own. `logunif` needs a SALib that knows it.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.

    Raises
    ------
    ResultsError
        If nothing is sampled.
    """
    return json.dumps(problem_of(factors(results)), indent=2, ensure_ascii=False)


def problem_of(varied: Sequence[Factor]) -> dict[str, Any]:
    """Return SALib's problem of those parameters that are sampled from a distribution.

    Parameters
    ----------
    varied : sequence of Factor
        Of a file (`factors`) or of a study (`Experiments.parameters`).

    Raises
    ------
    ResultsError
        If nothing is sampled.
    """
    sampled = [factor for factor in varied if factor.distribution != "fixed"]
    if not sampled:
        raise ResultsError("nothing in the file is sampled from a distribution")
    return {
        "num_vars": len(sampled),
        "names": [factor.path for factor in sampled],
        "bounds": [[factor.low, factor.high] for factor in sampled],
        "dists": [SALIB_DISTRIBUTIONS[factor.distribution] for factor in sampled],
    }
