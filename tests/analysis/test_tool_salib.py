"""docs/tools/salib.md: its code runs, rows are in SALib's order, and points from SALib are run as they are.

SALib itself is not in Debian 12. Where it is not installed a stand-in draws and analyses, which
checks the shape of what it is given.
"""

import json
import sys

import numpy as np
import pandas as pd
import pytest

import firebreak
from firebreak.design_tables import design_table
from firebreak.experiments import Experiments
from firebreak.factors import factors
from firebreak.salib import problem_of
from tool_pages import BINARY, ROOT, STAND_INS, code, needs_program, prepare, run

pytestmark = needs_program
NAMES = ["capitals.provocation", "line.immigrant_rate", "neutrality:commitment.armament"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = prepare("salib.md", tmp_path_factory.mktemp("salib"))
    (made / "docs").symlink_to(ROOT / "docs")
    return made


@pytest.fixture(scope="module")
def printed(folder):
    return run([sys.executable, "-"], folder, code("salib.md", "python"), STAND_INS).splitlines()


def jansen(values, count):
    blocks = values.reshape(-1, count + 2)
    spread = np.var(np.concatenate([blocks[:, 0], blocks[:, -1]]))
    return ((blocks[:, [0]] - blocks[:, 1:-1]) ** 2).mean(axis=0) / (2 * spread)


def test_the_rows_of_a_sample_drawn_here_are_in_salibs_order(folder):
    with firebreak.open_results(folder / "saltelli.h5") as results:
        columns = [factor.variable for factor in factors(results)]
        points = np.column_stack([results[name].values for name in columns])
    count = len(columns)
    for block in points.reshape(-1, count + 2, count):
        first, second = block[0], block[-1]
        assert (first != second).all()
        for column in range(count):
            expected = np.where(np.arange(count) == column, second, first)
            assert (block[1 + column] == expected).all()


def test_total_indices_are_those_of_the_files_numbers(folder, printed):
    with firebreak.open_results(folder / "saltelli.h5") as results:
        last = results.isel(time=-1).sel(outcome="collapse", regime="neutrality")
        expected = jansen(last.probability.values, 3)
    found = [line.split() for line in printed if line.startswith("level")]
    assert sorted(line[1] for line in found) == NAMES
    assert [float(line[2]) for line in found] == pytest.approx(list(expected), abs=6e-4)


def test_salibs_points_are_run_in_one_sweep(printed):
    assert printed[-1].startswith(f"{8 * 5} ['collapse_status_quo', 'collapse_neutrality', ")


def test_the_command_on_the_page_writes_the_problem(folder):
    command = code("salib.md", "sh").split()
    assert command[0] == "python3"
    text = "import runpy\n" + f"sys.argv = {command[2:]!r}\n"
    printed = run(
        [sys.executable, "-"], folder, text + "runpy.run_module('firebreak', run_name='__main__')"
    )
    problem = json.loads(printed)
    assert sorted(problem["names"]) == NAMES
    assert problem == problem_of(Experiments(folder / "docs/tools/saltelli.toml").parameters)


def test_a_table_written_from_an_array_is_run_as_it_is(folder, tmp_path, printed):
    assert printed
    points = pd.read_csv(folder / "points.csv", float_precision="round_trip")
    study = (ROOT / "docs" / "tools" / "saltelli.toml").read_text(encoding="utf-8")
    head = study.split("[design]")[0].replace("../../configs", str(ROOT / "configs"))
    design = '[design]\nmethod = "table"\ntable = "points.csv"\n'
    (tmp_path / "study.toml").write_text(head + design, encoding="utf-8")
    (tmp_path / "points.csv").write_text(design_table(list(points.columns), points.to_numpy()))
    assert (tmp_path / "points.csv").read_text() == (folder / "points.csv").read_text()
    output = tmp_path / "points.h5"
    run([BINARY, "sweep", "study.toml", "-o", output, "--quiet", "--replications", "1"], tmp_path)
    with firebreak.open_results(output) as results:
        for factor in factors(results):
            assert (results[factor.variable].values == points[factor.path].values).all()
