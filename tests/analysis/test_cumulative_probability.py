"""What the small multiples draw is what the file holds."""

import numpy as np
import pytest

from conftest import point_of
from drawn import artist, artists, panel, texts
from firebreak import ResultsError, style
from firebreak.figures import cumulative_probability
from firebreak.labels import families
from synthetic_results import REGIMES


def test_every_regime_has_a_line_with_the_values_of_the_file(whole):
    figure = cumulative_probability.draw(whole).figure
    for outcome in ("collapse", "clash", "general_war"):
        for family in families(REGIMES):
            axes = panel(figure, f"{outcome}:{family.title}")
            for regime in family.regimes:
                line = artist(axes, f"line:{regime}")
                expected = whole.probability.sel(outcome=outcome, regime=regime).values
                np.testing.assert_array_equal(line.get_xdata(), whole.time.values)
                np.testing.assert_array_equal(line.get_ydata(), np.where(expected > 0, expected,
                                                                         np.nan))


def test_bands_run_from_the_lower_to_the_upper_end_of_the_interval(whole):
    figure = cumulative_probability.draw(whole, ["collapse"]).figure
    band = artist(panel(figure, "collapse:Membership"), "band:membership")
    corners = band.get_paths()[0].vertices
    one = whole.sel(outcome="collapse", regime="membership")
    for time, low, high in zip(one.time, one.probability_low, one.probability_high):
        at_time = corners[np.isclose(corners[:, 0], float(time)), 1]
        assert at_time.min() == pytest.approx(float(low))
        assert at_time.max() == pytest.approx(float(high))


def test_axes_are_logarithmic_unless_large_probabilities_are_asked_for_in_linear_ones(whole):
    figure = cumulative_probability.draw(whole).figure
    assert {axes.get_yscale() for axes in figure.axes} == {"log"}
    figure = cumulative_probability.draw(whole, linear=True).figure
    assert panel(figure, "collapse:Membership").get_yscale() == "linear"
    assert panel(figure, "clash:Membership").get_yscale() == "log"


def test_panels_of_one_outcome_share_their_scale(whole):
    figure = cumulative_probability.draw(whole, ["clash"]).figure
    assert len({axes.get_ylim() for axes in figure.axes}) == 1


def test_no_event_is_drawn_as_an_upper_limit_and_never_as_zero(gaps):
    figure = cumulative_probability.draw(gaps, ["clash"]).figure
    axes = panel(figure, "clash:Guarantees")
    limit = artist(axes, "limit:air-shield")
    assert limit.get_marker() == "v"
    assert np.isnan(artist(axes, "line:air-shield").get_ydata()).all()
    high = gaps.probability_high.sel(outcome="clash", regime="air-shield")
    assert limit.get_xdata()[-1] == float(gaps.time[-1])
    np.testing.assert_allclose(limit.get_ydata(), high.sel(time=limit.get_xdata()).values)
    assert (limit.get_ydata() > axes.get_ylim()[0]).all()


def test_a_regime_without_estimates_is_named_in_the_key_but_draws_nothing(gaps):
    figure = cumulative_probability.draw(gaps, ["collapse"]).figure
    axes = panel(figure, "collapse:Guarantees")
    assert np.isnan(artist(axes, "line:coalition-rear").get_ydata()).all()
    assert not artists(axes, "limit:coalition-rear")
    assert "Coalition, rear (no estimate)" in texts(figure)


def test_the_reference_returns_in_grey_in_the_other_families_only(whole):
    figure = cumulative_probability.draw(whole, ["collapse"]).figure
    assert not artists(panel(figure, "collapse:No commitment"), "reference:status-quo")
    grey = artist(panel(figure, "collapse:Guarantees"), "reference:status-quo")
    assert grey.get_color() == style.GREY


def test_all_regimes_are_named(whole):
    named = texts(cumulative_probability.draw(whole).figure)
    for label in ("Status quo", "Neutrality, unarmed", "Membership, controlled territory"):
        assert label in named


def test_few_regimes_stand_in_one_panel_per_outcome(sweep_file):
    figure = cumulative_probability.draw(point_of(sweep_file)).figure
    assert [axes.get_gid() for axes in figure.axes] == ["collapse:", "clash:", "general_war:"]


def test_unknown_outcomes_are_refused_with_the_list_of_known_ones(whole):
    with pytest.raises(ResultsError, match="no outcome 'peace' .*settlement"):
        cumulative_probability.draw(whole, ["peace"])


def test_an_outcome_without_any_estimate_still_gives_a_figure(whole):
    point = whole.copy(deep=True)
    for name in ("probability", "probability_low", "probability_high"):
        point[name].loc[{"outcome": "clash"}] = np.nan
    figure = cumulative_probability.draw(point, ["clash"]).figure
    assert np.isnan(artist(panel(figure, "clash:Membership"), "line:membership").get_ydata()).all()
