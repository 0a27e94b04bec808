"""What the outcomes and regimes of a file are, each in a few words."""

from __future__ import annotations

import re

OUTCOMES = {
    "salient_incident": "an incident that calls for a response",
    "stray": "fire onto allied territory",
    "misattribution": "a decision on a wrong view of who did it",
    "consultation": "the allies consult",
    "joint_response": "reinforcement or more, with nothing to invoke",
    "invocation": "reinforcement or more under an obligation in force",
    "credibility_failure": "a true trigger met with less",
    "protector_fatality": "Russian fire kills a protector\u2019s soldiers",
    "alert": "the ladder\u2019s first rung",
    "misattributed_force": "force on Russia for what it did not do",
    "collapse": "the war is resumed",
    "clash": "force between Russia and an ally; Ukraine\u2019s own soldiers never count",
    "general_war": "a clash that climbed to war between Russia and the allies",
    "nuclear_use": "a nuclear weapon is used",
    "settlement": "a permanent peace",
    "accession": "a membership comes into force",
}
"""As docs/results_format.md says it."""

SECTION = re.compile(r"^# ==== (?:.*/)?regimes/([\w-]+)\.toml ====$", re.MULTILINE)
SUMMARY = re.compile(r'^summary = "(.*)"\s*(?:#.*)?$', re.MULTILINE)


def regime_summaries(configuration: str) -> dict[str, str]:
    """Return the summary of each regime whose file a study read.

    Parameters
    ----------
    configuration : str
        The attribute of a result file: all configuration as read, with headings.
    """
    parts = SECTION.split(configuration)
    found = {}
    for name, text in zip(parts[1::2], parts[2::2]):
        summary = SUMMARY.search(text.split("\n# ==== ")[0])
        if summary:
            found[name] = summary.group(1)
    return found
