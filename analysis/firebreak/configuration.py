"""The parameters of a run with their sources, from the configuration that its file keeps."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any, Iterator

import pandas as pd
import xarray as xr

from .factors import factors, is_factor
from .results import ResultsError
from .toml_reader import parse_toml

HEADING = re.compile(r"^# ==== (.+) ====$", re.MULTILINE)
COMMAND_LINE = "--set"
COLUMNS = ("parameter", "value", "unit", "prior", "tag", "meaning", "source", "set_by")
WORDS = {"timing", "rule", "protectors", "covered_sectors", "troop_sectors", "alignment"}
"""What a regime is made of besides numbers; configs/regimes says it better than a table."""


def configured_parameters(point: xr.Dataset) -> pd.DataFrame:
    """Return every parameter of the model as a design point was run with, a row each.

    Parameters
    ----------
    point : xarray.Dataset
        One design point, from `select_point`.

    Returns
    -------
    pandas.DataFrame
        Columns parameter (path, with ``regime:`` before it where it holds in that regime alone),
        value (number, or text where it follows another parameter), unit, prior, tag (what the
        source is worth), meaning, source, and set_by: who changed the value of the baseline:
        empty, ``regime``, ``study``, ``command line`` or ``design``.

    Raises
    ------
    ResultsError
        If the file keeps no configuration with parameters, or one that cannot be read.
    """
    parts = _parts(str(point.attrs.get("configuration", "")))
    if len(parts) < 2:
        raise ResultsError("the file keeps no configuration with parameters")
    (study_name, study_text), (baseline_name, baseline_text), *others = parts
    study = parse_toml(study_text, study_name)
    rows = {
        row["parameter"]: row
        for row in _of_baseline(parse_toml(baseline_text, baseline_name), ())
    }
    if not rows:
        raise ResultsError(f"the configuration in the file has no parameters ({baseline_name})")
    run = {str(name) for name in point.regime.values}
    for name, text in others:
        path = PurePosixPath(name)
        if path.suffix == ".toml" and path.stem in run:
            _apply(rows, parse_toml(text, name), "regime", path.stem)
    _apply(rows, study.get("set", {}), "study", "")
    for regime, content in study.get("regime", {}).items():
        _apply(rows, content, "study", regime)
    for name, text in others:
        if name == COMMAND_LINE:
            _apply_lines(rows, text)
    for factor in factors_of(point):
        _change(rows, factor["path"], factor["value"], "design")
    return pd.DataFrame(rows.values(), columns=list(COLUMNS))


def factors_of(point: xr.Dataset) -> list[dict[str, Any]]:
    """Return path and value of what the design varies, at one point."""
    if "design_point" in point.dims:
        return [{"path": factor.path, "value": "varied"} for factor in factors(point)]
    return [
        {"path": str(variable.attrs["parameter"]), "value": float(variable)}
        for variable in point.data_vars.values() if variable.ndim == 0 and is_factor(variable)
    ]


def _parts(configuration: str) -> list[tuple[str, str]]:
    """Return the names and texts of the files, in the order of the file."""
    pieces = HEADING.split(configuration)
    return list(zip(pieces[1::2], pieces[2::2]))


def _of_baseline(table: dict[str, Any], path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for name, part in table.items():
        if not isinstance(part, dict):
            continue
        if "value" not in part:
            yield from _of_baseline(part, (*path, name))
        elif isinstance(part["value"], (int, float)):
            yield _row(".".join((*path, name)), part, "")


def _row(path: str, entry: dict[str, Any], set_by: str) -> dict[str, Any]:
    return {
        "parameter": path, "value": entry["value"], "unit": str(entry.get("unit", "1")),
        "prior": _prior(entry.get("prior", {})), "tag": str(entry.get("tag", "")),
        "meaning": str(entry.get("meaning", "")), "source": str(entry.get("source", "")),
        "set_by": set_by,
    }


def _prior(prior: dict[str, Any]) -> str:
    kind = str(prior.get("distribution", "fixed"))
    return kind if "low" not in prior else f"{kind} {prior['low']:g} to {prior['high']:g}"


def _apply(rows: dict[str, Any], table: dict[str, Any], set_by: str, regime: str,
           path: tuple[str, ...] = ()) -> None:
    """Take over the values that a file of a regime or of the study gives."""
    for name, value in table.items():
        if name in WORDS or isinstance(value, str):
            continue
        full = ".".join((*path, name))
        if isinstance(value, dict) and not {"value", "of", "times", "plus"} & set(value):
            _apply(rows, value, set_by, regime, (*path, name))
        elif isinstance(value, dict) and "value" in value:
            known = rows.get(full, {"unit": "1", "meaning": ""})
            entry = {"unit": known["unit"], "meaning": known["meaning"], **value}
            place = f"{regime}:{full}" if regime else full
            rows[place] = _row(place, entry, set_by)
        elif path:
            said = value if isinstance(value, (int, float)) else _tie(value, full)
            _change(rows, f"{regime}:{full}" if regime else full, said, set_by)


def _tie(value: Any, path: str) -> str:
    if not isinstance(value, dict):
        return str(value)
    text = str(value.get("of", path))
    if "times" in value:
        text = f"{value['times']:g} \u00d7 {text}"
    return text + (f" + {value['plus']:g}" if "plus" in value else "")


def _apply_lines(rows: dict[str, Any], text: str) -> None:
    for line in text.splitlines():
        path, equals, value = line.partition("=")
        if not equals or line.startswith("#"):
            continue
        try:
            said: float | str = float(value)
        except ValueError:
            said = value.strip()
        if path.strip().rpartition(".")[2] not in WORDS:
            _change(rows, path.strip(), said, "command line")


def _change(rows: dict[str, Any], path: str, value: float | str, set_by: str) -> None:
    """Give a parameter another value; what it is stays as the baseline says."""
    regime, colon, plain = path.rpartition(":")
    row = rows.get(path)
    if row is None:
        general = rows.get(plain if colon else path)
        if general is None:
            return
        row = {**general, "parameter": path, "prior": "fixed", "source": "", "tag": ""}
    elif set_by != "design":
        row = {**row, "source": "", "tag": "", "prior": "fixed"}
    rows[path] = {**row, "value": value, "set_by": set_by}
