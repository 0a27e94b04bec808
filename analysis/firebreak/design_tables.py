"""Design points that come from elsewhere: their table, and a study that is run at them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Mapping, Sequence

import numpy as np

from .results import ResultsError
from .toml_reader import parse_toml

PATHS = ("baseline", "allies", "claims")
"""Keys of a study that name files beside it."""


def design_table(parameters: Sequence[str], values: np.ndarray) -> str:
    """Return design points as the CSV that ``[design] method = "table"`` reads.

    Numbers are written so that they are read back to the last bit.

    Parameters
    ----------
    parameters : sequence of str
        Paths in the configuration, such as ``line.immigrant_rate``.
    values : array of float, shape (points, parameters)
        A row per design point, in the units of the parameters.

    Raises
    ------
    ResultsError
        If the shape is another one, there is no point, a value is not finite, or a parameter
        comes twice or has a name that no parameter can have.
    """
    table = np.asarray(values, dtype=float)
    if table.ndim != 2 or table.shape[1] != len(parameters):
        raise ResultsError(
            f"design table: values of shape {table.shape}, not (points, {len(parameters)}) "
            "as there are parameters"
        )
    if table.size == 0:
        raise ResultsError("design table: no design point, or no parameter")
    for name in parameters:
        if list(parameters).count(name) > 1:
            raise ResultsError(f"design table: parameter {name} comes twice")
        if not name or any(mark in name for mark in ',"\r\n#'):
            raise ResultsError(f"design table: {name!r} cannot be the name of a parameter")
    for row, column in np.argwhere(~np.isfinite(table)):
        raise ResultsError(
            f"design table: point {row}: {parameters[column]} = {table[row, column]} is not finite"
        )
    lines = [",".join(parameters), *(",".join(map(repr, row)) for row in table.tolist())]
    return "\n".join(lines) + "\n"


def read_study(study: str | Path) -> dict[str, Any]:
    """Return a study as it is written, with the files that it names made absolute.

    Parameters
    ----------
    study : str or Path
        A TOML file, as ``firebreak run`` takes it.

    Raises
    ------
    ResultsError
        If the file cannot be read or is not TOML, or this Python cannot read TOML.
    """
    path = Path(study).resolve()
    try:
        text = parse_toml(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise ResultsError(f"{path}: {error}")
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read ({error.strerror})")
    design = text.get("design", {})
    for table, keys in ((text, PATHS), (design, ("table", "posterior"))):
        for key in keys:
            if isinstance(table.get(key), str):
                table[key] = str(path.parent / table[key])
    return text


def study_with(study: Mapping[str, Any], design: Mapping[str, Any]) -> str:
    """Return the TOML of a study with another section ``[design]``.

    Parameters
    ----------
    study : mapping
        From `read_study`.
    design : mapping
        What takes the place of its section ``[design]``.
    """
    return "".join(f"{json.dumps(key)} = {_toml(value)}\n"
                   for key, value in {**study, "design": design}.items())


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        inside = (f"{json.dumps(key)} = {_toml(part)}" for key, part in value.items())
        return "{ " + ", ".join(inside) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    raise ResultsError(f"a study has no values of the kind of {value!r}")
