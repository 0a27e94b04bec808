"""What is said of a sweep: shares, quantiles, failed points, parameters, and its files."""

import os
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest

import firebreak
from drawn import artist, artists, panel
from firebreak import ResultsError, read_provenance
from firebreak.__main__ import main
from firebreak.deciding_parameters import largest, parameter_table, quantities
from firebreak.figures import deciding_parameters, sweep_differences
from firebreak.sweep import course, read_sweep
from firebreak.sweep_differences import difference_quantiles, reference_quantiles
from firebreak.sweep_report import per_cent
from synthetic_results import CAVEAT, OUTCOMES, write_results

REGIMES = ("status-quo", "membership", "neutrality", "bilateral-guarantee")
POINTS, FAILED = 20, (3, 17)
DECIDING = "neutrality:commitment.aid_factor"
SOURCE = Path(os.environ.get("FIREBREAK_SOURCE_DIR", Path(__file__).resolve().parents[2]))
BINARY = os.environ.get("FIREBREAK_BINARY", "")


@pytest.fixture(scope="module")
def swept_file(folder):
    """Twenty points of which two failed; membership's clashes differ as the tests below say."""
    path = write_results(folder / "swept.h5", points=POINTS, regimes=REGIMES, failed=FAILED)
    draw = np.random.default_rng(1)
    collapse = np.s_[:, 0, OUTCOMES.index("collapse"), -1]
    with h5py.File(path, "r+") as file:
        file["probability"][collapse] *= draw.uniform(0.9, 1.1, POINTS)
        for name in ("line_immigrant_rate", "response_commitment"):
            file[name][...] = draw.permutation(file[name][...])
        at = np.s_[:, 1, 0, OUTCOMES.index("clash"), -1]
        kept = ~np.isin(np.arange(POINTS), FAILED)
        value = np.full(POINTS, np.nan)
        value[kept] = np.linspace(-0.0802, 0.0898, 18)
        file["difference"][at] = value
        file["difference_low"][at] = value - 0.0251  # five lie clear below, seven clear above
        file["difference_high"][at] = value + 0.0351
    return path


def read(path, **how):
    with firebreak.open_results(path) as results:
        return read_sweep(results, **how)


@pytest.fixture(scope="module")
def sweep(swept_file):
    return read(swept_file)


def row_of(table, **where):
    for column, value in where.items():
        table = table[table[column] == value]
    (found,) = table.itertuples()
    return found


def test_failed_points_are_left_out_and_counted(sweep):
    assert sorted(set(range(POINTS)) - set(sweep.design_point.values)) == list(FAILED)
    table = difference_quantiles(sweep)
    assert set(table.points) == {POINTS - len(FAILED)}
    assert np.isfinite(table["median"]).all()
    caption = sweep_differences.draw(sweep, table).caption
    assert "20 design points (2 of them failed and left out)" in caption
    assert "20,000 replications per regime and point" in caption


def test_quantiles_and_shares_are_those_of_the_points(sweep):
    row = row_of(difference_quantiles(sweep), regime="membership", outcome="clash")
    assert row.median == pytest.approx(0.0048)
    assert row.q05 == pytest.approx(-0.0802 + 0.05 * 0.17)
    assert row.q95 == pytest.approx(0.0898 - 0.05 * 0.17)
    assert row.lower == pytest.approx(5 / 18)
    assert row.higher == pytest.approx(7 / 18)
    assert row.undecided == pytest.approx(6 / 18)


def test_points_that_tell_nothing_apart_are_undecided(folder):
    path = write_results(folder / "same.h5", points=8, regimes=REGIMES, same=["neutrality"])
    row = row_of(difference_quantiles(read(path)), regime="neutrality", outcome="clash")
    assert (row.lower, row.higher, row.undecided) == (0, 0, 1)


def test_a_regime_that_is_always_lower_is_lower_everywhere(sweep):
    row = row_of(difference_quantiles(sweep), regime="bilateral-guarantee", outcome="collapse")
    assert (row.lower, row.higher, row.undecided) == (1, 0, 0)
    assert row.q95 < 0


def test_early_medians_are_those_of_the_first_points_by_number(sweep):
    row = row_of(difference_quantiles(sweep), regime="membership", outcome="clash")
    assert row.median_quarter == pytest.approx(-0.0802 + 1.5 * 0.01)  # points 0, 1, 2, 4
    assert row.median_half == pytest.approx(-0.0802 + 4 * 0.01)  # nine of the first ten


def test_levels_are_those_of_the_reference(sweep):
    row = row_of(reference_quantiles(sweep), outcome="collapse")
    values = sweep.probability.sel(regime="status-quo", outcome="collapse").values
    assert row.regime == "status-quo"
    assert row.median == pytest.approx(np.median(values))


def test_what_the_stopping_rule_did_is_said(folder, sweep):
    path = write_results(folder / "looks.h5", points=8, regimes=REGIMES, looks=[1, 2, 3, 3] * 2)
    assert "6 of 8 points reached this, after 1 to 3 looks each" in course(read(path))
    assert course(sweep) == ""


def test_the_parameter_that_orders_the_probabilities_is_found(sweep):
    table = parameter_table(sweep)
    asked = quantities(sweep)
    assert [q.regime for q in asked] == list(REGIMES)
    first = largest(table, "collapse", asked[0], 10)
    assert first.parameter.iloc[0] == DECIDING
    assert first.coefficient.iloc[0] > 0.9
    assert (first.coefficient.abs() > first.chance_limit).tolist() == [True, False, False]
    assert len(table) == 4 * 4 * 3


def test_regimes_can_be_chosen_and_the_reference_cannot(sweep):
    assert [q.regime for q in quantities(sweep, ["neutrality"])] == ["status-quo", "neutrality"]
    with pytest.raises(ResultsError, match="does not differ from itself"):
        quantities(sweep, ["status-quo"])
    with pytest.raises(ResultsError, match="no regime 'anarchy'"):
        quantities(sweep, ["anarchy"])


def test_strips_are_the_quantiles_in_percentage_points_beside_their_shares(sweep):
    axes = panel(sweep_differences.draw(sweep).figure, "clash")
    assert artist(axes, "outer:membership").get_xdata() == pytest.approx([-7.17, 8.13])
    assert artist(axes, "inner:membership").get_xdata() == pytest.approx([-3.77, 4.73])
    assert artist(axes, "median:membership").get_xdata() == pytest.approx([0.48])
    assert list(artist(axes, "zero").get_xdata()) == [0, 0]
    assert artist(axes, "lower:membership").get_text() == "28%"
    assert artist(axes, "higher:membership").get_text() == "39%"
    assert artist(axes, "open:membership").get_text() == "33%"
    assert artist(axes, "value:status-quo").get_text() == "reference"


def test_dots_are_the_coefficients_and_filled_only_beyond_chance(sweep):
    table = parameter_table(sweep)
    drawing = deciding_parameters.draw(sweep, table, "collapse")
    axes = panel(drawing.figure, "probability:status-quo")
    row = row_of(table, outcome="collapse", quantity="probability", parameter=DECIDING)
    dot = artist(axes, f"coefficient:{DECIDING}")
    assert list(dot.get_xdata()) == [row.coefficient]
    assert dot.get_markerfacecolor() != "white"
    assert list(artist(axes, f"interval:{DECIDING}").get_xdata()) == [row.low, row.high]
    other = artist(axes, "coefficient:line.immigrant_rate")
    assert other.get_markerfacecolor() == "white"
    sides = [float(line.get_xdata()[0]) for line in artists(axes, "chance_limit")]
    assert sides == pytest.approx([-row.chance_limit, row.chance_limit])
    assert "Bonferroni" in drawing.caption and "chosen for being large" in drawing.caption


def test_figures_are_the_same_bytes_again_and_say_where_they_come_from(sweep, tmp_path):
    table = parameter_table(sweep)
    for draw in (
        lambda: sweep_differences.draw(sweep),
        lambda: deciding_parameters.draw(sweep, table, "clash"),
    ):
        drawing = draw()
        assert drawing.contents() == draw().contents()
        for part in ("seed 9223372036854775807", "commit 0123456789ab", "20 design points", CAVEAT):
            assert part in drawing.caption
        for path in drawing.write(tmp_path):
            assert read_provenance(path) == drawing.provenance
            assert read_provenance(path).failed_points == 2


def test_the_command_writes_figures_tables_and_summary(swept_file, tmp_path, capsys):
    folder = tmp_path / "new"
    assert main(["sweep", str(swept_file), "-o", str(folder), "--outcome", "clash",
                 "--outcome", "collapse", "--columns", "one"]) == 0
    printed = sorted(Path(line).name for line in capsys.readouterr().out.splitlines())
    assert printed == sorted(path.name for path in folder.iterdir())
    assert printed == sorted(
        [f"{name}.{form}" for form in ("svg", "pdf", "png") for name in (
            "sweep_differences", "deciding_parameters_clash", "deciding_parameters_collapse")]
        + [f"{name}.{form}" for form in ("csv", "md")
           for name in ("sweep_differences", "deciding_parameters")] + ["summary.md"]
    )
    table = pd.read_csv(folder / "sweep_differences.csv")
    assert set(table.outcome) == {"clash", "collapse"}
    assert set(table.failed_points) == {2}
    assert set(table.seed.astype(str)) == {"9223372036854775807"}
    assert len(pd.read_csv(folder / "deciding_parameters.csv")) == 2 * 4 * 3
    for name in ("sweep_differences.md", "deciding_parameters.md", "summary.md"):
        assert CAVEAT in (folder / name).read_text(encoding="utf-8")


def test_without_a_folder_the_summary_is_printed(swept_file, capsys):
    assert main(["sweep", str(swept_file), "--outcome", "clash"]) == 0
    printed = capsys.readouterr().out
    assert "| Membership | +0.5 (−7.2 to +8.1); 28 / 33 / 39% |" in printed.splitlines()
    assert f"Difference made by neutrality: `{DECIDING}`" in printed


@pytest.mark.parametrize(
    "extra",
    [["--outcome", "peace"], ["--reference", "anarchy"], ["--regime", "anarchy"]],
    ids=lambda extra: extra[0],
)
def test_a_wrong_request_ends_with_2_one_line_and_no_file(swept_file, tmp_path, capsys, extra):
    assert main(["sweep", str(swept_file), "-o", str(tmp_path / "none"), *extra]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_too_few_points_are_refused(whole_file, folder, capsys):
    assert main(["sweep", str(whole_file)]) == 2
    assert "holds 1 design point, a sweep has 8 or more" in capsys.readouterr().err
    path = write_results(folder / "lost.h5", points=9, regimes=REGIMES, failed=(0, 1))
    assert main(["sweep", str(path)]) == 2
    assert "2 of 9 design points failed" in capsys.readouterr().err


def test_shares_never_read_as_none_or_all_unless_they_are():
    shares = (0, 0.001, 0.28, 0.999, 1, np.nan)
    assert [per_cent(s) for s in shares] == ["0", "<1", "28", ">99", "100", "NA"]


@pytest.mark.skipif(not BINARY, reason="FIREBREAK_BINARY is not set: the program was not built")
def test_a_sweep_of_the_program_is_read_whole(tmp_path):
    study = tmp_path / "small.toml"
    study.write_text(f"""
title = "A small sweep"
question = "Is it read?"
baseline = "{SOURCE / 'configs' / 'baseline.toml'}"
allies = "{SOURCE / 'configs' / 'allies.csv'}"

[run]
replications = 16
seed = 1
horizon = 730
checkpoints = 2
regimes = ["status-quo", "membership", "neutrality"]
reference = "status-quo"
histories = false

[design]
method = "sobol"
points = 16
uncertainties = ["line.immigrant_rate", "capitals.provocation", "neutrality:commitment.armament"]
""", encoding="utf-8")
    file = tmp_path / "small.h5"
    done = subprocess.run([BINARY, "run", study, "-o", file, "--quiet"], text=True, check=False,
                          capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr
    table = parameter_table(read(file))
    assert set(table.parameter) == {
        "line.immigrant_rate", "capitals.provocation", "neutrality:commitment.armament",
    }
    assert set(table.kind) == {"uncertainty"}
    with h5py.File(file) as stored:
        place = list(stored["outcome"].asstr()).index("collapse")
        expected = np.median(stored["difference"][:, 1, 0, place, -1])
    row = row_of(difference_quantiles(read(file)), regime="membership", outcome="collapse")
    assert row.median == pytest.approx(expected)
    assert main(["sweep", str(file)]) == 0
