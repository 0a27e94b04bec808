"""Names as they are printed, and the order and families in which regimes are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

OUTCOMES = {
    "salient_incident": "Salient incident",
    "stray": "Stray on allied territory",
    "misattribution": "Misattribution",
    "consultation": "Consultation",
    "joint_response": "Joint response",
    "invocation": "Invocation",
    "credibility_failure": "Credibility failure",
    "alert": "Alert",
    "misattributed_force": "Force on a wrong attribution",
    "collapse": "Collapse of the ceasefire",
    "clash": "Russia\u2013protector clash",
    "general_war": "General war",
    "nuclear_use": "Nuclear use",
    "settlement": "Settlement",
    "accession": "Accession",
}

REGIMES = {
    "membership-controlled-territory": "Membership, controlled territory",
    "membership-after-settlement": "Membership after settlement",
    "membership-in-force": "Membership in force",
    "neutrality-unarmed": "Neutrality, unarmed",
    "coalition-tripwire": "Coalition, tripwire",
    "coalition-rear": "Coalition, rear",
}

SOURCES = {
    "line": "live line",
    "troops": "protector's troops",
    "stray": "stray",
    "probe": "probe",
    "raid": "raid",
    "offensive": "offensive",
    "war_stray": "stray in renewed war",
    "war_spillover": "spill-over of renewed war",
}

PATHS = {
    "deliberate": "deliberate",
    "accidental": "accidental",
    "misattributed": "misattributed",
    "catalytic": "catalytic",
    "exogenous": "exogenous",
}

FAMILIES = (
    ("No commitment", ("status-quo", "open-door", "neutrality")),
    ("Membership", ("membership",)),
    ("Guarantees", ("bilateral", "coalition", "air-shield", "guarantee")),
)
"""Titles of the families and the first parts of the names of the regimes in them."""

LARGEST_FAMILY = 6
UNGROUPED = 5
"""So many regimes or fewer are shown together without families."""


@dataclass(frozen=True)
class Family:
    """Regimes that are drawn in one panel."""

    title: str
    regimes: tuple[str, ...]


def outcome_label(name: str) -> str:
    """Return the printed name of an outcome; unknown ones lose their underscores."""
    return OUTCOMES.get(name) or _spaced(name)


def regime_label(name: str) -> str:
    """Return the printed name of a regime; unknown ones have spaces for hyphens."""
    return REGIMES.get(name) or _spaced(name)


def in_sentence(label: str) -> str:
    """Return a printed name as it stands within a sentence: names of countries stay capital."""
    return label if label.startswith("Russia") else label[:1].lower() + label[1:]


def families(regimes: Sequence[str]) -> list[Family]:
    """Group regimes into families of at most six, in an order fixed by kind of commitment.

    Parameters
    ----------
    regimes : sequence of str
        Names as in the file.

    Returns
    -------
    list of Family
        One nameless family if there are five regimes or fewer. Every regime is in exactly one.
    """
    regimes = [str(regime) for regime in regimes]
    if len(regimes) <= UNGROUPED:
        return [Family("", tuple(regimes))]
    titled: dict[str, list[str]] = {title: [] for title, _ in FAMILIES}
    titled["Other regimes"] = []
    for regime in regimes:
        titled[_family_of(regime)].append(regime)
    found = []
    for title, members in titled.items():
        for start in range(0, len(members), LARGEST_FAMILY):
            more = "" if start == 0 else " (continued)"
            found.append(Family(title + more, tuple(members[start : start + LARGEST_FAMILY])))
    return found


def in_family_order(regimes: Sequence[str]) -> list[str]:
    """Return the regimes in the order in which figures and tables show them."""
    return [regime for family in families(regimes) for regime in family.regimes]


def _family_of(regime: str) -> str:
    for title, beginnings in FAMILIES:
        if regime.startswith(beginnings):
            return title
    return "Other regimes"


def _spaced(name: str) -> str:
    text = name.replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]
