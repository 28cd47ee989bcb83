"""People at the browser: they find things by their names, work with the keyboard and read what the page says.

The browser is Debian's chromium. It runs in a thread of its own, because its loop must not stand in the database's way;
without it the tests that need it are skipped. ``GONGKAI_PICTURES=folder`` keeps a picture of every page that is met,
wide and narrow, for whoever wants to look.
"""

import os
import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client

CHROMIUM = shutil.which("chromium")
WIDE, NARROW = 1280, 390
PICTURES = os.environ.get("GONGKAI_PICTURES", "")
EXPECTED = re.compile(r"status of (403|404|410|422|429)|^Failed to load resource: net::ERR_ABORTED")
"""What the console says of answers that a walk provokes on purpose."""


@pytest.fixture(scope="session")
def in_browser():
    """Run a function with the browser: ``in_browser(lambda browser: …)``."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    with ThreadPoolExecutor(max_workers=1) as thread:
        playwright = thread.submit(lambda: api.sync_playwright().start()).result()
        launch = {"executable_path": CHROMIUM, "args": [*flags, "--disable-component-update"]}
        browser = thread.submit(lambda: playwright.chromium.launch(**launch)).result()
        yield lambda look: thread.submit(look, browser).result()
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


def until(page, expression, patience=30):
    """Wait until a JavaScript expression holds on the page, for at most ``patience`` seconds.

    Playwright's own ``wait_for_function`` calls ``eval`` inside the page, which the policy of the pages forbids.
    """
    end = time.monotonic() + patience
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"{expression} does not come true on {page.url}"
        page.wait_for_timeout(20)


def cookie_of(user):
    """Sign ``user`` on and return the cookie."""
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


class Visitor:
    """Somebody at a browser of his own, ``width`` pixels wide. What goes wrong behind the page is in ``complaints``."""

    def __init__(self, run, address, name, *, width=WIDE, session=None, patience=30_000):
        from playwright.sync_api import TimeoutError as Late  # noqa: PLC0415 -- it may not be installed

        self.name, self.complaints = name, []
        self._run, self._address, self._shown, self._late = run, address, 0, Late
        self._page = run(lambda browser: self._arrive(browser, width, session, patience))

    def _arrive(self, browser, width, session, patience):
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", accept_downloads=True)
        context.set_default_timeout(patience)
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": self._address}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        page.on("response", lambda answer: self.complaints.append(answer.url) if answer.status >= 500 else None)
        return page

    def _hear(self, message):
        if message.type == "error" and not EXPECTED.search(message.text):
            self.complaints.append(message.text)

    def leave(self):
        """Close the browser of this person."""
        self._run(lambda _: self._page.context.close())

    def opens(self, path):
        """Go to an address of the site."""
        self._run(lambda _: self._page.goto(self._address + path, wait_until="domcontentloaded"))
        self._look()
        return self

    def follows(self, name, **where):
        """Follow the link called ``name``."""
        return self._strikes(lambda page: self._named(page, "link", name, **where))

    def takes_up(self, words):
        """Follow the first link that has these words among others."""
        return self._strikes(lambda page: self._named(page, "link", words, exact=False))

    def presses(self, name, **where):
        """Press the button called ``name``, which leads to a page."""
        return self._strikes(lambda page: self._named(page, "button", name, **where))

    def presses_here(self, name):
        """Press the button called ``name``, which does its work on this page."""

        def press(_):
            self._named(self._page, "button", name).focus()
            self._page.keyboard.press("Enter")

        self._run(press)
        return self

    def unfolds(self, name):
        """Open what stands folded under ``name``."""

        def unfold(_):
            heading = self._page.locator("summary").filter(has_text=re.compile(rf"^\s*{re.escape(name)}"))
            heading.focus()
            self._page.keyboard.press("Enter")
            heading.locator("xpath=parent::details[@open]").wait_for()

        self._run(unfold)
        return self

    def pulls_down(self, name):
        """Open a menu of the page."""

        def pull(_):
            button = self._named(self._page, "button", name)
            button.focus()
            self._page.keyboard.press("Enter")
            self._page.locator("button[aria-expanded=true]").wait_for()

        self._run(pull)
        return self

    def fills(self, **fields):
        """Type into the fields called so; ``None`` empties one."""
        for name, value in fields.items():
            self._run(lambda _, name=name, value=value: self._fill(name, value))
        return self

    def _fill(self, name, value):
        field = self._field(name)
        kind = field.evaluate("element => element.isContentEditable ? 'rich' : element.tagName + ':' + element.type")
        if kind.startswith("SELECT"):
            field.select_option(value=field.evaluate(_OPTION, str(value)))
        elif kind == "INPUT:date":
            field.fill(value.isoformat() if value else "")
        elif kind == "INPUT:file":
            field.set_input_files(value)
        else:
            field.focus()
            self._page.keyboard.press("Control+A")
            self._page.keyboard.press("Delete")
            self._page.keyboard.insert_text("" if value is None else str(value))

    def types(self, **fields):
        """Type into fields by their names in the form, where several on the page are called the same."""

        def fill(_):
            for name, value in fields.items():
                field = self._page.locator(f"[name='{name.replace('__', '-')}']")
                if field.evaluate("element => element.tagName") == "SELECT":
                    field.select_option(value=value)
                else:
                    field.fill(value)

        self._run(fill)
        return self

    def covers(self, words):
        """At the redaction desk, look for ``words`` and put a box on every place they stand."""

        def cover(_):
            self._page.locator("#wanted").fill(words)
            self._page.keyboard.press("Enter")
            self._page.get_by_role("button", name="全部加框").click()
            self._page.get_by_role("button", name=re.compile("已加 [1-9]")).wait_for()

        self._run(cover)
        return self

    def offers(self, **fields):
        """Make sure that a list offers these choices and no others."""
        for name, wanted in fields.items():
            found = self._run(lambda _, name=name: self._field(name).locator("option").all_inner_texts())
            assert [one.strip() for one in found] == wanted
        return self

    def ticks(self, *names):
        """Tick boxes and choose radio buttons with the space bar."""

        def tick(_):
            for name in names:
                box = self._field(name)
                box.focus()
                self._page.keyboard.press("Space")
                assert box.is_checked(), name

        self._run(tick)
        return self

    def ticks_off(self, name):
        """Take the tick out of a box."""

        def tick(_):
            box = self._field(name)
            box.focus()
            self._page.keyboard.press("Space")
            assert not box.is_checked(), name

        self._run(tick)
        return self

    def sees(self, *words):
        """Wait until the page says all of ``words``."""

        def see(_):
            for one in words:
                shown = self._page.get_by_text(one).filter(visible=True).first
                try:
                    shown.wait_for()
                except self._late:
                    problem = f"{self.name} does not see “{one}” on {self._page.url}:\n{self._text()}"
                    raise AssertionError(problem) from None

        self._run(see)
        return self

    def sees_no(self, *words):
        """Make sure that the page, as it stands, says none of ``words``."""
        text = self.text
        assert not [one for one in words if one in text], text
        return self

    def has_no(self, role, name):
        """Make sure that nothing of that name can be pressed or followed."""
        count = self._run(lambda _: self._page.get_by_role(role, name=name, exact=True).count())
        assert count == 0, name
        return self

    def takes(self, name):
        """Follow a link that gives a file, and return the path of what came."""

        def take(_):
            with self._page.expect_download() as coming:
                self._named(self._page, "link", name).focus()
                self._page.keyboard.press("Enter")
            return coming.value.suggested_filename, Path(coming.value.path())

        return self._run(take)

    @property
    def text(self):
        """What stands on the page."""
        return self._run(lambda _: self._text())

    @property
    def path(self):
        """Where the person is."""
        return self._run(lambda _: self._page.url).removeprefix(self._address)

    def value(self, name):
        """What stands in the field called ``name``."""
        return self._run(lambda _: self._field(name).input_value())

    def reads(self, selector):
        """Return the text of the first thing that fits a selector, for what has no name."""
        return self._run(lambda _: self._page.locator(selector).first.inner_text())

    def _text(self):
        return self._page.locator("main").inner_text()

    def _field(self, name):
        controls = self._page.locator("input, select, textarea, [contenteditable=true]")
        found = self._page.get_by_label(name, exact=True).and_(controls).filter(visible=True)
        found.first.wait_for()
        assert found.count() == 1, f"{found.count()} fields are called “{name}”"
        return found.first

    def _named(self, page, role, name, *, within=None, nth=0, exact=True):
        place = page if within is None else page.get_by_role("row").filter(has_text=within)
        found = place.get_by_role(role, name=name, exact=exact).nth(nth)
        try:
            found.wait_for()
        except self._late:
            problem = f"{self.name} finds no {role} “{name}” on {page.url}:\n{self._text()}"
            raise AssertionError(problem) from None
        return found

    def _strikes(self, find):
        """Strike the key on something that leads to another page, and wait until that is there."""

        def strike(_):
            find(self._page).focus()
            with self._page.expect_navigation(wait_until="domcontentloaded"):
                self._page.keyboard.press("Enter")

        self._run(strike)
        self._look()
        return self

    def _look(self):
        """Nothing may be wider than the screen; keep a picture where one is wanted."""
        # A page without scripts is there before its style sheets are.
        self._run(lambda _: self._page.wait_for_load_state("load"))
        wide = self._run(lambda _: self._page.evaluate(_OVERFLOW))
        assert not wide, f"{self.path} is wider than the screen: {wide}"
        if PICTURES:
            self._run(lambda _: self._draw())

    def _draw(self):
        self._shown += 1
        size = self._page.viewport_size
        place = re.sub(r"\W+", "-", self._page.url.removeprefix(self._address)).strip("-")[:60]
        for width in (WIDE, NARROW):
            self._page.set_viewport_size({"width": width, "height": 900})
            test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("::")[2].partition(" ")[0]
            name = f"{test[:40]}-{self.name}-{self._shown:02}-{place}-{width}.png"
            self._page.screenshot(path=Path(PICTURES) / name, full_page=True)
        self._page.set_viewport_size(size)


_OPTION = """(element, wanted) => {
    const option = [...element.options].find((option) => option.text.trim() === wanted);
    if (!option) throw Error(wanted + ' is none of ' + [...element.options].map((option) => option.text.trim()));
    return option.value;
}"""
_OVERFLOW = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return '';
    const isOut = (element) => element.getBoundingClientRect().right > root.clientWidth + 1;
    return [...document.querySelectorAll('body *')].filter(isOut)[0].outerHTML.slice(0, 120);
}"""


@contextmanager
def visitors(run, address):
    """Let people in: ``enter(name, user=…, width=…)``. Nobody may have met an error behind a page."""
    inside = []

    def enter(name, user=None, **options):
        visitor = Visitor(run, address, name, session=cookie_of(user) if user else None, **options)
        inside.append(visitor)
        return visitor

    yield enter
    complaints = {visitor.name: visitor.complaints for visitor in inside if visitor.complaints}
    for visitor in inside:
        visitor.leave()
    assert complaints == {}
