"""What documents name is there: parameters, regimes, tests, sections, pages."""

import re
import tomllib
from pathlib import Path

import pytest

from firebreak import read_provenance

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = sorted((ROOT / "docs" / "arguments").glob("*.md"))
PAGES = [*ARGUMENTS, ROOT / "docs" / "hypotheses.md", ROOT / "docs" / "trace.md"]
TICKED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s:]+\.md)(?:#[^)\s]*)?\)")
TEST_FILE = re.compile(r"tests/[\w/]+\.(?:py|cpp|hpp)")
TEST_NAME = re.compile(r"`([A-Z]\w+)\.(\w+)`")
ODD_D = (  # the sections of the template of Müller et al. (2013)
    "Purpose", "Entities, state variables and scales", "Process overview and scheduling",
    "Theoretical and empirical background", "Individual decision making", "Learning",
    "Individual sensing", "Individual prediction", "Interaction", "Collectives", "Heterogeneity",
    "Stochasticity", "Observation", "Implementation", "Initialisation", "Input data", "Submodels",
)
TRACE = (  # the elements of Grimm et al. (2014)
    "Problem formulation", "Model description", "Data evaluation", "Conceptual evaluation",
    "Implementation verification", "Verification of output", "Analysis", "Corroboration of output",
)


def parameters_of(table, path=()):
    if "value" in table and "tag" in table:
        return {".".join(path)}
    return {
        name for key, part in table.items() if isinstance(part, dict)
        for name in parameters_of(part, (*path, key))
    }


def names_in(page):
    """Return the parameters and the regimes that a page names, told apart by their dots."""
    ticked = TICKED.findall(page.read_text(encoding="utf-8"))
    parameters = {name for name in ticked if re.fullmatch(r"[a-z_0-9]+(\.[a-z_0-9]+)+", name)}
    regimes = {name for name in ticked if re.fullmatch(r"[a-z]+(-[a-z]+)*", name)}
    return {name for name in parameters if not name.endswith((".md", ".csv", ".toml"))}, regimes


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_parameters_and_regimes_that_a_page_names_exist(page):
    with open(ROOT / "configs" / "baseline.toml", "rb") as file:
        parameters = parameters_of(tomllib.load(file))
    regimes = {path.stem for path in (ROOT / "configs" / "regimes").glob("*.toml")}
    named, named_regimes = names_in(page)
    assert sorted(named - parameters) == []
    assert sorted(named_regimes - regimes) == []


def test_every_document_can_be_reached_from_the_readme():
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop().resolve()
        if page not in reached and page.exists():
            reached.add(page)
            text = page.read_text(encoding="utf-8")
            ahead += [page.parent / target for target in LINK.findall(text)]
    documents = {page.resolve() for page in (ROOT / "docs").rglob("*.md")}
    assert sorted(page.name for page in documents - reached) == []


@pytest.mark.parametrize(("name", "sections"), [("model.md", ODD_D), ("trace.md", TRACE)])
def test_a_description_has_every_section_of_its_template_in_order(name, sections):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    headings = re.findall(r"^##? (?:§?\d+ )?(.+)$", text, re.MULTILINE)
    assert [heading for heading in headings if heading in sections] == list(sections)


def test_tests_that_the_record_names_exist():
    text = (ROOT / "docs" / "trace.md").read_text(encoding="utf-8")
    named = TEST_FILE.findall(text)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.cpp"))
    for suite, name in TEST_NAME.findall(text):
        assert re.search(rf"TEST\w*\(\s*{suite},\s*{name}\)", sources), f"{suite}.{name}"


def test_figures_beside_each_other_are_of_one_program():
    figures = [ROOT / "docs" / "figure.svg", *sorted((ROOT / "docs" / "gallery").glob("*.svg"))]
    commits = {figure.name: read_provenance(figure).git_commit for figure in figures}
    assert len(commits) > 5
    assert len(set(commits.values())) == 1, commits
