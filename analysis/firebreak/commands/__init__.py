"""One module per command of ``python -m firebreak``; each has `add`, which adds its options."""

from . import effects, export_salib, figures, provenance, regime_map, sensitivity, sweep, tables

ALL = (figures, tables, sweep, regime_map, sensitivity, effects, export_salib, provenance)
"""In the order in which ``--help`` lists them."""
