"""What the stacked bars draw is what the file holds; regimes without a clash stay."""

import numpy as np
import pytest

from drawn import artist, artists, panel
from firebreak import ResultsError, style
from firebreak.figures import clash_paths
from synthetic_results import REGIMES, SOURCES


@pytest.mark.parametrize("kind", ["source", "path"])
def test_bars_have_the_lengths_of_the_shares_and_fill_the_row(whole, kind):
    axes = panel(clash_paths.draw(whole).figure, kind)
    for regime in REGIMES:
        end = 0.0
        for name in whole[kind].values:
            share = float(whole[f"{kind}_share"].sel({"regime": regime, kind: name}))
            bars = artists(axes, f"{name}:{regime}")
            assert len(bars) == (1 if share > 0 else 0)
            for bar in bars:
                assert bar.get_width() == pytest.approx(share)
                assert bar.get_x() == pytest.approx(end)
                end += share
        assert end == pytest.approx(1)


def test_a_source_has_one_colour_in_all_regimes_and_no_other_source_has_it(whole):
    axes = panel(clash_paths.draw(whole).figure, "source")
    colours = {}
    for source in SOURCES:
        found = {
            (bar.get_facecolor(), bar.get_hatch())
            for regime in REGIMES
            for bar in artists(axes, f"{source}:{regime}")
        }
        assert len(found) == 1
        colours[source] = found.pop()
    assert len(set(colours.values())) == len(SOURCES)


def test_a_regime_without_a_clash_is_marked_and_has_an_upper_limit(gaps):
    figure = clash_paths.draw(gaps).figure
    for kind in ("source", "path"):
        axes = panel(figure, kind)
        assert artist(axes, "none:air-shield").get_hatch()
        assert artist(axes, "note:air-shield").get_text() == "no clash"
    beside = panel(figure, "probability")
    (drawn,) = artist(beside, "limit:air-shield").get_xdata()
    high = gaps.probability_high.sel(outcome="clash", regime="air-shield").isel(time=-1)
    assert drawn == pytest.approx(float(high))
    assert drawn > beside.get_xlim()[0]
    assert not artists(beside, "estimate:air-shield")


def test_probabilities_beside_the_bars_are_those_at_the_horizon(whole):
    axes = panel(clash_paths.draw(whole).figure, "probability")
    at_end = whole.isel(time=-1).sel(outcome="clash")
    for regime in REGIMES:
        one = at_end.sel(regime=regime)
        assert artist(axes, f"estimate:{regime}").get_xdata()[0] == float(one.probability)
        ends = artist(axes, f"interval:{regime}").get_xdata()
        np.testing.assert_array_equal(ends, [float(one.probability_low),
                                             float(one.probability_high)])


def test_a_missing_estimate_is_said(gaps):
    axes = panel(clash_paths.draw(gaps).figure, "probability")
    assert artist(axes, "note:coalition-rear").get_text() == "no estimate"


def test_one_column_leaves_the_paths_out(whole):
    figure = clash_paths.draw(whole, style.ONE_COLUMN).figure
    assert [axes.get_gid() for axes in figure.axes] == ["source", "probability"]


def test_without_the_outcome_clash_there_is_no_figure(whole):
    with pytest.raises(ResultsError, match="no outcome 'clash'"):
        clash_paths.draw(whole.sel(outcome=["collapse"]))
