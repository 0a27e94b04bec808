"""The problem of SALib: what is sampled, in its words."""

import json

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
