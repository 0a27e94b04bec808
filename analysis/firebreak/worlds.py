"""Which design points are draws of their own, told from the values of the uncertain parameters."""

from __future__ import annotations

import numpy as np
import xarray as xr

from .factors import factors

DISTINCT = 0.9
"""Share of the values of every parameter that differ, from which on those that do not are chance."""


def worlds(results: xr.Dataset) -> np.ndarray:
    """Number the worlds of a design: points in different ones are independent draws.

    Combinations of uncertain values that have one in common are in one world, over any number of
    steps; the levels of a lever that is crossed with them share it. So each point of a sample is
    a world, and in Saltelli's the rows of one base point are; a grid, and one parameter moved at
    a time, are a single world: no sample. Where few values stand twice, as they do when a table
    is rounded, that is a chance and each combination is a world.

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
    uncertain = [factor for factor in factors(results) if factor.kind == "uncertainty"]
    if not uncertain:
        return np.zeros(points, dtype=np.int64)
    values = np.column_stack([
        np.ravel(np.unique(results[factor.variable].values, return_inverse=True)[1])
        for factor in uncertain
    ])
    combinations, of_point = np.unique(values, axis=0, return_inverse=True)
    return _in_order(_worlds_of(combinations)[np.ravel(of_point)])


def _worlds_of(combinations: np.ndarray) -> np.ndarray:
    """Return the world by combination of uncertain values, each value numbered."""
    count = len(combinations)
    fewest = min(len(np.unique(column)) for column in combinations.T)
    return np.arange(count) if fewest >= DISTINCT * count else _linked(combinations)


def _linked(combinations: np.ndarray) -> np.ndarray:
    """Number the sets of combinations that values in common join, over any number of steps."""
    parent = np.arange(len(combinations))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for column in combinations.T:
        order = np.argsort(column, kind="stable")
        for left, right in zip(order[:-1], order[1:]):
            if column[left] == column[right]:
                a, b = root(left), root(right)
                parent[max(a, b)] = min(a, b)
    return np.ravel(np.unique([root(one) for one in range(len(parent))], return_inverse=True)[1])


def _in_order(numbers: np.ndarray) -> np.ndarray:
    """Number anew in the order in which each comes first."""
    _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
    places = np.empty(len(first), dtype=np.int64)
    places[np.argsort(first)] = np.arange(len(first))
    return places[np.ravel(inverse)]
