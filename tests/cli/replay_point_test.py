"""A history of a design point is told as it was run."""

from __future__ import annotations

import json
from pathlib import Path

import h5py

from program import QUICK, SOURCE_DIR, firebreak

DESIGN = """
[design]
method = "sobol"
points = 4
uncertainties = ["line.*", "accession.*"]

[design.levers]
"bilateral-guarantee:commitment.obligation" = [0.1, 0.9]
"neutrality:commitment.armament" = [0.5, 1.5]
"""
REPLICATIONS = 8
POINTS = 16


def test_every_history_of_a_design_is_replayed_as_it_was_run(tmp_path: Path) -> None:
    """First days in the file are those of the replay, though it tells of one regime alone."""
    study = tmp_path / "study.toml"
    text = QUICK.read_text()
    for name in ("baseline.toml", "allies.csv"):
        text = text.replace(f"../{name}", str(SOURCE_DIR / "configs" / name))
    study.write_text(text + DESIGN)
    output = tmp_path / "x.h5"
    options = ("--regime", "neutrality", "--regime", "bilateral-guarantee", "--horizon", "730")
    done = firebreak("sweep", study, "-o", output, "--quiet", "--histories",
                     "--replications", REPLICATIONS, *options)
    assert done.returncode == 0, done.stderr
    seen = set()
    with h5py.File(output) as file:
        table = file["histories/first_day"][()]
        regimes = [name.decode() for name in file["regime"][()]]
        outcomes = [name.decode() for name in file["outcome"][()]]
    assert table.shape[0] == POINTS
    for point in (0, 5, 10, 15):
        for regime in regimes:
            told = firebreak("replay", study, "--regime", regime, "--replication", 3, "--json",
                             "--point", point, "--horizon", "730",
                             "--of", "neutrality", "--of", "bilateral-guarantee")
            assert told.returncode == 0, told.stderr
            days = json.loads(told.stdout)["outcomes"]
            row = table[point, regimes.index(regime), 3]
            for outcome, day in zip(outcomes, row.tolist()):
                found = days[outcome]
                assert (found["day"] if found else -1) == day, (point, regime, outcome)
            seen.add(tuple(row.tolist()))
    assert len(seen) > 3, "points differ, or nothing was compared"
    beyond = firebreak("replay", study, "--regime", "neutrality", "--replication", 3,
                       "--point", POINTS, "--of", "neutrality", "--of", "bilateral-guarantee")
    assert beyond.returncode == 2
    assert f"must be below {POINTS}" in beyond.stderr
