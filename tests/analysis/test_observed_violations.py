"""Simulated and observed violations a day: read as told, drawn at their days."""

import datetime
import os
from pathlib import Path

import h5py
import numpy as np
import pytest

import firebreak
from drawn import artist, artists, hanging, panel
from firebreak import ResultsError, read_provenance, style
from firebreak.__main__ import main
from firebreak.figures import observed_violations
from firebreak.observed_record import YEAR, read_observed
from firebreak.simulated_fire import fire_of_results, fire_of_timelines
from firebreak.timelines import read_timeline
from synthetic_results import write_results
from synthetic_timelines import write_history

SOURCE = Path(os.environ.get("FIREBREAK_SOURCE_DIR", Path(__file__).resolve().parents[2]))
EVIDENCE = SOURCE / "configs" / "evidence"
LEVEL = {"status-quo": 100.0, "membership": 60.0, "neutrality": 0.0, "coalition-tripwire": 10.0}


def with_fire(path, **how):
    """Write a file of four regimes whose fire rises by a tenth at each point, a half by each side."""
    write_results(path, regimes=tuple(LEVEL), **how)
    with h5py.File(path, "r+") as file:
        points, times = file["design_point"].size, file["time"].size
        values = np.empty((points, len(LEVEL), 2, times))
        for place, level in enumerate(LEVEL.values()):
            values[:, place] = level / 2 * (1 + 0.1 * np.arange(points))[:, None, None]
        values[:, 0, :, -1] = np.nan  # no history had any ceasefire left
        values[file["failed"][...] != 0] = np.nan
        data = file.create_dataset("violations_per_day", data=values)
        for axis, name in enumerate(("design_point", "regime", "side", "time")):
            data.dims[axis].attach_scale(file[name])
    return path


def record(tmp_path, text, name="windows", **how):
    path = tmp_path / f"{name}.csv"
    path.write_text("# Made up, A. B. Author, 2020. Second sentence.\n" + text, encoding="utf-8")
    return read_observed(path, **how)


WINDOWS = "statistic,first_day,last_day,violations,status\na,0,9,50,found\nb,10,29,80,memory\n"


def test_every_series_of_the_evidence_is_read():
    found = {
        name: read_observed(EVIDENCE / folder / f"{name}.csv")
        for folder, name in (
            ("calibration", "daily_violations_2021"), ("calibration", "truce_regrowth"),
            ("held_out", "annual_violations"), ("held_out", "line_of_control"),
            ("held_out", "ramp_2022"),
        )
    }
    daily = found["daily_violations_2021"].table.iloc[9]  # two days that end on 6 June 2021
    assert (daily.start, daily.end, daily.per_day) == (313, 315, 74)
    truce = found["truce_regrowth"].table.iloc[0]
    assert (truce.start, truce.end, truce.per_day) == (0, 12, pytest.approx(256 / 12))
    annual = found["annual_violations"]
    assert (len(annual.table), annual.earlier) == (1, 2) and not annual.table.checked[0]
    assert found["line_of_control"].earlier == 1
    assert found["line_of_control"].table.per_day[0] == 0
    assert found["ramp_2022"].table.start[0] == (datetime.date(2022, 2, 15)
                                                 - datetime.date(2020, 7, 27)).days
    assert found["daily_violations_2021"].source.startswith("Violations that the OSCE mission")
    assert found["daily_violations_2021"].source.endswith("copies).")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("year,violations,members_affected\n2022,4,3\n", "no series of violations on a line"),
        ("regime,probability\na,1\n", "no series of violations on a line"),
        ("date,violations\n2021-13-01,4\n", "line 3: a date or a number is missing or wrong"),
        ("date,violations\n2021-12-01,-4\n", "line 3: a count below zero"),
        ("first_day,last_day,violations\n0,x,4\n", "line 3"),
        ("date,violations\n2019-12-01,4\n", "holds nothing after the truce"),
    ],
)
def test_a_table_that_is_no_such_series_is_refused(tmp_path, text, why):
    with pytest.raises(ResultsError, match=why):
        record(tmp_path, text)
    with pytest.raises(ResultsError, match="cannot be read"):
        read_observed(tmp_path / "absent.csv")


def test_observations_stand_at_the_middle_of_their_windows_hollow_if_from_memory(tmp_path):
    with firebreak.open_results(with_fire(tmp_path / "a.h5")) as results:
        simulated = fire_of_results(results, ["membership"])
    drawing = observed_violations.draw(simulated, [record(tmp_path, WINDOWS)])
    axes = panel(drawing.figure, "violations")
    assert axes.get_yscale() == "log"
    found = artist(axes, "observed:windows:found")
    memory = artist(axes, "observed:windows:memory")
    assert found.get_xdata()[0] == pytest.approx(5 / YEAR) and found.get_ydata()[0] == 5
    assert memory.get_xdata()[0] == pytest.approx(20 / YEAR) and memory.get_ydata()[0] == 4
    assert (found.get_markerfacecolor(), memory.get_markerfacecolor()) == ("black", "white")
    spans = [list(line.get_xdata()) for line in artists(axes, "window:windows")]
    assert spans == [pytest.approx([0, 10 / YEAR]), pytest.approx([10 / YEAR, 30 / YEAR])]
    assert "Observed, windows: Made up, A. B. Author, 2020." in drawing.caption
    assert "Hollow: from memory" in drawing.caption and "Second" not in drawing.caption


def test_means_are_those_of_the_file_added_over_the_sides(tmp_path):
    with firebreak.open_results(with_fire(tmp_path / "a.h5")) as results:
        simulated = fire_of_results(results, ["status-quo", "neutrality"])
        days = results.day.values
    axes = panel(observed_violations.draw(simulated, []).figure, "violations")
    line = artist(axes, "line:status-quo")
    y = line.get_ydata()
    assert np.isnan(y[-1]) and set(y[:-2]) == {100.0}
    assert line.get_xdata()[1] == pytest.approx(days[0] / YEAR)
    assert not artists(axes, "band:status-quo")
    # Nothing at all under the other: marked at the foot, never drawn as a line.
    assert np.isnan(artist(axes, "line:neutrality").get_ydata()).all()
    zero = artist(axes, "zero:neutrality")
    assert len(zero.get_xdata()) == len(days) and set(zero.get_ydata()) == {axes.get_ylim()[0]}


def test_over_points_the_band_is_their_spread_and_failed_ones_are_left_out(tmp_path):
    path = with_fire(tmp_path / "many.h5", points=11, failed=[10])
    with firebreak.open_results(path) as results:
        simulated = fire_of_results(results, ["membership"])
        one = fire_of_results(results, ["membership"], 2)
    table = simulated.series["membership"]
    expected = 60 * (1 + 0.1 * np.arange(10))
    assert table.middle[0] == pytest.approx(np.median(expected))
    assert (table.low[0], table.high[0]) == pytest.approx(tuple(np.quantile(expected, [0.05, 0.95])))
    drawing = observed_violations.draw(simulated, [])
    assert artists(drawing.figure, "band:membership")
    assert "11 design points (1 of them failed and left out)" in drawing.caption
    assert one.series["membership"].middle[0] == pytest.approx(72)


def test_few_histories_are_drawn_day_by_day_with_gaps(tmp_path):
    path = write_history(tmp_path / "h.json", days=[0, 1, 5], fire=[10, 0, 90])
    simulated = fire_of_timelines([read_timeline(path)])
    drawing = observed_violations.draw(simulated, [], style.ONE_COLUMN)
    axes = panel(drawing.figure, "violations")
    line = artist(axes, "line:membership")
    np.testing.assert_allclose(line.get_ydata(), [10, 10, np.nan, np.nan, np.nan, 90, 90])
    assert artist(axes, "zero:membership").get_xdata()[0] == pytest.approx(1.5 / YEAR)
    assert "replication 3" in drawing.caption
    assert hanging(drawing.figure) == []


def test_of_many_histories_the_weekly_spread_is_drawn(tmp_path):
    timelines = [
        read_timeline(write_history(tmp_path / f"{n}.json", replication=n, fire=[100 + n] * 14))
        for n in range(21)
    ]
    simulated = fire_of_timelines(timelines)
    table = simulated.series["membership"]
    assert list(table.start) == [0, 7] and set(table.middle) == {110}
    assert (table.low[0], table.high[0]) == (pytest.approx(101), pytest.approx(119))
    drawing = observed_violations.draw(simulated, [])
    assert artists(drawing.figure, "band:membership")
    assert "replications 0 to 20 (21 of them)" in drawing.caption


def test_a_history_of_an_older_program_does_not_tell_its_days(tmp_path):
    path = write_history(tmp_path / "h.json")
    timeline = read_timeline(path)
    del timeline.history["violations"]
    with pytest.raises(ResultsError, match="does not tell the violations .*replay it again"):
        fire_of_timelines([timeline])
    timeline.history["violations"] = {"day": [1], "Russia": [1, 2], "Ukraine": [1, 2]}
    with pytest.raises(ResultsError, match="another number than its days"):
        timeline.fire()


def test_the_command_draws_a_file_or_histories_against_a_record(tmp_path, capsys):
    observed = ["--observed", str(EVIDENCE / "calibration" / "truce_regrowth.csv")]
    path = str(with_fire(tmp_path / "a.h5"))
    told = str(write_history(tmp_path / "h.json"))
    for number, arguments in enumerate((
        [path, "--regime", "membership", "--columns", "one"], [told], [path, "--truce", "2020-07-27"],
    )):
        assert main(["figures", *arguments, *observed, "-o", str(tmp_path / str(number))]) == 0
        assert read_provenance(tmp_path / str(number) / "observed_violations.pdf")
    capsys.readouterr()
    for arguments, why in (
        ([path, "--regime", "peace"], "no regime 'peace'"),
        ([path, "--outcome", "clash"], "has no --outcome"),
        ([told, "--point", "1"], "has no --point"),
        ([told, "--regime", "membership"], "has no --regime"),
    ):
        assert main(["figures", *arguments, *observed, "-o", str(tmp_path / "none")]) == 2
        captured = capsys.readouterr()
        assert why in captured.err and captured.err.count("\n") == 1
    assert main(["figures", path, "--truce", "2020-07-27", "-o", str(tmp_path / "none")]) == 2
    assert not (tmp_path / "none").exists()
    with pytest.raises(SystemExit):
        main(["figures", path, *observed, "--truce", "yesterday", "-o", str(tmp_path / "none")])


def test_a_file_without_violations_is_refused(whole_file):
    with firebreak.open_results(whole_file) as results:
        with pytest.raises(ResultsError, match="lacks violations_per_day"):
            fire_of_results(results, ["membership"])
