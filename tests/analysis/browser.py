"""A headless Chromium for tests of the page, and what such tests read off it."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager
from typing import Any, Iterator

import pytest

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.support.ui import WebDriverWait
except ImportError:
    webdriver = None

WAIT = 20


def needs_browser() -> None:
    """Skip the test where Chromium, its driver or Selenium is absent."""
    if webdriver is None:
        pytest.skip("python3-selenium is not installed")
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("chromium or chromium-driver is not installed")


@contextmanager
def chromium(width: int = 1280, height: int = 900) -> Iterator[Any]:
    """Start a browser with a window of this size, without network, and end it after.

    Parameters
    ----------
    width, height : int
        Of the page in the window [px]; those of a phone are set through the device's metrics, as
        a window has a least width.
    """
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
                     "--proxy-server=127.0.0.1:9", f"--window-size={width},{height}"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
    try:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        emulate(browser)
        yield browser
    finally:
        browser.quit()


def emulate(browser: Any, medium: str = "", dark: bool = False) -> None:
    """Show pages as on this medium, without moving parts, which a click would miss."""
    features = {"prefers-color-scheme": "dark" if dark else "light", "prefers-reduced-motion": "reduce"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "media": medium, "features": [{"name": key, "value": value} for key, value in features.items()],
    })


def show(browser: Any, page: Any, address: str = "") -> None:
    """Open a page from the disk and wait until it has drawn itself."""
    browser.get("about:blank")
    browser.get(f"{page.as_uri()}{address}")
    WebDriverWait(browser, WAIT).until(
        lambda at: at.execute_script("return document.documentElement.dataset.ready === 'true'")
    )


def settled(browser: Any) -> None:
    """Wait until what was chosen has been drawn."""
    browser.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))"
    )


def problems(browser: Any) -> list[str]:
    """Return what the console has of errors and warnings since it was last asked."""
    return [
        entry["message"] for entry in browser.get_log("browser")
        if entry["level"] in ("SEVERE", "WARNING")
    ]


def cells(browser: Any, section: str, outcome: str) -> dict[str, list[str]]:
    """Return the table behind a chart: the cells of each row by its first one."""
    rows = browser.execute_script(
        "return [...document.querySelectorAll(`#${arguments[0]} [data-outcome='${arguments[1]}'] tbody tr`)]"
        ".map((row) => [...row.children].map((cell) => cell.textContent))", section, outcome,
    )
    return {row[0]: row[1:] for row in rows}


def choose(browser: Any, selector: str, value: Any) -> None:
    """Set a form's element as a reader would, and wait for what follows."""
    browser.execute_script(
        "const at = document.querySelector(arguments[0]);"
        "if (at.type === 'checkbox') { if (at.checked !== arguments[1]) at.click(); }"
        "else { at.value = arguments[1]; at.dispatchEvent(new Event('input', {bubbles: true}));"
        " at.dispatchEvent(new Event('change', {bubbles: true})); }", selector, value,
    )
    settled(browser)


def text_of(browser: Any, selector: str) -> str:
    """Return the text of the first element that a selector finds."""
    return browser.execute_script("return document.querySelector(arguments[0]).textContent", selector)


def numbers_of(cell: str) -> tuple[list[float], int]:
    """Return the numbers of a cell such as "+1.2 (-0.3 to +2.7)", and its decimals."""
    found = re.findall(r"[-+]?\d+(?:\.\d+)?", cell.replace("\u2212", "-"))
    return [float(number) for number in found], len(found[0].partition(".")[2])
