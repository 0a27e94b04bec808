"""What `firebreak resume` refuses, what it notes, and when it does nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import h5py
import pytest

from program import BINARY, firebreak
from result_content import content, differences
from small_sweep import (
    assert_same, broken_off, finished, journal_of, refused, sweep, write_study,
)  # fmt: skip


def history(path: Path) -> list[str]:
    """Return the command and the notes in a result file."""
    with h5py.File(path) as file:
        return file.attrs["history"].decode().splitlines()


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes of every file of a folder and when it was written."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Write a study of this test's own, to be edited."""
    return write_study(tmp_path, replications=96)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder for its files."""
    path = tmp_path / "results"
    path.mkdir()
    return path


def test_resuming_a_finished_run_does_nothing(study: Path, folder: Path) -> None:
    """Neither by the name of the result nor by that of the journal; the times stay too."""
    output = sweep(study, folder / "x.h5")
    before = state(folder)
    for name in (output, journal_of(output)):
        done = firebreak("resume", name)
        assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing is left to do.\n", "")
    finished("resume", output, "--replications", "96")
    assert state(folder) == before


def test_a_lost_result_is_written_again_from_the_journal(study: Path, folder: Path) -> None:
    """As when the machine died between the last block and the result."""
    output = sweep(study, folder / "x.h5")
    kept = shutil.copy2(output, folder / "kept.h5")
    journal = journal_of(output).read_bytes()
    output.unlink()
    finished("resume", output, "--quiet")
    assert_same(kept, output)
    assert journal_of(output).read_bytes() == journal


def test_what_was_damaged_is_told(study: Path, folder: Path) -> None:
    """A block that was being written is done again."""
    output = folder / "x.h5"
    broken_off(study, output)
    assert "cut off and done again" in finished("resume", output, "--threads", "1")
    assert_same(sweep(study, folder / "whole.h5"), output)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seed = 5", "seed = 6", "the configuration has changed"),
        ('"response.belief_draws" = 100', '"response.belief_draws" = 101', "the configuration"),
        ('"line.frailty_shape", ', "", "the configuration has changed"),
    ],
)
def test_an_edited_study_is_refused(
    study: Path, folder: Path, old: str, new: str, message: str
) -> None:
    """With what has changed; nothing is written, and the old study can go on."""
    output = folder / "x.h5"
    broken_off(study, output)
    text = study.read_text()
    assert old in text
    study.write_text(text.replace(old, new))
    told = refused("resume", output)
    assert message in told and "--accept-changes" in told
    assert os.listdir(folder) == ["x.h5.journal"]
    study.write_text(text)
    finished("resume", output, "--quiet")
    assert_same(sweep(study, folder / "whole.h5"), output)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("points = 8", "points = 16", "points has changed since: it was '8' and is '16'"),
        ("checkpoints = 4", "checkpoints = 5", "checkpoints has changed since: it was '30 60 90"),
        ('reference = "status-quo"', 'reference = "neutrality"', "references has changed since"),
    ],
)
def test_a_result_of_another_shape_is_never_accepted(
    study: Path, folder: Path, old: str, new: str, message: str
) -> None:
    """What was counted cannot be counted otherwise, and the user is not told to insist."""
    broken_off(study, folder / "x.h5")
    text = study.read_text()
    assert old in text
    study.write_text(text.replace(old, new))
    for insist in ([], ["--accept-changes"]):
        told = refused("resume", folder / "x.h5", *insist)
        assert message in told.replace("have", "has") and "another shape" in told
        assert "--accept-changes" not in told
    assert os.listdir(folder) == ["x.h5.journal"]


def test_accepted_changes_are_told_by_the_result(study: Path, folder: Path) -> None:
    """In its history; the values are what the parts of before and after give."""
    output = folder / "x.h5"
    broken_off(study, output)
    study.write_text(study.read_text().replace('title = "A sweep', 'title = "Another sweep'))
    assert "the configuration has changed" in refused("resume", output)
    finished("resume", output, "--quiet", "--accept-changes")
    command, note = history(output)
    assert command.startswith("firebreak run ")
    assert note.startswith("resumed on 20") and "the configuration has changed" in note
    assert note.endswith("starting beliefs and failures recorded before are kept")
    whole = sweep(study, folder / "whole.h5")
    assert differences(content(output), content(whole)) == ["/@history"]
    # What was accepted once is no change the next time.
    before = state(folder)
    finished("resume", output, "--quiet")
    assert state(folder) == before


def test_changes_of_a_finished_run_are_told_too(study: Path, folder: Path) -> None:
    """Whoever accepts a change when nothing is left finds it in the result all the same."""
    output = sweep(study, folder / "x.h5")
    study.write_text(study.read_text().replace('title = "A sweep', 'title = "Another sweep'))
    assert "the configuration" in refused("resume", output)
    finished("resume", output, "--quiet", "--accept-changes")
    assert len(history(output)) == 2


def test_another_program_is_refused(study: Path, folder: Path, tmp_path: Path) -> None:
    """The same source built otherwise may round otherwise: a byte more is enough."""
    output = folder / "x.h5"
    broken_off(study, output)
    other = tmp_path / "firebreak"
    other.write_bytes(Path(BINARY).read_bytes() + b"\0")
    other.chmod(0o755)
    command = [other, "resume", output, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2, done
    assert "x.h5.journal: program" in done.stderr and "the program has changed" in done.stderr
    assert os.listdir(folder) == ["x.h5.journal"]
    command.append("--accept-changes")
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done
    assert "the program has changed" in history(output)[1]


def damage_first_head(journal: Path) -> None:
    """Change a byte of its payload: the file mark is 8 bytes, the head of a record 20."""
    with journal.open("r+b") as file:
        file.seek(40)
        byte = file.read(1)[0]
        file.seek(40)
        file.write(bytes([byte ^ 0xFF]))


def test_an_extended_run_outlives_its_first_head(study: Path, folder: Path) -> None:
    """The later head says all that is needed, with the block and the folder of the first."""
    output = sweep(study, folder / "x.h5")
    finished("resume", output, "--quiet", "--replications", "160", cwd=folder)
    kept = shutil.copy2(output, folder / "kept.h5")
    journal = journal_of(output)
    damage_first_head(journal)
    assert firebreak("verify", journal).stdout.endswith(
        "1280 of 1280 replications done, damaged in 1 places\n"
    )
    output.unlink()
    assert "damaged places" in finished("resume", output, "--quiet")
    assert_same(kept, output)


def test_a_run_without_its_only_head_is_refused(study: Path, folder: Path) -> None:
    """Nothing else says what the blocks are of."""
    output = sweep(study, folder / "x.h5")
    damage_first_head(journal_of(output))
    for command in ("resume", "verify", "missing", "merge"):
        name = journal_of(output) if command == "verify" else output
        insist = ["--force"] if command == "merge" else []
        assert "does not say what study it is of" in refused(command, name, *insist)


@pytest.mark.parametrize("name", ["absent.h5", "absent.h5.journal", "study.toml"])
def test_what_is_no_run_is_refused(folder: Path, name: str) -> None:
    """There is no journal, or it is none."""
    (folder / "study.toml.journal").write_text("[run]\n")
    message = refused("resume", folder / name)
    assert ("is no journal of a Firebreak run" if "study" in name else "no such file") in message
