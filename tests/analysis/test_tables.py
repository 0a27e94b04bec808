"""Tables hold the numbers of the file at the horizon."""

import io

import pandas as pd
import pytest

from firebreak import ResultsError, difference_table, probability_table
from firebreak.printed_numbers import decimals_for, limit, plain, signed
from firebreak.printed_tables import to_markdown
from firebreak.tables import to_csv
from synthetic_results import CAVEAT, OUTCOMES, REGIMES


def test_probabilities_have_one_row_per_regime_and_outcome(whole):
    table = probability_table(whole)
    assert len(table) == len(REGIMES) * len(OUTCOMES)
    row = table[(table.regime == "membership") & (table.outcome == "clash")].iloc[0]
    at_end = whole.isel(time=-1).sel(regime="membership", outcome="clash")
    assert row.probability == float(at_end.probability)
    assert (row.low, row.high) == (float(at_end.probability_low), float(at_end.probability_high))
    assert row.estimator == "weighted"
    assert row["count"] == int(at_end["count"])
    assert row.replications == 20000


def test_differences_leave_the_reference_out(whole):
    table = difference_table(whole, "membership", ["collapse"])
    assert "membership" not in set(table.regime)
    row = table[table.regime == "neutrality"].iloc[0]
    at_end = whole.isel(time=-1).sel(regime="neutrality", reference="membership")
    assert row.difference == float(at_end.difference.sel(outcome="collapse"))


def test_csv_reads_back_to_the_same_numbers_and_names_the_run(whole):
    table = probability_table(whole)
    again = pd.read_csv(io.StringIO(to_csv(table, whole)), dtype={"seed": str})
    pd.testing.assert_frame_equal(again[table.columns], table, check_exact=False, rtol=1e-12)
    assert set(again.seed) == {"9223372036854775807"}
    assert set(again.git_commit) == {"0123456789abcdef0123456789abcdef01234567"}


def test_markdown_is_a_whole_table_with_the_caveat_below(gaps):
    lines = to_markdown(probability_table(gaps, ["collapse", "clash"]), gaps).splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert len(rows) == 2 + len(REGIMES)
    assert {row.count("|") for row in rows} == {4}
    assert "| Neutrality | 19.7 (19.2 to 20.3) | 1.33 (1.26 to 1.40) |" in rows
    assert lines[-1].endswith(CAVEAT)


def test_no_event_is_written_as_an_upper_limit_and_no_estimate_as_such(gaps):
    text = to_markdown(probability_table(gaps, ["clash"]), gaps)
    assert "| Air shield | < 0.020 |" in text
    assert "| Coalition, rear | NA |" in text


def test_no_difference_seen_is_written_with_its_limit(gaps):
    text = to_markdown(difference_table(gaps, outcomes=["clash"]), gaps)
    assert "| Open door | none seen (±0.019) |" in text


def test_unknown_names_are_refused(whole):
    with pytest.raises(ResultsError, match="no outcome 'peace'"):
        probability_table(whole, ["peace"])
    with pytest.raises(ResultsError, match="no reference 'peace'"):
        difference_table(whole, "peace")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (plain(-0.0001, 2), "0.00"),
        (signed(-0.0001, 2), "0.00"),
        (signed(0.5, 1), "+0.5"),
        (signed(-0.5, 1), "−0.5"),
        (limit(0.0192), "0.020"),
        (limit(0.019), "0.019"),
        (limit(3.69), "3.7"),
        (limit(0), "0"),
        (str(decimals_for(26.2, 27.4)), "1"),
        (str(decimals_for(1.66, 1.82)), "2"),
        (str(decimals_for(10, 40)), "0"),
    ],
)
def test_numbers_are_printed_with_the_digits_they_deserve(text, expected):
    assert text == expected
