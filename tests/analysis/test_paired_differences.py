"""What the forest plot draws is what the file holds, in percentage points."""

import pytest

from drawn import artist, artists, panel
from firebreak import ResultsError
from firebreak.figures import paired_differences
from firebreak.printed_numbers import limit_without_difference
from synthetic_results import REGIMES


def test_estimates_and_intervals_are_those_of_the_file_in_percentage_points(whole):
    figure = paired_differences.draw(whole, reference="neutrality").figure
    at_end = whole.isel(time=-1).sel(reference="neutrality")
    for outcome in ("collapse", "clash"):
        axes = panel(figure, outcome)
        for regime in REGIMES:
            if regime == "neutrality":
                continue
            one = at_end.sel(outcome=outcome, regime=regime)
            (drawn,) = artist(axes, f"estimate:{regime}").get_xdata()
            assert drawn == pytest.approx(100 * float(one.difference))
            ends = artist(axes, f"interval:{regime}").get_xdata()
            assert ends[0] == pytest.approx(100 * float(one.difference_low))
            assert ends[1] == pytest.approx(100 * float(one.difference_high))


def test_each_panel_has_a_line_at_zero(whole):
    for axes in paired_differences.draw(whole).figure.axes:
        assert list(artist(axes, "zero").get_xdata()) == [0, 0]


def test_the_reference_keeps_its_row_and_is_called_so(whole):
    axes = panel(paired_differences.draw(whole).figure, "clash")
    assert artist(axes, "value:status-quo").get_text() == "reference"
    assert not artists(axes, "estimate:status-quo")


def test_markers_are_filled_only_where_the_interval_excludes_zero(whole):
    axes = panel(paired_differences.draw(whole).figure, "clash")
    assert artist(axes, "estimate:neutrality-unarmed").get_markerfacecolor() != "white"
    assert artist(axes, "estimate:membership-in-force").get_markerfacecolor() == "white"


def test_numbers_beside_the_rows_have_the_digits_the_interval_deserves(whole):
    axes = panel(paired_differences.draw(whole).figure, "collapse")
    assert artist(axes, "value:neutrality").get_text() == "−7.1 [−7.6, −6.6]"


def test_no_difference_seen_is_drawn_as_limits_and_never_as_a_certain_zero(gaps):
    axes = panel(paired_differences.draw(gaps).figure, "clash")
    limit = 100 * limit_without_difference(20000, 0.95)
    assert list(artist(axes, "limit:open-door").get_xdata()) == pytest.approx([-limit, limit])
    assert artist(axes, "value:open-door").get_text() == "none seen, ±0.019"
    assert not artists(axes, "estimate:open-door")


def test_the_limit_is_the_exact_one_for_no_event():
    limit = limit_without_difference(1000, 0.95)
    assert (1 - limit) ** 1000 == pytest.approx(0.025)


def test_a_missing_estimate_is_said_and_not_dropped(gaps):
    axes = panel(paired_differences.draw(gaps).figure, "collapse")
    assert artist(axes, "value:coalition-rear").get_text() == "no estimate"


def test_an_unknown_reference_is_refused(whole):
    with pytest.raises(ResultsError, match="no reference 'anarchy'"):
        paired_differences.draw(whole, reference="anarchy")
