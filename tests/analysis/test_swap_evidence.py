"""The years exchanged: the pairs change their use, all else stays, and the program takes it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tool_pages import BINARY, needs_program

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
PAIRS = {
    "violations-2017-2019": "violations-2016-2018-2021",
    "daily-shape-2021": "daily-shape-2022",
}
USES = ("calibration", "held_out")


def swapped(configs: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script on a folder of configurations."""
    command = [sys.executable, SCRIPTS / "swap_evidence.py", folder, "--configs", configs]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def pairs_stated(configs: Path, *pairs: str) -> Path:
    """Return a copy of the configurations that states these pairs."""
    shutil.copytree(ROOT / "configs", configs)
    text = "[swapped]\n" + "".join(f"{pair}\n" for pair in pairs)
    (configs / "evidence" / "split_swapped.toml").write_text(text, encoding="utf-8")
    return configs


def read(path: Path) -> dict[str, Any]:
    """Read a TOML file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(name="made", scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exchange what the project exchanges."""
    folder = tmp_path_factory.mktemp("swapped") / "new"
    done = swapped(ROOT / "configs", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_without_pairs_all_is_copied(tmp_path: Path) -> None:
    configs, folder = pairs_stated(tmp_path / "configs"), tmp_path / "new"
    assert swapped(configs, folder).returncode == 0
    evidence = configs / "evidence"
    assert read(folder / "evidence" / "split.toml") == read(evidence / "split.toml")
    for use in USES:
        names = sorted(path.name for path in (evidence / use).iterdir())
        assert sorted(path.name for path in (folder / "evidence" / use).iterdir()) == names
        for name in names:
            old, new = evidence / use / name, folder / "evidence" / use / name
            assert new.read_bytes() == old.read_bytes(), name
    old, new = read(configs / "calibration.toml"), read(folder / "calibration.toml")
    assert old | {"study": ""} == new | {"study": ""}
    assert (folder / new["study"]).resolve() == configs / old["study"]


def test_each_target_of_a_pair_is_where_the_other_was(made: Path) -> None:
    stated = read(ROOT / "configs" / "evidence" / "split_swapped.toml")["swapped"]
    assert stated == PAIRS
    new_of = PAIRS | {right: left for left, right in PAIRS.items()}
    old_split = read(ROOT / "configs" / "evidence" / "split.toml")
    new_split = read(made / "evidence" / "split.toml")
    targets = {use: read(made / "evidence" / use / "targets.toml") for use in USES}
    for use in USES:
        expected = {new_of.get(name, name) for name in old_split[use]}
        assert set(targets[use]) == set(new_split[use]) == expected
    titles = old_split["calibration"] | old_split["held_out"]
    assert new_split["calibration"] | new_split["held_out"] == titles


def test_tables_go_with_their_targets(made: Path) -> None:
    old, new = ROOT / "configs" / "evidence", made / "evidence"
    for use, other in (USES, reversed(USES)):
        annual = "annual_violations.csv"
        assert (new / use / annual).read_bytes() == (old / other / annual).read_bytes()
    daily = "daily_violations_2021.csv"
    assert (new / "held_out" / daily).exists() and not (new / "calibration" / daily).exists()


def test_only_discrepancies_are_added_and_only_to_what_now_calibrates(made: Path) -> None:
    old = {use: read(ROOT / "configs" / "evidence" / use / "targets.toml") for use in USES}
    new = {use: read(made / "evidence" / use / "targets.toml") for use in USES}
    added = {}
    for name, target in new["calibration"].items():
        for statistic, one in target["statistics"].items():
            if name in PAIRS.values():
                added[statistic] = one.pop("discrepancy")
    before, after = old["calibration"] | old["held_out"], new["calibration"] | new["held_out"]
    assert before == after
    assert added == {
        "violations_2016": 0.1, "violations_2018": 0.1, "violations_2021": 0.1,
        "daily_log_sd_2022": 0.05, "negative_binomial_size_2022": 0.1,
        "daily_mean_2022": 0.1,  # without a twin: the largest on the scale of logarithms
    }


def test_the_calibration_names_the_new_targets_and_is_else_the_same(made: Path) -> None:
    old, new = read(ROOT / "configs" / "calibration.toml"), read(made / "calibration.toml")
    for block in old["block"]:
        block["targets"] = [PAIRS.get(name, name) for name in block["targets"]]
    assert new["block"] == old["block"]
    assert (made / new["study"]).resolve() == ROOT / "configs" / old["study"]
    assert new["evidence"] == "evidence"


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        (['daily-shape-2021 = "truce-drop-2020"'], "truce-drop-2020 is no target of held_out"),
        (['daily-shape-2022 = "daily-shape-2021"'], "daily-shape-2022 is no target of calibration"),
        (['daily-shape-2021 = "daily-shape-2023"'], "daily-shape-2023 is no target of held_out"),
        (
            ['daily-shape-2021 = "daily-shape-2022"', 'truce-drop-2020 = "daily-shape-2022"'],
            "daily-shape-2022: stands in two pairs",
        ),
        (
            ['violations-2017-2019 = "daily-shape-2022"'],
            "held_out/annual_violations.csv: a table of that name comes from the other folder",
        ),
    ],
)
def test_a_bad_pair_is_refused_and_nothing_written(
    pairs: list[str], told: str, tmp_path: Path
) -> None:
    done = swapped(pairs_stated(tmp_path / "configs", *pairs), tmp_path / "new")
    assert done.returncode == 2 and told in done.stderr
    assert not (tmp_path / "new").exists()


def test_what_is_there_is_kept(made: Path) -> None:
    done = swapped(ROOT / "configs", made)
    assert done.returncode == 2 and "is there already" in done.stderr


@needs_program
def test_the_program_calibrates_and_validates_with_it(made: Path, tmp_path: Path) -> None:
    """The fit never opens what is now held out."""
    alone = tmp_path / "alone"
    shutil.copytree(made, alone)
    shutil.rmtree(alone / "evidence" / "held_out")
    study = (made / read(made / "calibration.toml")["study"]).resolve().as_posix()
    calibration = (alone / "calibration.toml").read_text(encoding="utf-8")
    stated = read(made / "calibration.toml")["study"]
    (alone / "calibration.toml").write_text(calibration.replace(stated, study), encoding="utf-8")
    posterior, report = tmp_path / "posterior.csv", tmp_path / "validation.csv"
    commands = [
        ["calibrate", alone / "calibration.toml", "--block", "line", "--simulations", "400"],
        ["validate", study, "--posterior", posterior, "--evidence", made / "evidence",
         "--draws", "20"],
    ]
    for command, output in zip(commands, (posterior, report)):
        done = subprocess.run(
            [BINARY, *command, "-o", output, "--quiet"], capture_output=True, text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert "# Targets: violations-2016-2018-2021, " in posterior.read_text(encoding="utf-8")
    rows = report.read_text(encoding="utf-8")
    assert "\ndaily-shape-2021,held_out," in rows and "\ndaily-shape-2022,calibration," in rows
    assert "daily_log_sd_2021,log,0.88" in rows
