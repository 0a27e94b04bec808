"""Total indices by Jansen's estimator, from values in SALib's order."""

import numpy as np


def analyze(problem, Y, calc_second_order=True):  # noqa: N803 - the names are SALib's
    assert not calc_second_order
    count = problem["num_vars"]
    assert Y.ndim == 1 and Y.size % (count + 2) == 0 and np.isfinite(Y).all()
    blocks = Y.reshape(-1, count + 2)
    first, second = blocks[:, 0], blocks[:, -1]
    spread = np.var(np.concatenate([first, second]))
    total = ((first[:, None] - blocks[:, 1:-1]) ** 2).mean(axis=0) / (2 * spread)
    return {"ST": total, "ST_conf": np.zeros(count)}
