"""The command that a result file records makes the same file again."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import h5py
import pytest

from program import BINARY, QUICK, SOURCE_DIR, firebreak
from result_content import content, differences


def recorded(path: Path) -> list[str]:
    """Return the words of the command in a result file, as a shell reads them."""
    with h5py.File(path) as file:
        return shlex.split(file.attrs["history"].decode())


def repeat(path: Path, again: Path, folder: Path) -> None:
    """Run what a result file records, in the folder where it was made."""
    program, *arguments = recorded(path)
    assert program == "firebreak" and Path(BINARY).name == "firebreak"
    done = firebreak(*arguments, "-o", again, "--quiet", cwd=folder)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--histories", "--threads", "2"],
        ["--regime", "neutrality", "--regime", "open-door", "--seed", "12"],
        ["--set", "line.sectors=12", "--set", "neutrality:commitment.armament=1.2"],
    ],
)
def test_the_recorded_command_makes_the_same_file(tmp_path: Path, options: list[str]) -> None:
    """Options that change the result are recorded, and nothing else is needed."""
    first, again = tmp_path / "first.h5", tmp_path / "again.h5"
    done = firebreak(
        "run", "configs/studies/quick.toml", "-o", first, "--quiet", "--force",
        "--replications", "40", "--horizon", "200", *options, cwd=SOURCE_DIR,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    repeat(first, again, SOURCE_DIR)
    assert differences(content(first), content(again)) == []
    left_out = {"-o", "--output", "--threads", "--force", "--quiet", str(first)}
    assert not left_out & set(recorded(first))


def test_a_study_that_says_it_all_is_enough(tmp_path: Path) -> None:
    """What the study itself sets is recorded too, so a later edit of it is overruled."""
    shutil.copytree(SOURCE_DIR / "configs", tmp_path / "configs")
    study = tmp_path / "configs" / "studies" / "quick.toml"
    text = study.read_text("utf-8").replace("replications = 400", "replications = 33")
    text = text.replace("horizon = 1826", "horizon = 150").replace(
        "histories = false", "histories = true"
    )
    study.write_text(text, "utf-8")
    first, again = tmp_path / "first.h5", tmp_path / "again.h5"
    assert firebreak("run", study, "-o", first, "--quiet").returncode == 0
    words = recorded(first)
    for pair in (["--replications", "33"], ["--horizon", "150"], ["--seed", "20221115"]):
        assert words[words.index(pair[0]) + 1] == pair[1]
    assert "--histories" in words
    shutil.copy(QUICK, study)
    repeat(first, again, tmp_path)
    left, right = content(first), content(again)
    assert differences(left, right) == ["/@configuration"]


def test_names_that_a_shell_would_split_are_quoted(tmp_path: Path) -> None:
    """A study in a folder with blanks and quotes in its name can be repeated."""
    folder = tmp_path / "a study, 'quoted' & $paced"
    shutil.copytree(SOURCE_DIR / "configs", folder)
    first, again = tmp_path / "first.h5", tmp_path / "again.h5"
    study = Path(folder.name) / "studies" / "quick.toml"
    done = firebreak(
        "run", study, "-o", first, "--quiet", "--replications", "3", "--horizon", "100",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert recorded(first)[2] == str(study)
    repeat(first, again, tmp_path)
    assert differences(content(first), content(again)) == []
