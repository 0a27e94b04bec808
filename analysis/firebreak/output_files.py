"""Files as they are written: whole or not at all, and never over a result file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import h5py

from .results import ResultsError


def write_files(folder: str | Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write files beside their names and rename them, so that none is ever half-written.

    Parameters
    ----------
    folder : str or Path
        Made if absent.
    contents : mapping of str to bytes
        By file name.

    Returns
    -------
    list of Path
        The files, in the order given.

    Raises
    ------
    ResultsError
        If a name is that of a folder, of a device or of a result file, which a figure or a table
        never replaces; nothing is written then.
    """
    folder = Path(folder)
    for name in contents:
        _check_replaceable(folder / name)
    if folder.exists() and not folder.is_dir():
        raise ResultsError(f"{folder}: is a file, not a folder to write to")
    folder.mkdir(parents=True, exist_ok=True)
    pending: list[tuple[str, Path]] = []
    try:
        for name, content in contents.items():
            handle, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
            pending.append((temporary, folder / name))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(temporary, 0o666 & ~_umask())
        for temporary, final in pending:
            os.replace(temporary, final)
    except BaseException:
        for temporary, _ in pending:
            Path(temporary).unlink(missing_ok=True)
        raise
    return [final for _, final in pending]


def write_file(path: Path, content: bytes) -> Path:
    """Write one file, as `write_files`."""
    return write_files(path.parent, {path.name: content})[0]


def _check_replaceable(path: Path) -> None:
    if path.is_dir():
        raise ResultsError(f"{path}: is a folder, not a file to write")
    if path.exists() and not path.is_file():
        raise ResultsError(f"{path}: is a device or a pipe and is not replaced")
    if path.is_file() and h5py.is_hdf5(path):
        raise ResultsError(f"{path}: is a result file and is not replaced")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
