"""What evaluators are made of."""

import abc


class BaseEvaluator(abc.ABC):
    """Begins, is given experiments, ends."""

    def __init__(self, model):
        self.model = model

    def __enter__(self):
        self.initialize()
        return self

    def __exit__(self, *_):
        self.finalize()

    @abc.abstractmethod
    def initialize(self):
        """Begin."""

    @abc.abstractmethod
    def finalize(self):
        """End."""

    @abc.abstractmethod
    def evaluate_experiments(self, *given, **options):
        """Run experiments."""
