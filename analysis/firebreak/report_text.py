"""Reports as Markdown: the tables of hypotheses, validation and calibration in documents."""

from __future__ import annotations

from typing import Mapping, Sequence

import pandas as pd

from .printed_numbers import plain, signed, significant, significant_span
from .reports import Report
from .validation_score import passed_statistics, passed_targets

NOT_RUN = "*Not run yet.*"
KINDS = ("prior", "posterior")
USES = {"held_out": "Held out", "calibration": "Calibrated"}


def claims_markdown(report: Report, claims: Sequence[str]) -> str:
    """Return a table of these hypotheses, a sentence of reading each, and the provenance.

    Parameters
    ----------
    report : Report
        Of kind ``"claims"``.
    claims : sequence of str
        Names such as ``"H1"``, in the order of the table; one that is not in the report is said
        to be not run.
    """
    lines = [
        "| hypothesis | prior: held / reversed / undecided, % of draws | posterior: the same "
        "| effect, median [low, high] | decided by |",
        "|---|---|---|---|---|",
    ]
    readings = []
    for name in claims:
        rows = report.table[report.table.claim == name].set_index("prior_or_posterior")
        if rows.empty:
            lines.append(f"| **{name}** | not run | not run | | |")
            continue
        best = rows.loc[[kind for kind in KINDS if kind in rows.index][-1]]
        cells = [f"**{name}** {_cell(best.statement)}"]
        cells += [_shares(rows.loc[kind]) if kind in rows.index else "not run" for kind in KINDS]
        cells += [_effect(best), _deciders(best)]
        lines.append(f"| {' | '.join(cells)} |")
        if best.reading:
            readings.append(f"- {name}: {best.reading}")
    lines += ["", *readings, ""] if readings else [""]
    lines.append(
        "Effect and deciding parameters are those of the posterior where it was run. A share of "
        "draws is a statement about the model and its priors, and no probability that a hypothesis "
        f"is true of the world. {report.provenance.sentence()}"
    )
    return "\n".join(lines)


def stated_markdown(stated: Mapping[str, Mapping[str, str]], claims: Sequence[str]) -> str:
    """Return a table of what hypotheses state, by which mechanism, and what they leave out.

    Parameters
    ----------
    stated : mapping
        The claims of ``configs/claims.toml`` by their names.
    claims : sequence of str
        Names such as ``"H1"``, in the order of the table.
    """
    lines = ["| | hypothesis | mechanism | what it leaves out |", "|---|---|---|---|"]
    for name in claims:
        given = stated.get(name, {"statement": "not stated"})
        cells = [_cell(given.get(key, "")) for key in ("statement", "mechanism", "limits")]
        lines.append(f"| **{name}** | {' | '.join(cells)} |")
    return "\n".join(lines)


def validation_markdown(
    report: Report, use: str, seen: Mapping[str, str] | None = None
) -> str:
    """Return how many statistics pass, and a table of them.

    Parameters
    ----------
    report : Report
        Of kind ``"validation"``.
    use : {"held_out", "calibration"}
        Which of the targets.
    seen : mapping, optional
        Why targets are no news to the model, by their names; they are marked and counted apart.
    """
    rows = report.table[report.table.use == use]
    if rows.empty:
        return NOT_RUN
    (passed, of), (whole, targets) = passed_statistics(rows), passed_targets(rows)
    lines = [
        f"**{USES[use]}: {whole} of {targets} targets pass ({passed} of {of} statistics).** "
        "What the model does not hold counts as not passed.",
        *_unseen(rows, seen or {}),
        "",
        "| target | statistic | observed | predicted, median [5 %, 95 %] | percentile | | note |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows.itertuples():
        unit = "" if row.unit in ("", "1", "0 or 1") else f" {row.unit}"
        mark = " (seen)" if row.target in (seen or {}) else ""
        cells = [row.target + mark, _cell(row.statistic.replace("_", " "))]
        cells.append(f"{significant_span(row.observed)}{unit}")
        if row.draws:
            ends = f"[{significant(row.low5)}, {significant(row.high95)}]"
            cells += [f"{significant(row.median)} {ends}", f"{row.percentile:.1f}"]
        else:
            cells += ["", ""]
        cells += ["passes" if row.passed else "fails" if row.draws else "", _cell(row.note)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", report.provenance.sentence()])


def headline_markdown(report: Report, seen: Mapping[str, str]) -> str:
    """Return one sentence: how many held-out targets pass, and of those that nobody had seen.

    Parameters
    ----------
    report : Report
        Of kind ``"validation"``.
    seen : mapping
        Why targets are no news to the model, by their names.
    """
    rows = report.table[report.table.use == "held_out"]
    whole, targets = passed_targets(rows)
    unseen, of = passed_targets(rows[~rows.target.isin(seen)])
    return (
        f"**It predicts {whole} of {targets} observations that were held out of its calibration, and "
        f"{unseen} of the {of} of them that neither a prior nor a calibrating record knew.**"
    )


def _unseen(rows: pd.DataFrame, seen: Mapping[str, str]) -> list[str]:
    named = [target for target in rows.target.unique() if target in seen]
    if not named:
        return []
    passed, of = passed_targets(rows[~rows.target.isin(named)])
    lines = ["", f"**Without those that had been seen: {passed} of {of} pass.** Seen, or within what calibrates:", ""]
    return lines + [f"- {target}: {_cell(seen[target])}" for target in named]


def informed_markdown(table: pd.DataFrame) -> str:
    """Return prior against posterior of every calibrated parameter, and how many are informed.

    Parameters
    ----------
    table : DataFrame
        What ``firebreak calibrate`` writes beside a posterior (``posterior.informed.csv``).
    """
    informed = table[table.informed == "yes"]
    lines = [
        f"**The data inform {len(informed)} of {len(table)} parameters.** The others are as unknown "
        "as before.",
        "",
        "| parameter | unit | prior, median [5 %, 95 %] | posterior, the same | contraction | informed |",
        "|---|---|---|---|---|---|",
    ]
    for row in table.itertuples(index=False):
        cells = [f"`{row.parameter}`", "" if row.unit == "1" else row.unit]
        for middle, low, high in (
            (row.prior_median, row.prior_low5, row.prior_high95),
            (row.posterior_median, row.posterior_low5, row.posterior_high95),
        ):
            cells.append(f"{significant(middle)} [{significant(low)}, {significant(high)}]")
        cells += [plain(row.contraction, 2), "**yes**" if row.informed == "yes" else "no"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def recovery_markdown(studies: dict[str, pd.DataFrame]) -> str:
    """Return how often each method found what it should, over all parameters and the worst one.

    Parameters
    ----------
    studies : dict
        What ``firebreak calibrate --recover`` writes, by the names of the files. Several, of the
        same parameters and as many data sets, are told together as well.
    """
    lines = [
        "| study | block | method | data sets | truths inside 50 % | inside 90 % "
        "| single parameters, inside 90 % | least evenness | mean contraction |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, table in studies.items():
        for (block, method), rows in table.groupby(["block", "method"], sort=False):
            worst = rows.loc[rows.uniformity.idxmin()]
            evenness = f"{significant(worst.uniformity)} (`{worst.parameter}`)"
            lines.append(_recovered(f"`{name}`", block, method, rows, evenness))
    if len(studies) > 1:
        together = pd.concat(studies.values())
        for (block, method), rows in together.groupby(["block", "method"], sort=False):
            means = rows.groupby("parameter")[["inside_50", "inside_90", "contraction"]].mean()
            means["data_sets"] = rows.groupby("parameter").data_sets.sum()
            lines.append(_recovered("all", block, method, means, ""))
    return "\n".join(lines)


def _recovered(study: str, block: str, method: str, rows: pd.DataFrame, evenness: str) -> str:
    least, most = 100 * rows.inside_90.min(), 100 * rows.inside_90.max()
    cells = [study, block, f"`{method}`", str(int(rows.data_sets.iloc[0]))]
    cells += [f"{100 * rows[share].mean():.1f} %" for share in ("inside_50", "inside_90")]
    cells += [f"{least:.0f} to {most:.0f} %", evenness]
    cells.append(plain(rows.contraction.mean(), 2))
    return f"| {' | '.join(cells)} |"


def _shares(row: pd.Series) -> str:
    return " / ".join(f"{100 * row[part]:.0f}" for part in ("held", "reversed", "undecided"))


def _effect(row: pd.Series) -> str:
    unit = "" if row.unit in ("", "1") else f" {_cell(row.unit)}"
    middle, low, high = (
        significant(row[name]) for name in ("effect_median", "effect_low", "effect_high")
    )
    return f"{middle} [{low}, {high}]{unit}"


def _deciders(row: pd.Series) -> str:
    named = []
    for number in (1, 2, 3):
        name, strength = row[f"decider_{number}"], row[f"decider_{number}_strength"]
        if name and abs(strength) > row.chance_strength:
            named.append(f"`{name}` {signed(strength, 2)}")
    return ", ".join(named) or "none that stands out"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
