"""Parameters of a run with their sources, out of the configuration that its file keeps."""

import os
from pathlib import Path

import h5py
import pytest

from conftest import point_of
from firebreak import ResultsError
from firebreak.__main__ import main
from firebreak.configuration import configured_parameters
from synthetic_results import write_results

SOURCE = Path(os.environ.get("FIREBREAK_SOURCE_DIR", Path(__file__).resolve().parents[2]))
PARTS = {
    "my-study.toml": """title = "T"
[set.capitals]
provocation = 2
[regime.neutrality.commitment]
coverage = { of = "pledges.share", times = 0.9 }
""",
    "configs/baseline.toml": """
[line.immigrant_rate]
value = 4.6
unit = "1/d"
prior = { distribution = "uniform", low = 2.6, high = 5.8 }
meaning = "Violations a day of one command."
source = "assumed: range check"
tag = "assumed"
[capitals.provocation]
value = 1
unit = "utility"
prior = { distribution = "log-uniform", low = 0.1, high = 4 }
meaning = "Dread."
source = "assumed: nobody measured it"
tag = "assumed"
[ladder.alert.escalate]
value = -3.1
unit = "utility"
prior = { distribution = "fixed" }
meaning = "Wish."
source = "median of a posterior"
tag = "calibrated"
[commitment.timing]
value = "never"
meaning = "When."
source = "definition"
tag = "assumed"
[commitment.coverage]
value = 0.6
unit = "share"
prior = { distribution = "fixed" }
meaning = "Coverage."
source = "A report (2021), https://example.org/a_b?c=1"
tag = "found"
""",
    "configs/allies.csv": "iso3\n",
    "configs/regimes/neutrality.toml": """title = "N"
[commitment]
timing = "never"
alignment = [0.0]
coverage = 0.8
armament = { value = 1.1, prior = { distribution = "uniform", low = 0.8, high = 1.3 }, source = "assumed", tag = "assumed" }
""",
    "configs/regimes/absent.toml": "[commitment]\ncoverage = 0.1\n",
    "--set": "line.immigrant_rate = 4\nneutrality:commitment.armament = 1.2\n",
}


def with_configuration(path, parts=None, regimes=("status-quo", "neutrality"), **how):
    """Write a file that keeps this configuration."""
    write_results(path, regimes=regimes, **how)
    text = "".join(f"# ==== {name} ====\n{content}" for name, content in (parts or PARTS).items())
    with h5py.File(path, "r+") as file:
        del file.attrs["configuration"]
        file.attrs.create("configuration", text, dtype=h5py.string_dtype("utf-8"))
    return path


def whole_configuration(regimes=("status-quo", "neutrality")):
    """Return the parts that a run of the real baseline keeps."""
    names = ["configs/studies/quick.toml", "configs/baseline.toml", "configs/allies.csv",
             *(f"configs/regimes/{name}.toml" for name in regimes)]
    return {name: (SOURCE / name).read_text(encoding="utf-8") for name in names}


@pytest.fixture
def table(tmp_path):
    return configured_parameters(point_of(with_configuration(tmp_path / "c.h5"))).set_index("parameter")


def test_a_parameter_has_value_unit_prior_tag_meaning_and_source(table):
    row = table.loc["commitment.coverage"]
    assert (row.value, row.unit, row.prior, row.tag) == (0.6, "share", "fixed", "found")
    assert row.source.startswith("A report (2021)") and row.set_by == ""
    assert table.loc["ladder.alert.escalate"].value == -3.1
    assert "commitment.timing" not in table.index  # words are no numbers


def test_who_set_a_value_last_is_said_and_its_source_is_not_the_baselines(table):
    assert (table.loc["capitals.provocation"].value, table.loc["capitals.provocation"].set_by) == (2, "study")
    assert table.loc["capitals.provocation"].source == ""
    assert table.loc["line.immigrant_rate"].value == 4
    assert table.loc["line.immigrant_rate"].set_by == "command line"
    assert table.loc["line.immigrant_rate"].meaning == "Violations a day of one command."


def test_a_regime_has_rows_of_its_own_and_a_tie_is_said_in_words(table):
    assert table.loc["neutrality:commitment.coverage"].value == "0.9 \u00d7 pledges.share"
    assert table.loc["neutrality:commitment.armament"].value == 1.2
    assert not [name for name in table.index if name.startswith("absent:")]


def test_what_the_design_varies_has_the_value_of_the_point(tmp_path):
    path = with_configuration(tmp_path / "s.h5", points=3)
    table = configured_parameters(point_of(path, 2)).set_index("parameter")
    row = table.loc["line.immigrant_rate"]
    assert (row.value, row.set_by) == (5.0, "design")


def test_every_number_of_the_real_baseline_is_there(tmp_path):
    table = configured_parameters(
        point_of(with_configuration(tmp_path / "r.h5", whole_configuration()))
    )
    general = table[~table.parameter.str.contains(":")]
    documented = (SOURCE / "docs" / "parameters.md").read_text(encoding="utf-8")
    assert len(general) > 200
    assert (general.source != "").all() and (general.meaning != "").all()
    assert all(f"| `{name.rpartition('.')[2]}` |" in documented for name in general.parameter)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"only.toml": "[x]\n"}, "keeps no configuration with parameters"),
        ({"a.toml": "", "baseline.toml": "[line]\nx = 1\n"}, "has no parameters"),
        ({"a.toml": "", "baseline.toml": "[line\n"}, "baseline.toml: "),
    ],
)
def test_a_file_without_parameters_is_refused_in_one_line(tmp_path, capsys, parts, why):
    path = with_configuration(tmp_path / "bad.h5", parts)
    with pytest.raises(ResultsError, match=why):
        configured_parameters(point_of(path))
    assert main(["tables", str(path), "--table", "parameters", "-o", str(tmp_path / "none")]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1 and str(path) in captured.err and why in captured.err
    assert not (tmp_path / "none").exists()
