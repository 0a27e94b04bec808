"""The page in a headless Chromium: what a reader sees is what the file says."""

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

from browser import cells, choose, emulate, numbers_of, problems, settled, show, text_of
from firebreak import difference_table, probability_table
from firebreak.conditional import conditional_table
from firebreak.explorer import explorer_page
from firebreak.labels import outcome_label, regime_label
from firebreak.printed_tables import to_markdown
from firebreak.results import open_results, select_point
from synthetic_results import REGIMES, write_results

ROOT = Path(__file__).resolve().parents[2]
SHOWN = ("collapse", "clash")


def markdown_cells(table, point):
    """Return the cells of a Markdown table of the package by regime, in the order of its outcomes."""
    rows = [line.strip("| ").split(" | ") for line in to_markdown(table, point).splitlines() if line.startswith("|")]
    return {row[0]: row[1:] for row in rows[2:]}


@pytest.mark.parametrize("name", ["whole", "sweep", "gaps", "failed"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_loads_without_a_word_in_the_console(browser, pages, name, dark):
    emulate(browser, dark=dark)
    show(browser, pages[name])
    background = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    emulate(browser)
    assert problems(browser) == []
    assert browser.execute_script("return document.querySelectorAll('svg[class^=plot]').length") >= 6
    assert (sum(map(int, re.findall(r"\d+", background)[:3])) < 3 * 64) == dark


@pytest.mark.parametrize("name", ["whole", "gaps"])
def test_of_one_point_every_cell_is_that_of_the_package_s_tables(browser, pages, name, whole_file, gaps_file):
    with open_results(whole_file if name == "whole" else gaps_file) as results:
        point = select_point(results)
    show(browser, pages[name])
    for section, table in (
        ("probabilities", probability_table(point, SHOWN)),
        ("differences", difference_table(point, "status-quo", SHOWN)),
    ):
        expected = markdown_cells(table, point)
        for place, outcome in enumerate(SHOWN):
            shown = cells(browser, section, outcome)
            assert {regime: row[0] for regime, row in shown.items()} == {
                regime: row[place] for regime, row in expected.items()
            }


def test_numbers_are_written_as_python_writes_them(browser, pages):
    # All shares of 400 histories, among them those that lie exactly between two decimals.
    from firebreak.printed_numbers import plain
    show(browser, pages["whole"])
    source = (ROOT / "analysis/firebreak/explorer/scripts/printed_numbers.mjs").read_text("utf-8")
    values = [100 * count / 400 for count in range(-400, 401)] + [1.145, 2.675, 0.05, 1e-9, 99.995]
    shown = browser.execute_script(
        re.sub(r"^export ", "", source, flags=re.MULTILINE)
        + "; return arguments[0].flatMap((value) => [0, 1, 2].map((decimals) => plain(value, decimals)));", values)
    assert shown == [plain(value, decimals) for value in values for decimals in (0, 1, 2)]


def test_a_choice_of_regimes_outcomes_reference_and_horizon_changes_the_numbers_to_the_files(
    browser, pages, whole_file
):
    show(browser, pages["whole"])
    for regime in REGIMES:
        choose(browser, f"#regimes input[value='{regime}']", regime in ("membership", "neutrality"))
    choose(browser, "#outcomes input[value='clash']", False)
    choose(browser, "#outcomes input[value='accession']", True)
    choose(browser, "#reference", "neutrality")
    choose(browser, "#time", 9)
    assert text_of(browser, "#said").startswith("Within 2.5 years")
    shown = cells(browser, "probabilities", "accession")
    assert list(shown) == [regime_label("neutrality"), regime_label("membership")]
    with h5py.File(whole_file) as file:
        place = list(file["outcome"].asstr()).index("accession")
        for regime in ("membership", "neutrality"):
            estimate = 100 * file["probability"][0, REGIMES.index(regime), place, 9]
            assert float(shown[regime_label(regime)][0].split()[0]) == pytest.approx(estimate, abs=0.05)
        difference = 100 * file["difference"][
            0, REGIMES.index("membership"), REGIMES.index("neutrality"),
            list(file["outcome"].asstr()).index("collapse"), 9,
        ]
    found = cells(browser, "differences", "collapse")
    assert list(found) == [regime_label("membership")]
    first = found[regime_label("membership")][0].split()[0].replace("\u2212", "-")
    assert float(first) == pytest.approx(difference, abs=0.05)
    # The same choice by its address alone.
    address = browser.execute_script("return location.hash")
    show(browser, pages["whole"], address)
    assert cells(browser, "probabilities", "accession") == shown
    assert problems(browser) == []


def test_brushing_gives_what_the_package_computes(browser, pages):
    file = pages["failed file"]
    show(browser, pages["failed"])
    choose(browser, "[data-parameter='line.immigrant_rate'] .end-from", 200)
    choose(browser, "[data-parameter='line.immigrant_rate'] .end-to", 800)
    ends = browser.execute_script("return document.querySelector(\"[data-parameter='line.immigrant_rate'] output\").textContent")
    low, high = (float(end) for end in re.findall(r"[\d.]+", ends)[:2])
    assert 3 < low < high < 14
    with open_results(file) as results:
        table = conditional_table(results, {"line.immigrant_rate": (low, high)}, outcomes=SHOWN)
    points = int(table.points.iloc[0])
    assert 2 < points < 10
    assert f"{points} of 12 design points" in text_of(browser, "#said")
    compared = 0
    for row in table.itertuples():
        section = "probabilities" if row.quantity == "probability" else "differences"
        shown = cells(browser, section, row.outcome)[regime_label(row.regime)]
        numbers, decimals = numbers_of(shown[0])
        if row.estimate == 0 and row.quantity == "probability":
            assert shown[0].startswith("< ") and numbers[0] == pytest.approx(100 * row.high, rel=0.1)
            continue
        expected = [100 * value for value in (row.estimate, row.low, row.high)]
        assert numbers == pytest.approx(expected, abs=0.5001 * 10**-decimals)
        quantiles = [numbers_of(cell)[0][0] for cell in shown[1:3]]
        assert quantiles == pytest.approx([100 * row.q05, 100 * row.q95], rel=0.06, abs=0.01)
        compared += 1
    assert compared == 2 * (3 + 2) - 1
    assert problems(browser) == []


def test_a_pointer_drawn_across_a_chart_chooses_the_range(browser, pages):
    from selenium.webdriver import ActionChains
    show(browser, pages["failed"])
    figure = browser.find_element("css selector", "[data-parameter='line.immigrant_rate'] figure")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", figure)
    width = figure.size["width"]
    ActionChains(browser).move_to_element(figure).click_and_hold().move_by_offset(width // 3, 0).release().perform()
    settled(browser)
    assert "where=line.immigrant_rate" in browser.execute_script("return location.hash")
    assert not text_of(browser, "#said").startswith("12 of")
    browser.find_element("id", "clear-ranges").click()
    settled(browser)
    assert "where" not in browser.execute_script("return location.hash")


def test_failed_points_are_marked_and_left_out(browser, pages):
    show(browser, pages["failed"])
    assert "10 of 12 design points" in text_of(browser, "#said")
    assert "2 failed, left out" in text_of(browser, "#said")
    card = "[data-parameter='line.immigrant_rate']"
    assert browser.execute_script(f"return document.querySelectorAll(\"{card} .points circle\").length") == 10
    assert browser.execute_script(f"return document.querySelectorAll(\"{card} .failed path\").length") == 2
    assert browser.execute_script("return document.querySelectorAll('#point option:disabled').length") == 2


def test_what_was_never_seen_is_a_triangle_at_its_limit_and_not_zero(browser, pages):
    show(browser, pages["gaps"])
    assert cells(browser, "probabilities", "clash")[regime_label("air-shield")][0].startswith("< ")
    assert browser.execute_script(
        "return document.querySelectorAll(\"#probabilities [data-outcome='clash'] .limit path\").length") == 1
    assert cells(browser, "probabilities", "clash")[regime_label("coalition-rear")][0] == "NA"


def test_marks_of_a_chart_lie_where_the_file_says(browser, pages, whole_file):
    show(browser, pages["whole"])
    centres = browser.execute_script(
        "const svg = document.querySelector(\"#probabilities [data-outcome='collapse'] svg\");"
        "return [...svg.querySelectorAll('.estimate path')].map((mark) => {"
        " const box = mark.getBoundingClientRect(); return box.left + box.width / 2; })")
    with open_results(whole_file) as results:
        table = probability_table(select_point(results), ["collapse"])
    fit = np.polyfit(table.probability, centres, 1)
    assert np.abs(np.polyval(fit, table.probability) - centres).max() < 1.5
    assert fit[0] > 0


def test_a_history_is_read_as_a_timeline(browser, pages):
    show(browser, pages["sweep"])
    choose(browser, "#history-replication", "1")  # its outcomes all come on day 100
    events = browser.execute_script(
        "return [...document.querySelectorAll('#timeline .events li')].map((event) => event.textContent)")
    assert len(events) == 15
    assert all(event.startswith("Y1-04-11") and event.endswith("day 100") for event in events)
    choose(browser, "#history-replication", "0")
    assert "Did not happen: " in text_of(browser, "#timeline .never")
    browser.find_element("id", "history-next").click()
    settled(browser)
    assert browser.execute_script("return document.getElementById('history-replication').value") == "1"


def test_a_grid_is_said_to_be_no_sample(browser, tmp_path):
    # Two points with the same value of every uncertainty are one world.
    path = write_results(tmp_path / "grid.h5", points=2, regimes=("status-quo", "membership"))
    with h5py.File(path, "r+") as file:
        for name in ("line_immigrant_rate", "neutrality_commitment_aid_factor"):
            file[name][:] = 1.0
    (tmp_path / "grid.html").write_text(explorer_page(path), "utf-8")
    show(browser, tmp_path / "grid.html")
    assert "are no sample" in text_of(browser, "#probabilities-lead")
    assert problems(browser) == []


def test_the_commands_give_what_is_on_screen(browser, tmp_path):
    program = os.environ.get("FIREBREAK_BINARY")
    if not program:
        pytest.skip("FIREBREAK_BINARY is not set")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "firebreak").symlink_to(Path(program).resolve())
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "analysis"),
                   "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def run(command, folder):
        words = shlex.split(command)
        words[0] = sys.executable if words[0] == "python3" else words[0]
        done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    study = ROOT / "configs" / "studies" / "quick.toml"
    run(f"firebreak run {shlex.quote(str(study))} --replications 64 --regime neutrality --regime membership "
        "--regime status-quo --histories --quiet -o run.h5", tmp_path)
    (tmp_path / "report.html").write_text(explorer_page(tmp_path / "run.h5"), "utf-8")
    show(browser, tmp_path / "report.html", "#history=0+membership+7&day=913")
    browser.execute_script("navigator.clipboard.writeText = async (text) => { window.copied = text; };")
    copied = []
    for button in browser.find_elements("css selector", "#commands button"):
        browser.execute_script("arguments[0].click()", button)
        settled(browser)
        copied.append(browser.execute_script("return window.copied"))
    assert text_of(browser, "#copied").startswith("Copied:")
    again = tmp_path / "again"
    again.mkdir()
    run(f"{copied[0]} --quiet", again)
    with h5py.File(tmp_path / "run.h5") as first, h5py.File(again / "run.h5") as second:
        assert np.array_equal(first["difference"], second["difference"], equal_nan=True)
    rows = list(csv.DictReader(io.StringIO(run(copied[1], again))))
    assert len(rows) == 2 * (3 + 2)
    for row in rows:
        section = "probabilities" if row["quantity"] == "probability" else "differences"
        shown = cells(browser, section, row["outcome"])[regime_label(row["regime"])][0]
        numbers, decimals = numbers_of(shown)
        if shown.startswith("<"):
            assert float(row["estimate"]) == 0
        else:
            assert numbers[0] == pytest.approx(100 * float(row["estimate"]), abs=0.5001 * 10**-decimals)
    told = json.loads(run(f"{copied[2]} --json", again))
    days = {name: first and first["day"] for name, first in told["outcomes"].items()}
    listed = browser.execute_script(
        "return [...document.querySelectorAll('#timeline .events li')].map((event) =>"
        " [event.querySelector('span').textContent, event.querySelector('small').textContent])")
    assert {label: int(day.split()[1].replace(",", "")) for label, day in listed} == {
        outcome_label(name): day for name, day in days.items() if day is not None
    }
