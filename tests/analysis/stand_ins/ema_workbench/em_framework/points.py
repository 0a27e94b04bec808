"""Experiments from what they are made of, as version 2.5 has it."""

from types import SimpleNamespace


def experiment_generator(scenarios, models, policies, combine="factorial"):
    """Yield each policy in each scenario."""
    assert len(models) == 1 and combine == "factorial"
    for policy in policies:
        for scenario in scenarios:
            yield SimpleNamespace(scenario=scenario, policy=policy)
