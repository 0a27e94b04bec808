"""The tornado: what moving each parameter alone changes, and how sure that is."""

import h5py
import numpy as np
import pytest

from drawn import artist, artists, hanging, panel
from firebreak import ResultsError, style
from firebreak.__main__ import main
from firebreak.figures import tornado
from firebreak.tornado import read_tornado
from synthetic_designs import (
    FACTOR, LEVER, RATE, REGIMES, place_of, set_difference, set_probability, write_design,
)

BASE = {LEVER: 0.8, RATE: 4.6, FACTOR: 0.5}
ENDS = {LEVER: (0.5, 1.0), RATE: (2.6, 5.8), FACTOR: (0.1, 1.1)}


def one_at_a_time():
    """Return the values at seven points: the baseline, then each parameter at both ends."""
    values = {name: np.full(7, value) for name, value in BASE.items()}
    for number, (name, ends) in enumerate(ENDS.items()):
        values[name][1 + 2 * number : 3 + 2 * number] = ends
    return values


@pytest.fixture(scope="module")
def moved_file(folder):
    path = write_design(folder / "one_at_a_time.h5", one_at_a_time(), failed=[5])
    # Baseline 20 %; commitment within error; rate from -8 to +10 points; factor fails at its low end.
    set_probability(path, "status-quo", "clash",
                    np.array([0.20, 0.201, 0.199, 0.12, 0.30, 0.0, 0.25]), 0.01)
    set_difference(path, "membership", "status-quo", "clash",
                   np.array([0.05, 0.05, 0.05, 0.15, 0.12, 0.0, 0.05]), 0.01)
    return path


def row_of(table, parameter, kind="probability", regime="status-quo"):
    rows = table[(table.parameter == parameter) & (table["quantity"] == kind) & (table.regime == regime)]
    (row,) = rows.itertuples()
    return row


def test_changes_are_from_the_baseline_at_the_ends_of_the_range(moved_file):
    _, table = read_tornado(moved_file, ["clash"])
    row = row_of(table, RATE)
    assert (row.low, row.high, row.baseline) == (2.6, 5.8, pytest.approx(0.2))
    assert row.low_change == pytest.approx(-0.08)
    assert row.high_change == pytest.approx(0.10)
    # Two half-widths of 0.01, taken for independent.
    assert row.high_change_high - row.high_change == pytest.approx(0.01 * np.sqrt(2))
    assert not row.paired


def test_bars_begin_at_the_baseline_and_end_at_the_change_in_percentage_points(moved_file):
    points, table = read_tornado(moved_file, ["clash"])
    axes = panel(tornado.draw(points, table, "clash").figure, "probability:status-quo")
    assert list(artist(axes, "baseline").get_xdata()) == [0, 0]
    for end, change in (("low", -8), ("high", 10)):
        bar = artist(axes, f"{end}:{RATE}")
        assert (bar.get_x(), bar.get_width()) == (0, pytest.approx(change))
    assert artist(axes, f"label:{RATE}").xy[1] == 0  # the widest on top
    assert artist(axes, f"range:{RATE}").get_text() == "2.6 to 5.8"
    assert axes.get_title(loc="left") == "Probability under status quo: 20%"


def test_what_is_within_error_is_grey(moved_file):
    points, table = read_tornado(moved_file, ["clash"])
    axes = panel(tornado.draw(points, table, "clash").figure, "probability:status-quo")
    grey = artist(axes, f"low:{LEVER}").get_facecolor()
    assert grey != artist(axes, f"low:{RATE}").get_facecolor()
    assert grey == artist(axes, f"high:{LEVER}").get_facecolor()


def test_an_end_that_failed_is_crossed_and_has_no_bar(moved_file):
    points, table = read_tornado(moved_file, ["clash"])
    drawing = tornado.draw(points, table, "clash")
    axes = panel(drawing.figure, "probability:status-quo")
    assert artists(axes, f"failed:low:{FACTOR}") and not artists(axes, f"low:{FACTOR}")
    assert artists(axes, f"high:{FACTOR}")
    assert "failed" in [text.get_text() for text in artist(drawing.figure, "key").get_texts()]


def test_no_text_hangs_over_the_edge(moved_file):
    points, table = read_tornado(moved_file, ["clash"])
    for width in (style.ONE_COLUMN, style.TWO_COLUMN):
        assert hanging(tornado.draw(points, table, "clash", width).figure) == []


def test_two_ends_on_one_side_share_the_row(moved_file):
    points, table = read_tornado(moved_file, ["clash"], regimes=["membership"])
    axes = panel(tornado.draw(points, table, "clash").figure, "difference:membership")
    low, high = artist(axes, f"low:{RATE}"), artist(axes, f"high:{RATE}")
    assert low.get_y() + low.get_height() == pytest.approx(high.get_y())
    assert low.get_width() == pytest.approx(10) and high.get_width() == pytest.approx(7)


def test_counted_outcomes_are_paired_by_history_where_these_are_kept(folder):
    path = write_design(folder / "kept.h5", one_at_a_time(), histories=100)
    collapse = place_of("collapse")
    with h5py.File(path, "r+") as file:
        days = file["histories/first_day"]
        days[...] = -1
        days[4, REGIMES.index("status-quo"), :9, collapse] = 100
    _, table = read_tornado(path, ["collapse"])
    row = row_of(table, RATE)
    assert row.paired
    # Nine of a hundred histories changed, all one way: the ends at which the score is z, its likelihood
    # maximised numerically by SciPy 1.10.
    assert row.high_change == pytest.approx(0.09)
    assert (row.high_change_low, row.high_change_high) == pytest.approx((0.0480725, 0.1622621), abs=1e-7)
    # None did: z^2 / (n + z^2), since the next history may.
    assert row.low_change == 0
    assert (row.low_change_low, row.low_change_high) == pytest.approx((-0.0369935, 0.0369935), abs=1e-7)
    # A difference, with one more history 1 away from the mean; t(100) = 1.983972.
    twice = row_of(table, RATE, "difference", "membership")
    half = 1 / 101 + 1.983972 * np.sqrt((0.09 * 0.91 * 100 + 100 / 101) / 100 / 101)
    assert twice.high_change == pytest.approx(-0.09)
    assert twice.high_change - twice.high_change_low == pytest.approx(half, rel=1e-6)
    assert twice.high_change_high - twice.high_change == pytest.approx(half, rel=1e-6)
    assert twice.low_change_high == pytest.approx((1 + 1.983972) / 101, rel=1e-6)


def test_no_end_of_a_paired_change_is_certain(folder):
    widths = []
    for histories in (20, 100):
        path = write_design(folder / f"still_{histories}.h5", one_at_a_time(), histories=histories)
        with h5py.File(path, "r+") as file:
            file["histories/first_day"][...] = -1
            file["histories/first_day"][2, REGIMES.index("status-quo")] = 100
        _, table = read_tornado(path, ["collapse"])
        assert table.paired.all()
        for end in ("low", "high"):
            width = table[f"{end}_change_high"] - table[f"{end}_change_low"]
            assert (width > 0).all()
            widths.append(width)
        # All histories changed: a point up, a difference down.
        assert row_of(table, LEVER).high_change == row_of(table, LEVER).high_change_high == 1
        assert row_of(table, LEVER, "difference", "membership").high_change == -1
    assert all((few > many).all() for few, many in zip(widths[:2], widths[2:]))


def test_a_design_of_another_kind_or_a_failed_baseline_is_refused(folder, tmp_path, capsys):
    draw = np.random.default_rng(6)
    sample = write_design(folder / "both.h5", {RATE: draw.uniform(size=8), FACTOR: draw.uniform(size=8)})
    with pytest.raises(ResultsError, match="several parameters at a time"):
        read_tornado(sample)
    lost = write_design(folder / "lost_base.h5", one_at_a_time(), failed=[0])
    assert main(["sensitivity", str(lost), "-o", str(tmp_path / "none")]) == 2
    assert "the baseline, design point 0, failed" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_a_combination_of_levels_is_refused(moved_file, tmp_path, capsys):
    arguments = ["sensitivity", str(moved_file), "-o", str(tmp_path / "x"), "--combination", "1"]
    assert main(arguments) == 2
    assert "a tornado has no --combination to choose" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_the_command_writes_a_tornado_per_outcome_and_a_table(moved_file, tmp_path):
    assert main(["sensitivity", str(moved_file), "-o", str(tmp_path)]) == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"tornado.csv", *(f"tornado_{outcome}.{form}" for outcome in ("collapse", "clash")
                                      for form in ("svg", "pdf", "png"))}
