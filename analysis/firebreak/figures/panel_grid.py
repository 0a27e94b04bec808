"""Where the panels and keys of small multiples stand on the page."""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import style
from ..labels import Family, outcome_label

LEFT, RIGHT, TOP, BOTTOM = 0.58, 0.08, 0.26, 0.06
PANEL_HEIGHT = 1.25
TIME_LABEL = 0.34
"""Height taken by the labels of the time axis [inch]."""
KEY_LINE = 0.125
NARROW_GAP, WIDE_GAP = 0.16, 0.52


@dataclass(frozen=True)
class Panel:
    """One axes: an outcome for the regimes of a family, at its place [inch]."""

    outcome: str
    family: Family
    left: float
    top: float
    width: float
    height: float
    title: str = ""
    vertical_label: str = ""
    value_labels: bool = True
    time_labels: bool = True


@dataclass(frozen=True)
class Key:
    """The legend of a family at its place [inch]."""

    family: Family
    left: float
    top: float
    columns: int

    def height(self) -> float:
        """Return the height it takes, with a line for the reference beside families [inch]."""
        lines = -(-len(self.family.regimes) // self.columns)
        return KEY_LINE * (lines + (1 if self.family.title else 0))


@dataclass
class Grid:
    """Panels and keys, and the height that they take [inch]."""

    panels: list[Panel] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    height: float = 0.0


def grid_of(outcomes: list[str], groups: list[Family], width: float) -> Grid:
    """Place the panels for a page of this width [inch].

    Parameters
    ----------
    outcomes : list of str
        Rows, or columns where there is one family.
    groups : list of Family
        Columns, or rows of their own on a page of one column.
    width : float
        Of the page [inch].
    """
    if width <= style.ONE_COLUMN:
        return _stacked(outcomes, groups, width)
    if len(groups) == 1:
        return _in_a_row(outcomes, groups[0], width)
    return _families_across(outcomes, groups, width)


def _families_across(outcomes: list[str], groups: list[Family], width: float) -> Grid:
    grid = Grid()
    wide = _panel_width(width, len(groups), NARROW_GAP)
    for row, outcome in enumerate(outcomes):
        top = TOP + row * (PANEL_HEIGHT + 0.17)
        last = row == len(outcomes) - 1
        for column, family in enumerate(groups):
            left = LEFT + column * (wide + NARROW_GAP)
            first = column == 0
            grid.panels.append(Panel(
                outcome, family, left, top, wide, PANEL_HEIGHT,
                title=family.title if row == 0 else "",
                vertical_label=outcome_label(outcome) if first else "",
                value_labels=first, time_labels=last,
            ))
            if last:
                grid.keys.append(Key(family, left, top + PANEL_HEIGHT + TIME_LABEL, 1))
    grid.height = _bottom(grid)
    return grid


def _in_a_row(outcomes: list[str], family: Family, width: float) -> Grid:
    grid = Grid()
    columns = min(3, len(outcomes))
    wide = _panel_width(width, columns, WIDE_GAP)
    for number, outcome in enumerate(outcomes):
        row, column = divmod(number, columns)
        top = TOP + row * (PANEL_HEIGHT + TIME_LABEL + TOP)
        grid.panels.append(Panel(
            outcome, family, LEFT + column * (wide + WIDE_GAP), top, wide, PANEL_HEIGHT,
            title=outcome_label(outcome),
        ))
    grid.keys.append(Key(family, LEFT, grid.panels[-1].top + PANEL_HEIGHT + TIME_LABEL, 4))
    grid.height = _bottom(grid)
    return grid


def _stacked(outcomes: list[str], groups: list[Family], width: float) -> Grid:
    grid = Grid()
    top = TOP
    wide = _panel_width(width, 1, 0.0)
    for outcome in outcomes:
        for family in groups:
            grid.panels.append(Panel(
                outcome, family, LEFT, top, wide, PANEL_HEIGHT,
                title=family.title or outcome_label(outcome),
                vertical_label=outcome_label(outcome) if family.title else "",
            ))
            top += PANEL_HEIGHT + TIME_LABEL
            if len(groups) > 1 or outcome == outcomes[-1]:
                grid.keys.append(Key(family, LEFT, top, 1 if family.title else 2))
                top += grid.keys[-1].height()
            top += TOP + 0.04
    grid.height = _bottom(grid)
    return grid


def _panel_width(width: float, columns: int, gap: float) -> float:
    return (width - LEFT - RIGHT - gap * (columns - 1)) / columns


def _bottom(grid: Grid) -> float:
    return max(key.top + key.height() for key in grid.keys) + BOTTOM
