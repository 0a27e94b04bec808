"""The race of evidence and clock: what leaders believed, hour by hour, until they decided."""

from __future__ import annotations

import math
from typing import Any, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from .. import style
from ..page import Page, drawing_settings
from ..printed_numbers import significant
from ..results import ResultsError
from ..timelines import Timeline, provenance_of_timelines
from .drawing import Drawing

NAME = "attribution_race"
SHOWN = 3
"""Incidents of a history that are drawn unless days are named."""
LEFT, RIGHT, TOP, BOTTOM, KEY = 0.50, 0.10, 0.42, 0.36, 0.30
PANEL_HEIGHT, GAP = 1.25, 0.50
LEVELS = ("none", "consult", "reinforce", "limited_force", "general_force")
RESPONSES = ("no response", "consultation", "reinforcement", "limited force", "general force")
KINDS = {
    "line": "fire across the line", "troops": "fire on protector's troops", "stray": "stray",
    "probe": "probe", "war_stray": "stray of the war",
}
NEEDED = {"decided_hours", "decided_by", "probability_russia", "misattributed", "truth_hours"}
TICKS = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999)
RIGHT_ONE, WRONG_ONE = style.OKABE_ITO["blue"], style.OKABE_ITO["vermilion"]
TINT = "#EAF1F6"


def draw(
    timelines: Sequence[Timeline],
    days: Sequence[int] | None = None,
    width: float = style.TWO_COLUMN,
) -> Drawing:
    """Draw the belief that Russia did it against hours, for chosen incidents of some histories.

    Parameters
    ----------
    timelines : sequence of Timeline
        From `read_timeline`.
    days : sequence of int, optional
        Of the incidents; the three of each history that were answered most strongly, of these
        the wrongly attributed and the longest investigated, if omitted.
    width : float
        `style.ONE_COLUMN` or `style.TWO_COLUMN`.

    Raises
    ------
    ResultsError
        If no incident was investigated, or none on a day that was asked for.
    """
    chosen = [
        (timeline, record) for timeline in timelines for record in _incidents(timeline, days)
    ]
    provenance = provenance_of_timelines(timelines)
    caption = provenance.caption(_shown(len(chosen)))
    with drawing_settings():
        columns = 1 if width <= style.ONE_COLUMN else min(2, len(chosen))
        pitch = TOP + PANEL_HEIGHT + BOTTOM
        body = pitch * -(-len(chosen) // columns)
        page = Page(width, body + KEY, caption)
        wide = (width - columns * (LEFT + RIGHT)) / columns
        for number, (timeline, record) in enumerate(chosen):
            line, column = divmod(number, columns)
            left = LEFT + column * (wide + LEFT + RIGHT)
            axes = page.axes(left, TOP + line * pitch, wide, PANEL_HEIGHT)
            axes.set_gid(f"{timeline.history['replication']}:{timeline.regime}:{record['day']}"
                         f":{record['incident'].get('number', 0)}")
            _draw_panel(page, axes, timeline, record, several=len(timelines) > 1)
        _draw_key(page, body)
    return Drawing(page.figure, NAME, caption, provenance)


def _incidents(timeline: Timeline, days: Sequence[int] | None) -> list[dict[str, Any]]:
    try:
        investigated = [one for one in timeline.incidents if one["judgement"]["reports"]]
        ranked = sorted(investigated, key=_consequence)[:SHOWN]
    except (KeyError, TypeError, ValueError):
        raise ResultsError(f"{timeline.path}: damaged, an incident lacks its judgement") from None
    if days is not None:
        chosen = [one for one in investigated if one["day"] in days]
        if not chosen:
            known = sorted({one["day"] for one in investigated})
            few = ", ".join(map(str, known[:12])) + (", \u2026" if len(known) > 12 else "")
            raise ResultsError(
                f"{timeline.path}: no incident was investigated on such a day (on: {few})"
            )
        return chosen
    if not ranked:
        raise ResultsError(f"{timeline.path}: no incident of this history was investigated")
    return sorted(ranked, key=lambda one: one["day"])


def _consequence(record: dict[str, Any]) -> tuple[int, bool, int, int]:
    """Return what sorts incidents, the one to be told first at the front."""
    judgement = record["judgement"]
    if not NEEDED <= set(judgement) or not {"kind", "origin"} <= set(record["incident"]):
        raise KeyError("judgement")
    return (
        -LEVELS.index(record["response"]["level"]), not judgement["misattributed"],
        -len(judgement["reports"]), record["day"],
    )


def _draw_panel(
    page: Page, axes: Axes, timeline: Timeline, record: dict[str, Any], several: bool
) -> None:
    judgement = record["judgement"]
    hours, belief, opening = _walk(judgement)
    threshold = timeline.history.get("settling_threshold")
    decided, by_clock = float(judgement["decided_hours"]), judgement["decided_by"] == "clock"
    truth = judgement["truth_hours"]
    times = [decided, *hours, *([truth] if truth else [])]
    first, last = min(times) / 1.6, max(times) * 1.25
    highest = max([2.5, threshold or 0.0, *(abs(b) for b in belief if math.isfinite(b))]) * 1.12
    belief = np.clip(belief, -highest, highest)
    axes.set_xscale("log")
    axes.set_xlim(first, last)
    axes.set_ylim(-highest, highest)
    by_russia = record["incident"]["origin"] == "Russia"
    axes.axhspan(0 if by_russia else -highest, highest if by_russia else 0, color=TINT,
                 linewidth=0, zorder=0, gid="truth")
    axes.axhline(0, color=style.GREY, linewidth=0.5, zorder=1, gid="even")
    for side in (-1, 1) if threshold else ():
        axes.axhline(side * threshold, color=style.GREY, linewidth=0.7, linestyle=(0, (4, 2)),
                     zorder=1, gid="threshold")
    start = belief[0] if opening is None else opening
    steps = np.concatenate([[first], hours]), np.concatenate([[start], belief])
    if opening is None:
        steps = hours, belief
    before = steps[0] <= decided * (1 + 1e-9)
    axes.step(*_until(steps, decided), where="post", color="#202020", linewidth=1.0, zorder=3,
              gid="belief")
    if not before.all():
        axes.step(*_after(steps, decided), where="post", color=style.GREY, linewidth=0.8,
                  linestyle=(0, (2, 1)), zorder=2, gid="later")
    names = np.array([report["names_russia"] for report in judgement["reports"]], dtype=bool)
    for gid, some, face in (("russia", names, "#202020"), ("not_russia", ~names, "white")):
        axes.plot(hours[some], belief[some], linestyle="none", marker="o", markersize=2.4,
                  markerfacecolor=face, markeredgecolor="#202020", markeredgewidth=0.5, zorder=4,
                  gid=f"reports:{gid}")
    wrong = bool(judgement["misattributed"])
    axes.axvline(decided, color=WRONG_ONE if wrong else RIGHT_ONE, linewidth=0.9, zorder=2,
                 linestyle=(0, (1.2, 1)) if by_clock else "-", gid="clock" if by_clock else "evidence")
    probability = min(max(float(judgement["probability_russia"]), 1e-9), 1 - 1e-9)
    at = float(np.clip(math.log(probability / (1 - probability)), -highest, highest))
    axes.plot([decided], [at], linestyle="none", marker="X" if wrong else "D", markersize=5.5,
              color=WRONG_ONE if wrong else RIGHT_ONE, markeredgecolor="white", clip_on=False,
              markeredgewidth=0.5, zorder=6, gid="decision:wrong" if wrong else "decision:right")
    if truth and truth > decided:
        axes.axvline(truth, color="#202020", linewidth=0.7, linestyle=(0, (1, 2)), zorder=1,
                     gid="truth_out")
    _dress(page, axes, timeline, record, highest, several)


def _walk(judgement: dict[str, Any]) -> tuple[np.ndarray, np.ndarray, float | None]:
    """Return hours and log-odds of the reports, and the log-odds before them if known."""
    reports = judgement["reports"]
    hours = np.array([report["hours"] for report in reports], dtype=float)
    # Reports that cannot err make a belief certain, which JSON writes as null.
    certain = [math.inf if report["names_russia"] else -math.inf for report in reports]
    belief = np.array([
        sure if report["log_odds"] is None else report["log_odds"]
        for report, sure in zip(reports, certain)
    ], dtype=float)
    return hours, belief, judgement.get("opening_log_odds")


def _until(steps: tuple[np.ndarray, np.ndarray], end: float) -> tuple[np.ndarray, np.ndarray]:
    kept = steps[0] <= end * (1 + 1e-9)
    if not kept.any():
        return np.array([]), np.array([])
    hours, belief = steps[0][kept], steps[1][kept]
    return np.append(hours, end), np.append(belief, belief[-1])


def _after(steps: tuple[np.ndarray, np.ndarray], start: float) -> tuple[np.ndarray, np.ndarray]:
    later = steps[0] > start * (1 + 1e-9)
    before = steps[1][~later]
    at = before[-1] if before.size else steps[1][0]
    return np.concatenate([[start], steps[0][later]]), np.concatenate([[at], steps[1][later]])


def _dress(
    page: Page, axes: Axes, timeline: Timeline, record: dict[str, Any], highest: float,
    several: bool,
) -> None:
    incident, judgement, response = record["incident"], record["judgement"], record["response"]
    where = incident.get("territory")
    what = KINDS.get(incident["kind"], incident["kind"].replace("_", " "))
    place = f" on {where}" if where else ""
    title = f"Day {record['day']}: {what}{place}"
    if several:
        title = f"{timeline.history['title']} {timeline.history['replication']}, d" + title[1:]
    edge = -(LEFT - 0.06) / (axes.get_position().width * page.width)
    axes.set_title(title, loc="left", pad=13, x=edge)
    wrong = "wrong" if judgement["misattributed"] else "right"
    said = (
        f"Decided by the {judgement['decided_by']} after {_hours(judgement['decided_hours'])}: "
        f"{wrong}; {RESPONSES[LEVELS.index(response['level'])]}"
    )
    axes.annotate(said, (edge, 1), xycoords="axes fraction", xytext=(0, 4),
                  textcoords="offset points", size=style.SMALL_TEXT_SIZE - 0.5, color="#303030",
                  annotation_clip=False, gid="said")
    ticks = [tick for tick in TICKS if abs(math.log(tick / (1 - tick))) <= highest]
    axes.set_yticks([math.log(tick / (1 - tick)) for tick in ticks],
                    [f"{100 * tick:g}%" for tick in ticks])
    axes.set_ylabel("belief in Russia", labelpad=1.5)
    few = axes.get_xlim()[1] / axes.get_xlim()[0] < 30
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if few else (1,)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: significant(value)))
    axes.set_xlabel("hours since the incident", labelpad=1.5)


def _hours(hours: float) -> str:
    return f"{significant(hours)} h" if hours < 72 else f"{significant(hours / 24)} days"


def _draw_key(page: Page, top: float) -> None:
    dot = {"linestyle": "none", "marker": "o", "markersize": 2.8, "markeredgecolor": "#202020",
           "markeredgewidth": 0.5}
    mark = {"linestyle": "none", "markersize": 4.5, "markeredgecolor": "white",
            "markeredgewidth": 0.5}
    page.figure.legend(
        handles=[
            Line2D([], [], markerfacecolor="#202020", label="report names Russia", **dot),
            Line2D([], [], markerfacecolor="white", label="report names another", **dot),
            Line2D([], [], marker="D", color=RIGHT_ONE, label="decided rightly", **mark),
            Line2D([], [], marker="X", color=WRONG_ONE, label="decided wrongly", **mark),
        ],
        loc="upper left", ncol=4 if page.width > style.ONE_COLUMN else 2, borderaxespad=0,
        borderpad=0, handlelength=1.2, columnspacing=1.2, handletextpad=0.4, labelspacing=0.3,
        bbox_to_anchor=(0.06 / page.width, 1 - top / page.height),
    ).set_gid("key")


def _shown(incidents: int) -> str:
    return (
        f"Evidence against the clock in {incidents} investigated "
        f"incident{'' if incidents == 1 else 's'}: the belief that Russia did it after each report, "
        "on a scale of log-odds. Tinted: the side of the truth. Leaders decide at the vertical line: "
        "solid when the evidence has settled (dashed levels), dotted when the clock runs out first; "
        "the belief after that is grey. Sparse dots: the truth is known."
    )
