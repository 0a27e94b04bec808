"""What varies over the design points of a file: the parameters, their units and ranges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr


@dataclass(frozen=True)
class Factor:
    """A parameter that varies over the design points.

    Attributes
    ----------
    variable : str
        Its variable in the result file.
    path : str
        Its path in the configuration, such as ``line.immigrant_rate``.
    kind : str
        ``lever`` or ``uncertainty``.
    units : str
        Unit of its values.
    distribution : str
        ``uniform``, ``log-uniform``, or ``fixed`` for a lever that takes given levels.
    low, high : float
        Ends of the distribution.
    """

    variable: str
    path: str
    kind: str
    units: str
    distribution: str
    low: float
    high: float


def factors(results: xr.Dataset) -> list[Factor]:
    """Return what varies in a file, in the order of the design.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.
    """
    found = []
    for name, variable in results.variables.items():
        if variable.dims != ("design_point",) or not is_factor(variable):
            continue
        found.append(
            Factor(
                variable=str(name),
                path=_text(variable.attrs["parameter"]),
                kind=_text(variable.attrs["kind"]),
                units=_text(variable.attrs["units"]),
                distribution=_text(variable.attrs["prior_distribution"]),
                low=_number(variable.attrs["prior_low"]),
                high=_number(variable.attrs["prior_high"]),
            )
        )
    return found


def is_factor(variable: xr.Variable | xr.DataArray) -> bool:
    """Return whether a variable of a result file holds the values of a varied parameter."""
    return "parameter" in variable.attrs and "prior_distribution" in variable.attrs


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _number(value: float | np.ndarray) -> float:
    return float(np.ravel(value)[0])
