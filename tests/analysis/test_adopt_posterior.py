"""The baseline moves to a posterior's medians where the data inform, and nowhere else."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = {
    "line": {
        "immigrant_rate": {"prior": {"distribution": "uniform", "low": 2.0, "high": 6.0}},
        "restraint_days": {"prior": {"distribution": "log-uniform", "low": 10.0, "high": 1000.0}},
    }
}


@pytest.fixture(name="script")
def load_script() -> ModuleType:
    """Import scripts/adopt_posterior.py, which is no package."""
    path = ROOT / "scripts" / "adopt_posterior.py"
    spec = importlib.util.spec_from_file_location("adopt_posterior", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def posterior(narrow: bool) -> pd.DataFrame:
    """Return draws that are spread over the prior, but for one parameter if `narrow`."""
    places = (np.arange(1000) + 0.5) / 1000
    rate = 3.0 + 0.1 * places if narrow else 2.0 + 4.0 * places
    return pd.DataFrame(
        {
            "weight": np.full(1000, 1e-3),
            "line.immigrant_rate": rate,
            "line.restraint_days": 10.0 * 100.0**places,
        }
    )


def test_draws_of_the_prior_move_nothing(script: ModuleType) -> None:
    assert script.medians(posterior(narrow=False), ENTRIES) == {}


def test_the_contraction_of_a_tenth_of_the_range_is_nine_tenths(script: ModuleType) -> None:
    places = 2.0 + 4.0 * (0.3 + 0.1 * (np.arange(1000) + 0.5) / 1000)
    prior = ENTRIES["line"]["immigrant_rate"]["prior"]
    assert script.contraction(places, np.full(1000, 1.0), prior) == pytest.approx(0.9, abs=1e-3)


def test_an_informed_parameter_moves_to_its_median(script: ModuleType) -> None:
    assert script.medians(posterior(narrow=True), ENTRIES) == {"line.immigrant_rate": 3.05}


def test_the_median_follows_the_weights(script: ModuleType) -> None:
    values = np.array([3.0, 1.0, 2.0])
    assert script.weighted_median(values, np.array([1.0, 1.0, 1.0])) == 2.0
    assert script.weighted_median(values, np.array([8.0, 1.0, 1.0])) == 3.0


def test_only_the_entry_named_is_rewritten_and_only_once(script: ModuleType) -> None:
    text = (
        '\n[a.b]\nvalue = 1\nsource = "assumed: seen"\ntag = "assumed"\n'
        '\n[a.c]\nvalue = 1\nsource = "assumed"\ntag = "assumed"\n'
    )
    once = script.rewritten(text, "a.b", 2.5)
    assert once == (
        '\n[a.b]\nvalue = 2.5\n'
        'source = "calibrated: median of configs/posterior.csv; prior: assumed: seen"\n'
        'tag = "calibrated"\n'
        '\n[a.c]\nvalue = 1\nsource = "assumed"\ntag = "assumed"\n'
    )
    assert script.rewritten(once, "a.b", 2.5) == once


def test_a_parameter_that_the_baseline_lacks_is_refused(script: ModuleType) -> None:
    with pytest.raises(SystemExit, match="has no section"):
        script.rewritten("\n[a.b]\nvalue = 1\n", "a.d", 1.0)
