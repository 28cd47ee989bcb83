"""The browser that the pages are looked at with."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def in_browser():
    """Run a function with the browser, in a thread of its own: its loop must not stand in the database's way."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    with ThreadPoolExecutor(max_workers=1) as thread:
        playwright = thread.submit(lambda: api.sync_playwright().start()).result()
        launch = {"executable_path": CHROMIUM, "args": [*flags, "--disable-component-update"]}
        browser = thread.submit(lambda: playwright.chromium.launch(**launch)).result()
        yield lambda look: thread.submit(look, browser).result()
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()
