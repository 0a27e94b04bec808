"""docs/tools/ema_workbench.md, and the connector: numbers are those of a direct run of the program.

The workbench is not in Debian 12. What is tested without it: experiments, the model and the
evaluator on a stand-in with its interface. With it installed the whole page runs.
"""

import importlib
import importlib.util
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import firebreak
from firebreak.ema_workbench_model import ema_model, sweep_evaluator
from firebreak.experiments import Experiments
from firebreak.factors import factors
from tool_pages import PAGES, ROOT, STAND_INS, code, needs_program, prepare, run

pytestmark = needs_program
PAGE = "ema_workbench.md"
INSTALLED = importlib.util.find_spec("ema_workbench") is not None


@pytest.fixture(scope="module")
def direct(tmp_path_factory):
    path = prepare("netcdf.md", tmp_path_factory.mktemp("direct")) / "sweep.h5"
    with firebreak.open_results(path) as results:
        return results.load()


@pytest.fixture(scope="module")
def experiments():
    return Experiments(PAGES / "sweep.toml")


@pytest.fixture
def stand_in(monkeypatch):
    def drop():
        loaded = [name for name in sys.modules if name.split(".")[0] == "ema_workbench"]
        return {name: sys.modules.pop(name) for name in loaded}

    real = drop()
    monkeypatch.syspath_prepend(str(STAND_INS))
    yield importlib.import_module("ema_workbench")
    drop()
    sys.modules.update(real)


def points_of(results):
    return pd.DataFrame({factor.path: results[factor.variable].values
                         for factor in factors(results)})


def check(found, direct, number=slice(None)):
    last = direct.isel(time=-1)
    for outcome in ("collapse", "clash", "general_war", "nuclear_use"):
        for regime in map(str, direct.regime.values):
            at = last.sel(outcome=outcome, regime=regime)
            assert np.all(found[f"{outcome}_{regime}".replace("-", "_")]
                          == at.probability.values[number])
            if regime != "status-quo":
                assert np.all(found[f"{outcome}_{regime}_minus_status_quo"]
                              == at.difference.sel(reference="status-quo").values[number])


def test_many_experiments_have_the_numbers_of_a_direct_run(experiments, direct):
    points, found = experiments.run(points_of(direct))
    assert list(found) == experiments.names and len(experiments.names) == 4 * (3 + 2)
    assert len(points) == 16
    check(found, direct)


def test_one_experiment_has_the_numbers_of_a_direct_run(experiments, direct):
    values = points_of(direct).iloc[11].to_dict()
    check(experiments(**values), direct, 11)


def test_parameters_are_what_the_study_varies(experiments, direct):
    assert experiments.parameters == factors(direct)
    assert {factor.path: factor.kind for factor in experiments.parameters} == {
        "capitals.provocation": "uncertainty", "line.immigrant_rate": "uncertainty",
        "neutrality:commitment.armament": "lever",
    }


def test_the_model_has_the_studys_parameters_and_outcomes(experiments, direct, stand_in):
    model = ema_model("line", experiments)
    assert [lever.name for lever in model.levers] == ["neutrality_commitment_armament"]
    ranges = {p.variable_name[0]: (p.lower_bound, p.upper_bound) for p in model.uncertainties}
    assert ranges["line.immigrant_rate"] == (2.6, 5.8)
    provocation = next(p for p in model.uncertainties if p.name == "capitals_provocation")
    assert ranges["capitals.provocation"] == pytest.approx((0.1, 4.0))
    assert provocation.dist.median() == pytest.approx((0.1 * 4.0) ** 0.5)
    assert [outcome.name for outcome in model.outcomes] == experiments.names
    scenario, policy = cases_of(model, direct)[3]
    model.run_model(scenario, policy)
    check(model.outcomes_output, direct, 3)


def cases_of(model, direct):
    cases = []
    for row in points_of(direct).to_dict("records"):
        named = [{p.name: row[p.variable_name[0]] for p in group}
                 for group in (model.uncertainties, model.levers)]
        cases.append(tuple(named))
    return cases


@pytest.mark.parametrize("version", [2, 3])
def test_the_evaluator_runs_one_sweep_and_tells_each_experiment(
    version, experiments, direct, stand_in, monkeypatch
):
    model = ema_model("line", experiments)
    calls, told = [], []
    monkeypatch.setattr(experiments, "sweep", lambda points, real=experiments.sweep: (
        calls.append(len(points)), real(points))[1])
    cases = cases_of(model, direct)

    def callback(case, outcomes):
        told.append((case.scenario, case.policy, outcomes))

    with sweep_evaluator(model) as evaluator:
        if version == 3:
            evaluator.evaluate_experiments([stand_in.experiment(*case) for case in cases], callback)
        else:
            scenarios = [scenario for scenario, _ in cases]
            evaluator.evaluate_experiments(scenarios, [cases[0][1]], callback, combine="factorial")
    assert calls == [16]
    assert [scenario for scenario, _, _ in told] == [scenario for scenario, _ in cases]
    if version == 3:
        for number, (_, _, outcomes) in enumerate(told):
            check(outcomes, direct, number)
    else:
        assert all(policy == cases[0][1] for _, policy, _ in told)
        check(told[0][2], direct, 0)


def test_levers_at_levels_are_categories(tmp_path, stand_in):
    text = (PAGES / "sweep.toml").read_text().replace("../../configs", str(ROOT / "configs"))
    text = text.split("[design]")[0] + (
        '[design]\nmethod = "grid"\n[design.levers]\n'
        '"neutrality:commitment.armament" = [0.8, 1, 1.2]\n'
    )
    (tmp_path / "study.toml").write_text(text)
    experiments = Experiments(tmp_path / "study.toml", outcomes=["collapse"], replications=2)
    model = ema_model("line", experiments)
    assert model.levers[0].categories == [0.8, 1.0, 1.2]
    assert not model.uncertainties


@pytest.mark.skipif(INSTALLED, reason="the EMA Workbench is installed")
def test_without_the_workbench_one_line_says_so(experiments):
    with pytest.raises(firebreak.ResultsError, match="cannot be imported .*pip install"):
        ema_model("line", experiments)


def test_the_page_runs(tmp_path):
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    text = code(PAGE, "python") + code(PAGE, "python workbench")
    if INSTALLED:
        text += code(PAGE, "python installed")
    printed = run([sys.executable, "-"], tmp_path, text, STAND_INS)
    lines = printed.splitlines()
    assert "uncertainty capitals.provocation 0.1 4.0 log-uniform" in lines
    single = float(lines[4])
    assert [float(value) for value in lines[5].strip("[]").split()][1] == pytest.approx(
        single, abs=1e-7
    )


def refused(study, **options):
    with pytest.raises(firebreak.ResultsError) as caught:
        Experiments(study, **options)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_what_cannot_be_run_is_told_in_one_line(tmp_path, experiments):
    study = PAGES / "sweep.toml"
    assert "no such program" in refused(study, program=tmp_path / "absent")
    assert "No such file" in refused(tmp_path / "absent.toml")
    assert "no outcome 'peace'" in refused(study, outcomes=["peace"])
    (tmp_path / "bad.toml").write_text("title = ")
    assert "bad.toml" in refused(tmp_path / "bad.toml")
    text = study.read_text().replace("../../configs", str(ROOT / "configs"))
    (tmp_path / "plain.toml").write_text(text.split("[design]")[0])
    assert "no [design]" in refused(tmp_path / "plain.toml")
    (tmp_path / "wrong.toml").write_text(text.replace("immigrant_rate", "imigrant_rate"))
    said = refused(tmp_path / "wrong.toml")
    assert "imigrant_rate" in said and "firebreak-" not in said
    with pytest.raises(firebreak.ResultsError, match="line.frailty_shape does not vary"):
        experiments(**{"line.frailty_shape": 1.0})


def test_a_failed_point_is_not_a_number(tmp_path):
    text = (PAGES / "sweep.toml").read_text().replace("../../configs", str(ROOT / "configs"))
    text = text.split("[design]")[0] + (
        '[design]\nmethod = "grid"\n[design.levers]\n'
        '"line.flare_up_persistence" = [0.3, 0.7]\n"line.flare_up_contagion" = [0.1, 0.4]\n'
    )
    (tmp_path / "study.toml").write_text(text)
    experiments = Experiments(tmp_path / "study.toml", outcomes=["collapse"], replications=8)
    columns = ["line.flare_up_persistence", "line.flare_up_contagion"]
    points = pd.DataFrame([[0.7, 0.4], [0.3, 0.1]], columns=columns)  # the first never ends
    _, found = experiments.run(points)
    assert np.isnan(found["collapse_membership"]).tolist() == [True, False]
    assert subprocess.run([experiments.program, "--version"]).returncode == 0
