"""`firebreak check`, `describe`, `show` and `compare`."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from program import BASELINE, QUICK, SOURCE_DIR, firebreak, run_to_file

REGIMES = ("status-quo", "membership", "neutrality", "bilateral-guarantee")
OUTCOMES = ("collapse", "clash", "general_war", "nuclear_use")
STUDIES = sorted((SOURCE_DIR / "configs" / "studies").glob("*.toml"))


@pytest.fixture(scope="session")
def result_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small result file."""
    return run_to_file(tmp_path_factory.mktemp("reports") / "x.h5", "--replications", "64")


def printed(*arguments: object, **options: Any) -> str:
    """Return what a call that must succeed prints."""
    done = firebreak(*arguments, **({"timeout": 60} | options))
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout


def refused(*arguments: object, **options: Any) -> str:
    """Return the message of a call that must be refused as bad input."""
    done = firebreak(*arguments, **({"timeout": 60} | options))
    assert (done.returncode, done.stdout) == (2, ""), done
    return done.stderr


def parameters(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each parameter of a baseline file with its name."""
    for key, item in table.items():
        if isinstance(item, dict):
            if "value" in item:
                yield prefix + key, item
            else:
                yield from parameters(item, prefix + key + ".")


def regimes_of_claims(path: Path) -> list[str]:
    """Return every regime that a file of claims names, those with a file and variants."""
    file = tomllib.loads(path.read_text("utf-8"))
    names: set[str] = set()
    for claim in file["claims"].values():
        for one in claim["comparisons"] + claim.get("besides", []):
            for key in ("rising", "ladder", "more", "than", "regimes", "regime", "against"):
                value = one.get(key, [])
                names |= {value} if isinstance(value, str) else set(value)
    assert set(file["variants"]) <= names, "a variant that no claim names costs time"
    return sorted(names)


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.stem)
def test_check_accepts_the_studies_that_come_with_the_program(study: Path) -> None:
    """Each is valid, and what it would run is said."""
    config = tomllib.loads(study.read_text("utf-8"))
    run = config["run"]
    posterior = config.get("design", {}).get("posterior")
    if posterior and not (study.parent / posterior).exists():
        pytest.skip("the posterior has not been calibrated yet")
    if "claims" in config:
        assert "regimes" not in run
        run["regimes"] = regimes_of_claims(study.parent / config["claims"])
    found = re.sub(r"valid\. [0-9]+ design points, ", "valid. ", said := printed("check", study))
    assert (found != said) == ("design" in config)
    assert found == (
        f"{study}: valid. {len(run['regimes'])} regimes, {run['replications']} replications each, "
        f"horizon {run['horizon']} d, seed {run['seed']}\n"
    )


def test_check_names_every_problem_and_writes_nothing(tmp_path: Path) -> None:
    """A study with mistakes in several files: each with its file and line, exit code 2."""
    shutil.copytree(SOURCE_DIR / "configs", tmp_path / "configs")
    study = tmp_path / "configs" / "studies" / "quick.toml"
    text = study.read_text("utf-8").replace("replications = 400", "replications = 0\nreplicas = 4")
    study.write_text(text.replace('"neutrality"', '"neutralty"'), "utf-8")
    regime = tmp_path / "configs" / "regimes" / "membership.toml"
    regime.write_text(regime.read_text("utf-8") + "\nhope = 1\n", "utf-8")
    work = tmp_path / "work"
    work.mkdir()
    message = refused("check", study, cwd=work)
    numbered = {line: number for number, line in enumerate(study.read_text().splitlines(), 1)}
    line = numbered["replications = 0"]
    assert f"quick.toml:{line}: run.replications = 0 (must be" in message
    assert f"quick.toml:{line + 1}: run.replicas (unknown" in message
    assert '"neutralty"' in message and "did you mean neutrality?" in message
    assert "membership.toml" in message
    assert list(work.iterdir()) == []


def test_check_judges_changes_as_a_run_would() -> None:
    """Options that change the study are checked with it."""
    assert "1 regimes" in printed("check", QUICK, "--regime", "membership")
    assert "seed 9" in printed("check", QUICK, "--seed", "9", "--set", "line.sectors=12")
    assert "line.sectors = 0" in refused("check", QUICK, "--set", "line.sectors=0")


def described(text: str) -> dict[str, list[str]]:
    """Return the cells of each row of a parameter table, of text or Markdown, by full name."""
    rows: dict[str, list[str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ") + "."
        elif line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert section + cells[0].strip("`") not in rows
            rows[section + cells[0].strip("`")] = cells[1:]
        elif re.match(r"[a-z_:-]+(\.\w+)+ ", line):
            name, *cells = line.split()
            assert name not in rows
            rows[name] = cells
    return rows


@pytest.mark.parametrize("option", [[], ["--markdown"]])
def test_describe_lists_every_parameter_with_its_tag(option: list[str]) -> None:
    """Each number of the baseline is there once, with its value and where it comes from."""
    rows = described(printed("describe", QUICK, *option))
    known = dict(parameters(tomllib.loads(BASELINE.read_text("utf-8"))))
    # What a regime sets in words (its timing, its rule) is no parameter to vary.
    numbers = {name: item for name, item in known.items() if isinstance(item["value"], int | float)}
    assert len(numbers) > 100
    assert [name for name in rows if ":" not in name] == list(numbers)
    for name, parameter in numbers.items():
        assert parameter["tag"] in rows[name], name
        assert float(rows[name][0]) == pytest.approx(parameter["value"], rel=1e-5), name


def test_describe_shows_what_was_changed() -> None:
    """A changed value is the one described."""
    changed = printed("describe", QUICK, "--set", "line.immigrant_rate=3.25")
    assert re.search(r"^line\.immigrant_rate +3\.25 ", changed, re.MULTILINE)


def test_show_prints_the_estimates_of_the_file(result_file: Path) -> None:
    """Every regime has a row, whose numbers are those of the file, rounded."""
    text = printed("show", result_file)
    with h5py.File(result_file) as file:
        probability = file["probability"][0, :, :, -1]
        outcomes = [name.decode() for name in file["outcome"][()]]
        assert file.attrs["title"].decode() == text.splitlines()[0]
    for index, regime in enumerate(REGIMES):
        row = re.search(rf"^{regime}  +(.*)$", text, re.MULTILINE)
        assert row
        cells = [float(cell) for cell in re.findall(r"([\d.e+-]+) \[[^]]*\]", row[1])]
        expected = [100 * probability[index, outcomes.index(name)] for name in OUTCOMES]
        np.testing.assert_allclose(cells, expected, rtol=0.1, atol=1e-3)
    assert "Difference from status-quo" in text
    assert "Levels are not forecasts" in text


def test_show_takes_outcomes_and_a_reference(result_file: Path) -> None:
    """Only what is asked for, in the order asked for; what is unknown is refused with a list."""
    text = printed(
        "show", result_file, "--outcome", "stray", "--outcome", "alert",
        "--reference", "neutrality",
    )  # fmt: skip
    assert re.search(r"^regime +stray +alert$", text, re.MULTILINE)
    assert "Difference from neutrality" in text and "collapse" not in text
    assert "'clahs'" in refused("show", result_file, "--outcome", "clahs")
    message = refused("show", result_file, "--reference", "neutralty")
    assert "'neutralty'" in message and "neutrality" in message.replace("neutralty", "")


def test_compare_prints_the_paired_differences(result_file: Path) -> None:
    """Each outcome has a row, whose difference is that of the file; swapped, its sign changes."""
    forth = compared(printed("compare", result_file, "membership", "neutrality"))
    back = compared(printed("compare", result_file, "neutrality", "membership"))
    with h5py.File(result_file) as file:
        difference = file["difference"][0, 1, 2, :, -1]
        outcomes = [name.decode() for name in file["outcome"][()]]
    assert list(forth) == outcomes
    for name, expected in zip(outcomes, difference, strict=True):
        assert forth[name] == pytest.approx(100 * expected, rel=0.1, abs=1e-3)
        assert forth[name] == -back[name]


def compared(text: str) -> dict[str, float]:
    """Return the difference of each outcome from a comparison as printed."""
    found = {}
    for line in text.splitlines():
        cells = re.findall(r"([\d.e+-]+) \[[^]]*\]", line)
        if len(cells) == 3:
            found[line.split()[0]] = float(cells[2])
    return found


def test_compare_of_a_regime_with_itself_is_zero(result_file: Path) -> None:
    """The same luck and the same rules: no difference, no interval."""
    found = compared(printed("compare", result_file, "membership", "membership"))
    assert len(found) == 16 and not any(found.values())


@pytest.mark.parametrize("pair", [("membership", "open-door"), ("opendoor", "membership")])
def test_compare_refuses_a_regime_that_is_not_there(
    result_file: Path, pair: tuple[str, str]
) -> None:
    """The message names it and lists those of the file."""
    message = refused("compare", result_file, *pair)
    assert "open" in message and all(name in message for name in REGIMES)
    assert "REGIME is required" in refused("compare", result_file)


def cut_short(path: Path) -> None:
    """Keep the first half of a file."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def newer(path: Path) -> None:
    """Give a file the format of a program yet to come."""
    with h5py.File(path, "r+") as file:
        file.attrs["results_format_version"] = np.array([99], "i4")


def incomplete(path: Path) -> None:
    """Take a variable out of a file."""
    with h5py.File(path, "r+") as file:
        del file["probability_low"]


def foreign(path: Path) -> None:
    """Make an HDF5 file of something else."""
    with h5py.File(path, "w") as file:
        file["x"] = [1, 2]


def no_hdf5(path: Path) -> None:
    """Make a file that is not HDF5 at all."""
    path.write_text("regime,probability\n", "utf-8")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (cut_short, "damaged or cut short"),
        (newer, "has results format 99, and this program reads 3: the file is newer"),
        (incomplete, "probability_low"),
        (foreign, "not a Firebreak result file"),
        (no_hdf5, "not a Firebreak result file: not HDF5"),
        (Path.unlink, "no such file"),
    ],
)
def test_a_file_that_cannot_be_shown_is_named(
    result_file: Path, tmp_path: Path, damage: Any, message: str
) -> None:
    """Show and compare say what is wrong with the file; neither prints half a table."""
    path = Path(shutil.copy(result_file, tmp_path / "y.h5"))
    damage(path)
    for command in (["show", path], ["compare", path, "membership", "neutrality"]):
        said = refused(*command)
        assert "y.h5" in said and message in said
