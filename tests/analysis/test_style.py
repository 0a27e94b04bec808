"""Colours told apart with any colour vision, lines told apart without colour, sizes kept."""

import itertools

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from firebreak import style
from firebreak.figures import clash_paths, cumulative_probability, paired_differences
from firebreak.labels import families, in_family_order
from synthetic_results import REGIMES

# Vienot, Brettel and Mollon (1999) for red- and green-blindness, on linear RGB; the last row is
# no colour vision at all (luminance).
VISION = {
    "normal": np.eye(3),
    "protan": np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]),
    "deutan": np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]),
}


def lab(colour, vision):
    linear = np.array([c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
                       for c in to_rgb(colour)])
    linear = np.clip(VISION[vision] @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722],
                    [0.0193, 0.1192, 0.9505]]) @ linear / np.array([0.9505, 1, 1.089])
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("vision", VISION)
def test_colours_of_lines_and_bars_differ_for_every_vision(vision):
    # A distance of 10 in CIELAB is some four times the just noticeable one (2.3).
    for colours in (
        [look.colour for look in style.LINE_STYLES],
        [colour for colour, _ in style.SHADES],
        list(style.GREYS),
    ):
        for one, other in itertools.combinations(colours, 2):
            assert np.linalg.norm(lab(one, vision) - lab(other, vision)) > 10, (one, other)


def test_colours_are_of_the_okabe_ito_palette():
    used = {look.colour for look in style.LINE_STYLES} | {colour for colour, _ in style.SHADES}
    assert used <= set(style.OKABE_ITO.values())


def test_lines_of_one_panel_differ_without_colour():
    looks = style.line_styles(REGIMES)
    assert set(looks) == set(REGIMES)
    for family in families(REGIMES):
        marks = [(str(looks[r].dashes), looks[r].marker) for r in family.regimes]
        assert len({dashes for dashes, _ in marks}) == len(marks)
        assert len({marker for _, marker in marks}) == len(marks)


def test_every_regime_is_in_exactly_one_family_even_an_unknown_one():
    regimes = [*REGIMES, *(f"idea-{number}" for number in range(9))]
    assert sorted(in_family_order(regimes)) == sorted(regimes)
    assert all(len(family.regimes) <= 6 for family in families(regimes))


def test_few_regimes_share_one_panel():
    assert [family.title for family in families(REGIMES[:5])] == [""]


@pytest.mark.parametrize("width", [style.ONE_COLUMN, style.TWO_COLUMN])
@pytest.mark.parametrize("module", [cumulative_probability, paired_differences, clash_paths])
def test_figures_are_as_wide_as_a_column_and_nothing_leaves_the_page(gaps, module, width):
    figure = module.draw(gaps, width=width).figure
    assert figure.get_figwidth() == pytest.approx(width)
    renderer = figure.canvas.get_renderer()
    page = figure.bbox
    with matplotlib.rc_context(style.SETTINGS):
        figure.draw(renderer)
        for part in (*figure.axes, *figure.legends, *figure.texts):
            box = part.get_tightbbox(renderer)
            assert box.x0 >= page.x0 - 0.5 and box.x1 <= page.x1 + 0.5, part
            assert box.y0 >= page.y0 - 0.5 and box.y1 <= page.y1 + 0.5, part
        assert all(text.get_size() >= 5 for text in figure.findobj(Text))


def test_drawing_leaves_the_settings_of_the_caller_alone(whole):
    before = dict(matplotlib.rcParams)
    clash_paths.draw(whole).contents()
    assert dict(matplotlib.rcParams) == before
