"""Stands in for the EMA Workbench where that is not installed, as far as the package firebreak uses it.

The interface is that of its versions 2.5 and 3: parameters and outcomes with names, a model around a
function, evaluators that are given experiments and a callback.
"""

from types import SimpleNamespace

from . import em_framework  # noqa: F401


class ScalarOutcome:
    """A number that a model returns."""

    def __init__(self, name):
        assert name.isidentifier()
        self.name = name


class RealParameter:
    """A number that varies between two bounds, uniformly or by a distribution of scipy."""

    def __init__(self, name, lower_bound, upper_bound, variable_name=None):
        assert name.isidentifier() and lower_bound < upper_bound
        self.name, self.variable_name = name, [variable_name]
        self.lower_bound, self.upper_bound, self.dist = lower_bound, upper_bound, None

    @classmethod
    def from_dist(cls, name, dist, variable_name=None):
        made = cls(name, dist.ppf(0.0), dist.ppf(1.0), variable_name)
        made.dist = dist
        return made


class CategoricalParameter:
    """One of some values."""

    def __init__(self, name, categories, variable_name=None):
        assert name.isidentifier()
        self.name, self.variable_name, self.categories = name, [variable_name], list(categories)


class Model:
    """A function of the parameters that returns a value for each outcome."""

    def __init__(self, name, function):
        assert name.isidentifier() and callable(function)
        self.name, self.function, self._given = name, function, {}
        self.uncertainties, self.levers, self.outcomes = [], [], []

    @property
    def outcomes_output(self):
        return self._given

    @outcomes_output.setter
    def outcomes_output(self, values):
        self._given = {outcome.name: values[outcome.name] for outcome in self.outcomes}

    def run_model(self, scenario, policy):
        """Run one experiment, its parameters given by name."""
        names = {p.name: p.variable_name[0] for p in (*self.uncertainties, *self.levers)}
        given = {names[name]: value for name, value in {**scenario, **policy}.items()}
        self.outcomes_output = self.function(**given)


def experiment(scenario, policy):
    """Return an experiment as evaluators are given it."""
    return SimpleNamespace(scenario=scenario, policy=policy)
