"""Which design points are draws of their own, told from the values of the uncertain parameters."""

from __future__ import annotations

import numpy as np
import xarray as xr

from .factors import factors

DISTINCT = 0.75
"""Share of distinct values among the combinations, in the parameter that has most of them, from which
on they are a sample. Other designs have two thirds at the most (radial ones of two parameters; half in
Saltelli's and in grids), draws from the tables of posteriors, with their copies, four fifths and more."""


def worlds(results: xr.Dataset) -> np.ndarray:
    """Number the worlds of a design: points in different ones are independent draws.

    In a sample each combination of uncertain values is a world, and the levels of a lever that is
    crossed with them share it. It is told by one parameter at least of which nearly all values
    differ: others may stand twice, by rounding or as copies in the table of a posterior. In other
    designs combinations that have a value in common, over any number of steps, are one world: in
    Saltelli's the rows of one base point are; a grid, and parameters moved one at a time, are a
    single world. Of a single parameter a grid cannot be told from a sample, and is taken for one,
    which widens intervals.

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
    moved = values != values[0]
    if moved.any(axis=0).sum() > 1 and (moved.sum(axis=1) <= 1).all():
        return np.zeros(points, dtype=np.int64)
    combinations, of_point = np.unique(values, axis=0, return_inverse=True)
    return _in_order(_worlds_of(combinations)[np.ravel(of_point)])


def _worlds_of(combinations: np.ndarray) -> np.ndarray:
    """Return the world by combination of uncertain values, each value numbered."""
    count = len(combinations)
    most = max(len(np.unique(column)) for column in combinations.T)
    return np.arange(count) if most >= DISTINCT * count else _linked(combinations)


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
