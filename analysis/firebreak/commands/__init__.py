"""One module per command of ``python -m firebreak``; each has `add`, which adds its options."""

from . import effects, export_salib, figures, provenance, sweep, tables

ALL = (figures, tables, sweep, effects, export_salib, provenance)
"""In the order in which ``--help`` lists them."""
