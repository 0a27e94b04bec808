"""Which design points are draws of their own: samples, with copies too, and designs that are none."""

import numpy as np
import pytest
import xarray as xr

from firebreak.conditional import mean_over_points
from firebreak.worlds import worlds
from synthetic_designs import saltelli_rows

ROWS = 1000


def design(**columns):
    """A dataset with nothing but design points and their parameters."""
    points = len(next(iter(columns.values()))[1])
    about = {"units": "1", "prior_distribution": "uniform", "prior_low": 0.0, "prior_high": 1.0}
    return xr.Dataset(
        {
            name: ("design_point", np.asarray(values, dtype=float),
                   {**about, "parameter": name, "kind": kind})
            for name, (kind, values) in columns.items()
        },
        coords={"design_point": np.arange(points)},
    )


def uncertain(values):
    """A dataset of uncertain parameters alone, a column of values for each."""
    return design(**{f"p{number}": ("uncertainty", column) for number, column in enumerate(values.T)})


def table_with_copies(draw, copied=0.15, blocks=4):
    """A posterior: blocks of three parameters whose draws are copied whole here and there."""
    columns = []
    for _ in range(blocks):
        block = draw.random((ROWS, 3))
        to = draw.choice(ROWS, int(copied * ROWS), replace=False)
        block[to] = block[draw.choice(np.setdiff1d(np.arange(ROWS), to), to.size)]
        columns.append(block)
    return np.hstack(columns)


def test_worlds_are_points_that_share_no_uncertain_value_but_by_chance():
    sample = design(a=("uncertainty", [0.1, 0.2, 0.3]), b=("uncertainty", [0.5, 0.4, 0.6]))
    assert list(worlds(sample)) == [0, 1, 2]
    crossed = design(a=("uncertainty", [0.1, 0.1, 0.3, 0.3]), lever=("lever", [1, 2, 1, 2]))
    assert list(worlds(crossed)) == [0, 0, 1, 1]
    saltelli = design(a=("uncertainty", [0.1, 0.6, 0.1, 0.6, 0.2, 0.7, 0.2, 0.7]),
                      b=("uncertainty", [0.3, 0.3, 0.8, 0.8, 0.4, 0.4, 0.9, 0.9]))
    assert list(worlds(saltelli)) == [0, 0, 0, 0, 1, 1, 1, 1]
    grid = design(a=("uncertainty", [0, 0, 1, 1]), b=("uncertainty", [0, 1, 0, 1]))
    assert list(worlds(grid)) == [0, 0, 0, 0]
    assert list(worlds(design(lever=("lever", [1, 2])))) == [0, 0]
    moved = design(a=("uncertainty", [1, 0, 2, 1, 1]), b=("uncertainty", [1, 1, 1, 0, 2]))
    assert list(worlds(moved)) == [0, 0, 0, 0, 0]
    # A sample of which a value or two stand twice by rounding, and one that is too coarse to tell.
    ties = design(a=("uncertainty", [*range(19), 18]), b=("uncertainty", [0, 0, *range(2, 20)]))
    assert list(worlds(ties)) == list(range(20))
    coarse = design(a=("uncertainty", [1, 1, 3, 3, 5, 6]), b=("uncertainty", [5, 4, 4, 6, 7, 7]))
    assert list(worlds(coarse)) == [0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize(("points", "copied"), [(512, 0.25), (1024, 0.15), (4096, 0.15)])
def test_copies_in_a_table_do_not_join_the_points_drawn_from_it(points, copied):
    # As the program does: one row at every point, taken evenly over the table, and priors besides.
    draw = np.random.default_rng(3)
    row = ((np.arange(points) + draw.random()) / points * ROWS).astype(int)
    table = table_with_copies(draw, copied)[draw.permutation(row)]
    assert all(len(np.unique(column)) < 0.9 * points for column in table.T)
    with_priors = np.hstack([table, draw.random((points, 2))])
    assert list(worlds(uncertain(with_priors))) == list(range(points))
    # Without priors a row that is taken twice is the same world twice.
    assert len(np.unique(worlds(uncertain(table)))) == min(points, ROWS)


def test_intervals_over_a_table_with_copies_cover_its_mean():
    # 1,000 points drawn at will from the table and a prior, 400 times: intervals of 95 % cover at least 366
    # times and at most 392 times, but for chances of 1.1e-3 and 6e-4.
    draw = np.random.default_rng(4)
    table = table_with_copies(draw)
    weights = draw.random(table.shape[1])
    truth = float((table @ weights).mean()) + 0.5
    covered = 0
    for _ in range(400):
        values = np.column_stack([table[draw.integers(ROWS, size=1000)], draw.random(1000)])
        estimate = values @ [*weights, 1.0]
        mean = mean_over_points(
            estimate, estimate, estimate, worlds(uncertain(values)), 0.95, (-np.inf, np.inf)
        )
        covered += mean.low < truth < mean.high
    assert 366 <= covered <= 392


@pytest.mark.parametrize(("factors", "expected"), [(1, 128), (2, 64), (3, 64), (8, 64)])
def test_rows_of_one_base_point_of_saltellis_are_a_world(factors, expected):
    # Of one parameter the base row and the other are draws of their own, and nothing is mixed.
    found = worlds(uncertain(saltelli_rows(64, factors)))
    assert len(np.unique(found)) == expected
    if factors > 1:
        assert list(found) == list(np.repeat(np.arange(64), factors + 2))


def test_a_radial_design_of_two_parameters_has_a_world_by_centre():
    draw = np.random.default_rng(5).random((50, 2, 2))
    points = [[a, (b[0], a[1]), (a[0], b[1])] for a, b in draw]
    found = worlds(uncertain(np.asarray([row for centre in points for row in centre])))
    assert list(found) == list(np.repeat(np.arange(50), 3))


def test_moving_one_parameter_far_oftener_than_the_other_is_no_sample():
    first = np.r_[0.0, np.arange(1, 20), 0.0]
    second = np.r_[np.zeros(20), 1.0]
    assert set(worlds(uncertain(np.column_stack([first, second])))) == {0}
