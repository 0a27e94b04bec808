"""No sign of the central claims is built in: each is held at one point that ships and reversed at another."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

import pytest

from program import SOURCE_DIR, firebreak

CONFIGS = SOURCE_DIR / "configs"
POINTS = tomllib.loads((CONFIGS / "claims-balance.toml").read_text("utf-8"))
CASES = [(claim, side) for claim, sides in POINTS.items() for side in sides]


def test_each_of_the_central_claims_has_both_sides() -> None:
    """None is left out."""
    assert {claim: sorted(sides) for claim, sides in POINTS.items()} == {
        claim: ["held", "reversed"] for claim in ("H1", "H6", "H8", "H9", "H20")
    }


def regimes_of(claim: str) -> list[str]:
    """Return the regimes that the comparisons of a claim rank."""
    comparisons = tomllib.loads((CONFIGS / "claims.toml").read_text("utf-8"))["claims"][claim]["comparisons"]
    return list(dict.fromkeys(name for one in comparisons for name in one["rising"]))


@pytest.mark.parametrize(("claim", "side"), CASES)
def test_the_claim_comes_out_as_the_point_is_said_to_have_it(claim: str, side: str, tmp_path: Path) -> None:
    """At the point it is held, or reversed, beyond Monte Carlo error."""
    regimes = regimes_of(claim)
    point = POINTS[claim][side]
    sections = {f"set.{name}": values for name, values in point.items() if name != "regime"}
    sections["set.response"] = {"belief_draws": 4000}
    for regime, own in point.get("regime", {}).items():
        sections |= {f"regime.{regime}.{name}": values for name, values in own.items()}
    text = f"""
title = "Balance"
question = "Is there a point at which {claim} is {side}?"
baseline = "{CONFIGS}/baseline.toml"
allies = "{CONFIGS}/allies.csv"
claims = "{CONFIGS}/claims.toml"
[run]
replications = 768
seed = 20221115
horizon = 1826
checkpoints = 1
histories = false
regimes = {json.dumps(regimes)}
reference = "{regimes[0]}"
references = "all"
"""
    for section, values in sections.items():
        text += f"[{section}]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())
    study = tmp_path / "study.toml"
    study.write_text(text, "utf-8")
    table = tmp_path / "claims.csv"
    done = firebreak("claims", study, "-o", tmp_path / "x.h5", "--csv", table, "--quiet", timeout=600)
    assert done.returncode == 0, done
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = {row["claim"]: row for row in csv.DictReader(lines)}
    assert float(rows[claim][side]) == 1, rows[claim]
