"""What `firebreak merge`, `missing` and `verify` say of shards that do not fit or are not done."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pytest

from program import BINARY, firebreak
from small_sweep import (
    assert_same, copied, finished, journal_of, refused, sweep, write_study,
)  # fmt: skip

SHARDS = 3


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the study of all shards."""
    return write_study(tmp_path_factory.mktemp("study"), replications=64)


@pytest.fixture(scope="module")
def shards(study: Path) -> list[Path]:
    """Write the journals of three shards."""
    output = study.parent / "x.h5"
    for index in range(1, SHARDS + 1):
        sweep(study, output, "--shard", f"{index}/{SHARDS}")
    return [journal_of(output, f"{index}/{SHARDS}") for index in range(1, SHARDS + 1)]


@pytest.fixture(scope="module")
def whole(study: Path) -> Path:
    """Write the result in one go."""
    return sweep(study, study.parent / "whole.h5")


def test_missing_shards_are_named_and_not_merged(
    shards: list[Path], whole: Path, tmp_path: Path
) -> None:
    """`missing` gives them as Slurm's --array takes them; --partial merges what there is."""
    folder = copied([shards[1]], tmp_path / "some")
    output = folder / "x.h5"
    done = firebreak("missing", output)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1,3\n", "")
    message = refused("merge", output)
    assert "320 of 512 replications are missing" in message
    assert "firebreak missing" in message and "--partial" in message
    assert os.listdir(folder) == [shards[1].name]
    finished("merge", output, "--partial", "--quiet")
    with h5py.File(output) as part, h5py.File(whole) as file:
        done_points = part["replications"][()].min(axis=1) > 0
        assert done_points.tolist() == [point % SHARDS == 1 for point in range(8)]
        np.testing.assert_array_equal(part["count"][done_points], file["count"][done_points])
        assert not np.isfinite(part["probability"][~done_points]).any()
        assert not part["failed"][()].any()


def test_a_broken_off_shard_is_missing(shards: list[Path], tmp_path: Path) -> None:
    """Until it is resumed."""
    folder = copied(shards, tmp_path / "some")
    output = folder / "x.h5"
    os.truncate(folder / shards[2].name, shards[2].stat().st_size - 1000)
    assert firebreak("missing", output).stdout == "3\n"
    assert firebreak("verify", folder / shards[2].name).returncode == 1
    refused("merge", output)
    finished("resume", folder / shards[2].name, "--quiet")
    assert firebreak("missing", output).stdout == ""
    finished("merge", output, "--quiet")


def test_a_shard_is_not_a_result(study: Path, shards: list[Path], tmp_path: Path) -> None:
    """Where another number of shards lies in the folder, nobody picks from both."""
    folder = copied(shards, tmp_path / "some")
    output = folder / "x.h5"
    sweep(study, output, "--shard", "1/2")
    for command in ("merge", "missing"):
        message = refused(command, output)
        assert "shards = " in message and "differs from the" in message
    assert not output.exists()


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--seed", "6"], "seed: "),
        (["--horizon", "121"], "horizon: "),
        (["--replications", "65"], "replications = 65"),
        (["--regime", "status-quo"], "regimes: "),
        (["--set", "line.sectors=7"], "set"),
        (["--confidence", "0.9"], "confidence: "),
    ],
)
def test_a_shard_of_another_run_is_refused(
    study: Path, shards: list[Path], tmp_path: Path, options: list[str], what: str
) -> None:
    """With its name and what differs, however sure the user is."""
    other = tmp_path / "other.h5"
    sweep(study, other, "--shard", "2/3", *options)
    journals = [shards[0], journal_of(other, "2/3"), shards[2]]
    for insist in ([], ["--accept-changes", "--partial"]):
        message = refused("merge", tmp_path / "x.h5", *journals, *insist)
        assert "other.h5.shard-2-of-3.journal" in message and what.rstrip(": ") in message
    assert not (tmp_path / "x.h5").exists()


def test_a_shard_of_another_study_is_refused(shards: list[Path], tmp_path: Path) -> None:
    """Another design under the same seed: the configuration differs."""
    study = write_study(tmp_path, replications=64, design='method = "sobol"\npoints = 16\n'
                        'uncertainties = ["line.immigrant_rate"]')  # fmt: skip
    sweep(study, tmp_path / "x.h5", "--shard", "2/3")
    stray = journal_of(tmp_path / "x.h5", "2/3")
    message = refused("merge", tmp_path / "x.h5", shards[0], stray, shards[2], "--accept-changes")
    assert "the number of design points" in message


def test_an_edited_study_is_refused_or_told(tmp_path: Path) -> None:
    """As when a run is resumed."""
    study = write_study(tmp_path, replications=64)
    output = tmp_path / "x.h5"
    for index in (1, 2):
        sweep(study, output, "--shard", f"{index}/2")
    study.write_text(study.read_text().replace('title = "A sweep', 'title = "Another sweep'))
    assert "the configuration has changed" in refused("merge", output)
    finished("merge", output, "--accept-changes", "--quiet")
    with h5py.File(output) as file:
        assert b"merged although the configuration has changed" in file.attrs["history"]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("points = 8", "points = 4", "the number of design points has changed"),
        ("seed = 5", "seed = 6", "the configuration has changed"),
    ],
)
def test_an_edited_study_does_not_judge(tmp_path: Path, old: str, new: str, what: str) -> None:
    """What is missing of another study, or sound by it, says nothing of this one."""
    study = write_study(tmp_path, replications=32)
    output = tmp_path / "x.h5"
    sweep(study, output, "--shard", "1/2")
    journal = journal_of(output, "1/2")
    text = study.read_text()
    assert old in text
    study.write_text(text.replace(old, new))
    for command in (("missing", output), ("verify", journal)):
        message = refused(*command)
        assert what in message and "is not the study that was run" in message
    study.write_text(text)
    assert firebreak("missing", output).stdout == "2\n"
    finished("verify", journal)


def test_the_study_is_the_one_of_the_folder_of_the_run(tmp_path: Path) -> None:
    """Not one of the same name where the user happens to be, unless the first is gone."""
    there, here = tmp_path / "there", tmp_path / "here"
    for folder in (there, here):
        folder.mkdir()
        write_study(folder, replications=32)
    for index in (1, 2):
        finished("sweep", "sweep.toml", "-o", "x.h5", "--shard", f"{index}/2", "--quiet", cwd=there)
    study = here / "sweep.toml"
    text = study.read_text()
    study.write_text(text.replace("points = 8", "points = 4"))
    journal = journal_of(there / "x.h5", "1/2")
    finished("missing", there / "x.h5", cwd=here)
    finished("verify", journal, cwd=here)
    finished("merge", there / "x.h5", "--quiet", cwd=here)
    (there / "sweep.toml").unlink()
    assert "the number of design points" in refused("verify", journal, cwd=here)
    study.write_text(text)
    finished("verify", journal, cwd=here)


def test_more_journals_than_files_may_be_open(shards: list[Path], tmp_path: Path) -> None:
    """The limit of the shell is raised as far as it may be."""
    folder = copied(shards, tmp_path / "some")
    done = subprocess.run(
        ["bash", "-c", 'ulimit -Sn 5; exec "$0" missing x.h5', BINARY],
        cwd=folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_nothing_to_merge_is_said(tmp_path: Path) -> None:
    """A name with no journal beside it, and a journal that is none."""
    for command in ("merge", "missing"):
        assert "has no journal beside it" in refused(command, tmp_path / "x.h5")
    (tmp_path / "x.h5.journal").write_bytes(b"")
    for command in ("merge", "missing"):
        assert "is no journal of a Firebreak run" in refused(command, tmp_path / "x.h5")


def test_an_existing_result_is_not_merged_over(
    shards: list[Path], whole: Path, tmp_path: Path
) -> None:
    """Without --force."""
    folder = copied(shards, tmp_path / "some")
    output = folder / "x.h5"
    output.write_bytes(whole.read_bytes()[:1000])
    assert "--force" in refused("merge", output)
    assert output.stat().st_size == 1000
    finished("merge", output, "--force", "--quiet")
    assert_same(whole, output)


@pytest.mark.parametrize(
    "shard", ["0/3", "4/3", "1/0", "/", "1/", "/3", "1.5/3", "-1/3", "1/3/5", "one/3", "3", "", "x"]
)
def test_a_shard_that_is_none_is_refused(study: Path, tmp_path: Path, shard: str) -> None:
    """Before anything is written."""
    arguments = ("sweep", study, "-o", tmp_path / "x.h5", f"--shard={shard}")
    assert "--shard" in refused(*arguments)
    assert os.listdir(tmp_path) == []


SLURM = {
    "SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_COUNT": "3",
    "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "3",
}  # fmt: skip


@pytest.mark.parametrize("shard", ["slurm", "slurm/3"])
def test_slurm_gives_the_number(
    study: Path, shards: list[Path], tmp_path: Path, shard: str
) -> None:
    """From the variables of an array job, when asked for."""
    output = tmp_path / "x.h5"
    sweep(study, output, "--shard", shard, env=os.environ | SLURM)
    assert os.listdir(tmp_path) == [shards[1].name]


@pytest.mark.parametrize(
    ("shard", "change", "message"),
    [
        ("slurm", {"SLURM_ARRAY_TASK_ID": None}, "needs the number in SLURM_ARRAY_TASK_ID"),
        ("slurm", {"SLURM_ARRAY_TASK_COUNT": None}, "needs the number in SLURM_ARRAY_TASK_COUNT"),
        ("slurm/3", {"SLURM_ARRAY_TASK_ID": "two"}, "needs the number in SLURM_ARRAY_TASK_ID"),
        ("slurm/3", {"SLURM_ARRAY_TASK_ID": "4"}, "must be from 1 to their number"),
        ("slurm", {"SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_MAX": "2"}, "without gaps"),
        ("slurm", {"SLURM_ARRAY_TASK_MAX": "5"}, "without gaps"),
    ],
)
def test_an_array_that_does_not_fit_is_refused(
    study: Path, tmp_path: Path, shard: str, change: dict[str, str | None], message: str
) -> None:
    """With the variable that lacks, or the array that would fit."""
    variables = {name: value for name, value in (SLURM | change).items() if value is not None}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SLURM_")}
    arguments = ("sweep", study, "-o", tmp_path / "x.h5", "--shard", shard)
    assert message in refused(*arguments, env=environment | variables)
    assert os.listdir(tmp_path) == []
