"""Design points from elsewhere are written so that the program reads the same numbers."""

import numpy as np
import pytest

from firebreak import ResultsError
from firebreak.design_tables import design_table, read_study, study_with
from firebreak.toml_reader import tomllib

needs_toml = pytest.mark.skipif(tomllib is None, reason="no module that reads TOML")


def test_numbers_are_written_to_the_last_bit():
    values = np.array([[0.1, 1e-300], [1 / 3, 2.0**60]])
    head, *rows = design_table(["a.b", "c:d.e"], values).splitlines()
    assert head == "a.b,c:d.e"
    assert [[float(cell) for cell in row.split(",")] for row in rows] == values.tolist()


@pytest.mark.parametrize(("names", "values", "why"), [
    (["a"], [[1.0, 2.0]], r"shape \(1, 2\), not \(points, 1\)"),
    (["a"], [1.0], r"shape \(1,\)"),
    (["a"], np.empty((0, 1)), "no design point"),
    (["a", "a"], [[1.0, 2.0]], "a comes twice"),
    (["a,b"], [[1.0]], "cannot be the name"),
    (["a", "b"], [[1.0, 2.0], [3.0, np.nan]], "point 1: b = nan is not finite"),
])
def test_what_is_no_table_is_refused(names, values, why):
    with pytest.raises(ResultsError, match=why):
        design_table(names, np.array(values))


@needs_toml
def test_a_study_is_written_as_it_was_read_but_for_its_design(tmp_path):
    text = (
        'title = "A \\"word\\" and a line\\nmore, ümlaut"\nbaseline = "../b.toml"\n'
        '[run]\nseed = 9007199254740993\nhistories = false\nregimes = ["x", "y"]\n'
        '[set."a b"]\nc = 1e-07\n[variants.v]\nset = { "p.q" = { times = 4 } }\n'
        '[design]\nmethod = "sobol"\nposterior = "p.csv"\n'
    )
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    study = read_study(tmp_path / "study.toml")
    assert study["baseline"] == str(tmp_path.resolve() / "../b.toml")
    assert study["design"]["posterior"] == str(tmp_path.resolve() / "p.csv")
    written = study_with(study, {"method": "table", "table": "t.csv"})
    again = tomllib.loads(written)
    assert again == {**study, "design": {"method": "table", "table": "t.csv"}}
    assert written.count("\n") == len(study)
