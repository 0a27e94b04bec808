"""One module per kind of figure; each has `draw(point, ...)`, which returns a `Drawing`."""

from . import (
    clash_paths,
    cumulative_probability,
    deciding_parameters,
    paired_differences,
    sweep_differences,
)
from .drawing import Drawing

__all__ = [
    "Drawing",
    "clash_paths",
    "cumulative_probability",
    "deciding_parameters",
    "paired_differences",
    "sweep_differences",
]
