"""Which design points are draws of their own: those that share no value of an uncertain parameter."""

from __future__ import annotations

import numpy as np
import xarray as xr

from .factors import factors


def worlds(results: xr.Dataset) -> np.ndarray:
    """Number the worlds of a design: points that share a value of an uncertainty are in one.

    In a sample each point is a world. Where worlds are crossed with a lever's levels, the levels
    of one share it; in Saltelli's sample so do the rows of one base point. A grid, and one
    parameter moved at a time, is a single world: no sample.

    Parameters
    ----------
    results : xarray.Dataset
        As returned by `open_results`.

    Returns
    -------
    numpy.ndarray
        Number of the world by design point, from 0 in the order of the first points.
    """
    points = int(results.sizes["design_point"])
    parent = np.arange(points)

    def root(point: int) -> int:
        while parent[point] != point:
            parent[point] = parent[parent[point]]
            point = parent[point]
        return point

    for factor in factors(results):
        if factor.kind != "uncertainty":
            continue
        _, group = np.unique(results[factor.variable].values, return_inverse=True)
        order = np.argsort(group, kind="stable")
        for left, right in zip(order[:-1], order[1:]):
            if group[left] == group[right]:
                a, b = root(left), root(right)
                parent[max(a, b)] = min(a, b)
    if not any(factor.kind == "uncertainty" for factor in factors(results)):
        return np.zeros(points, dtype=np.int64)
    _, numbers = np.unique([root(point) for point in range(points)], return_inverse=True)
    return np.ravel(numbers).astype(np.int64)
