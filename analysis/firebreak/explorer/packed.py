"""Arrays as text: their bytes one after another, deflated, in base64."""

from __future__ import annotations

import base64
import zlib
from typing import Any, Mapping

import numpy as np

TYPES = {"float64": "<f8", "float32": "<f4", "int16": "<i2", "int32": "<i4"}


def text_size(array: np.ndarray) -> int:
    """Return the most bytes of text that an array takes; deflated, it is less.

    Parameters
    ----------
    array : numpy.ndarray
        Of a type in `TYPES`.
    """
    return array.nbytes * 4 // 3 + 12


def pack(arrays: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Return arrays as a JSON object: where each begins, its type and shape, and all bytes.

    Parameters
    ----------
    arrays : mapping of str to numpy.ndarray
        Of a type in `TYPES`.

    Returns
    -------
    dict
        `index`, a list of name, type, shape and first byte; `bytes`, base64 of a zlib stream.
    """
    index, parts, at = [], [], 0
    for name, array in arrays.items():
        content = np.ascontiguousarray(array, dtype=TYPES[array.dtype.name]).tobytes()
        index.append({"name": name, "type": array.dtype.name, "shape": list(array.shape), "at": at})
        content += bytes(-len(content) % 8)  # a view of doubles begins at a multiple of eight
        parts.append(content)
        at += len(content)
    return {"index": index, "bytes": base64.b64encode(zlib.compress(b"".join(parts), 9)).decode()}


def unpack(packed: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Return the arrays that `pack` wrote.

    Parameters
    ----------
    packed : mapping
        As returned by `pack`.
    """
    content = zlib.decompress(base64.b64decode(packed["bytes"]))
    found = {}
    for entry in packed["index"]:
        kind = np.dtype(TYPES[entry["type"]])
        count = int(np.prod(entry["shape"]))
        values = np.frombuffer(content, kind, count, entry["at"])
        found[entry["name"]] = values.reshape(entry["shape"])
    return found
