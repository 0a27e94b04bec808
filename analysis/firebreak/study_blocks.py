"""What the page of a worked study says in numbers: Markdown from the tables that lie beside it."""

from __future__ import annotations

from typing import Mapping

import pandas as pd

from .labels import in_sentence, outcome_label, regime_label
from .printed_numbers import plain, signed, significant, significant_span
from .results import ResultsError
from .sweep_report import per_cent

Tables = Mapping[str, pd.DataFrame]
NEARLY_ALL, MOST, SOME, FEW = 0.9, 2 / 3, 0.1, 0.05
"""Shares of the points at which a verdict changes; chance alone decides 0.025 to either side."""


def verdict(lower: float, higher: float) -> str:
    """Return what shares of the points with a decided sign amount to, by a fixed rule.

    Parameters
    ----------
    lower, higher : float
        Shares of the points whose paired interval lies below and above zero.
    """
    for share, other, word in ((lower, higher, "lower"), (higher, lower, "higher")):
        if share >= NEARLY_ALL:
            return f"{word} in nearly all"
        if share >= MOST:
            return f"{word} in most" + (", the reverse in some" if other >= SOME else "")
    if lower >= SOME and higher >= SOME:
        return "goes either way"
    if max(lower, higher) >= SOME and min(lower, higher) < FEW:
        return f"{'lower' if lower > higher else 'higher'} where decided"
    return "not decided"


def block(name: str, tables: Tables) -> str:
    """Return the text of one block.

    Parameters
    ----------
    name : str
        run, levels, differences, pairs, early or deciders.
    tables : mapping of str to pandas.DataFrame
        Those of `study_tables`, as read back from their files, by name without ``.csv``.

    Raises
    ------
    ResultsError
        If there is no such block.
    """
    if name not in BLOCKS:
        raise ResultsError(f"no block '{name}' (there are {', '.join(BLOCKS)})")
    return BLOCKS[name](tables)


def _run(tables: Tables) -> str:
    levels = tables["levels"]
    one = levels.iloc[0]
    histories = one.design_points * one.regimes * one.replications
    failed = "none" if one.failed_points == 0 else f"{one.failed_points}"
    last = _of_reference(tables)
    last = last[last.years == last.years.max()]
    moved = 100 * (last["median"] - last.median_half).abs().max()
    width = 100 * 1.96 * 0.5 / (one.design_points - one.failed_points) ** 0.5
    return (
        f"{one.design_points:,} design points ({failed} failed), {one.replications:,} histories of "
        f"each of {one.regimes} regimes at each: {histories:,} histories. Seed {one.seed}, Firebreak "
        f"{one.firebreak_version}, commit {str(one.git_commit)[:12]}. From the first half of the "
        f"points to all of them no median of a difference from the status quo moves by more than "
        f"{plain(moved, 2)} percentage points. A share of the points is known to about "
        f"±{plain(width, 0)} points, as if they were drawn independently."
    )


def _levels(tables: Tables) -> str:
    levels = tables["levels"]
    outcomes = list(dict.fromkeys(levels.outcome))
    lines = _head(["regime", *(in_sentence(outcome_label(name)) for name in outcomes)])
    for regime in dict.fromkeys(levels.regime):
        cells = []
        for outcome in outcomes:
            row = levels[(levels.regime == regime) & (levels.outcome == outcome)].iloc[0]
            span = significant_span((_two(100 * row.q05), _two(100 * row.q95)))
            cells.append(f"{significant(_two(100 * row['median']))} ({span})")
        lines.append(f"| {regime_label(regime)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _differences(tables: Tables) -> str:
    table = _of_reference(tables)
    return _comparisons(table[table.years == table.years.max()], against=False)


def _pairs(tables: Tables) -> str:
    table = tables["differences"]
    first = _reference(tables)
    order = [name for name in dict.fromkeys(table.regime) if name != first]
    order.sort(key=lambda name: ["membership", "bilateral-guarantee", "neutrality"].index(name)
               if name in ("membership", "bilateral-guarantee", "neutrality") else 9)
    pairs = [(a, b) for number, a in enumerate(order) for b in order[number + 1:]]
    rows = [
        table[(table.regime == a) & (table.reference == b) & (table.outcome == outcome)]
        for a, b in pairs for outcome in ("collapse", "clash")
    ]
    return _comparisons(pd.concat(rows), against=True)


def _early(tables: Tables) -> str:
    table = _of_reference(tables)
    table = table[table.outcome == "collapse"]
    lines = _head(["regime", *(f"by year {years:.0f}" for years in sorted(set(table.years)))])
    for regime in dict.fromkeys(table.regime):
        rows = table[table.regime == regime].sort_values("years").itertuples()
        cells = [f"{_difference(row)}; {_shares(row)}" for row in rows]
        lines.append(f"| {regime_label(regime)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _deciders(tables: Tables) -> str:
    splits = tables["splits"]
    lines = _head(["regime, outcome", "parameter", "coefficient", "lower third", "upper third"])
    differences = _of_reference(tables)
    for regime in dict.fromkeys(differences.regime):
        for outcome in ("collapse", "clash"):
            label = f"{regime_label(regime)}, {in_sentence(outcome_label(outcome))}"
            if splits.empty:
                rows = splits
            else:
                rows = splits[(splits.regime == regime) & (splits.outcome == outcome)]
            if rows.empty:
                lines.append(f"| {label} | none beyond chance | | | |")
            for _, pair in rows.groupby("place", sort=True):
                lower = next(pair[pair.third == "lower"].itertuples())
                upper = next(pair[pair.third == "upper"].itertuples())
                lines.append(
                    f"| {label} | `{lower.parameter}` | {signed(lower.coefficient, 2)} "
                    f"| {_point(lower)}; {_shares(lower)} | {_point(upper)}; {_shares(upper)} |"
                )
    known = tables["deciding_parameters"].query("quantity == 'difference'").explained.dropna()
    if known.empty:
        return "\n".join(lines)
    return "\n".join([*lines, "", (
        f"The ranks of all parameters together explain {per_cent(known.min())} to "
        f"{per_cent(known.max())} per cent of the variance of a difference's ranks; the rest is "
        "interactions, effects that turn round, and luck."
    )])


BLOCKS = {
    "run": _run,
    "levels": _levels,
    "differences": _differences,
    "pairs": _pairs,
    "early": _early,
    "deciders": _deciders,
}


def _comparisons(rows: pd.DataFrame, against: bool) -> str:
    lines = _head(["regime, outcome", "difference", "± at a point", "lower / open / higher", "verdict"])
    for row in rows.itertuples():
        label = regime_label(row.regime)
        if against:
            label += f" against {in_sentence(regime_label(row.reference))}"
        lines.append(
            f"| {label}, {in_sentence(outcome_label(row.outcome))} | {_difference(row)} "
            f"| {significant(_two(100 * row.half_width))} | {_shares(row)} | {verdict(row.lower, row.higher)} |"
        )
    return "\n".join(lines)


def _head(names: list[str]) -> list[str]:
    return ["| " + " | ".join(names) + " |", "|---" * len(names) + "|"]


def _reference(tables: Tables) -> str:
    return str(tables["differences"].reference.iloc[0])


def _of_reference(tables: Tables) -> pd.DataFrame:
    return tables["differences"][tables["differences"].reference == _reference(tables)]


def _difference(row: tuple) -> str:
    decimals = _decimals(row)
    ends = (plain(100 * row.q05, decimals), plain(100 * row.q95, decimals))
    return f"{_point(row)} ({ends[0]} to {ends[1]})"


def _point(row: tuple) -> str:
    return signed(100 * row.median, _decimals(row))


def _decimals(row: tuple) -> int:
    width = 100 * (row.q95 - row.q05)
    return 0 if width >= 20 else 1 if width >= 2 else 2 if width >= 0.2 else 3


def _shares(row: tuple) -> str:
    return " / ".join(per_cent(share) for share in (row.lower, row.undecided, row.higher))


def _two(value: float) -> float:
    return float(f"{value:.2g}")
