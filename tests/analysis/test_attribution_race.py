"""The race of evidence and clock is drawn as a history tells it; other files are refused."""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from drawn import artist, artists, hanging, panel
from firebreak import ResultsError, read_provenance, style
from firebreak.__main__ import main
from firebreak.figures import attribution_race
from firebreak.timelines import provenance_of_timelines, read_timeline
from synthetic_timelines import history, incident, write_history

SOURCE = Path(os.environ.get("FIREBREAK_SOURCE_DIR", Path(__file__).resolve().parents[2]))
BINARY = os.environ.get("FIREBREAK_BINARY", "")


def drawn(tmp_path, *records, days=None, width=style.TWO_COLUMN, **how):
    timeline = read_timeline(write_history(tmp_path / "h.json", *records, **how))
    return attribution_race.draw([timeline], days, width)


def axes_of(drawing, day):
    return panel(drawing.figure, f"3:membership:{day}:0")


def test_belief_steps_from_its_opening_through_every_report(tmp_path):
    axes = axes_of(drawn(tmp_path, incident(5, [2.0, 1.0, 4.6])), 5)
    line = artist(axes, "belief")
    assert list(line.get_ydata()) == [1.0, 2.0, 1.0, 4.6, 4.6]
    assert list(line.get_xdata())[1:] == [1, 2, 4, 4]
    assert list(artist(axes, "reports:russia").get_xdata()) == [1, 4]
    assert list(artist(axes, "reports:not_russia").get_xdata()) == [2]
    assert [list(one.get_ydata()) for one in artists(axes, "threshold")] == [[-4.5] * 2, [4.5] * 2]
    assert axes.get_xscale() == "log"


def test_a_decision_by_the_clock_is_dotted_and_what_comes_later_is_grey(tmp_path):
    record = incident(5, [2.0, 1.0, 0.0, -1.0], by="clock", decided=3.0, truth=100.0)
    axes = axes_of(drawn(tmp_path, record), 5)
    assert list(artist(axes, "clock").get_xdata()) == [3, 3] and not artists(axes, "evidence")
    assert artist(axes, "belief").get_xdata()[-1] == 3
    assert list(artist(axes, "later").get_ydata()) == [1.0, 0.0, -1.0]
    assert list(artist(axes, "truth_out").get_xdata()) == [100, 100]
    # Ukraine did it, and they believed in Russia.
    assert artist(axes, "decision:wrong").get_ydata()[0] == pytest.approx(1.0)
    assert artist(axes, "said").get_text() == "Decided by the clock after 3 h: wrong; no response"


def test_the_side_of_the_truth_is_tinted_and_a_right_decision_is_marked_so(tmp_path):
    for origin in ("Russia", "Ukraine"):
        record = incident(5, [2.0, 4.6], origin=origin, level="limited_force")
        axes = axes_of(drawn(tmp_path, record), 5)
        extent = artist(axes, "truth").get_window_extent()
        middle = axes.transData.transform((1, 0))[1]
        assert (extent.y0 >= middle - 1) == (origin == "Russia")
        kind = "right" if origin == "Russia" else "wrong"
        assert artists(axes, f"decision:{kind}")
        assert artist(axes, "said").get_text().endswith(f"{kind}; limited force")


def test_an_unknown_opening_begins_at_the_first_report(tmp_path):
    axes = axes_of(drawn(tmp_path, incident(5, [2.0], opening=None)), 5)
    assert list(artist(axes, "belief").get_xdata()) == [1, 1]


def test_certainty_is_drawn_at_the_edge(tmp_path):
    record = incident(5, [2.0, 3.0])
    record["judgement"]["reports"][1]["log_odds"] = None  # as JSON writes infinity
    axes = axes_of(drawn(tmp_path, record), 5)
    assert artist(axes, "belief").get_ydata()[-1] == axes.get_ylim()[1]
    assert np.isfinite(artist(axes, "belief").get_ydata()).all()


def test_the_three_of_most_consequence_are_drawn_unless_days_are_named(tmp_path):
    records = [
        incident(1, [2.0]), incident(2, [2.0], level="consult"), incident(3, [2.0, 3.0]),
        incident(4, [], level="general_force"),  # nobody investigated
        incident(5, [2.0, 3.0, 4.0], origin="Russia"),
    ]
    chosen = [axes.get_gid().split(":")[2] for axes in drawn(tmp_path, *records).figure.axes]
    assert chosen == ["1", "2", "3"]  # the last is right, and so comes after the wrong ones
    (axes,) = drawn(tmp_path, *records, days=[5]).figure.axes
    assert axes.get_gid() == "3:membership:5:0"
    with pytest.raises(ResultsError, match=r"no incident was investigated on such a day \(on: 1, 2"):
        drawn(tmp_path, *records, days=[4])
    with pytest.raises(ResultsError, match="no incident of this history was investigated"):
        drawn(tmp_path, records[3])


def test_the_caption_names_the_history_and_its_program(tmp_path):
    drawing = drawn(tmp_path, incident(5, [2.0]), width=style.ONE_COLUMN)
    for part in ("1 investigated incident:", "Membership, replication 3.", "seed 20221115",
                 "Firebreak 0.1.0 (commit 0123456789ab)", "no forecast"):
        assert part in drawing.caption
    assert hanging(drawing.figure) == []
    for path in drawing.write(tmp_path):
        assert read_provenance(path) == drawing.provenance


def test_histories_of_different_programs_are_not_drawn_together(tmp_path):
    pair = [read_timeline(write_history(tmp_path / f"{name}.json", commit=name)) for name in "ab"]
    with pytest.raises(ResultsError, match="different versions of the program"):
        provenance_of_timelines(pair)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "cannot be read"), ("", "is empty"), ("regime,x\n", "no JSON"),
        (json.dumps(history())[:200], "not written to its end"), ("[1, 2]", "no history"),
        ('{"regime": "membership"}', "lacks title, replication"), (b"\xff\xfe\x00", "is no text"),
        (json.dumps(history([{"type": "incident", "day": 3}])), "lacks its judgement"),
    ],
)
def test_a_bad_file_ends_with_2_one_line_and_no_file(tmp_path, capsys, content, why):
    path = tmp_path / "bad.json"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main(["figures", str(path), "-o", str(tmp_path / "none")]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1 and why in captured.err and str(path) in captured.err
    assert not (tmp_path / "none").exists()


def test_what_cannot_be_chosen_of_a_history_is_refused(tmp_path, whole_file, capsys):
    path = str(write_history(tmp_path / "h.json", incident(5, [2.0])))
    for arguments, why in (
        ([path, "--outcome", "clash"], "a history has no --outcome"),
        ([str(whole_file), "--day", "3"], "a result file has no --day"),
        ([str(whole_file), path], "only histories"),
    ):
        assert main(["figures", *arguments, "-o", str(tmp_path / "none")]) == 2
        assert why in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(not BINARY, reason="FIREBREAK_BINARY names no program")
def test_a_history_of_the_program_is_drawn(tmp_path):
    told = subprocess.run(
        [BINARY, "replay", SOURCE / "configs/studies/quick.toml", "--regime", "membership",
         "--replication", "3", "--json"], capture_output=True, text=True, check=True, timeout=300,
    ).stdout
    (tmp_path / "h.json").write_text(told, encoding="utf-8")
    assert main(["figures", str(tmp_path / "h.json"), "-o", str(tmp_path), "--columns", "one"]) == 0
    timeline = read_timeline(tmp_path / "h.json")
    days, total = timeline.fire()
    assert days.size == timeline.history["ceasefire_days"] and total.sum() > 0
    found = read_provenance(tmp_path / "attribution_race.pdf")
    assert found.git_commit == timeline.history["git_commit"]
