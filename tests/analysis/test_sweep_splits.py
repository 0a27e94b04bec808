"""The thirds of a deciding parameter: which points, and what is said of them."""

import numpy as np
import pytest

import firebreak
from firebreak.deciding_parameters import parameter_table
from firebreak.sweep import read_sweep
from firebreak.sweep_splits import split_table
from synthetic_results import write_results

POINTS = 30
REGIMES = ("status-quo", "membership", "neutrality")


@pytest.fixture(scope="module")
def sweep(tmp_path_factory):
    """Membership's collapse rises with the first parameter, from -0.3 to 0.29; all else is noise."""
    path = write_results(tmp_path_factory.mktemp("splits") / "x.h5", points=POINTS, regimes=REGIMES)
    with firebreak.open_results(path) as results:
        read = read_sweep(results, ["collapse"])
    draw = np.random.default_rng(4)
    names = [factor.variable for factor in firebreak.factors.factors(read)]
    for name in names:
        read[name][:] = draw.permutation(np.linspace(1, 2, POINTS))
    order = np.argsort(np.argsort(read[names[0]].values))
    value = (order - POINTS / 2) / 50
    for regime, values in (("membership", value), ("neutrality", draw.normal(0, 0.1, POINTS))):
        read.difference.loc[{"regime": regime, "outcome": "collapse"}] = values
        read.difference_low.loc[{"regime": regime, "outcome": "collapse"}] = values - 0.055
        read.difference_high.loc[{"regime": regime, "outcome": "collapse"}] = values + 0.055
    return read


@pytest.fixture(scope="module")
def splits(sweep):
    return split_table(sweep, parameter_table(sweep, ["membership", "neutrality"]), 2)


def test_only_what_chance_does_not_make_is_split_by(splits, sweep):
    first = firebreak.factors.factors(sweep)[0].path
    assert set(splits.regime) == {"membership"}
    assert list(splits.parameter) == [first, first]
    assert list(splits.third) == ["lower", "upper"]


def test_thirds_are_the_lowest_and_the_highest_ten_of_thirty(splits):
    lower, upper = splits.itertuples()
    assert (lower.points, upper.points) == (10, 10)
    assert lower.value_high < upper.value_low
    assert (lower.value_low, upper.value_high) == (1, 2)
    assert lower.median == pytest.approx(np.median(np.arange(-15, -5)) / 50)
    assert upper.median == pytest.approx(np.median(np.arange(5, 15)) / 50)


def test_shares_are_of_the_points_in_the_third(splits):
    lower, upper = splits.itertuples()
    assert (lower.lower, lower.higher) == (1, 0)  # -0.3 to -0.12, intervals of 0.055
    assert (upper.lower, upper.higher) == (0, 1)  # 0.1 to 0.28


def test_coefficients_are_those_of_the_table(splits, sweep):
    table = parameter_table(sweep, ["membership"])
    row = table[(table.quantity == "difference") & (table.place == 1)].iloc[0]
    assert set(splits.coefficient) == {row.coefficient}
    assert row.coefficient > 0.9


def test_parameters_of_another_sweep_are_refused(sweep):
    table = parameter_table(sweep, ["membership"]).assign(parameter="line.unheard_of")
    with pytest.raises(firebreak.ResultsError, match="line.unheard_of does not vary"):
        split_table(sweep, table, 1)
