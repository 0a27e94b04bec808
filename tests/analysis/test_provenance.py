"""A figure says below itself, and inside its file, which run it shows."""

import json
import re

import pytest

from firebreak import Provenance, ResultsError, provenance_of, read_provenance
from firebreak.__main__ import main
from firebreak.figures import clash_paths, cumulative_probability, paired_differences
from synthetic_results import CAVEAT, write_results
from conftest import point_of
from drawn import artists

MODULES = (cumulative_probability, paired_differences, clash_paths)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.NAME)
def test_the_text_below_names_title_seed_version_commit_replications_and_caveat(whole, module):
    drawing = module.draw(whole)
    below = " ".join(text.get_text() for text in artists(drawing.figure, "caption"))
    assert below == " ".join(drawing.caption.split())
    for part in (
        "Twelve regimes at the baseline.", "seed 9223372036854775807", "Firebreak 0.1.0",
        "commit 0123456789ab", "20,000 replications per regime", CAVEAT, "95% intervals",
    ):
        assert part in below


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.NAME)
def test_provenance_is_read_back_from_every_form(whole, module, tmp_path):
    written = module.draw(whole).write(tmp_path)
    assert [path.suffix for path in written] == [".svg", ".pdf", ".png"]
    for path in written:
        assert read_provenance(path) == provenance_of(whole)


def test_a_title_with_odd_signs_survives_every_form(tmp_path):
    title = r"Who pays $5 (or \more\) for <peace> & “quiet” in Przewodów?"
    point = point_of(write_results(tmp_path / "odd.h5", title=title))
    drawing = clash_paths.draw(point)
    for path in drawing.write(tmp_path):
        assert read_provenance(path).title == title
    assert title in drawing.caption


def test_a_point_of_a_sweep_is_named_with_its_parameters(sweep_file):
    provenance = provenance_of(point_of(sweep_file, 1))
    assert provenance.parameters == {
        "response.commitment": "0.75",
        "line.immigrant_rate": "4 1/d",
        "neutrality:commitment.aid_factor": "0.3162 1/d",
    }
    assert (
        "Design point 1 of 3 (response.commitment = 0.75; line.immigrant_rate = 4 1/d; "
        in provenance.sentence()
    )


def test_of_many_parameters_a_caption_names_a_few():
    many = {f"p{number}": "1" for number in range(40)}
    provenance = Provenance("T", "C", "1", "", "7", (1, 1), 0.95, 3, 9, many)
    assert "p4 = 1; p5 = 1; and 34 more)" in provenance.sentence()
    assert "p6" not in provenance.sentence()


def test_unequal_replications_are_given_as_a_range():
    provenance = Provenance("T", "C", "1", "", "7", (1000, 20000), 0.95)
    assert "1,000 to 20,000 replications per regime" in provenance.sentence()
    assert "commit" not in provenance.sentence()


def test_a_commit_is_shortened_and_keeps_the_mark_of_changed_files():
    clean = "0123456789abcdef0123456789abcdef01234567"
    for commit, short in ((clean, "0123456789ab"), (clean + "+dirty", "0123456789ab+dirty")):
        provenance = Provenance("T", "C", "1", commit, "7", (1, 2), 0.9)
        assert f"(commit {short})" in provenance.sentence()


def test_json_round_trip_keeps_everything():
    provenance = Provenance("T", "C", "1", "abc", "7", (1, 2), 0.9, 3, 5, {"a.b": "1 d"})
    assert Provenance.from_json(provenance.to_json()) == provenance


@pytest.mark.parametrize("name", ["a.svg", "a.pdf", "a.png", "a.txt"])
def test_a_foreign_or_missing_figure_is_an_error(tmp_path, name):
    with pytest.raises(ResultsError):
        read_provenance(tmp_path / name)
    (tmp_path / name).write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    with pytest.raises(ResultsError):
        read_provenance(tmp_path / name)


def test_no_form_holds_a_date(whole):
    contents = clash_paths.draw(whole).contents()
    assert b"dc:date" not in contents["clash_paths.svg"]
    assert b"CreationDate" not in contents["clash_paths.pdf"]
    assert not re.search(rb"tIME|Creation Time", contents["clash_paths.png"][:4000])


def test_the_command_says_which_run_a_figure_shows(sweep_file, tmp_path, capsys):
    clash_paths.draw(point_of(sweep_file, 1)).write(tmp_path)
    for form in ("svg", "pdf", "png"):
        assert main(["provenance", str(tmp_path / f"clash_paths.{form}")]) == 0
        said = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
        assert said["seed"] == "9223372036854775807"
        assert said["design_point"] == "1"
        assert said["replications"] == "20000"
        assert said["parameters"].endswith("response.commitment = 0.75")
    assert main(["provenance", str(tmp_path / "clash_paths.pdf"), "--json"]) == 0
    assert Provenance(**json.loads(capsys.readouterr().out)).design_points == 3


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "no such file"), (b"", "is empty"), (b"%PDF-1.4 of another program", "holds no provenance"),
     (b"\x89HDF\r\n", "is a result file"), ("folder", "is a folder")],
)
def test_the_command_refuses_a_foreign_file_in_one_line(tmp_path, capsys, content, why):
    path = tmp_path / ("a.h5" if content and content[:4] == b"\x89HDF" else "a.pdf")
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    assert main(["provenance", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert str(path) in captured.err and why in captured.err
