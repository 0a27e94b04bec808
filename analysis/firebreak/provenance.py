"""Where a figure comes from: said below it, and kept inside its file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import xarray as xr

from .factors import is_factor
from .report_provenance import ReportProvenance, ended

MOST_NAMED = 6
"""Parameters of a design point that a sentence names; the file and the metadata have all."""


@dataclass(frozen=True)
class Provenance:
    """What identifies the run behind a figure.

    Attributes
    ----------
    title, caveat, firebreak_version, git_commit, seed : str
        As in the result file; the seed as text, because it may exceed 2^53.
    replications : tuple of int
        Smallest and largest number of replications over the regimes.
    confidence_level : float
        Of the intervals.
    design_point : int or None
        The point shown, None if it is all of them.
    design_points : int
        How many the file holds.
    parameters : dict
        Varied parameters at that point, value and unit as text, by their path.
    failed_points : int
        How many failed and are left out, where all are shown.
    """

    title: str
    caveat: str
    firebreak_version: str
    git_commit: str
    seed: str
    replications: tuple[int, int]
    confidence_level: float
    design_point: int | None = 0
    design_points: int = 1
    parameters: dict[str, str] = field(default_factory=dict)
    failed_points: int = 0

    def sentence(self) -> str:
        """Return one line of text: title, design point, seed, replications, version, commit."""
        low, high = self.replications
        count = f"{low:,}" if low == high else f"{low:,} to {high:,}"
        where, each = "", ""
        if self.design_point is None:
            each = " and point"
            failed = f" ({self.failed_points:,} of them failed and left out)"
            where = f"{self.design_points:,} design points{failed if self.failed_points else ''}, "
        elif self.design_points > 1:
            named = [f"{name} = {value}" for name, value in self.parameters.items()]
            if len(named) > MOST_NAMED:
                named[MOST_NAMED:] = [f"and {len(named) - MOST_NAMED} more"]
            values = "; ".join(named)
            where = f"Design point {self.design_point} of {self.design_points}"
            where += f" ({values}). " if values else ". "
        digits, mark, changed = self.git_commit.partition("+")  # "+dirty": files differed
        commit = f" (commit {digits[:12]}{mark}{changed})" if self.git_commit else ""
        return (
            f"{ended(self.title)} {where}{count} replications per regime{each}, seed {self.seed}, "
            f"Firebreak {self.firebreak_version}{commit}."
        )

    def caption(self, shown: str) -> str:
        """Return the whole caption: what is shown, where it comes from, and the caveat."""
        return " ".join(part for part in (shown, self.sentence(), ended(self.caveat)) if part)

    def to_json(self) -> str:
        """Return all fields as one line of ASCII."""
        return json.dumps(asdict(self), sort_keys=True)

    @staticmethod
    def from_json(text: str) -> Provenance:
        """Return the provenance that `to_json` wrote."""
        values = json.loads(text)
        values["replications"] = tuple(values["replications"])
        return Provenance(**values)


def provenance_of(point: xr.Dataset) -> Provenance:
    """Read the provenance of one design point, or of all.

    Parameters
    ----------
    point : xarray.Dataset
        As returned by `select_point` or `read_sweep`.

    Returns
    -------
    Provenance
    """
    attributes = point.attrs
    replications = np.asarray(point.replications.values, dtype=np.int64)
    parameters = {}
    for name, variable in point.data_vars.items():
        if variable.ndim == 0 and is_factor(variable):
            unit = str(variable.attrs.get("units", "1"))
            value = variable.item()
            text = f"{value:.4g}" if isinstance(value, float) else str(value)
            path = str(variable.attrs["parameter"])
            parameters[path] = text if unit == "1" else f"{text} {unit}"
    return Provenance(
        title=_text(attributes["title"]),
        caveat=_text(attributes["caveat"]),
        firebreak_version=_text(attributes["firebreak_version"]),
        git_commit=_text(attributes["git_commit"]),
        seed=_text(attributes.get("seed_text") or attributes["seed"]),
        replications=(int(replications.min()), int(replications.max())),
        confidence_level=float(np.ravel(attributes.get("confidence_level", 0.95))[0]),
        design_point=_number_of(point),
        design_points=int(attributes.get("design_points", 1)),
        failed_points=int(attributes.get("failed_points", 0)),
        parameters=parameters,
    )


def _number_of(point: xr.Dataset) -> int | None:
    if "design_point" in point.dims:
        return None
    return int(point.design_point) if "design_point" in point.coords else 0


def metadata(
    provenance: Provenance | ReportProvenance, caption: str, form: str
) -> dict[str, Any]:
    """Return what Matplotlib writes into a file of the given form, without any date.

    Parameters
    ----------
    provenance : Provenance or ReportProvenance
        Written as JSON, so that `read_provenance` finds it.
    caption : str
        Written as the description.
    form : {"svg", "pdf", "png"}
        The file format.
    """
    program = f"Firebreak {provenance.firebreak_version}"
    if form == "svg":
        return {
            "Title": provenance.title,
            "Description": caption,
            "Source": provenance.to_json(),
            "Creator": program,
            "Date": None,
        }
    if form == "pdf":
        return {
            "Title": provenance.title,
            "Subject": caption,
            "Keywords": provenance.to_json(),
            "Creator": program,
            "CreationDate": None,
        }
    return {
        "Title": provenance.title,
        "Description": caption,
        "Source": provenance.to_json(),
        "Software": program,
    }


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8")
    array = np.ravel(value)
    text = str(array[0]) if array.size == 1 else str(value)
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
