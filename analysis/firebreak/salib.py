"""The sampled parameters of a sweep as the problem that SALib wants to be given."""

from __future__ import annotations

import json

import xarray as xr

from .factors import factors
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
    sampled = [factor for factor in factors(results) if factor.distribution != "fixed"]
    if not sampled:
        raise ResultsError("nothing in the file is sampled from a distribution")
    problem = {
        "num_vars": len(sampled),
        "names": [factor.path for factor in sampled],
        "bounds": [[factor.low, factor.high] for factor in sampled],
        "dists": [SALIB_DISTRIBUTIONS[factor.distribution] for factor in sampled],
    }
    return json.dumps(problem, indent=2, ensure_ascii=False)
