"""The baseline moves to a posterior's medians where the data inform, and nowhere else."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    '\n[a.b]\nvalue = 1\nsource = "assumed: seen"\ntag = "assumed"\n'
    '\n[a.c]\nvalue = 1\nsource = "assumed"\ntag = "assumed"\n'
)


@pytest.fixture(name="script")
def load_script() -> ModuleType:
    """Import scripts/adopt_posterior.py, which is no package."""
    path = ROOT / "scripts" / "adopt_posterior.py"
    spec = importlib.util.spec_from_file_location("adopt_posterior", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(*informed: str) -> pd.DataFrame:
    """Return medians of a.b and a.c, of which the data inform those named."""
    names = ["a.b", "a.c"]
    return pd.DataFrame(
        {
            "parameter": names,
            "posterior_median": [2.50049, 0.123456],
            "informed": ["yes" if name in informed else "no" for name in names],
        }
    )


def test_what_the_data_do_not_inform_stays(script: ModuleType) -> None:
    assert script.medians(table()) == {}
    assert script.adopted(TEXT, table()) == TEXT


def test_informed_parameters_move_to_their_medians_of_three_digits(script: ModuleType) -> None:
    assert script.medians(table("a.b", "a.c")) == {"a.b": 2.5, "a.c": 0.123}


def test_only_the_entry_named_is_rewritten_and_only_once(script: ModuleType) -> None:
    once = script.adopted(TEXT, table("a.b"))
    assert once == (
        '\n[a.b]\nvalue = 2.5\n'
        'source = "calibrated: median of configs/posterior.informed.csv; prior: assumed: seen"\n'
        'tag = "calibrated"\n'
        '\n[a.c]\nvalue = 1\nsource = "assumed"\ntag = "assumed"\n'
    )
    assert script.adopted(once, table("a.b")) == once


def test_a_parameter_that_the_baseline_lacks_is_refused(script: ModuleType) -> None:
    with pytest.raises(SystemExit, match="has no section"):
        script.rewritten("\n[a.b]\nvalue = 1\n", "a.d", 1.0)


def test_a_parameter_no_longer_informed_is_told(script: ModuleType) -> None:
    once = script.adopted(TEXT, table("a.b", "a.c"))
    assert script.forsaken(TEXT, table()) == []
    assert script.forsaken(once, table("a.b", "a.c")) == []
    assert script.forsaken(once, table("a.c")) == ["a.b"]


def test_the_baseline_stands_at_the_posterior_that_is_kept(script: ModuleType) -> None:
    text = script.BASELINE.read_text(encoding="utf-8")
    posterior = pd.read_csv(script.TABLE)
    assert script.adopted(text, posterior) == text
    assert script.forsaken(text, posterior) == []
    marked = len(re.findall(r'^tag = "calibrated"$', text, flags=re.M))
    assert marked == len(script.medians(posterior)) > 0
