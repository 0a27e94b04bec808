"""`firebreak replay`: one history as text and as JSON, and that it is the one a run counted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import h5py
import pytest

from program import QUICK, firebreak, run_to_file

# A year shows few outcomes of weight; five years of a few histories are as quick.
HORIZON = ("--horizon", "1826")
REGIMES = ("status-quo", "membership", "bilateral-guarantee")
NEVER = -1


def replay(number: object, regime: str, *options: object) -> str:
    """Return the text of one history of the quick study."""
    done = firebreak("replay", QUICK, "--replication", number, "--regime", regime, *options)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def first_days(history: dict[str, Any]) -> dict[str, int]:
    """Return the first day of each outcome of a history."""
    return {
        name: NEVER if first is None else first["day"]
        for name, first in history["outcomes"].items()
    }


@pytest.mark.parametrize("seed", ["20221115", "6"])
def test_a_replay_is_the_history_that_a_run_counted(tmp_path: Path, seed: str) -> None:
    """First days of every outcome agree, for several histories and regimes."""
    options = [*HORIZON, "--seed", seed]
    chosen = [word for name in REGIMES for word in ("--regime", name)]
    path = run_to_file(
        tmp_path / "x.h5", *options, *chosen, "--replications", "40", "--histories"
    )
    happened = set()
    with h5py.File(path) as file:
        table = file["histories/first_day"][0]
        outcomes = [name.decode() for name in file["outcome"][()]]
    for index, regime in enumerate(REGIMES):
        for number in (0, 1, 31, 32, 39):  # of both blocks, their first and last too
            history = json.loads(replay(number, regime, *options, "--json"))
            expected = dict(zip(outcomes, table[index, number].tolist(), strict=True))
            assert first_days(history) == expected, (regime, number)
            happened |= {name for name, day in expected.items() if day != NEVER}
    assert len(happened) > 4, "too little happened for the agreement to mean anything"


def test_a_replay_is_the_same_twice_and_no_two_are_alike() -> None:
    """The number, the seed and the regime are all that a history depends on."""
    text = replay(3, "membership")
    assert text == replay(3, "membership")
    others = [replay(4, "membership"), replay(3, "neutrality"), replay(3, "membership", "--seed", 4)]
    assert len({text, *others}) == 4
    data = replay(3, "membership", "--json")
    assert data == replay(3, "membership", "--json")


def test_the_text_and_the_json_tell_one_story() -> None:
    """Each outcome has the same date in both."""
    text = replay(3, "membership")
    history = json.loads(replay(3, "membership", "--json"))
    assert (history["regime"], history["replication"]) == ("membership", 3)
    assert (history["seed"], history["horizon_days"]) == (20221115, 1826)
    assert text.startswith("One history: regime membership (Membership), replication 3, seed 2022")
    summary = text[text.index("What happened, by its first day:") :]
    for name, first in history["outcomes"].items():
        words = name.replace("_", " ")
        if first is not None:
            assert re.search(rf"^{first['date']} +{words}$", summary, re.MULTILINE), name
        else:
            never = " ".join(summary[summary.index("Never:") :].split())
            assert re.search(rf"[ ,] ?{words}[,.]", never), name
    assert any(first is not None for first in history["outcomes"].values())


def test_the_fire_of_the_days_is_what_the_text_adds_up_to() -> None:
    """One number per side and day of ceasefire, and their sums are those of the summary."""
    history = json.loads(replay(3, "membership", "--json"))
    fire = history["violations"]
    assert fire["day"] == sorted(set(fire["day"]))
    assert len(fire["day"]) == len(fire["Russia"]) == len(fire["Ukraine"])
    assert len(fire["day"]) == history["ceasefire_days"]
    summary = " ".join(replay(3, "membership").split())
    assert f"{sum(fire['Russia'])} Russian, {sum(fire['Ukraine'])} Ukrainian" in summary


def test_the_timeline_is_dated_in_order_and_fits_a_page() -> None:
    """Dates never go back, and no line is longer than a hundred characters."""
    lines = replay(3, "membership").splitlines()
    assert max(map(len, lines)) <= 100
    end = lines.index("What happened, by its first day:")
    story = lines[lines.index("") : end]
    dates = [line[:8] for line in story if re.match(r"Y\d-\d\d-\d\d ", line)]
    assert len(dates) > 10
    assert dates == sorted(dates)
    days = [
        record["day"] for record in json.loads(replay(3, "membership", "--json"))["records"]
    ]
    assert days == sorted(days) and 0 <= days[0] and days[-1] <= 1826


def test_a_changed_parameter_changes_the_story() -> None:
    """--set and --horizon are heard: a line that never fires tells of no line incident."""
    silent = json.loads(
        replay(3, "membership", "--json", "--set", "incidents.line_salience=0", "--horizon", 400)
    )
    assert silent["horizon_days"] == 400
    kinds = [
        record["incident"]["kind"] for record in silent["records"] if record["type"] == "incident"
    ]
    assert "line" not in kinds
    loud = json.loads(replay(3, "membership", "--json"))
    assert "line" in [r["incident"]["kind"] for r in loud["records"] if r["type"] == "incident"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--regime", "membership"], "--replication is required"),
        (["--replication", "3"], "--regime is required"),
        (["--replication", "-1", "--regime", "membership"], "--replication"),
        (["--replication", "4294967296", "--regime", "membership"], "--replication"),
        (["--replication", "3", "--regime", "memberhip"], "did you mean membership?"),
    ],
)
def test_a_history_that_cannot_be_told_is_refused(arguments: list[str], message: str) -> None:
    """Exit code 2, the reason, and no text."""
    done = firebreak("replay", QUICK, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
