"""One module per kind of figure; each has `draw`, which returns a `Drawing`."""

from . import (
    clash_paths,
    cumulative_probability,
    deciding_parameters,
    hypotheses,
    paired_differences,
    regime_map,
    sobol_indices,
    sweep_differences,
    tornado,
    validation,
)
from .drawing import Drawing

__all__ = [
    "Drawing",
    "clash_paths",
    "cumulative_probability",
    "deciding_parameters",
    "hypotheses",
    "paired_differences",
    "regime_map",
    "sobol_indices",
    "sweep_differences",
    "tornado",
    "validation",
]
