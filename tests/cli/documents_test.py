"""What the documents say of the program is what the program says of itself.

Commands are taken from code in the documents, indented or in backticks. They are compared with
`--help`, not run: that would take long, and the tests of each command do it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from program import SOURCE_DIR, firebreak

DOCUMENTS = [SOURCE_DIR / "README.md", *sorted((SOURCE_DIR / "docs").rglob("*.md"))]
DOCUMENTS += [SOURCE_DIR / "CONTRIBUTING.md", SOURCE_DIR / "runs" / "slurm_array.sbatch"]
COMMAND = re.compile(r"(?<!-m )(?<![\w.-])(?:\$|[\w./]+/)?firebreak ([a-z][a-z-]*)\b([^`;|\n#]*)")
OPTION = re.compile(r"(?<![\w-])(--?[a-z][a-z-]*)")
CODE = re.compile(r"^    .*$|^#.*$|`[^`\n]+`", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]*)(#[^)\s]*)?\)")


def commands(text: str) -> list[tuple[str, list[str]]]:
    """Return the subcommands that a document calls, each with its options."""
    found = []
    for code in CODE.findall(text):
        for name, rest in COMMAND.findall(code):
            found.append((name, OPTION.findall(rest)))
    return found


@cache
def subcommands() -> set[str]:
    """Return what `firebreak --help` lists, other names of a subcommand included."""
    listed = firebreak("--help").stdout.split("ubcommands:\n")[1]
    return set(re.findall(r"^  ([a-z]+)", listed, re.MULTILINE)) | {"sweep"}


@cache
def options(subcommand: str) -> set[str]:
    """Return the options that a subcommand knows."""
    shown = firebreak(subcommand, "--help")
    assert shown.returncode == 0, shown.stderr
    named = re.findall(r"^  (-\S+)", shown.stdout, re.MULTILINE)
    return {option for names in named for option in names.split(",")}


def anchor(heading: str) -> str:
    """Return how a heading is linked to."""
    return "#" + re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def faults(text: str) -> list[str]:
    """Return what a document calls and the program does not know."""
    found = []
    for name, used in commands(text):
        if name not in subcommands():
            found.append(f"firebreak {name}")
        else:
            found += [f"firebreak {name} {option}" for option in used if option not in options(name)]
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_program_knows_what_a_document_calls(path: Path) -> None:
    """Every subcommand and every option of it."""
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("    $firebreak swep STUDY", "firebreak swep"),
        ("See `firebreak run STUDY --replication 3`.", "firebreak run --replication"),
        ("    build/release/firebreak merge x.h5 -o y.h5", "firebreak merge -o"),
    ],
)
def test_a_seeded_fault_is_found(text: str, fault: str) -> None:
    """The check can fail."""
    assert faults(text) == [fault]


@pytest.mark.parametrize("name", sorted(subcommands()))
def test_a_guide_shows_every_subcommand(name: str) -> None:
    """One of the guides or the table in README.md calls it."""
    called = {name for path in DOCUMENTS for name, _ in commands(path.read_text(encoding="utf-8"))}
    assert name in called


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Files and headings that a document links to are there."""
    for target, heading in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        file = path.parent / target if target else path
        assert file.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in map(anchor, headings), target + heading


def pasted(name: str, first_line: str) -> str:
    """Return the indented text of a document that begins with a line."""
    text = (SOURCE_DIR / "docs" / name).read_text(encoding="utf-8")
    found = re.search(rf"^    {re.escape(first_line)}.*?(?=^\S)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, first_line
    return re.sub("^    ", "", found.group(), flags=re.MULTILINE)


def test_the_study_of_the_guide_runs_as_pasted(tmp_path: Path) -> None:
    """Beside a clone named firebreak, from its own folder; with the design of the next page too."""
    shutil.copytree(SOURCE_DIR / "configs", tmp_path / "firebreak" / "configs")
    folder = tmp_path / "my-study"
    folder.mkdir()
    study = pasted("guide.md", "title = ")
    (folder / "study.toml").write_text(study, encoding="utf-8")
    small = ("--replications", "32", "--horizon", "365", "--quiet")
    done = firebreak("run", "study.toml", "-o", "study.h5", *small, cwd=folder)
    assert done.returncode == 0, done.stderr
    design = study + pasted("experiments.md", "[design]")
    (folder / "design.toml").write_text(design, encoding="utf-8")
    done = firebreak("check", "design.toml", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "1536 design points" in done.stdout


def test_so_many_parameters_are_no_assumptions() -> None:
    """The documents say how many of the parameters have a source: as many as are tagged so."""
    with open(SOURCE_DIR / "configs" / "baseline.toml", "rb") as file:
        tags = list(tags_of(tomllib.load(file)))
    assert len(tags) > 100
    sourced = sum(tag != "assumed" for tag in tags)
    for name in ("README.md", "docs/model.md", "configs/baseline.toml"):
        text = (SOURCE_DIR / name).read_text(encoding="utf-8")
        said = re.search(r"All but (\w+) of the parameters", text)
        assert said is not None and said.group(1) == str(sourced), name


def tags_of(table: dict) -> list[str]:
    """Return the tags of all parameters below a table."""
    if isinstance(table.get("tag"), str):
        return [table["tag"]]
    return [tag for part in table.values() if isinstance(part, dict) for tag in tags_of(part)]
