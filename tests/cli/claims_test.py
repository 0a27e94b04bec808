"""`firebreak claims`: a study is run and judged, a result file is judged, and what is wrong is said."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

import pytest

from program import SOURCE_DIR, firebreak

CONFIGS = SOURCE_DIR / "configs"
CLAIMS = """
[documents]
D9 = "a document"

[variants.membership-double-fire]
regime = "membership"
set = { "line.immigrant_rate" = { times = 2 } }

[claims.MoreFire]
statement = "Twice the fire makes more violations, by the day."
sources = ["D9: 1"]
mechanism = "More starts."
seen = "there is more of it"
reversed = "there is less"
decider = "none"
comparisons = [{ kind = "ordering", of = "violations_per_day", rising = ["membership", "membership-double-fire"] }]

[claims.LessFire]
statement = "Twice the fire makes fewer violations."
sources = ["D9: 2"]
mechanism = "None."
seen = "there is less of it"
reversed = "there is more"
decider = "none"
comparisons = [{ kind = "ordering", of = "violations_per_day", rising = ["membership-double-fire", "membership"] }]
"""


def write_study(folder: Path, claims: str = CLAIMS) -> Path:
    """Write a small study of claims and return its path."""
    (folder / "claims.toml").write_text(claims, "utf-8")
    study = folder / "study.toml"
    study.write_text(
        f"""
title = "Small"
question = "Does it work?"
baseline = "{CONFIGS}/baseline.toml"
allies = "{CONFIGS}/allies.csv"
claims = "claims.toml"
[run]
replications = 64
seed = 7
horizon = 120
checkpoints = 1
histories = false
[set.response]
belief_draws = 500
[design]
method = "sobol"
points = 4
uncertainties = ["capitals.provocation", "line.frailty_shape"]
""",
        "utf-8",
    )
    return study


def rows_of(table: Path) -> list[dict[str, str]]:
    """Return the rows of a report."""
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run and judge a small study; return its folder."""
    folder = tmp_path_factory.mktemp("claims")
    done = firebreak("claims", write_study(folder), "-o", folder / "x.h5", "--csv", folder / "x.csv", timeout=300)
    assert done.returncode == 0, done
    (folder / "printed.txt").write_text(done.stdout, "utf-8")
    return folder


def test_what_must_hold_holds_and_its_contrary_is_reversed(judged: Path) -> None:
    """In every draw twice the fire makes more violations."""
    more, less = rows_of(judged / "x.csv")
    assert (more["claim"], more["held"], more["reversed"], more["draws"]) == ("MoreFire", "1", "0", "4")
    assert (less["claim"], less["held"], less["reversed"], less["draws"]) == ("LessFire", "0", "1", "4")
    assert float(more["effect_median"]) == -float(less["effect_median"]) > 30
    assert more["unit"] == "per day"
    assert more["prior_or_posterior"] == "prior"
    assert more["statement"] == "Twice the fire makes more violations, by the day."
    assert "MoreFire" in (judged / "printed.txt").read_text("utf-8")


def test_the_report_says_where_it_comes_from(judged: Path) -> None:
    """Comments at its head name commit, seed and command."""
    head = [line for line in (judged / "x.csv").read_text("utf-8").splitlines() if line.startswith("#")]
    assert [line.split(":")[0] for line in head] == ["# version", "# commit", "# seed", "# command"]
    assert head[2] == "# seed: 7"


def test_a_result_file_is_judged_by_its_own_claims(judged: Path) -> None:
    """The same table comes of the file, wherever the study has gone."""
    done = firebreak("claims", judged / "x.h5", "--csv", judged / "again.csv", "--quiet", cwd="/")
    assert done.returncode == 0, done
    assert (judged / "again.csv").read_text("utf-8") == (judged / "x.csv").read_text("utf-8")


def test_other_claims_can_be_put_to_a_result_file(judged: Path, tmp_path: Path) -> None:
    """`--claims` takes those of a file; what was not run has no row."""
    other = tmp_path / "other.toml"
    other.write_text(
        CLAIMS[CLAIMS.index("[claims.MoreFire]") : CLAIMS.index("[claims.LessFire]")]
        + CLAIMS[CLAIMS.index("[claims.LessFire]") :].replace('"membership"', '"neutrality"'),
        "utf-8",
    )
    done = firebreak("claims", judged / "x.h5", "--claims", other, "--csv", tmp_path / "x.csv")
    assert done.returncode == 0, done
    assert [row["claim"] for row in rows_of(tmp_path / "x.csv")] == ["MoreFire"]


def test_several_results_make_one_table(judged: Path, tmp_path: Path) -> None:
    """Rows follow each other, file by file."""
    done = firebreak("claims", judged / "x.h5", judged / "x.h5", "--csv", tmp_path / "x.csv", "--markdown")
    assert done.returncode == 0, done
    assert [row["claim"] for row in rows_of(tmp_path / "x.csv")] == ["MoreFire", "LessFire"] * 2
    assert done.stdout.startswith("| claim | statement |")


def test_every_mistake_in_claims_is_told_at_once(tmp_path: Path) -> None:
    """Nothing is run or written."""
    study = write_study(
        tmp_path,
        CLAIMS.replace('of = "violations_per_day", rising = ["membership", ', 'of = "violation_per_day", rising = ["membrship", ')
        .replace('mechanism = "None."\n', "")
        .replace('kind = "ordering", of = "violations_per_day", rising = ["membership-double-fire"', 'kind = "slope", of = "clash", levels = [2, 1], ladder = ["membership-double-fire"')
        .replace('sources = ["D9: 1"]', 'sources = ["D8: 1"]'),
    )
    done = firebreak("claims", study, "-o", tmp_path / "x.h5")
    assert done.returncode == 2, done
    for part in (
        'claims.MoreFire.comparisons.of = "violation_per_day" (must be an outcome or a measure; did you mean violations_per_day?)',
        'claims.MoreFire.comparisons.rising = "membrship" (must be a regime or a variant; did you mean membership?)',
        "claims.LessFire.mechanism (is missing)",
        "claims.LessFire.comparisons.levels = [2, 1] (must be numbers that rise",
        'claims.MoreFire.sources = "D8: 1" (must begin with one of "D9"',
    ):
        assert part in done.stderr, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.toml", "study.toml"]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["claims", "configs/studies/quick.toml"], "claims need a file for their results"),
        (["claims", "x.h5", "-o", "y.h5"], "is for a study"),
        (["claims", "a.toml", "b.toml", "-o", "y.h5"], "one study is run at a time"),
    ],
)
def test_calls_that_make_no_sense_are_refused(arguments: list[str], part: str) -> None:
    """With a reason."""
    done = firebreak(*arguments)
    assert done.returncode == 2 and part in done.stderr, done


def test_a_study_that_could_not_be_judged_is_not_run(tmp_path: Path) -> None:
    """Neither one without claims, nor one whose table could not be written."""
    study = write_study(tmp_path)
    without = tmp_path / "without.toml"
    text = study.read_text("utf-8").replace('claims = "claims.toml"\n', "")
    without.write_text(
        text.replace("[run]", '[run]\nregimes = ["membership", "neutrality"]\nreference = "neutrality"'), "utf-8"
    )
    (tmp_path / "kept.csv").write_text("mine\n", "utf-8")
    before = sorted(tmp_path.iterdir())
    for arguments, part in (
        ([without], "has no claims (its study names no file of claims)"),
        ([without, "--claims", tmp_path / "nowhere.toml"], "nowhere.toml"),
        ([study, "--csv", tmp_path / "kept.csv"], "exists already"),
        ([study, "--csv", tmp_path / "nowhere" / "x.csv"], "does not exist"),
    ):
        done = firebreak("claims", *arguments, "-o", tmp_path / "x.h5")
        assert done.returncode == 2 and part in done.stderr, done
    assert sorted(tmp_path.iterdir()) == before and (tmp_path / "kept.csv").read_text("utf-8") == "mine\n"


def test_the_25_hypotheses_are_all_there() -> None:
    """Each names its documents and says what decides its sign."""
    file = tomllib.loads((CONFIGS / "claims.toml").read_text("utf-8"))
    assert list(file["claims"]) == [f"H{number}" for number in range(1, 26)]
    assert len(file["variants"]) + 12 <= 60
    for claim in file["claims"].values():
        assert claim["decider"] and claim["mechanism"] and claim["reversed"]
