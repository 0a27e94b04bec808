"""Where a report of the program comes from: the comments at its head, said below its figures."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Sequence

FIELD = re.compile(r"#\s*([A-Za-z][\w -]*?)\s*[:=]\s*(.*?)\s*$")
NAMES = {
    "title": "title",
    "caveat": "caveat",
    "version": "firebreak_version",
    "firebreak": "firebreak_version",
    "firebreak_version": "firebreak_version",
    "commit": "git_commit",
    "git_commit": "git_commit",
    "seed": "seed",
    "command": "command",
}
"""What a comment may call a field, and the field."""


@dataclass(frozen=True)
class ReportProvenance:
    """What identifies the command that wrote a report.

    Attributes
    ----------
    git_commit, seed, command : str
        As in the comments at the head of the report.
    firebreak_version, title, caveat : str
        The same, empty if not said there.
    """

    git_commit: str
    seed: str
    command: str
    firebreak_version: str = ""
    title: str = ""
    caveat: str = ""

    def sentence(self) -> str:
        """Return one line of text: command, seed, version, commit."""
        digits, mark, changed = self.git_commit.partition("+")  # "+dirty": files differed
        program = " ".join(filter(None, ("Firebreak", self.firebreak_version)))
        commit = f" (commit {digits[:12]}{mark}{changed})" if self.git_commit else ""
        return f'By "{self.command}", seed {self.seed}, {program}{commit}.'

    def caption(self, shown: str) -> str:
        """Return the whole caption: what is shown, where it comes from, and the caveat."""
        parts = (shown, ended(self.title), self.sentence(), ended(self.caveat))
        return " ".join(part for part in parts if part)

    def to_json(self) -> str:
        """Return all fields as one line of ASCII."""
        return json.dumps(asdict(self), sort_keys=True)

    @staticmethod
    def from_json(text: str) -> ReportProvenance:
        """Return the provenance that `to_json` wrote."""
        return ReportProvenance(**json.loads(text))


def fields_of(comments: Sequence[str]) -> dict[str, str]:
    """Return the fields of a provenance that comments give, by the field's name.

    Parameters
    ----------
    comments : sequence of str
        Lines such as ``# seed: 7``; the first one that gives a field counts, others are ignored.
    """
    fields: dict[str, str] = {}
    for line in comments:
        found = FIELD.match(line)
        name = NAMES.get(found.group(1).lower().replace(" ", "_")) if found else None
        if name is not None and found.group(2):
            fields.setdefault(name, found.group(2))
    return fields


def ended(sentence: str) -> str:
    """Return a sentence with a full stop at its end if it has none."""
    sentence = sentence.strip()
    return sentence if not sentence or sentence[-1] in ".!?" else sentence + "."
