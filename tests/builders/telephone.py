"""A resident at a small screen: the keyboard alone, axe on every page, nothing wider than the screen."""

import os
import re
from pathlib import Path

from builders.axe import serious
from builders.browser import _OVERFLOW, NARROW, PICTURES


class Person:
    """Somebody at a small screen, with a keyboard and nothing else."""

    def __init__(self, browser, address, width=NARROW, *, scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 844}, locale="zh-CN", java_script_enabled=scripts, accept_downloads=True
        )
        self.page, self.address, self.scripts, self.errors, self.shown = context.new_page(), address, scripts, [], 0
        context.set_default_timeout(15_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if _is_wrong(said) else None)
        self.page.on("request", lambda asked: self.errors.append(asked.url) if _is_foreign(asked, address) else None)

    def opens(self, path):
        self.page.goto(self.address + path)
        return self.looks()

    def looks(self):
        """Nothing breaks the policy, nothing is wider than the screen, axe finds nothing serious."""
        page = self.page
        page.wait_for_load_state("load")
        assert page.evaluate(_OVERFLOW) == "", page.url
        if self.scripts:
            assert serious(page) == [], page.url
        if PICTURES:
            self.shown += 1
            name = re.sub(r"\W+", "-", page.url.removeprefix(self.address)).strip("-")
            test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("::")[2].partition(" ")[0][:24]
            page.screenshot(
                path=Path(PICTURES) / f"{test}-{self.shown:02}-{name}-{page.viewport_size['width']}.png", full_page=True
            )
        return self

    def tabs_to(self, name):
        """Press the tabulator until the field or the button of this name has the focus, and is on the screen."""
        for _ in range(90):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(_FOCUSED, name):
                assert self.page.evaluate(_VISIBLE), name
                return self
        raise AssertionError(f"the keyboard does not reach {name} on {self.page.url}")

    def writes(self, **fields):
        for name, value in fields.items():
            self.tabs_to(name)
            self.page.keyboard.insert_text(value)
        return self

    def presses(self, words, *, leads=True):
        self.tabs_to(words)
        if not leads:
            self.page.keyboard.press("Enter")
            return self
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.looks()

    @property
    def text(self):
        return self.page.locator("main").inner_text()


_FOCUSED = """(name) => {
  const one = document.activeElement;
  return one.name === name || (['BUTTON', 'A', 'SUMMARY'].includes(one.tagName) && one.innerText.trim() === name);
}"""
_VISIBLE = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


def _is_wrong(said):
    return said.type == "error" and "422" not in said.text


def _is_foreign(asked, address):
    return not asked.url.startswith((address, "data:"))
