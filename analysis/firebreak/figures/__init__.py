"""One module per kind of figure; each has `draw`, which returns a `Drawing`."""

from . import (
    attribution_race,
    clash_paths,
    cumulative_probability,
    deciding_parameters,
    hypotheses,
    observed_violations,
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
    "attribution_race",
    "clash_paths",
    "cumulative_probability",
    "deciding_parameters",
    "hypotheses",
    "observed_violations",
    "paired_differences",
    "regime_map",
    "sobol_indices",
    "sweep_differences",
    "tornado",
    "validation",
]
