"""The exports: what SALib reads, and the tidy table against the file."""

import csv
import io
import json

import pytest

import firebreak
from firebreak.__main__ import main


def test_the_problem_has_what_is_sampled_in_salibs_words(sweep_file, capsys):
    assert main(["export-salib", str(sweep_file)]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "num_vars": 2,
        "names": ["line.immigrant_rate", "neutrality:commitment.aid_factor"],
        "bounds": [[2.6, 5.8], [0.1, 1.1]],
        "dists": ["unif", "logunif"],
    }


def test_a_file_without_a_sweep_has_no_problem(whole_file, tmp_path, capsys):
    assert main(["export-salib", str(whole_file), "-o", str(tmp_path / "p.json")]) == 2
    assert "nothing in the file is sampled" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_table_has_every_estimate_once_with_its_parameters(sweep_file, tmp_path, capsys):
    assert main(["export-csv", str(sweep_file), "-o", str(tmp_path / "t.csv")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "t.csv")
    rows = list(csv.DictReader((tmp_path / "t.csv").open(encoding="utf-8")))
    with firebreak.open_results(sweep_file) as results:
        assert len(rows) == results.probability.size
        keys = {(r["design_point"], r["regime"], r["outcome"], r["years"]) for r in rows}
        assert len(keys) == len(rows)
        for row in rows[::97]:
            point = int(row["design_point"])
            at = {"regime": row["regime"], "outcome": row["outcome"], "time": float(row["years"])}
            one = results.sel(at).isel(design_point=point)
            method = ("analog", "weighted")[int(one.estimator)]
            assert row["method"] == method
            for column, variable in (
                ("estimate", "probability"), ("low", "probability_low"),
                ("high", "probability_high"), ("standard_error", f"standard_error_{method}"),
                ("n", "replications"), ("hits", "count"),
                ("response.commitment", "response_commitment"),
                ("line.immigrant_rate", "line_immigrant_rate"),
            ):
                assert float(row[column]) == pytest.approx(float(one[variable]), rel=1e-12)


def test_outcomes_are_chosen_and_unknown_ones_refused(sweep_file, tmp_path, capsys):
    assert main(["export-csv", str(sweep_file), "--outcome", "clash"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["outcome"] for row in rows} == {"clash"}
    target = tmp_path / "none.csv"
    assert main(["export-csv", str(sweep_file), "--outcome", "peace", "-o", str(target)]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_gaps_are_said_to_be_not_available(gaps_file, capsys):
    assert main(["export-csv", str(gaps_file), "--outcome", "collapse"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    missing = [row for row in rows if row["regime"] == "coalition-rear"]
    assert missing and all(row["estimate"] == "NA" for row in missing)
