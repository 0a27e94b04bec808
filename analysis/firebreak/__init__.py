"""Reading, tabulating and drawing the result files of Firebreak.

The package reads results and never recomputes the model: every number in a figure or a table
stands in the file or, of a sweep, is taken over the design points from those that do.

Examples
--------
>>> import firebreak                                        # doctest: +SKIP
>>> results = firebreak.open_results("baseline.h5")         # doctest: +SKIP
>>> results.probability.sel(regime="neutrality", outcome="clash")  # doctest: +SKIP
"""

from .configuration import configured_parameters
from .deciding_parameters import parameter_table
from .embedded_provenance import read_provenance
from .latex_tables import to_latex
from .observed_record import read_observed
from .printed_tables import to_markdown
from .provenance import Provenance, provenance_of
from .regime_map import read_map
from .report_provenance import ReportProvenance
from .reports import Report, read_report
from .results import ResultsError, open_histories, open_results, select_point
from .sweep import read_sweep
from .sweep_differences import difference_quantiles, reference_quantiles
from .tables import difference_table, probability_table
from .tidy import tidy, tidy_differences
from .timelines import read_timeline
from .tornado import read_tornado

__all__ = [
    "Provenance",
    "Report",
    "ReportProvenance",
    "ResultsError",
    "configured_parameters",
    "difference_quantiles",
    "difference_table",
    "open_histories",
    "open_results",
    "parameter_table",
    "probability_table",
    "provenance_of",
    "read_map",
    "read_observed",
    "read_provenance",
    "read_report",
    "read_sweep",
    "read_timeline",
    "read_tornado",
    "reference_quantiles",
    "select_point",
    "tidy",
    "tidy_differences",
    "to_latex",
    "to_markdown",
]
