"""A sweep of a second: eight design points under three regimes, and what tests do with it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from program import SOURCE_DIR, firebreak
from result_content import content, differences

SOBOL = """
method = "sobol"
points = 8
uncertainties = ["line.immigrant_rate", "line.frailty_shape", "incidents.stray_rate_russia"]
"""

STUDY = """
title = "A sweep of a second"
question = "Is it the same, however it is run?"
baseline = "{configs}/baseline.toml"
allies = "{configs}/allies.csv"

[run]
replications = {replications}
seed = 5
horizon = 120
checkpoints = 4
regimes = ["status-quo", "membership", "neutrality"]
reference = "status-quo"
histories = true

[set]
"response.belief_draws" = 100

[design]
{design}
"""


def write_study(folder: Path, replications: int = 320, design: str = SOBOL) -> Path:
    """Write the study, in blocks of 32 replications unless there are 1,024 or more."""
    path = folder / "sweep.toml"
    configs = SOURCE_DIR / "configs"
    path.write_text(STUDY.format(configs=configs, replications=replications, design=design))
    return path


def finished(*arguments: object, **options: Any) -> str:
    """Call the program, which must succeed; returns what it said on standard error."""
    done = firebreak(*arguments, **options)
    assert done.returncode == 0, done
    return done.stderr


def sweep(study: Path, output: Path, *arguments: object, **options: Any) -> Path:
    """Run a sweep that must succeed and say nothing; returns its result file."""
    assert finished("sweep", study, "-o", output, "--quiet", *arguments, **options) == ""
    return output


def refused(*arguments: object, **options: Any) -> str:
    """Return the message of a call that must be refused as bad input, within a minute."""
    done = firebreak(*arguments, **({"timeout": 60} | options))
    assert (done.returncode, done.stdout) == (2, ""), done
    return done.stderr


def journal_of(output: Path, shard: str = "") -> Path:
    """Return the journal beside a result file, of all of it or of a shard such as 2/3."""
    part = f".shard-{shard.replace('/', '-of-')}" if shard else ""
    return output.with_name(f"{output.name}{part}.journal")


def assert_same(left: Path, right: Path, *besides: str) -> None:
    """Hold every byte of every variable and attribute the same, but for the runtime."""
    assert set(differences(content(left), content(right))) == set(besides)


def broken_off(study: Path, output: Path, *arguments: object) -> Path:
    """Make a journal that a killed run left, in the middle of a block; returns its path."""
    sweep(study, output, *arguments)
    output.unlink()
    journal = journal_of(output)
    os.truncate(journal, journal.stat().st_size * 7 // 10)
    return journal


def copied(files: list[Path], to: Path) -> Path:
    """Copy files into a new folder."""
    to.mkdir()
    for file in files:
        shutil.copy2(file, to)
    return to
