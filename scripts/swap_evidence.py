"""Write the evidence with the pairs of configs/evidence/split_swapped.toml exchanged.

Usage:  python3 scripts/swap_evidence.py OUTDIR

OUTDIR receives `evidence`, a whole folder of evidence in which each pair has changed its use, and
`calibration.toml`, which is configs/calibration.toml for it. Nothing in OUTDIR may be there before.

A target that was held out states no discrepancy, which a fit needs. Its statistics take over that
of the same statistic of the target which they replace, of another year; one that has no such twin
takes the largest of that target on its own scale.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CALIBRATION, HELD_OUT = USES = ("calibration", "held_out")
SPLIT_HEAD = (
    "# Made by scripts/swap_evidence.py: the split of the project with the pairs of its "
    "split_swapped.toml exchanged.\n"
)


class EvidenceError(Exception):
    """What cannot be exchanged, one problem a line."""


@dataclass
class Use:
    """The folder of one use: its targets, as text and as read, and its tables."""

    head: str
    texts: dict[str, str]
    targets: dict[str, dict[str, Any]]
    tables: dict[str, str]
    titles: dict[str, str] = field(default_factory=dict)

    def leave(self, name: str) -> tuple[str, str, dict[str, str]]:
        """Take a target out; returns its text, its title and its table by name."""
        series = self.targets[name].get("series")
        tables = {series: self.tables.pop(series)} if series else {}
        return self.texts.pop(name), self.titles.pop(name), tables

    def enter(self, name: str, text: str, title: str, tables: dict[str, str]) -> None:
        """Take a target in."""
        self.texts[name], self.titles[name] = text, title
        self.tables |= tables

    def write(self, folder: Path) -> None:
        """Write targets and tables into a new folder."""
        folder.mkdir(parents=True)
        text = self.head + "\n".join(self.texts.values())
        (folder / "targets.toml").write_text(text, encoding="utf-8")
        for name, table in self.tables.items():
            (folder / name).write_text(table, encoding="utf-8")


def sections(text: str) -> tuple[str, dict[str, str]]:
    """Return what stands before the first target, and the text of each target by its id."""
    head, texts, name = "", {}, ""
    for line in text.splitlines(keepends=True):
        found = re.match(r"\[([\w-]+)[].]", line)
        name = found[1] if found else name
        if name:
            texts[name] = texts.get(name, "") + line
        else:
            head += line
    return head, {name: part.rstrip("\n") + "\n" for name, part in texts.items()}


def use_in(folder: Path, titles: dict[str, str]) -> Use:
    """Read the folder of one use."""
    text = (folder / "targets.toml").read_text(encoding="utf-8")
    head, texts = sections(text)
    tables = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}
    return Use(head, texts, tomllib.loads(text), tables, dict(titles))


def problems_of(pairs: dict[str, str], uses: dict[str, Use]) -> list[str]:
    """Return why pairs cannot be exchanged."""
    found = []
    for pair in pairs.items():
        for name, use in zip(pair, USES):
            if name not in uses[use].texts or name not in uses[use].titles:
                found.append(f"{pair[0]} = {pair[1]!r}: {name} is no target of {use}")
    for name in sorted({name for name in pairs.values() if list(pairs.values()).count(name) > 1}):
        found.append(f"{name}: stands in two pairs")
    if found:
        return found
    for use, moving in zip(USES, (list(pairs), list(pairs.values()))):
        needed = [target.get("series") for target in uses[use].targets.values()]
        arriving = {
            uses[other].targets[name].get("series")
            for pair in pairs.items() for other, name in zip(USES, pair) if other != use
        }
        leaving = {uses[use].targets[name].get("series") for name in moving} - {None}
        found += [f"{use}/{name}: other targets need it too" for name in sorted(leaving)
                  if needed.count(name) > 1]
        found += [f"{use}/{name}: a table of that name comes from the other folder"
                  for name in sorted((arriving - {None} - leaving) & set(uses[use].tables))]
    return found


def discrepancies(replaced: dict[str, Any], target: dict[str, Any]) -> dict[str, float]:
    """Return the discrepancy of each statistic of a target that states none."""
    def stem(name: str) -> str:
        return re.sub(r"_\d{4}$", "", name)

    twins, largest = {}, {}
    for name, one in replaced["statistics"].items():
        scale = one.get("scale", "linear")
        twins.setdefault((stem(name), scale), one.get("discrepancy", 0.0))
        largest[scale] = max(largest.get(scale, 0.0), one.get("discrepancy", 0.0))
    found = {}
    for name, one in target["statistics"].items():
        scale = one.get("scale", "linear")
        taken = twins.get((stem(name), scale), largest.get(scale, 0.0))
        if "discrepancy" not in one and taken > 0.0:
            found[name] = taken
    return found


def with_discrepancies(text: str, added: dict[str, float]) -> str:
    """Return the text of a target whose statistics state these discrepancies."""
    for name, value in added.items():
        mark = rf"^(\[[\w-]+\.statistics\.{name}\]\n)"
        text = re.sub(mark, rf"\g<1>discrepancy = {value:g}\n", text, flags=re.M)
    return text


def exchanged(evidence: Path, pairs: dict[str, str]) -> dict[str, Use]:
    """Return both uses of a folder of evidence with pairs exchanged."""
    split = tomllib.loads((evidence / "split.toml").read_text(encoding="utf-8"))
    uses = {use: use_in(evidence / use, split[use]) for use in USES}
    problems = problems_of(pairs, uses)
    if problems:
        raise EvidenceError("\n".join(problems))
    calibration, held_out = uses[CALIBRATION], uses[HELD_OUT]
    moved = [(left, calibration.leave(left), right, held_out.leave(right))
             for left, right in pairs.items()]
    for left, (left_text, *left_rest), right, (right_text, *right_rest) in moved:
        added = discrepancies(calibration.targets[left], held_out.targets[right])
        calibration.enter(right, with_discrepancies(right_text, added), *right_rest)
        held_out.enter(left, left_text, *left_rest)
    return uses


def calibration_text(configs: Path, pairs: dict[str, str], folder: Path) -> str:
    """Return the calibration's file for the exchanged evidence beside it."""
    text = (configs / "calibration.toml").read_text(encoding="utf-8")
    for left, right in pairs.items():
        text = text.replace(f'"{left}"', f'"{right}"')
    text = re.sub(r'^evidence = ".*"$', 'evidence = "evidence"', text, flags=re.M)
    if pairs:
        text = re.sub(r'^(title = ".*)"$', r'\1, the years exchanged"', text, flags=re.M)
    study = configs / tomllib.loads(text)["study"]
    there = Path(os.path.relpath(study.resolve(), folder.resolve())).as_posix()
    return re.sub(r'^study = ".*"$', f'study = "{there}"', text, flags=re.M)


def write(configs: Path, folder: Path) -> None:
    """Write folder/evidence and folder/calibration.toml."""
    evidence = configs / "evidence"
    swapped = evidence / "split_swapped.toml"
    pairs = tomllib.loads(swapped.read_text(encoding="utf-8")).get("swapped", {})
    uses = exchanged(evidence, pairs)
    there = [path for path in (folder / "evidence", folder / "calibration.toml") if path.exists()]
    if there:
        raise EvidenceError("\n".join(f"{path}: is there already" for path in there))
    text = calibration_text(configs, pairs, folder)
    for name, use in uses.items():
        use.write(folder / "evidence" / name)
    split = SPLIT_HEAD
    for name, use in uses.items():
        entries = "".join(f'{key} = "{title}"\n' for key, title in use.titles.items())
        split += f"\n[{name}]\n{entries}"
    (folder / "evidence" / "split.toml").write_text(split, encoding="utf-8")
    (folder / "calibration.toml").write_text(text, encoding="utf-8")


def main() -> None:
    """Write the exchanged evidence, or say why not."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", metavar="OUTDIR", type=Path)
    arguments.add_argument("--configs", type=Path, default=ROOT / "configs", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    try:
        write(given.configs, given.folder)
    except EvidenceError as error:
        print(f"swap_evidence: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
