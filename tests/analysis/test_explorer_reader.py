"""The page in a headless Chromium: with a keyboard, a screen reader, a phone, in the dark and on paper."""

import base64
import re

import pytest

from browser import cells, choose, chromium, emulate, problems, settled, show, text_of
from firebreak.explorer import explorer_page
from firebreak.labels import outcome_label, regime_label
from firebreak.results import open_results
from synthetic_results import write_results


@pytest.mark.parametrize("system", [False, True], ids=["light system", "dark system"])
def test_a_reader_may_choose_the_other_colours(browser, pages, system):
    emulate(browser, dark=system)
    show(browser, pages["whole"])
    grounds = {}
    for theme in ("light", "dark"):
        choose(browser, "#theme", theme)
        grounds[theme] = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    emulate(browser)
    assert grounds == {"light": "rgb(245, 244, 241)", "dark": "rgb(18, 21, 25)"}


def test_at_the_width_of_a_phone_nothing_is_wider_than_the_screen(pages):
    with chromium(390, 844) as browser:
        for name in ("whole", "failed"):
            show(browser, pages[name])
            for box in ("details.behind", "#controls-fold"):
                browser.execute_script(f"document.querySelectorAll('{box}').forEach((part) => {{ part.open = true; }})")
            assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
            wide = browser.execute_script(
                "return [...document.querySelectorAll('svg[class^=plot], button, select, input')].filter((part) =>"
                " part.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(part).display !== 'none').map((part) => part.outerHTML.slice(0, 80))")
            assert wide == []
            assert problems(browser) == []


def test_it_is_worked_with_the_keyboard_alone(browser, pages):
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.keys import Keys
    show(browser, pages["failed"])
    reached = []
    for _ in range(80):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        active = browser.switch_to.active_element
        reached.append(active.get_attribute("id") or active.get_attribute("value") or active.get_attribute("class") or active.tag_name)
        if active.get_attribute("id") == "time":
            ActionChains(browser).send_keys(Keys.ARROW_LEFT).perform()
            settled(browser)
            assert text_of(browser, "#said").startswith("Within 4.75 years")
        if active.get_attribute("value") == "neutrality" and active.tag_name == "input":
            ActionChains(browser).send_keys(Keys.SPACE).perform()
            settled(browser)
            assert regime_label("neutrality") not in cells(browser, "probabilities", "collapse")
            assert browser.switch_to.active_element.get_attribute("value") == "neutrality"
        if "end-from" in (active.get_attribute("class") or ""):
            before = text_of(browser, "#said")
            ActionChains(browser).send_keys(Keys.PAGE_UP).send_keys(Keys.PAGE_UP).perform()
            settled(browser)
            assert text_of(browser, "#said") != before
            assert active.get_attribute("aria-valuetext")
            break
    assert reached[0] == "skip"
    assert {"time", "reference", "point", "answer-outcome", "find"} <= set(reached)
    outline = browser.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_it_tells_a_screen_reader_what_changed_and_what_a_chart_is(browser, pages):
    show(browser, pages["whole"])
    assert browser.execute_script("return document.getElementById('said').getAttribute('aria-live')") == "polite"
    labels = browser.execute_script(
        "return [...document.querySelectorAll('svg[class^=plot]')].map((svg) => svg.getAttribute('aria-label'))")
    assert all(labels) and any(outcome_label("clash") in label for label in labels)
    assert browser.execute_script("return document.querySelectorAll('svg[class^=plot]:not([role=img]), svg g[aria-label]').length") == 0
    assert browser.execute_script("return document.getElementById('caveat').closest('header') !== null")
    bare = browser.execute_script(
        "return [...document.querySelectorAll('input, select, button')].filter((part) => part.offsetParent !== null"
        " && !part.labels?.length && !part.getAttribute('aria-label') && !part.textContent.trim()).length")
    assert bare == 0
    assert browser.execute_script(
        "return [...document.querySelectorAll('.chart')].every((chart) => chart.parentElement.querySelector('table, .ends'))")


def test_on_paper_it_has_the_charts_and_nothing_to_press(browser, pages):
    show(browser, pages["whole"])
    content = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    pdf = base64.b64decode(content)
    assert pdf.startswith(b"%PDF")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 8
    emulate(browser, "print")
    hidden = browser.execute_script(
        "return ['.controls', '.theme', '.jump'].every((part) => getComputedStyle(document.querySelector(part)).display === 'none')")
    emulate(browser)
    assert hidden


def test_of_one_regime_at_one_time_there_is_nothing_to_compare_or_to_follow(browser, tmp_path, monkeypatch):
    path = write_results(tmp_path / "small.h5", regimes=("status-quo",))
    with open_results(path) as results:
        one = results.isel(time=[-1]).load()
    monkeypatch.setattr("firebreak.explorer.content.open_results", lambda _: one)
    (tmp_path / "small.html").write_text(explorer_page(path), "utf-8")
    show(browser, tmp_path / "small.html")
    assert list(cells(browser, "probabilities", "clash")) == [regime_label("status-quo")]
    for section in ("differences", "course", "parameters", "histories"):
        assert browser.execute_script("return document.getElementById(arguments[0]).hidden", section)
        assert browser.execute_script("return document.querySelector(`nav a[href='#${arguments[0]}']`).hidden", section)
    assert problems(browser) == []


def test_a_damaged_page_says_so(browser, pages, tmp_path):
    page = tmp_path / "damaged.html"
    text = pages["whole"].read_text("utf-8")
    page.write_text(re.sub(r'"bytes":"[^"]{40}', '"bytes":"', text), "utf-8")
    browser.get(page.as_uri())
    browser.execute_async_script("setTimeout(arguments[0], 500)")
    assert "cannot be shown" in text_of(browser, "#problem")
    problems(browser)  # of this page, not of the next


def test_without_a_clipboard_the_command_is_copied_all_the_same(browser, pages):
    show(browser, pages["whole"])
    browser.execute_script("navigator.clipboard.writeText = async () => { throw new Error('refused'); };"
                           "document.execCommand = (what) => { window.copied = [what, String(document.activeElement.value)]; };")
    browser.execute_script("document.querySelector('#commands .command:nth-child(2) button').click()")
    settled(browser)
    what, command = browser.execute_script("return window.copied")
    assert what == "copy" and command.startswith("python3 -m firebreak conditional whole.h5 --day 1826")
