"""Sobol indices of a Saltelli design: known answers, failed points, other designs."""

import h5py
import numpy as np
import pytest

import firebreak
from drawn import artist, hanging, panel
from firebreak import ResultsError
from firebreak.__main__ import main
from firebreak.deciding_parameters import Quantity
from firebreak.figures import sobol_indices as figure_of
from firebreak.sobol_indices import saltelli_design, sobol_indices
from firebreak.style import ONE_COLUMN
from firebreak.sweep import read_points
from synthetic_designs import (
    FACTOR, LEVER, RATE, saltelli_file, saltelli_rows, set_probability, write_design,
)

LEVEL = Quantity("probability", "status-quo")
# Of 0.3 a + 0.1 b + 0.4 (a - 1/2)(b - 1/2) on the unit square: variances of the three terms.
PARTS = np.array([0.3**2 / 12, 0.1**2 / 12, 0.4**2 / 144])


def response(a, b):
    return 0.1 + 0.3 * a + 0.1 * b + 0.4 * (a - 0.5) * (b - 0.5)


@pytest.fixture(scope="module")
def indexed_file(folder):
    return saltelli_file(folder / "saltelli.h5", 600, response)


def read(path):
    with firebreak.open_results(path) as results:
        return read_points(results, ["collapse"])


def table_of(path, combination=0):
    points = read(path)
    design = saltelli_design(points, combination)
    return points, design, sobol_indices(points, design, LEVEL, "collapse").set_index("parameter")


def test_indices_are_those_of_a_function_that_is_known(indexed_file):
    _, _, table = table_of(indexed_file)
    whole = PARTS.sum()
    # 600 rows: the tolerance is some three standard errors of each estimate (fixed sample).
    assert table["first"][RATE] == pytest.approx(PARTS[0] / whole, abs=0.12)
    assert table["first"][FACTOR] == pytest.approx(PARTS[1] / whole, abs=0.12)
    assert table["total"][RATE] == pytest.approx((PARTS[0] + PARTS[2]) / whole, abs=0.1)
    assert table["total"][FACTOR] == pytest.approx((PARTS[1] + PARTS[2]) / whole, abs=0.1)
    for name in ("first", "total"):
        assert (table[f"{name}_low"] < table[name]).all() and (table[name] < table[f"{name}_high"]).all()
        assert (table[f"{name}_high"] - table[f"{name}_low"] < 0.5).all()


def test_a_parameter_that_does_nothing_has_indices_of_zero_exactly(folder):
    path = saltelli_file(folder / "idle.h5", 20, lambda a, b: 0.2 + 0.3 * a)
    _, _, table = table_of(path)
    assert table["total"][FACTOR] == 0 and table["first"][FACTOR] == pytest.approx(0, abs=1e-12)
    assert table["total"][RATE] > 0.5


def test_what_never_varies_has_no_indices_and_says_so(folder):
    path = saltelli_file(folder / "still.h5", 10, lambda a, b: 0.2 + 0 * a)
    points, design, table = table_of(path)
    assert table[["first", "total", "first_low", "total_high"]].isna().all(axis=None)
    drawing = figure_of.draw(points, design, table.reset_index(), "collapse")
    axes = panel(drawing.figure, "probability:status-quo")
    assert artist(axes, "empty").get_text() == "does not vary"


def test_rows_with_a_failed_point_are_left_out_and_counted(folder):
    path = saltelli_file(folder / "holes.h5", 30, response, failed=[0, 9, 10])
    points, design, table = table_of(path)
    assert design.lost == 2 and design.first.size == 28  # points 9 and 10 are of one row
    assert np.isfinite(table["total"]).all()
    assert "2 rows with a failed point are left out." in figure_of.draw(
        points, design, table.reset_index(), "collapse"
    ).caption
    few = saltelli_file(folder / "few.h5", 9, response, failed=[0, 4])
    with pytest.raises(ResultsError, match="7 rows .* need 8 or more"):
        saltelli_design(read(few))


def test_each_combination_of_levels_is_a_sample_of_its_own(folder):
    unit = np.repeat(saltelli_rows(12, 2), 2, axis=0)
    values = {RATE: 3 + unit[:, 0], FACTOR: 0.1 + unit[:, 1], LEVER: np.tile([0.5, 1.0], len(unit) // 2)}
    path = write_design(folder / "levels.h5", values)
    set_probability(path, "status-quo", "collapse",
                    0.1 + 0.3 * np.where(values[LEVER] == 0.5, unit[:, 0], unit[:, 1]), 0.001)
    for combination, deciding, idle in ((0, RATE, FACTOR), (1, FACTOR, RATE)):
        points, design, table = table_of(path, combination)
        assert table["total"][deciding] > 0.3 and table["total"][idle] == 0
        assert design.combinations == 2
    caption = figure_of.draw(points, design, table.reset_index(), "collapse").caption
    assert f"At {LEVER} = 1, one of 2 combinations of levels." in caption
    with pytest.raises(ResultsError, match="no combination 2 .*0 to 1"):
        saltelli_design(read(path), 2)


def test_rows_for_second_order_indices_are_passed_over(folder):
    small = saltelli_rows(10, 2).reshape(10, 4, 2)
    swapped = np.stack([small[:, 3], small[:, 3]], axis=1).copy()
    swapped[:, 0, 0], swapped[:, 1, 1] = small[:, 0, 0], small[:, 0, 1]
    unit = np.concatenate([small[:, :3], swapped, small[:, 3:]], axis=1).reshape(-1, 2)
    values = {RATE: 2.6 + unit[:, 0], FACTOR: 0.1 + unit[:, 1]}
    design = saltelli_design(read(write_design(folder / "second.h5", values)))
    assert list(design.first[:2]) == [0, 6] and list(design.second[:2]) == [5, 11]
    assert design.exchanged.shape == (2, 10)


def test_bars_and_whiskers_are_the_indices_and_their_intervals(indexed_file):
    points, design, table = table_of(indexed_file)
    drawing = figure_of.draw(points, design, table.reset_index(), "collapse")
    axes = panel(drawing.figure, "probability:status-quo")
    for parameter in (RATE, FACTOR):
        for name in ("first", "total"):
            assert artist(axes, f"{name}:{parameter}").get_width() == table[name][parameter]
            assert list(artist(axes, f"{name}_interval:{parameter}").get_xdata()) == [
                table[f"{name}_low"][parameter], table[f"{name}_high"][parameter],
            ]
    places = [artist(axes, f"label:{name}").xy[1] for name in (RATE, FACTOR)]
    assert places == [0, 1]  # the larger total first
    assert "resampling 600 rows" in drawing.caption
    narrow = figure_of.draw(points, design, table.reset_index(), "collapse", ONE_COLUMN)
    assert hanging(narrow.figure) == hanging(drawing.figure) == []


def test_the_command_writes_figures_and_their_table(indexed_file, tmp_path, capsys):
    assert main(["sensitivity", str(indexed_file), "-o", str(tmp_path), "--outcome", "collapse",
                 "--columns", "one"]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "sobol_indices_collapse.svg", "sobol_indices_collapse.pdf", "sobol_indices_collapse.png",
        "sobol_indices.csv",
    }


def test_another_design_is_refused_in_one_line(folder, tmp_path, capsys):
    draw = np.random.default_rng(5)
    path = write_design(folder / "sample_only.h5",
                        {RATE: draw.uniform(size=16), FACTOR: draw.uniform(size=16)})
    assert main(["sensitivity", str(path), "-o", str(tmp_path / "none")]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "not Saltelli's" in error and "one parameter at a time" in error
    assert not (tmp_path / "none").exists()
    with h5py.File(write_design(folder / "levers.h5", {LEVER: np.arange(8.0)})) as file:
        assert "response_commitment" in file
    with pytest.raises(ResultsError, match="draws no parameter"):
        saltelli_design(read(folder / "levers.h5"))
