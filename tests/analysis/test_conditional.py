"""Means over the points in range: the file's own numbers, the formula, and what it must leave out."""

import csv
import io
import shutil

import h5py
import numpy as np
import pytest

from firebreak import ResultsError, open_results
from firebreak.__main__ import main
from firebreak.conditional import conditional_table, mean_over_points
from firebreak.student import student_quantile
from synthetic_results import write_results


def table_of(path, *arguments, **choices):
    with open_results(path) as results:
        return conditional_table(results, *arguments, **choices)


def row_of(table, quantity, regime, outcome):
    chosen = (table.quantity == quantity) & (table.regime == regime) & (table.outcome == outcome)
    assert chosen.sum() == 1
    return table[chosen].iloc[0]


@pytest.mark.parametrize(("freedom", "expected"), [
    (1, 12.7062), (2, 4.30265), (3, 3.18245), (10, 2.22814), (30, 2.04227), (120, 1.97993),
])
def test_students_quantiles_are_those_of_the_tables(freedom, expected):
    assert student_quantile(0.95, freedom) == pytest.approx(expected, abs=5e-5)


def test_of_one_point_every_number_is_the_files(whole_file):
    table = table_of(whole_file)
    with h5py.File(whole_file) as file:
        regimes, outcomes = (list(file[name].asstr()) for name in ("regime", "outcome"))
        for row in table.itertuples():
            place = regimes.index(row.regime), outcomes.index(row.outcome), -1
            if row.quantity == "difference":
                place = place[0], regimes.index("status-quo"), *place[1:]
            for column, end in (("estimate", ""), ("low", "_low"), ("high", "_high")):
                assert getattr(row, column) == file[row.quantity + end][(0, *place)]
    assert len(table) == 12 * 15 + 11 * 15


def test_over_points_the_mean_and_its_interval_are_those_of_the_formula(sweep_file):
    row = row_of(table_of(sweep_file), "difference", "neutrality", "collapse")
    with open_results(sweep_file) as results:
        one = results.sel(regime="neutrality", reference="status-quo", outcome="collapse").isel(time=-1)
        p, low, high = (one[f"difference{end}"].values for end in ("", "_low", "_high"))
    spread = 4.302653 * np.std(p, ddof=1) / np.sqrt(3)  # three worlds
    assert row.estimate == pytest.approx(p.mean(), rel=1e-12)
    assert row.low == pytest.approx(p.mean() - np.hypot((p - low).mean(), spread), rel=1e-6)
    assert row.high == pytest.approx(p.mean() + np.hypot((high - p).mean(), spread), rel=1e-6)
    assert (row.q05, row.q95) == pytest.approx(tuple(np.quantile(p, [0.05, 0.95])))
    assert (row.points, row.worlds, row.lower + row.higher <= 1) == (3, 3, True)


def test_a_range_leaves_points_out_and_an_end_belongs_to_it(sweep_file):
    where = {"line.immigrant_rate": (4.0, 5.0)}  # the points have 3, 4 and 5
    row = row_of(table_of(sweep_file, where), "probability", "membership", "clash")
    with h5py.File(sweep_file) as file:
        known = file["probability"][1:, list(file["regime"].asstr()).index("membership"),
                                    list(file["outcome"].asstr()).index("clash"), -1]
    assert row.points == 2
    assert row.estimate == pytest.approx(known.mean(), rel=1e-12)


def test_failed_points_are_left_out(tmp_path):
    path = write_results(tmp_path / "failed.h5", points=4, failed=[1], regimes=("status-quo", "membership"))
    table = table_of(path)
    assert set(table.points) == {3}
    assert np.isfinite(table.estimate).all()
    with pytest.raises(ResultsError, match="no design point that did not fail"):
        table_of(path, point=1)


def test_without_hits_the_upper_end_is_the_points_upper_limit(tmp_path):
    path = write_results(tmp_path / "none.h5", points=3, regimes=("status-quo", "membership"),
                         no_clash=["membership"], replications=200)
    row = row_of(table_of(path), "probability", "membership", "clash")
    assert (row.estimate, row.low) == (0, 0)
    assert row.high == pytest.approx(3.84 / 203.84, abs=1e-4)


def test_a_single_world_has_no_spread_in_its_interval():
    estimate, half = np.array([0.1, 0.5]), np.array([0.01, 0.03])
    mean = mean_over_points(estimate, estimate - half, estimate + half, np.zeros(2, int), 0.95)
    assert (mean.low, mean.high) == pytest.approx((0.28, 0.32))


def test_levels_of_a_lever_do_not_make_worlds():
    # Each of three worlds at two levels: the interval is that of the three means.
    base, level = np.array([0.2, 0.3, 0.5]), np.array([-0.02, 0.02])
    estimate = (base[:, None] + level).ravel()
    world = np.repeat(np.arange(3), 2)
    crossed = mean_over_points(estimate, estimate, estimate, world, 0.95)
    alone = mean_over_points(base, base, base, np.arange(3), 0.95)
    assert (crossed.low, crossed.high) == pytest.approx((alone.low, alone.high))
    assert (crossed.worlds, crossed.points) == (3, 6)


@pytest.mark.parametrize("shared", [0.0, 1.0], ids=["luck of their own", "shared luck"])
def test_intervals_cover_the_mean_over_the_prior(shared):
    # Points drawn from a prior, each with Monte Carlo error; 400 intervals of 95 % cover at least 366 times but
    # for a chance of 1.1e-3. With luck of their own the first part makes them wider than they need be.
    draw = np.random.default_rng(20)
    covered = 0
    for _ in range(400):
        truth = draw.normal(0.3, 0.05, 24)
        luck = shared * draw.normal() + (1 - shared) * draw.normal(size=24)
        estimate = truth + 0.02 * luck
        half = 1.96 * 0.02
        mean = mean_over_points(estimate, estimate - half, estimate + half, np.arange(24), 0.95)
        covered += mean.low < 0.3 < mean.high
    assert covered >= 366


def test_the_command_prints_the_table_with_its_origin(sweep_file, capsys):
    assert main(["conditional", str(sweep_file), "--where", "line.immigrant_rate=3:4.5", "--outcome", "clash",
                 "--regime", "membership", "--day", "913", "--reference", "neutrality"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["quantity"], row["points"], row["day"], row["design_points"]) for row in rows] == [
        ("probability", "2", "913", "3"), ("difference", "2", "913", "3"),
    ]


@pytest.mark.parametrize(("extra", "said"), [
    (["--where", "line.immigrant_rate"], "not of the form"),
    (["--where", "line.immigrant_rate=a:b"], "not of the form"),
    (["--where", "line.immigrant_rate=5:4"], "with LOW at most HIGH"),
    (["--where", "line.immigrant_rate=nan:4"], "not of the form"),
    (["--where", "line.immigrant_rate=1:9", "--where", "line.immigrant_rate=2:3"], "given twice"),
    (["--where", "line.rate=1:2"], "no parameter 'line.rate' varies"),
    (["--where", "line.immigrant_rate=10:20"], "lies in these ranges"),
    (["--day", "7"], "no checkpoint at day 7"),
    (["--point", "9"], "no design point 9 (the file holds 0 to "),
    (["--regime", "anarchy"], "no regime 'anarchy'"),
    (["--reference", "anarchy"], "no reference 'anarchy'"),
], ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_a_wrong_request_is_one_line(sweep_file, capsys, extra, said):
    assert main(["conditional", str(sweep_file), *extra]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert said in captured.err


def test_a_damaged_array_is_one_line(sweep_file, tmp_path, capsys):
    path = tmp_path / "half.h5"
    shutil.copy(sweep_file, path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert main(["conditional", str(path)]) == 2
    assert "damaged" in capsys.readouterr().err
