"""Experiments from outside: the program is called at points that another tool has chosen.

Nothing is computed here. A table of points and a study that reads it are written to a folder for the
moment, the program sweeps them, and its result file is read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from .design_tables import design_table, read_study, study_with
from .factors import Factor, factors
from .results import ResultsError, open_results, require
from .sweep import OUTCOMES


def find_program(program: str | Path | None = None) -> Path:
    """Return the path of the program firebreak.

    Parameters
    ----------
    program : str or Path, optional
        Where it is; else the environment's FIREBREAK_BINARY, else that in PATH.

    Raises
    ------
    ResultsError
        If it is not there.
    """
    wanted = str(program or os.environ.get("FIREBREAK_BINARY") or "firebreak")
    found = shutil.which(wanted)
    if found is None:
        raise ResultsError(f"{wanted}: no such program (build it, and name it in FIREBREAK_BINARY)")
    return Path(found).resolve()


class Experiments:
    """A study whose design points are chosen from outside.

    Parameters
    ----------
    study : str or Path
        A study with a section ``[design]`` that says what varies. Its method and number of points
        do not matter; a table is refused, since it does not say how far parameters vary.
    program : str or Path, optional
        As in `find_program`.
    outcomes : sequence of str, optional
        Collapse, clash, general war and nuclear use if omitted, as far as the study has them.
    replications : int, optional
        Histories per point and regime; those of the study if omitted.
    options : sequence of str
        Further options of ``firebreak sweep``, such as ``("--threads", "1")``.

    Attributes
    ----------
    parameters : list of Factor
        What varies, with kinds and ranges, in the order of the design.
    levels : dict of str to list of float
        The levels of those levers that have some, by path.
    names : list of str
        What an experiment returns: for each outcome ``clash_membership``, the probability at the
        horizon, and for regimes other than the study's reference
        ``clash_membership_minus_status_quo``, the paired difference.

    Raises
    ------
    ResultsError
        If the study is not one, nothing varies in it, or the program refuses it.
    """

    def __init__(
        self, study: str | Path, program: str | Path | None = None,
        outcomes: Sequence[str] | None = None, replications: int | None = None,
        options: Sequence[str] = (),
    ) -> None:
        self.program = find_program(program)
        self.path = Path(study)
        self._study = read_study(study)
        self._options = [*options]
        self._replications = replications
        design = self._study.get("design")
        if not isinstance(design, dict) or design.get("method") == "table":
            raise ResultsError(f"{self.path}: no [design] that says how far parameters vary")
        results = self._sweep(_smallest(design), "", 1)
        self.parameters: list[Factor] = factors(results)
        if not self.parameters:
            raise ResultsError(f"{self.path}: nothing varies in its [design]")
        self.levels = {
            factor.path: [float(value) for value in np.unique(results[factor.variable].values)]
            for factor in self.parameters if factor.distribution == "fixed"
        }
        chosen = [require(results, "outcome", name) for name in dict.fromkeys(outcomes or ())]
        self.outcomes = chosen or [name for name in OUTCOMES if name in results.outcome.values]
        self.names = list(self.values(results))

    def sweep(self, points: pd.DataFrame) -> xr.Dataset:
        """Run one sweep of the program at given points.

        Parameters
        ----------
        points : pandas.DataFrame, shape (points, parameters)
            A column per parameter, named by its path; those left out stay at the study's values.

        Returns
        -------
        xarray.Dataset
            The result file, in memory, in the order of the points.

        Raises
        ------
        ResultsError
            If a column names no parameter that varies, or the program refuses the points.
        """
        known = [factor.path for factor in self.parameters]
        strangers = [str(name) for name in points.columns if name not in known]
        if strangers:
            raise ResultsError(f"{self.path}: {', '.join(strangers)} does not vary in its [design]")
        table = design_table(list(points.columns), points.values)
        return self._sweep({"method": "table"}, table, self._replications)

    def values(self, results: xr.Dataset) -> dict[str, np.ndarray]:
        """Return what experiments return, an array over the points of a result for each name.

        Points that failed are NaN.
        """
        reference = str(results.attrs.get("reference_regime", "status-quo"))
        last = results.isel(time=-1)
        found = {}
        for outcome in self.outcomes:
            for regime in map(str, results.regime.values):
                at = last.sel(outcome=outcome, regime=regime)
                found[_identifier(outcome, regime)] = at.probability.values
                if regime != reference:
                    name = _identifier(outcome, regime, "minus", reference)
                    found[name] = at.difference.sel(reference=reference).values
        return found

    def run(self, points: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
        """Run many experiments in one sweep, which is far faster than one by one.

        Parameters
        ----------
        points : pandas.DataFrame
            As in `sweep`.

        Returns
        -------
        tuple of pandas.DataFrame and dict of str to array
            The points, and the values of each of `names`, shape (points,).
        """
        return points, self.values(self.sweep(points))

    def __call__(self, **values: float) -> dict[str, float]:
        """Run one experiment, its parameters given by their paths; returns a number per name."""
        found = self.values(self.sweep(pd.DataFrame([values], dtype=float)))
        return {name: float(value[0]) for name, value in found.items()}

    def _sweep(
        self, design: Mapping[str, Any], table: str, replications: int | None
    ) -> xr.Dataset:
        most = [] if replications is None else ["--replications", str(replications)]
        with tempfile.TemporaryDirectory(prefix="firebreak-") as name:
            folder = Path(name)
            if table:
                (folder / "points.csv").write_text(table, encoding="utf-8")
                design = {**design, "table": str(folder / "points.csv")}
            (folder / "study.toml").write_text(study_with(self._study, design), encoding="utf-8")
            done = subprocess.run(
                [self.program, "sweep", folder / "study.toml", "-o", folder / "results.h5",
                 "--quiet", *self._options, *most],
                capture_output=True, text=True, encoding="utf-8", errors="replace",
            )
            if done.returncode != 0:
                said = done.stderr.replace(str(folder / "study.toml"), str(self.path))
                raise ResultsError(" ".join(said.split()) or f"{self.path}: the program failed")
            with open_results(folder / "results.h5") as results:
                return results.load()


def _smallest(design: Mapping[str, Any]) -> dict[str, Any]:
    # The smallest design in which the same varies; only a grid does without anything to sample.
    kept = ("uncertainties", "levers", "posterior")
    chosen = {key: design[key] for key in kept if key in design}
    levers = chosen.get("levers", {})
    sampled = "uncertainties" in chosen or "posterior" in chosen
    if sampled or any(isinstance(lever, Mapping) for lever in levers.values()):
        return {**chosen, "method": "sobol", "points": 1}
    return {**chosen, "method": "grid"}


def _identifier(*words: str) -> str:
    return "_".join(words).replace("-", "_")
