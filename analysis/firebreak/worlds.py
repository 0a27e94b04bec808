"""Which design points are draws of their own, told from the values of the uncertain parameters."""

from __future__ import annotations

import numpy as np
import xarray as xr

from .factors import factors


def worlds(results: xr.Dataset) -> np.ndarray:
    """Number the worlds of a design: points in different ones are independent draws.

    In a sample each combination of uncertain values is a world, also where some values are rounded
    and stand in several; the levels of a lever that is crossed with them share it. In Saltelli's
    sample the rows of one base point are one world. A full grid, and one parameter moved at a
    time, are a single world: no sample.

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
    count, dimensions = combinations.shape
    if _is_grid(combinations) or _moves_one_at_a_time(combinations):
        return np.zeros(count, dtype=np.int64)
    linked = _linked(combinations)
    sizes = set(np.bincount(linked))
    if sizes in ({dimensions + 2}, {2 * dimensions + 2}):
        return linked  # Saltelli's sample, without or with second-order rows
    return np.arange(count)


def _is_grid(combinations: np.ndarray) -> bool:
    levels = [len(np.unique(column)) for column in combinations.T]
    return len(levels) > 1 and min(levels) > 1 and np.prod(levels) == len(combinations)


def _moves_one_at_a_time(combinations: np.ndarray) -> bool:
    """Whether all differ from the commonest combination in one value."""
    if combinations.shape[1] < 2 or len(combinations) < 3:
        return False
    usual = [np.bincount(column).argmax() for column in combinations.T]
    return bool(((combinations != usual).sum(axis=1) <= 1).all())


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
