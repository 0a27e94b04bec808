"""What a result file holds, down to its bytes, so that two files can be compared."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import h5py
import numpy as np

Content = dict[str, object]


def is_scale(dataset: h5py.Dataset) -> bool:
    """Tell whether a variable is the coordinate of a dimension."""
    return bool(h5py.h5ds.is_scale(dataset.id))


def plain(value: object, file: h5py.File) -> object:
    """Turn what was read into something that compares by its bytes."""
    array = np.asarray(value)
    if array.dtype.names:  # a list of references with indices: how a scale knows its variables
        return [tuple(plain(item, file) for item in row) for row in array.ravel().tolist()]
    if array.dtype != object:
        return (array.dtype.str, array.shape, array.tobytes())
    items = []
    for item in array.ravel():
        if isinstance(item, np.ndarray):
            items.append(plain(item, file))
        elif isinstance(item, h5py.Reference):
            items.append(file[item].name)
        else:
            items.append(item)
    return (array.shape, items)


def attributes(item: h5py.Group | h5py.Dataset, file: h5py.File) -> Content:
    """Return the attributes of a group or variable, in the order they were made."""
    return {f"{item.name}@{name}": plain(value, file) for name, value in item.attrs.items()}


def content(path: Path, leave_out: tuple[str, ...] = ("/runtime",)) -> Content:
    """Return every value of every variable and attribute by its place, `leave_out` apart."""
    found: Content = {}
    with h5py.File(path) as file:
        found.update(attributes(file, file))

        def visit(_: str, item: h5py.Group | h5py.Dataset) -> None:
            if any(item.name == name or item.name.startswith(name + "/") for name in leave_out):
                return
            found.update(attributes(item, file))
            if isinstance(item, h5py.Dataset):
                kind = (item.dtype.str, str(h5py.check_string_dtype(item.dtype)), item.maxshape)
                found[item.name] = (*kind, item.chunks, plain(item[()], file))
            else:
                found[item.name] = list(item)

        file.visititems(visit)
        found["/"] = [name for name in file if "/" + name not in leave_out]
    return found


def differences(left: Content, right: Content) -> list[str]:
    """Name what two contents do not share; an empty list says that they are the same."""
    names = sorted(left.keys() | right.keys())
    missing = object()
    return [n for n in names if left.get(n, missing) != right.get(n, missing)]


def by_regime(path: Path, paired: bool) -> dict[tuple[str, ...], bytes]:
    """Return the bytes of each variable for each regime by name, wherever it stands in the file.

    With `paired`, those of differences too, for each regime and reference.
    """
    cells: dict[tuple[str, ...], bytes] = {}
    with h5py.File(path) as file:
        labels = {
            scale: [name.decode() for name in file[scale][()]] for scale in ("regime", "reference")
        }

        def visit(name: str, item: h5py.Group | h5py.Dataset) -> None:
            if not isinstance(item, h5py.Dataset) or is_scale(item) or name.startswith("runtime"):
                return
            axes = [axis[0].name.rsplit("/", 1)[-1] for axis in item.dims]
            named = [axis for axis in axes if axis in labels]
            if "regime" not in named or ("reference" in named and not paired):
                return
            values = item[()]
            for chosen in product(*(range(len(labels[axis])) for axis in named)):
                place = dict(zip(named, chosen, strict=True))
                cell = values[tuple(place.get(axis, slice(None)) for axis in axes)]
                key = (name, *(labels[axis][index] for axis, index in place.items()))
                cells[key] = np.ascontiguousarray(cell).tobytes()

        file.visititems(visit)
    return cells
