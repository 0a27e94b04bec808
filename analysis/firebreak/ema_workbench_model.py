"""A study as a model of the EMA Workbench (versions 2.5 and 3): the program is called, nothing else.

The package ema_workbench is only needed when a model or an evaluator is asked for.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, Callable, Iterable, Mapping

import pandas as pd

from .experiments import Experiments
from .factors import Factor
from .results import ResultsError


def ema_model(name: str, experiments: Experiments) -> Any:
    """Return a model whose parameters are those that vary in a study.

    Uncertainties and levers are those of the study; each is named as its variable in a result
    file, ``line_immigrant_rate``, and given to the program by its path. A lever at levels is a
    categorical parameter. Outcomes are the names of `Experiments`, numbers each. An experiment
    whose point fails gives NaN.

    Parameters
    ----------
    name : str
        Of the model: letters, digits and underscores.
    experiments : Experiments
        The study.

    Returns
    -------
    ema_workbench.Model

    Raises
    ------
    ResultsError
        If ema_workbench is not installed.
    """
    workbench = _workbench()
    model = workbench.Model(name, function=experiments)
    for kind, field in (("uncertainty", "uncertainties"), ("lever", "levers")):
        chosen = [factor for factor in experiments.parameters if factor.kind == kind]
        setattr(model, field, [_parameter(workbench, factor, experiments) for factor in chosen])
    model.outcomes = [workbench.ScalarOutcome(name) for name in experiments.names]
    return model


def sweep_evaluator(model: Any) -> Any:
    """Return an evaluator that runs all experiments it is given in one sweep of the program.

    It is used as the workbench's own: ``with sweep_evaluator(model) as evaluator:
    evaluator.perform_experiments(scenarios=1000)``.

    Parameters
    ----------
    model : ema_workbench.Model
        From `ema_model`.

    Raises
    ------
    ResultsError
        If ema_workbench is not installed.
    """
    base = _workbench().em_framework.evaluators.BaseEvaluator

    class SweepEvaluator(base):
        """One sweep instead of one process per experiment."""

        def initialize(self) -> None:
            """Do nothing: the program needs no preparation."""

        def finalize(self) -> None:
            """Do nothing: the program leaves nothing behind."""

        def evaluate_experiments(
            self, *given: Any, callback: Callable | None = None, **options: Any
        ) -> None:
            """Run what is given, as version 3 or as version 2.5 of the workbench gives it."""
            cases, callback = _cases(model, given, callback, options)
            evaluate_in_one_sweep(model, cases, callback)

    return SweepEvaluator(model)


def evaluate_in_one_sweep(
    model: Any, cases: Iterable[Any], callback: Callable[[Any, Mapping[str, float]], Any]
) -> None:
    """Run experiments of the workbench in one sweep and hand each result to a callback.

    Parameters
    ----------
    model : ema_workbench.Model
        From `ema_model`.
    cases : iterable
        The workbench's experiments, each with mappings `scenario` and `policy` from the names of
        parameters to values.
    callback : callable
        Called with each experiment and its outcomes, in order.
    """
    cases = list(cases)
    paths = {parameter.name: parameter.variable_name[0]
             for parameter in (*model.uncertainties, *model.levers)}
    rows = []
    for case in cases:
        values = {**dict(case.policy), **dict(case.scenario)}
        rows.append({paths[name]: float(value) for name, value in values.items() if name in paths})
    if not rows:
        return
    _, outcomes = model.function.run(pd.DataFrame(rows))
    for number, case in enumerate(cases):
        model.outcomes_output = {name: float(value[number]) for name, value in outcomes.items()}
        callback(case, dict(model.outcomes_output))


def _cases(
    model: Any, given: tuple, callback: Callable | None, options: Mapping[str, Any]
) -> tuple[Iterable[Any], Callable]:
    if callback is None:
        *given, callback = given
    if len(given) == 1:  # version 3: experiments
        return given[0], callback
    scenarios, policies = given  # version 2.5: what they are made of
    points = _workbench().em_framework.points
    cases = points.experiment_generator(
        scenarios, [model], policies, combine=options.get("combine", "factorial")
    )
    return cases, callback


def _parameter(workbench: ModuleType, factor: Factor, experiments: Experiments) -> Any:
    if factor.distribution == "fixed":
        return workbench.CategoricalParameter(
            factor.variable, experiments.levels[factor.path], variable_name=factor.path
        )
    if factor.distribution == "log-uniform":
        from scipy.stats import loguniform  # the workbench needs scipy itself

        return workbench.RealParameter.from_dist(
            factor.variable, loguniform(factor.low, factor.high), variable_name=factor.path
        )
    return workbench.RealParameter(
        factor.variable, factor.low, factor.high, variable_name=factor.path
    )


def _workbench() -> ModuleType:
    try:
        import ema_workbench
        import ema_workbench.em_framework.evaluators
        import ema_workbench.em_framework.points
    except ImportError as error:
        raise ResultsError(
            f"the EMA Workbench cannot be imported ({error}): pip install ema-workbench"
        )
    return ema_workbench
