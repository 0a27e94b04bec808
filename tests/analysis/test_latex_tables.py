"""Tables as LaTeX: the numbers of the data, and a document that compiles."""

import re
import shutil
import subprocess

import pytest

from conftest import point_of
from firebreak import difference_table, probability_table
from firebreak.__main__ import main
from firebreak.configuration import configured_parameters
from firebreak.latex_tables import escaped, to_latex
from firebreak.printed_tables import to_markdown
from synthetic_results import CAVEAT, OUTCOMES, write_results
from test_configuration import whole_configuration, with_configuration

PACKAGES = ("array", "booktabs", "longtable", "siunitx", "url")
PASSES = 3
"""Runs until a longtable has settled its columns."""


def missing_tex():
    """Return what of TeX is missing, empty if all is there."""
    for program in ("pdflatex", "kpsewhich"):
        if shutil.which(program) is None:
            return program
    found = subprocess.run(["kpsewhich", *(f"{name}.sty" for name in PACKAGES)],
                           capture_output=True, text=True, check=False).stdout
    return ", ".join(name for name in PACKAGES if f"{name}.sty" not in found)


def numbers_in(text):
    return re.findall(r"\\num(?:\[[^]]*\])?\{([^}]*)\}", text)


def test_latex_and_markdown_have_the_same_numbers(gaps):
    for table in (probability_table(gaps), difference_table(gaps)):
        for _, rows in table.groupby("outcome", sort=False):
            latex = numbers_in(to_latex(rows, gaps))
            body = [line for line in to_markdown(rows, gaps).splitlines() if line.startswith("|")][2:]
            shown = re.findall(r"[+\u2212]?\d[\d.]*", " ".join(line.split("|")[2] for line in body))
            assert latex == [number.replace("\u2212", "-") for number in shown]


def test_limits_missing_estimates_and_signs_are_written_as_such(gaps):
    clash = to_latex(probability_table(gaps, ["clash"]), gaps)
    assert r"Air shield & \ensuremath{<} \num{0.020} \\" in clash
    assert r"Coalition, rear & NA \\" in clash
    difference = to_latex(difference_table(gaps, outcomes=["clash", "collapse"]), gaps)
    assert r"none seen (\ensuremath{\pm}\num{0.019})" in difference
    assert r"\num[retain-explicit-plus]{+" in difference and r"\num{-" in difference


def test_a_wide_table_is_cut_into_blocks_below_each_other(whole):
    text = to_latex(probability_table(whole), whole)
    assert text.count(r"\begin{longtable}") == 1
    heads = [line for line in text.splitlines() if line.startswith("per cent &")]
    assert len(heads) == -(-len(OUTCOMES) // 3)
    assert len({line.count("&") for line in text.splitlines() if line.endswith(r"\\")}
               - {0}) == 1


@pytest.mark.parametrize("kind", ["probabilities", "differences"])
def test_the_caption_says_what_is_estimated_and_what_is_assumed(tmp_path, kind):
    point = point_of(with_configuration(tmp_path / "c.h5", whole_configuration()))
    table = probability_table(point) if kind == "probabilities" else difference_table(point)
    for text in (to_latex(table, point), to_markdown(table, point)):
        said = " ".join(text.split())
        assert f"Estimated: these {kind} from simulated histories" in said
        found = re.search(r"Assumed: the model, and (\d+) of (\d+) parameters with a source", said)
        assert 150 < int(found.group(1)) < int(found.group(2))
        assert CAVEAT in said


def test_without_a_configuration_all_parameters_count_as_assumed(whole):
    assert "Assumed: the model and its parameters." in to_markdown(probability_table(whole), whole)


def test_signs_that_mean_something_to_tex_are_escaped():
    assert escaped("50 % & $5 #1 a_b {x} ~ ^ \\") == (
        r"50 \% \& \$5 \#1 a\_b \{x\} \textasciitilde{} \textasciicircum{} \textbackslash{}"
    )
    assert escaped("see https://a.org/b_c?d=1%20, then 10.1057/sj.2011.21.") == (
        r"see \url{https://a.org/b_c?d=1%20}, then \url{10.1057/sj.2011.21}."
    )
    assert escaped('no "event" seen') == "no ``event'' seen"
    assert escaped("\u2212\u00b1\u2013\u4e2d") == r"\ensuremath{-}\ensuremath{\pm}--U+4E2D"


@pytest.mark.skipif(bool(missing_tex()), reason=f"TeX lacks {missing_tex()}")
def test_all_three_tables_compile_and_stay_within_the_page(tmp_path):
    regimes = ("status-quo", "neutrality", "bilateral-guarantee", "air-shield", "membership")
    path = with_configuration(tmp_path / "c.h5", whole_configuration(regimes), regimes=regimes,
                              title="Who pays $5 & 50 % of #1_{x}~^\\ in Przewod\u00f3w?")
    assert main(["tables", str(path), "--table", "all", "--format", "latex", "-o", str(tmp_path)]) == 0
    names = ("probabilities", "differences", "parameters")
    (tmp_path / "all.tex").write_text("\n".join([
        r"\documentclass[a4paper]{article}", r"\usepackage[utf8]{inputenc}",
        rf"\usepackage{{{','.join(PACKAGES)}}}", r"\begin{document}",
        *(rf"\input{{{name}}}" for name in names), r"\end{document}",
    ]), encoding="utf-8")
    for _ in range(PASSES):
        done = subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "all.tex"],
            cwd=tmp_path, capture_output=True, text=True, errors="replace", timeout=300, check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:]
    log = (tmp_path / "all.log").read_text(encoding="latin-1")
    too_wide = [float(width) for width in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log)]
    assert not [width for width in too_wide if width > 5], too_wide
    assert "There were undefined" not in log
    assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF")


def test_parameters_have_their_sources_in_every_format(tmp_path, capsys):
    path = with_configuration(tmp_path / "c.h5")
    for form, expected in (
        ("latex", r"\url{https://example.org/a_b?c=1}"), ("csv", "https://example.org/a_b?c=1"),
        ("markdown", "| `commitment.coverage` | 0.6 | share | fixed | Coverage. Found: A report"),
    ):
        assert main(["tables", str(path), "--table", "parameters", "--format", form]) == 0
        assert expected in capsys.readouterr().out
    table = configured_parameters(point_of(path))
    said = to_markdown(table, point_of(path))
    assert "Nothing here is estimated by the runs." in said
    assert "Of 2 values with a source: 1 calibrated to observations, 1 found in their sources." in said
    assert "4 values were set for this study." in said


def test_a_small_number_keeps_its_digits(tmp_path):
    path = write_results(tmp_path / "few.h5", replications=1000)
    point = point_of(path)
    assert numbers_in(to_latex(probability_table(point, ["nuclear_use"]), point))
