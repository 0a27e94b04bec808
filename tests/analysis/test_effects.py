"""What is said of a design that moves one parameter at a time, of made-up results."""

import h5py
import numpy as np
import pytest

from firebreak import ResultsError
from firebreak.__main__ import main
from firebreak.effects import ANYTHING, read_effects, without_effect
from firebreak.effects_report import effects_markdown
from synthetic_results import MEASURES, OUTCOMES, write_results

REGIMES = ("membership", "neutrality")
HISTORIES = 200
IDLE, DECIDING, WEAK = (
    "response.commitment", "line.immigrant_rate", "neutrality:commitment.aid_factor",
)
VIOLATIONS = [name for name, _, _ in MEASURES].index("violations_per_day")
COLLAPSE = OUTCOMES.index("collapse")


@pytest.fixture
def moved_file(tmp_path):
    """Seven points: the baseline, and three parameters at both ends.

    The first changes nothing. The second, at its high end, collapses 30 of 200 histories under
    neutrality. The third moves violations by half a standard error under membership.
    """
    path = write_results(tmp_path / "moved.h5", points=7, regimes=REGIMES, histories=HISTORIES)
    with h5py.File(path, "r+") as file:
        for group in (file, file["histories"]):
            for name, data in group.items():
                if isinstance(data, h5py.Dataset) and data.shape[:1] == (7,) and data.ndim > 1:
                    data[...] = np.broadcast_to(data[0], data.shape)
        file["histories/first_day"][...] = -1
        for number, name in enumerate(("response_commitment", "line_immigrant_rate",
                                       "neutrality_commitment_aid_factor")):
            values = np.full(7, 2.0)
            values[1 + 2 * number : 3 + 2 * number] = 1.0, 3.0
            file[name][...] = values
        file["histories/first_day"][4, 1, :30, COLLAPSE] = 100
        # Mean 0.5 standard errors, of differences whose standard deviation is 1.
        apart = np.tile([1.0, -1.0], HISTORIES // 2) * np.sqrt((HISTORIES - 1) / HISTORIES)
        apart += 0.5 / np.sqrt(HISTORIES)
        file["histories/measures"][5, 0, :, VIOLATIONS] += apart
    return path


def effect(table, parameter, quantity):
    (row,) = table[(table.parameter == parameter) & (table.quantity == quantity)].itertuples()
    return row


def test_a_parameter_that_changes_no_number_is_said_to_do_nothing(moved_file):
    _, table = read_effects(moved_file)
    assert not table[table.parameter == IDLE].changes.any()
    assert (table[table.parameter == IDLE].standard_errors == 0).all()
    assert list(without_effect(table).parameter) == [IDLE, WEAK]


def test_an_effect_is_that_of_the_pairs_in_their_standard_errors(moved_file):
    _, table = read_effects(moved_file)
    row = effect(table, DECIDING, "collapse")
    error = np.sqrt((30 - 30**2 / HISTORIES) / (HISTORIES - 1) / HISTORIES)
    assert row.regime == "neutrality"
    assert row.difference == pytest.approx(30 / HISTORIES)
    assert row.standard_errors == pytest.approx(0.15 / error)
    assert (row.low, row.high) == (1, 3)
    assert effect(table, DECIDING, ANYTHING).standard_errors == row.standard_errors
    assert effect(table, DECIDING, "clash").standard_errors == 0


def test_histories_that_were_not_simulated_are_left_out(moved_file):
    with h5py.File(moved_file, "r+") as file:
        file["histories/first_day"][4, :, 100:] = -2
    _, table = read_effects(moved_file)
    row = effect(table, DECIDING, "collapse")
    assert row.difference == pytest.approx(30 / 100)
    assert row.standard_errors == pytest.approx(0.3 / np.sqrt((30 - 9) / 99 / 100))


def test_the_sign_is_that_of_a_higher_value(moved_file):
    with h5py.File(moved_file, "r+") as file:
        file["line_immigrant_rate"][3:5] = 3.0, 1.0
    _, table = read_effects(moved_file)
    assert effect(table, DECIDING, "collapse").difference == pytest.approx(-30 / HISTORIES)
    assert effect(table, WEAK, "violations_per_day").difference < 0, "more at the low end"


def test_a_weak_effect_is_seen_and_not_beyond_error(moved_file):
    _, table = read_effects(moved_file)
    row = effect(table, WEAK, ANYTHING)
    assert row.changes
    assert row.standard_errors == pytest.approx(-0.5)


def test_a_stronger_effect_leaves_the_list(moved_file):
    with h5py.File(moved_file, "r+") as file:
        file["histories/measures"][5, 0, :, VIOLATIONS] += 1
    _, table = read_effects(moved_file)
    assert list(without_effect(table).parameter) == [IDLE]


def test_the_weighted_estimates_count_where_they_say_more(moved_file):
    with h5py.File(moved_file, "r+") as file:
        file["probability_weighted"][4, 1, COLLAPSE, -1] += 0.5
    _, table = read_effects(moved_file)
    assert effect(table, DECIDING, "collapse").difference == pytest.approx(0.5)


def test_the_page_names_the_idle_first_and_then_all(moved_file):
    results, table = read_effects(moved_file)
    text = effects_markdown(table, results)
    top, rest = text.split("## Largest effects")
    assert f"No number in the file changes with `{IDLE}`.\n" in top
    assert f"- `{WEAK}`: at most 0.5 standard errors (violations per day, `membership`)" in top
    assert "beyond error** (2)" in top
    assert DECIDING not in top
    rows = [line for line in rest.splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [IDLE, DECIDING, WEAK]
    assert rows[0] == f"| `{IDLE}` | 1 to 3 | 0 | 0 | 0 | 0 | 0 | 0 | nothing |"
    assert "| **+15 (5.9)** | 0 |" in rows[1]
    assert rows[1].endswith("| collapse of the ceasefire **+15 (5.9)** |")
    assert "2 regimes" in text and "seed" in text


def test_without_idle_parameters_the_page_says_so(moved_file):
    results, table = read_effects(moved_file)
    text = effects_markdown(table[table.parameter == DECIDING], results)
    assert "Every parameter has an effect beyond error" in text


def test_the_command_prints_markdown_or_csv(moved_file, capsys):
    assert main(["effects", str(moved_file), "--markdown"]) == 0
    assert capsys.readouterr().out.startswith("# What each parameter does\n")
    assert main(["effects", str(moved_file)]) == 0
    assert capsys.readouterr().out.startswith("parameter,units,low,high,changes,quantity,")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda file: file["response_commitment"].__setitem__(4, 9.0), "several parameters"),
        (lambda file: file["failed"].__setitem__(4, 1), "failed"),
        (lambda file: file.__delitem__("histories"), "holds no histories"),
    ],
)
def test_a_file_of_another_kind_is_refused(moved_file, capsys, spoil, message):
    with h5py.File(moved_file, "r+") as file:
        spoil(file)
    with pytest.raises(ResultsError, match=message):
        read_effects(moved_file)
    assert main(["effects", str(moved_file)]) == 2
    assert message in capsys.readouterr().err
