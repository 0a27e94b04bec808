"""A Saltelli sample in SALib's order: for each of N rows A, then A with each column from B, then B."""

import numpy as np


def sample(problem, N, calc_second_order=True, seed=None):  # noqa: N803 - the names are SALib's
    assert not calc_second_order
    count = problem["num_vars"]
    assert len(problem["names"]) == len(problem["bounds"]) == len(problem["dists"]) == count
    uniform = np.random.default_rng(seed).random((N, 2, count))
    rows = []
    for first, second in uniform:
        rows.append(first)
        for column in range(count):
            rows.append(np.where(np.arange(count) == column, second, first))
        rows.append(second)
    low, high = np.array(problem["bounds"]).T
    logarithmic = np.array(problem["dists"]) == "logunif"
    assert set(problem["dists"]) <= {"unif", "logunif"}
    scaled = low + np.array(rows) * (high - low)
    with np.errstate(invalid="ignore"):
        return np.where(logarithmic, low * (high / low) ** np.array(rows), scaled)
