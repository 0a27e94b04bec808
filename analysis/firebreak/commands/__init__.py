"""One module per command of ``python -m firebreak``; each has `add`, which adds its options."""

from . import (
    conditional,
    effects,
    export_salib,
    figures,
    provenance,
    regime_map,
    report,
    sensitivity,
    sweep,
    tables,
)

ALL = (
    figures,
    tables,
    report,
    sweep,
    conditional,
    regime_map,
    sensitivity,
    effects,
    export_salib,
    provenance,
)
"""In the order in which ``--help`` lists them."""
