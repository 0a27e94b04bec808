"""What the figure of the hypotheses draws is what the report holds."""

import dataclasses

import matplotlib
import pytest

from drawn import artist, artists, panel
from firebreak import read_report, style
from firebreak.figures import hypotheses
from synthetic_reports import CLAIMS_HEADS, CLAIMS_ROWS, claim, claims_text, report


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "claims.csv"
    path.write_text(claims_text(), encoding="utf-8")
    return read_report(path)


def test_prior_and_posterior_stand_side_by_side(read):
    figure = hypotheses.draw(read).figure
    prior, posterior = figure.axes
    assert (prior.get_gid(), posterior.get_gid()) == ("prior", "posterior")
    assert prior.get_position().x1 < posterior.get_position().x0
    assert prior.get_position().y0 == posterior.get_position().y0


def test_the_parts_of_a_bar_are_the_shares_and_fill_it(read):
    axes = panel(hypotheses.draw(read).figure, "prior")
    held, undecided, turned = (
        artist(axes, f"{part}:H1") for part in ("held", "undecided", "reversed")
    )
    assert (held.get_x(), held.get_width()) == pytest.approx((0, 50))
    assert (undecided.get_x(), undecided.get_width()) == pytest.approx((50, 20))
    assert (turned.get_x(), turned.get_width()) == pytest.approx((70, 30))


def test_parts_differ_by_fill_and_one_is_hatched(read):
    axes = panel(hypotheses.draw(read).figure, "prior")
    parts = [artist(axes, f"{part}:H1") for part in ("held", "undecided", "reversed")]
    assert len({part.get_facecolor() for part in parts}) == 3
    assert [bool(part.get_hatch()) for part in parts] == [False, False, True]


def test_every_hypothesis_has_its_row_in_the_order_of_the_report(read):
    axes = panel(hypotheses.draw(read).figure, "prior")
    middles = [
        artist(axes, f"held:{name}").get_y() + artist(axes, f"held:{name}").get_height() / 2
        for name in ("H1", "H2", "H10")
    ]
    assert middles == pytest.approx([0, 1, 2])


def test_what_was_not_run_is_said_and_not_drawn_as_zero(read):
    axes = panel(hypotheses.draw(read).figure, "posterior")
    assert artist(axes, "missing:H2").get_text() == "not run"
    assert not artists(axes, "held:H2")


def test_shares_are_printed_in_per_cent(read):
    axes = panel(hypotheses.draw(read).figure, "posterior")
    assert artist(axes, "value:held:H1").get_text() == "90"
    assert artist(axes, "value:reversed:H1").get_text() == "5"


def test_statements_are_written_in_the_wide_figure_only(read):
    wide, narrow = (hypotheses.draw(read, w).figure for w in (style.TWO_COLUMN, style.ONE_COLUMN))
    words = artist(wide, "statement:H1").get_text().split()
    assert " ".join(words) == CLAIMS_ROWS[0][1]
    assert artist(narrow, "claim:H1").get_text() == "H1"
    assert artist(narrow, "statement:H1").get_text() == ""


def test_a_prior_alone_has_one_panel(read):
    only = dataclasses.replace(read, table=read.table[read.table.prior_or_posterior == "prior"])
    assert [axes.get_gid() for axes in hypotheses.draw(only).figure.axes] == ["prior"]


@pytest.mark.parametrize("width", [style.ONE_COLUMN, style.TWO_COLUMN])
def test_twenty_five_long_statements_stay_on_the_page_and_in_their_rows(tmp_path, width):
    statement = "Long before " + "the incident is attributed " * 8
    rows = [claim(f"H{n}", "prior", 0.4, 0.4, statement.strip()) for n in range(1, 26)]
    path = tmp_path / "claims.csv"
    path.write_text(report(CLAIMS_HEADS, rows), encoding="utf-8")
    figure = hypotheses.draw(read_report(path), width).figure
    with matplotlib.rc_context(style.SETTINGS):
        figure.draw(figure.canvas.get_renderer())
        boxes = [
            text.get_window_extent() for text in figure.texts
            if text.get_text() and str(text.get_gid()).startswith("statement:")
        ]
        for box in boxes:
            assert box.x0 >= 0 and box.x1 <= figure.axes[0].get_window_extent().x0
        for upper, lower in zip(boxes, boxes[1:]):
            assert lower.y1 < upper.y0
    assert figure.get_figheight() < 12
    assert len(boxes) == (25 if width == style.TWO_COLUMN else 0)
