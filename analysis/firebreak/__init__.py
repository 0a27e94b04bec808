"""Reading, tabulating and drawing the result files of Firebreak.

The package reads results and never recomputes the model: every number in a figure or a table
stands in the file.

Examples
--------
>>> import firebreak                                        # doctest: +SKIP
>>> results = firebreak.open_results("baseline.h5")         # doctest: +SKIP
>>> results.probability.sel(regime="neutrality", outcome="clash")  # doctest: +SKIP
"""

from .provenance import Provenance, provenance_of, read_provenance
from .results import ResultsError, open_histories, open_results, select_point
from .tables import difference_table, probability_table

__all__ = [
    "Provenance",
    "ResultsError",
    "difference_table",
    "open_histories",
    "open_results",
    "probability_table",
    "provenance_of",
    "read_provenance",
    "select_point",
]
