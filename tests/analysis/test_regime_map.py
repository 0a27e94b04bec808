"""The map of two regimes over two parameters: what its cells and points are."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba

import firebreak
from drawn import artist, artists, hanging, panel
from firebreak import ResultsError, read_provenance
from firebreak.__main__ import main
from firebreak.figures import regime_map
from firebreak.regime_map import read_map
from synthetic_designs import FACTOR, LEVER, RATE, set_difference, write_design

RATES, FACTORS = [3.0, 4.0, 5.0], [0.1, 0.32, 1.0]
GRID = {RATE: np.repeat(RATES, 3), FACTOR: np.tile(FACTORS, 3)}
DIFFERENCES = np.array([-0.3, -0.2, 0.001, -0.1, 0.9, 0.15, -0.005, 0.2, 0.4])  # cell 4 fails


@pytest.fixture(scope="module")
def grid_file(folder):
    path = write_design(folder / "grid.h5", GRID, failed=[4])
    set_difference(path, "membership", "neutrality", "collapse", DIFFERENCES, 0.01)
    set_difference(path, "neutrality", "membership", "collapse", -DIFFERENCES, 0.01)
    return path


def read(path, outcome="collapse", regime="membership", other="neutrality", parameters=None):
    with firebreak.open_results(path) as results:
        return read_map(results, outcome, regime, other, parameters)


def cells(drawing, kind):
    return {
        tuple(map(int, patch.get_gid().split(":")[1:])): patch
        for patch in panel(drawing.figure, "map").patches if patch.get_gid().startswith(kind)
    }


def test_each_cell_of_a_grid_stands_at_its_values_with_the_sign_of_its_difference(grid_file):
    drawing = regime_map.draw(read(grid_file))
    decided = cells(drawing, "decided")
    assert set(decided) == {(0, 0), (0, 1), (1, 0), (1, 2), (2, 1), (2, 2)}
    for (column, line), patch in decided.items():
        assert patch.get_x() < RATES[column] < patch.get_x() + patch.get_width()
        assert patch.get_y() < FACTORS[line] < patch.get_y() + patch.get_height()
        red, _, blue, _ = patch.get_facecolor()
        assert (blue > red) == (DIFFERENCES[3 * column + line] < 0)
    strongest = regime_map.COLOURS(1.0)
    assert decided[2, 2].get_facecolor() == pytest.approx(strongest)


def test_what_is_within_error_is_hatched_grey_whatever_its_estimate(grid_file):
    drawing = regime_map.draw(read(grid_file))
    undecided = cells(drawing, "undecided")
    assert set(undecided) == {(0, 2), (2, 0)}
    for patch in undecided.values():
        assert patch.get_hatch()
        assert patch.get_facecolor() == to_rgba(regime_map.WITHIN_ERROR)
    assert "Hatched grey: the 95% interval includes zero." in drawing.caption


def test_a_failed_point_is_crossed_out_and_has_no_colour(grid_file):
    drawing = regime_map.draw(read(grid_file))
    ((place, patch),) = cells(drawing, "failed").items()
    assert place == (1, 1) and patch.get_facecolor() == to_rgba("white")
    cross = artist(panel(drawing.figure, "map"), "cross:1:1")
    assert (cross.get_xdata()[0], cross.get_ydata()[0]) == (4.0, 0.32)
    assert "failed" in [text.get_text() for text in artist(drawing.figure, "key").get_texts()]
    assert "Crosses: points that failed." in drawing.caption
    assert "(1 of them failed and left out)" in drawing.caption


def test_the_other_way_round_changes_every_sign(grid_file):
    there, back = read(grid_file), read(grid_file, regime="neutrality", other="membership")
    np.testing.assert_allclose(back.table.difference, -there.table.difference)
    np.testing.assert_allclose(back.table.low, -there.table.high)


def test_a_pair_is_found_by_whichever_of_the_two_is_a_reference(folder, grid_file):
    with firebreak.open_results(grid_file) as results:
        only = results.sel(reference=["neutrality"])
        turned = read_map(only, "collapse", "neutrality", "membership")
        np.testing.assert_allclose(turned.table.difference, -read(grid_file).table.difference)
        with pytest.raises(ResultsError, match="no paired difference of membership and status-quo"):
            read_map(only, "collapse", "membership", "status-quo")


def test_an_axis_is_logarithmic_where_the_prior_is(grid_file):
    axes = panel(regime_map.draw(read(grid_file)).figure, "map")
    assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "log")
    assert axes.get_xlabel() == f"{RATE} [1/d]"


def test_the_scale_says_which_end_is_whose(grid_file):
    figure = regime_map.draw(read(grid_file), firebreak.figures.regime_map.style.ONE_COLUMN).figure
    assert artist(figure, "end:left").get_text() == "\u25c4 less likely under membership"
    assert artist(figure, "end:right").get_text() == "less likely under neutrality \u25ba"
    assert artist(figure, "end:left").get_position()[0] < artist(figure, "end:right").get_position()[0]


def test_a_cell_is_the_average_over_further_parameters(folder):
    values = {RATE: np.repeat([3.0, 5.0], 4), FACTOR: np.tile([0.1, 0.1, 1.0, 1.0], 2),
              LEVER: np.tile([0.5, 1.0], 4)}
    path = write_design(folder / "cube.h5", values)
    set_difference(path, "membership", "neutrality", "collapse",
                   np.array([-0.2, -0.4, 0.1, -0.1, 0.2, 0.3, 0.0, 0.0]), 0.05)
    data = read(path, parameters=[RATE, FACTOR])
    assert data.gridded and data.others == 1
    assert list(data.table.difference) == pytest.approx([-0.3, 0.0, 0.25, 0.0])
    assert list(data.table.high - data.table.low) == pytest.approx([0.1] * 4)
    caption = regime_map.draw(data).caption
    assert "A cell is the average over 2 points that differ in 1 other parameter" in caption


def test_points_of_a_sample_are_marked_by_their_verdict(folder):
    draw = np.random.default_rng(3)
    values = {RATE: draw.uniform(2.6, 5.8, 20), FACTOR: 0.1 * 11 ** draw.uniform(size=20)}
    path = write_design(folder / "sample.h5", values, failed=[7])
    difference = np.linspace(-0.5, 0.45, 20)
    set_difference(path, "membership", "neutrality", "clash", difference, 0.06)
    data = read(path, "clash")
    assert not data.gridded
    axes = panel(regime_map.draw(data).figure, "map")
    place = np.column_stack([values[RATE], values[FACTOR]])
    known = np.arange(20) != 7
    for name, chosen in (
        ("lower", known & (difference < -0.06)), ("higher", known & (difference > 0.06)),
        ("undecided", known & (abs(difference) <= 0.06)), ("failed", ~known),
    ):
        np.testing.assert_allclose(artist(axes, name).get_offsets(), place[chosen])


def test_without_a_choice_the_axes_are_what_the_difference_goes_with_most(folder):
    draw = np.random.default_rng(4)
    values = {name: draw.uniform(1, 2, 40) for name in (RATE, FACTOR, LEVER)}
    path = write_design(folder / "three.h5", values)
    set_difference(path, "membership", "neutrality", "collapse",
                   0.1 * values[FACTOR] - 0.03 * values[LEVER], 0.001)
    data = read(path)
    assert (data.across.path, data.up.path) == (FACTOR, LEVER)


def test_what_cannot_be_mapped_is_one_clear_error(folder, grid_file):
    for how, why in (
        ({"regime": "neutrality"}, "does not differ from itself"),
        ({"regime": "peace"}, "no regime 'peace'"),
        ({"outcome": "peace"}, "no outcome 'peace'"),
        ({"parameters": [RATE, "line.sectors"]}, "no varied parameter 'line.sectors'"),
        ({"parameters": [RATE, RATE]}, "two different parameters"),
    ):
        with pytest.raises(ResultsError, match=why):
            read(grid_file, **how)
    with pytest.raises(ResultsError, match="needs two varied parameters, the file has 1"):
        read(write_design(folder / "one.h5", {RATE: np.arange(4.0)}))
    lost = write_design(folder / "lost.h5", GRID, failed=range(9))
    with pytest.raises(ResultsError, match="all 9 design points failed"):
        read(lost)


def test_the_command_writes_a_map_per_outcome_with_its_provenance(grid_file, tmp_path, capsys):
    arguments = ["map", str(grid_file), "--regime", "membership", "--reference", "neutrality",
                 "--columns", "one", "-o", str(tmp_path / "maps")]
    assert main([*arguments, "--outcome", "collapse", "--outcome", "clash"]) == 0
    names = {path.name for path in (tmp_path / "maps").iterdir()}
    assert names == {f"regime_map_{outcome}.{form}" for outcome in ("collapse", "clash")
                     for form in ("svg", "pdf", "png")}
    found = read_provenance(tmp_path / "maps" / "regime_map_clash.svg")
    assert (found.design_points, found.failed_points, found.design_point) == (9, 1, None)
    capsys.readouterr()
    assert main([*arguments[:-1], str(tmp_path / "none"), "--outcome", "peace"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_no_text_hangs_over_the_edge_of_a_column(grid_file):
    drawing = regime_map.draw(read(grid_file, regime="membership", other="status-quo"),
                              regime_map.style.ONE_COLUMN)
    assert hanging(drawing.figure) == []
    assert artists(drawing.figure, "key")
