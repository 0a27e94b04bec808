"""Reports as the program writes them, small and with known contents."""

from __future__ import annotations

import csv
import io

COMMENTS = (
    "# commit: 0123456789abcdef0123",
    "# seed: 20221115",
    "# command: firebreak validate configs/studies/baseline.toml",
)
VALIDATION_HEADS = (
    "target,use,statistic,unit,observed,low5,low25,median,high75,high95,percentile,passed,draws,"
    "note"
).split(",")
CLAIMS_HEADS = (
    "claim,statement,prior_or_posterior,draws,held,reversed,undecided,effect_median,effect_low,"
    "effect_high,unit,decider_1,decider_1_strength,decider_2,decider_2_strength,decider_3,"
    "decider_3_strength,reading,held_low,held_high,reversed_low,reversed_high,undecided_low,"
    "undecided_high,chance_strength,correlation"
).split(",")

VALIDATION_ROWS = [
    ["violations", "calibration", "total", "1/yr", 300000, 200000, 250000, 290000, 320000, 400000,
     55, "true", 400, ""],
    ["violations", "calibration", "daily log sd", "1", 0.9, 0.2, 0.3, 0.4, 0.5, 0.6, 99.9, "false",
     400, "too smooth"],
    ["airspace-2025", "held_out", "violations a year", "1/yr", 18, 2, 4, 6, 9, 14, 98, "false", 400,
     ""],
    ["recurrence", "held_out", "within a year", "1", 0.1, 0.05, 0.08, 0.12, 0.2, 0.3, 40, "true",
     400, ""],
    ["recurrence", "held_out", "within five years", "1", 0.23, 0.1, 0.2, 0.25, 0.3, 0.35, 45,
     "true", 400, ""],
    ["quiet", "held_out", "count", "", 0, 0, 0, 0, 1, 3, 50, "true", 400, ""],
    ["ramp-2022", "held_out", "largest_rise", "1", 10, 1.5, 1.8, 2, 2.5, 4, 100, "true", 400,
     "must lie above the 95th percentile"],
    ["far", "held_out", "count", "1", 1, 100, 110, 120, 130, 140, 0, "false", 400, ""],
    ["nuclear-use", "held_out", "a year", "1/yr", "1e-05 to 0.01", 1e-4, 3e-4, 5e-4, 8e-4, 2e-3,
     30, "true", 400, "the median must lie within the range"],
    ["recommitments", "held_out", "count", "1", 12, *["NA"] * 6, "false", 0,
     "not modelled: agreed once"],
]


def claim(name: str, kind: str, held: float, reversed_: float, statement: str = "") -> list:
    """Return a row of a report of claims."""
    said = statement or f"Statement of {name}"
    return [name, said, kind, 512, held, reversed_, round(1 - held - reversed_, 6), 1.25, -0.5, 3.0,
            "percentage points", "capitals.provocation", 0.61, "capitals.prize", -0.32,
            "response.silence", 0.11, f"{name} depends on provocation.", 0, 1, 0, 1, 0, 1, 0.2,
            "partial"]


CLAIMS_ROWS = [
    claim("H1", "prior", 0.5, 0.3, "Clash is likelier, all told, under membership"),
    claim("H1", "posterior", 0.9, 0.05, "Clash is likelier, all told, under membership"),
    claim("H2", "prior", 0.0, 0.0),
    claim("H10", "prior", 0.25, 0.75),
    claim("H10", "posterior", 1.0, 0.0),
]


def report(heads: list[str], rows: list[list], comments: tuple[str, ...] = COMMENTS) -> str:
    """Return the text of a report."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return "".join(f"{line}\n" for line in comments) + text.getvalue()


def validation_text() -> str:
    """Return a report of a validation."""
    return report(VALIDATION_HEADS, VALIDATION_ROWS)


def claims_text() -> str:
    """Return a report of three hypotheses, one without its posterior."""
    return report(CLAIMS_HEADS, CLAIMS_ROWS)
