"""The page without a browser: all that it needs is in it, and its numbers are the file's."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import h5py
import numpy as np
import pytest

from firebreak import ResultsError, read_provenance
from firebreak.__main__ import main
from firebreak.explorer import content as explorer_content
from firebreak.explorer import explorer_page, kept_histories
from firebreak.explorer.kept_histories import replay_command
from firebreak.explorer.meanings import OUTCOMES as OUTCOME_MEANINGS
from firebreak.explorer.meanings import regime_summaries
from firebreak.explorer.packed import pack, unpack
from synthetic_results import OUTCOMES, REGIMES, write_results

ROOT = Path(__file__).resolve().parents[2]
EXPLORER = ROOT / "analysis" / "firebreak" / "explorer"
LARGEST = 5_000_000


def content_of(page):
    """Return what the page's data element holds."""
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page).group(1))


class Elements(HTMLParser):
    """The elements of a page, scripts and styles not looked into."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


@pytest.fixture(scope="module")
def whole_page(whole_file):
    return explorer_page(whole_file)


@pytest.fixture(scope="module")
def sweep_page(sweep_file):
    return explorer_page(sweep_file)


def test_a_file_of_twelve_regimes_is_less_than_five_megabytes(whole_page):
    assert len(whole_page.encode()) < LARGEST


def test_nothing_is_loaded_from_anywhere(whole_page):
    for tag, attributes in Elements(whole_page).found:
        for name in ("src", "href", "srcset", "data", "action", "poster"):
            value = attributes.get(name)
            assert value is None or value.startswith(("#", "data:")), (tag, value)
    for rule in re.findall(r"@import[^;]*|url\([^)]*\)", whole_page.split("</style>")[0]):
        assert rule == ""
    own = "".join(path.read_text("utf-8") for path in (EXPLORER / "scripts").iterdir())
    assert re.findall(r"\b(?:fetch|XMLHttpRequest|import\()\b", own) == []
    assert "default-src 'none'" in whole_page


def test_of_one_point_the_numbers_in_the_page_are_the_files_to_the_last_bit(whole_file, whole_page):
    content = content_of(whole_page)
    arrays = unpack(content["packed"])
    regimes = [regime["name"] for regime in content["regimes"]]
    with h5py.File(whole_file) as file:
        order = [list(file["regime"].asstr()).index(name) for name in regimes]
        for name in ("probability", "probability_low", "probability_high"):
            assert np.array_equal(arrays[name], file[name][:][:, order])
        for name in ("difference", "difference_low", "difference_high"):
            assert np.array_equal(arrays[name], file[name][:][:, order][:, :, order])
    assert sorted(regimes) == sorted(REGIMES)
    assert [outcome["name"] for outcome in content["outcomes"]] == list(OUTCOMES)


def test_of_many_points_they_are_in_single_precision_with_their_parameters(sweep_file, sweep_page):
    content = content_of(sweep_page)
    arrays = unpack(content["packed"])
    with h5py.File(sweep_file) as file:
        order = [list(file["regime"].asstr()).index(regime["name"]) for regime in content["regimes"]]
        assert np.array_equal(arrays["probability"], file["probability"][:][:, order].astype("f4"))
        assert np.array_equal(arrays["first_day"], file["histories/first_day"][:][:, order])
        assert list(arrays["parameters"][1]) == list(file["line_immigrant_rate"][:])
    assert [parameter["path"] for parameter in content["parameters"]] == [
        "response.commitment", "line.immigrant_rate", "neutrality:commitment.aid_factor",
    ]
    assert [parameter["log"] for parameter in content["parameters"]] == [False, False, True]


def test_packed_arrays_come_back_with_type_shape_and_gaps():
    arrays = {"a": np.array([[1.5, np.nan, 0.0]]), "b": np.arange(3, dtype=np.int16), "c": np.float32([2.5])}
    found = unpack(pack(arrays))
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array, equal_nan=True)


def test_a_text_of_the_study_cannot_end_the_data_or_become_an_element(tmp_path):
    title = "</script><img src=x onerror=alert(1)> & {{data}}"
    page = explorer_page(write_results(tmp_path / "x.h5", title=title, regimes=("status-quo", "membership")))
    assert content_of(page)["title"] == title
    assert not any(tag == "img" for tag, _ in Elements(page).found)


def test_where_a_page_comes_from_is_read_back(whole_page, tmp_path):
    (tmp_path / "report.html").write_text(whole_page, "utf-8")
    read = read_provenance(tmp_path / "report.html")
    assert (read.seed, read.replications, read.title) == (
        "9223372036854775807", (20000, 20000), "Twelve regimes at the baseline",
    )


def test_regimes_are_explained_by_the_study_and_outcomes_as_the_format_does():
    configuration = (
        '# ==== configs/studies/x.toml ====\nsummary = "no regime"\n'
        '# ==== configs/regimes/status-quo.toml ====\ntitle = "A"\nsummary = "Aid continues."\n'
        '# ==== configs/regimes/bare.toml ====\n# ==== configs/allies.csv ====\nsummary = "no"\n'
    )
    assert regime_summaries(configuration) == {"status-quo": "Aid continues."}
    page = (ROOT / "docs" / "results_format.md").read_text("utf-8")
    listed = page[page.index("Outcomes: `"):page.index("## Root: course")]
    assert list(OUTCOME_MEANINGS) == re.findall(r"`(\w+)`", listed)


def test_letters_stand_out_from_their_ground_in_light_and_dark():
    theme = (EXPLORER / "styles" / "theme.css").read_text("utf-8")
    light, dark = theme.split('[data-theme="dark"]')

    def luminance(text, name):
        code = re.search(rf"--{name}: #(\w{{6}})", text).group(1)
        parts = [int(code[place:place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for text in (light, dark):
        for ink in ("ink", "soft", "accent", "brand"):
            for ground in ("paper", "ground", "warn-ground", "accent-soft"):
                low, high = sorted((luminance(text, ink), luminance(text, ground)))
                assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)


def test_the_same_file_gives_the_same_page(whole_file, whole_page):
    assert explorer_page(whole_file) == whole_page


def test_of_a_large_design_outcomes_and_then_checkpoints_are_left_out_and_it_says_so(sweep_file, monkeypatch):
    for room, outcomes, times in ((80_000, 4, 20), (20_000, 4, 5)):
        monkeypatch.setattr(explorer_content, "LARGEST_DATA", room)
        content = content_of(explorer_page(sweep_file))
        assert (len(content["outcomes"]), len(content["times"])) == (outcomes, times)
        assert content["times"][-1]["day"] == 1826
        assert f"The page has {outcomes} of the file\u2019s 15 outcomes (--outcome chooses others)." in content["left_out"]
    monkeypatch.setattr(explorer_content, "LARGEST_DATA", 1_000)
    with pytest.raises(ResultsError, match="too many for one page"):
        explorer_page(sweep_file)


def test_what_was_asked_for_is_held(sweep_file):
    content = content_of(explorer_page(sweep_file, ["accession"], ["status-quo", "neutrality"]))
    assert [outcome["name"] for outcome in content["outcomes"]] == ["accession"]
    assert [regime["name"] for regime in content["regimes"]] == ["status-quo", "neutrality"]


def test_as_many_histories_are_held_as_fit(tmp_path, monkeypatch):
    path = write_results(tmp_path / "h.h5", regimes=("status-quo", "membership"), histories=64)
    monkeypatch.setattr(kept_histories, "LARGEST_READ", 2 * 15 * 16)
    content = content_of(explorer_page(path))
    assert (len(content["histories"]["replications"]), content["histories"]["stored"]) == (16, 64)


@pytest.mark.parametrize(("history", "expected"), [
    ("firebreak run 'my study.toml' --replications 9 --seed 7 --set line.x=1 --regime a --regime b --histories\nthen",
     "firebreak replay 'my study.toml' --seed 7 --set line.x=1 --of a --of b"),
    ("firebreak sweep s.toml", "firebreak replay s.toml"),
    ("firebreak merge x.h5", ""),
    ("", ""),
])
def test_the_command_of_a_run_says_how_to_replay_it(history, expected):
    assert replay_command(history) == expected


@pytest.mark.parametrize("fault", ["newer", "half", "foreign", "missing", "empty", "failed", "nothing"])
def test_a_bad_file_is_one_line_and_nothing_is_written(sweep_file, tmp_path, capsys, fault):
    path = tmp_path / "bad.h5"
    if fault == "newer":
        write_results(path, version=99, regimes=("status-quo",))
    elif fault == "failed":
        write_results(path, points=2, failed=[0, 1], regimes=("status-quo", "membership"))
    elif fault == "foreign":
        path.write_text("not HDF5")
    elif fault != "nothing":
        shutil.copy(sweep_file, path)
    if fault == "half":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif fault in ("missing", "empty"):
        with h5py.File(path, "r+") as file:
            del file["difference" if fault == "missing" else "probability"]
            if fault == "empty":
                file["probability"] = np.zeros((0, 4, 15, 20))
    output = tmp_path / "new" / "report.html"
    assert main(["report", str(path), "-o", str(output)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("firebreak: ") and captured.err.count("\n") == 1
    assert not output.parent.exists()


def test_an_outcome_that_is_not_there_is_one_line(sweep_file, tmp_path, capsys):
    assert main(["report", str(sweep_file), "-o", str(tmp_path / "r.html"), "--outcome", "peace"]) == 2
    assert "no outcome 'peace'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_everything_to_choose_has_a_label(whole_page):
    page = whole_page.split('<script type="application/json"')[0]
    inside = re.sub(r"<label[^>]*>.*?</label>", "", page, flags=re.DOTALL)
    named = {attributes.get("for") for tag, attributes in Elements(page).found if tag == "label"}
    for tag, attributes in Elements(inside).found:
        if tag in ("input", "select", "textarea"):
            assert attributes.get("id") in named or "aria-label" in attributes, attributes


def test_scripts_ask_only_for_elements_that_are_there():
    page = (EXPLORER / "page.html").read_text("utf-8")
    known = set(re.findall(r'\bid="([\w-]+)"', page))
    for path in (EXPLORER / "scripts").iterdir():
        asked = set(re.findall(r'byId\("([\w-]+)"\)', path.read_text("utf-8")))
        assert asked <= known, path.name


def test_scripts_and_styles_are_short_and_all_in_the_page(whole_page):
    for path in [*(EXPLORER / "scripts").iterdir(), *(EXPLORER / "styles").iterdir()]:
        text = path.read_text("utf-8")
        assert text.count("\n") <= 400, path.name
        assert text.strip().splitlines()[-1] in whole_page, path.name


def test_the_library_says_its_licences_and_is_the_version_of_the_recipe():
    bundle = (EXPLORER / "plot.bundle.js").read_text("utf-8")
    recipe = json.loads((ROOT / "analysis" / "explorer-bundle" / "package-lock.json").read_text())
    version = recipe["packages"]["node_modules/@observablehq/plot"]["version"]
    assert f"@observablehq/plot {version} (ISC)" in bundle
    named = set(re.findall(r"([@\w/-]+) [\d.]+ \([\w-]+\)", bundle[: bundle.index("*/")]))
    assert {"d3-array", "d3-scale", "d3-shape", "isoformat"} <= named
    assert "Observable Plot" in (ROOT / "NOTICE").read_text("utf-8")
    assert "</script" not in bundle


def test_the_package_declares_the_files_of_the_page():
    declared = (ROOT / "analysis" / "pyproject.toml").read_text("utf-8")
    for pattern in ("firebreak.explorer", "page.html", "plot.bundle.js", "scripts/*.mjs", "styles/*.css"):
        assert f'"{pattern}"' in declared
