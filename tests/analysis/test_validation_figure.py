"""What the figure of a validation draws is what the report holds, each row on its own scale."""

import dataclasses
import math

import matplotlib
import pytest

from drawn import artist, artists, panel, texts
from firebreak import read_report, style
from firebreak.figures import validation
from firebreak.validation_score import passed_statistics, passed_targets, standardised
from synthetic_reports import validation_text


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "validation.csv"
    path.write_text(validation_text(), encoding="utf-8")
    return read_report(path)


def row_of(read, target, statistic):
    table = read.table
    (row,) = table[(table.target == target) & (table.statistic == statistic)].itertuples()
    return row


def test_calibrated_and_held_out_are_panels_of_their_own(read):
    figure = validation.draw(read).figure
    assert [axes.get_gid() for axes in figure.axes] == ["held_out", "calibration"]
    assert len(panel(figure, "held_out").get_children()) > 5
    assert artists(panel(figure, "held_out"), "mark:airspace-2025:violations a year")
    assert not artists(panel(figure, "calibration"), "mark:airspace-2025:violations a year")


def test_titles_count_statistics_and_targets_that_pass(read):
    figure = validation.draw(read).figure
    assert panel(figure, "held_out").get_title("left") == (
        "Held out: 4 of 7 targets pass (5 of 8 statistics)"
    )
    assert panel(figure, "calibration").get_title("left") == (
        "Calibrated: 0 of 1 targets pass (1 of 2 statistics)"
    )


def test_quantiles_and_the_observation_stand_on_the_scale_of_their_row(read):
    axes = panel(validation.draw(read).figure, "calibration")
    name = "violations:total"
    assert list(artist(axes, f"outer:{name}").get_xdata()) == [-1, 1]
    low, high = artist(axes, f"inner:{name}").get_xdata()
    assert (low, high) == pytest.approx((-40 / 90, 30 / 110))
    assert list(artist(axes, f"mark:{name}").get_xdata()) == pytest.approx([10 / 110])


def test_a_passed_row_is_a_blue_circle_and_a_failed_one_a_vermilion_cross_or_arrow(read):
    figure = validation.draw(read).figure
    passed = artist(figure, "mark:recurrence:within a year")
    failed = artist(figure, "mark:airspace-2025:violations a year")
    far = artist(figure, "mark:far:count")
    assert (passed.get_marker(), passed.get_color()) == ("o", validation.PASSED)
    assert (failed.get_marker(), failed.get_color()) == ("X", validation.FAILED)
    assert (far.get_marker(), list(far.get_xdata())) == ("<", [-validation.FARTHEST])


def test_what_passes_by_a_rule_of_its_own_is_a_circle_wherever_it_lies(read):
    far = artist(validation.draw(read).figure, "mark:ramp-2022:largest_rise")
    assert (far.get_marker(), far.get_color()) == ("o", validation.PASSED)
    assert list(far.get_xdata()) == [validation.FARTHEST]


def test_an_observed_range_is_a_line_with_its_middle_on_a_log_scale(read):
    figure = validation.draw(read).figure
    ends = artist(figure, "range:nuclear-use:a year").get_xdata()
    assert list(ends) == pytest.approx([-49 / 40, validation.FARTHEST])
    (middle,) = artist(figure, "mark:nuclear-use:a year").get_xdata()
    assert middle == pytest.approx((math.sqrt(1e-7) - 5e-4) / 4e-4)
    assert artist(figure, "observed:nuclear-use:a year").get_text() == "1.0e−5 to 0.01"


def test_what_the_model_does_not_hold_is_said_and_counts_as_not_passed(read):
    figure = validation.draw(read).figure
    assert artist(figure, "absent:recommitments:count").get_text() == "not in the model"
    assert not artists(figure, "mark:recommitments:count")
    assert artist(figure, "observed:recommitments:count").get_text() == "12"
    only = read.table[read.table.target == "recommitments"]
    assert passed_targets(only) == (0, 1)


def test_where_every_draw_is_the_same_a_square_stands_for_the_strip(read):
    table = read.table[read.table.target == "quiet"].assign(high75=0.0, high95=0.0)
    one = dataclasses.replace(read, table=table)
    assert artist(validation.draw(one).figure, "median:quiet:count").get_marker() == "s"


def test_names_of_statistics_lose_their_underscores(read):
    label = artist(validation.draw(read).figure, "label:ramp-2022:largest_rise")
    assert label.get_text() == "largest rise"


def test_percentile_observation_and_prediction_are_printed(read):
    figure = validation.draw(read).figure
    name = "airspace-2025:violations a year"
    assert artist(figure, f"percentile:{name}").get_text() == "98"
    assert artist(figure, f"observed:{name}").get_text() == "18"
    assert artist(figure, f"predicted:{name}").get_text() == "6 [2, 14]"
    assert artist(figure, f"label:{name}").get_text() == "violations a year [1/yr]"


def test_passing_is_inside_the_band_that_is_shaded(read):
    axes = panel(validation.draw(read).figure, "held_out")
    corners = artist(axes, "band").get_extents().transformed(axes.transData.inverted())
    assert (corners.x0, corners.x1) == pytest.approx((-1, 1))


def test_a_side_without_width_takes_the_scale_of_the_other(read):
    row = row_of(read, "quiet", "count")
    assert standardised(row, 0) == 0
    assert standardised(row, 3) == 1
    assert standardised(row, -3) == -1


def test_where_every_draw_is_the_same_any_other_value_is_far_off(read):
    row = row_of(read, "quiet", "count")._replace(high75=0.0, high95=0.0)
    assert standardised(row, 1) > validation.FARTHEST
    assert standardised(row, -1) < -validation.FARTHEST


def test_a_target_passes_only_in_all_of_its_statistics(read):
    held_out = read.table[read.table.use == "held_out"]
    assert passed_statistics(held_out) == (5, 8)
    assert passed_targets(held_out) == (4, 7)
    assert passed_targets(read.table[read.table.target == "violations"]) == (0, 1)


@pytest.mark.parametrize("width", [style.ONE_COLUMN, style.TWO_COLUMN])
def test_nothing_leaves_the_page_and_numbers_do_not_overlap(read, width):
    figure = validation.draw(read, width).figure
    assert figure.get_figwidth() == pytest.approx(width)
    with matplotlib.rc_context(style.SETTINGS):
        figure.draw(figure.canvas.get_renderer())
        boxes = {}
        assert all(text.get_size() >= 5 for text in figure.findobj(matplotlib.text.Text))
        for text in figure.findobj(matplotlib.text.Text):
            if text.get_text() and text.get_visible():
                box = text.get_window_extent()
                assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, text.get_text()
                boxes[text.get_gid()] = box
    name = "violations:total"
    row = [boxes[f"{part}:{name}"] for part in ("label", "observed", "predicted", "percentile")
           if f"{part}:{name}" in boxes]
    for left, right in zip(row, row[1:]):
        assert left.x1 < right.x0


def test_a_validation_without_held_out_targets_has_one_panel(read):
    only = dataclasses.replace(read, table=read.table[read.table.use == "calibration"])
    assert len(validation.draw(only).figure.axes) == 1


def test_the_caption_names_command_seed_and_commit(read):
    caption = validation.draw(read).caption
    for part in ("firebreak validate", "seed 20221115", "commit 0123456789ab", "400 draws"):
        assert part in caption
    assert caption.split()[0] in " ".join(texts(validation.draw(read).figure))
