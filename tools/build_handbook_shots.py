# ruff: noqa: INP001, T201 -- scripts are run by path, not imported, and say what they do
"""Make the pictures of the handbooks: the small city of the demonstration, looked at by the people in it.

    uv run python tools/build_handbook_shots.py [--only PREFIX ...] [--serve PORT] [--day DAY]

Needs Debian's ``chromium chromium-l10n fonts-noto-cjk``. Each line of ``tools/handbook_shots.toml`` is one picture,
``docs/assets/handbook/<name>.png``, taken in order:

- ``name``; ``who``: the account that looks, or "" for a visitor; ``at``: the address (without it, where the account
  stands);
- ``do``: what is done there first, one of ``ACTS`` and what it needs; selectors are Playwright's;
- ``show``: the part that is wanted, several selectors for what encloses them; without it, the window;
- ``width`` and ``height`` of the window; ``tall``: where a part is cut off;
- ``day``: the day on which the city is looked at, where it is another one. Each day has a city of its own.

The days are fixed, and so is the hour: what is made today looks the same tomorrow, but for what the city itself became.
``--only`` takes the pictures whose names begin so, with what the others of that day do; ``--serve`` serves the city to
look at; ``--day`` is the day that is served, or the only one of which pictures are taken.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "assets" / "handbook"
LIST = ROOT / "tools" / "handbook_shots.toml"
FILES = ROOT / "tools" / "handbook_files"
CHROMIUM = "/usr/bin/chromium"
DAY = "2025-03-20"
HOUR = time(2, 0, tzinfo=UTC)  # ten in the morning there
COLOURS = 96
MARGIN = 8


@dataclass(frozen=True, slots=True)
class Shot:
    """One line of the list."""

    name: str
    who: str
    at: str = ""
    do: list[str] = field(default_factory=list)
    show: list[str] = field(default_factory=list)
    width: int = 1080
    height: int = 700
    tall: int = 0
    day: str = DAY


def shots() -> list[Shot]:
    """Return the pictures in the order they are taken."""
    return [Shot(**one) for one in tomllib.loads(LIST.read_text(encoding="utf-8"))["shots"]]


@contextmanager
def city(day: str, port: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """Make the city of ``day`` and serve it; yield its address and what the demonstration tells of it."""
    now = datetime.combine(datetime.fromisoformat(day), HOUR)
    with tempfile.TemporaryDirectory() as home, mock.patch("django.utils.timezone.now", return_value=now):
        os.environ["GONGKAI_HOME"] = home
        from gongkai.cli import main as gongkai  # noqa: PLC0415 -- the settings are read from the environment

        if gongkai(["demo", "--no-serve", "--size", "small", "--today", day]) != 0:
            raise SystemExit("the city could not be made")
        about = json.loads((Path(home) / "demo.json").read_text(encoding="utf-8"))
        from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: PLC0415 -- Django runs by now
        from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: PLC0415 -- the same
        from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 -- the same

        class Quiet(WSGIRequestHandler):
            def log_message(self, *_: object) -> None:
                """Say nothing: what matters is in the pictures."""

        server = ThreadedWSGIServer(("127.0.0.1", port), Quiet)
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", about
        finally:
            server.shutdown()
            thread.join()


class Looker:
    """The browser of the city, with a window for each account that looks."""

    def __init__(self, browser: Browser, address: str, about: dict[str, Any]) -> None:
        self.browser, self.address, self.about = browser, address, about
        self.windows: dict[str, Page] = {}

    def take(self, shot: Shot) -> bytes:
        """Do what ``shot`` does and return the picture."""
        page = self.window(shot.who)
        page.set_viewport_size({"width": shot.width, "height": shot.height})
        if shot.at:
            page.goto(self.address + shot.at)
        for act in shot.do:
            self.act(page, act)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.activeElement?.blur()")
        if not shot.show:
            return page.screenshot()
        # In a window as tall as the page nothing that sticks to its edge covers what is wanted.
        page.set_viewport_size({"width": shot.width, "height": page.evaluate("document.documentElement.scrollHeight")})
        return page.screenshot(clip=enclosing(page, shot), full_page=True)

    def window(self, who: str) -> Page:
        """Return the window of an account, signed on."""
        if who not in self.windows:
            page = self.browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai").new_page()
            page.set_default_timeout(10_000)
            self.windows[who] = page
            if who:
                page.goto(f"{self.address}/account/login/")
                page.fill("[name=login]", who)
                page.fill("[name=password]", self.about["password"])
                page.click("button[type=submit]")
                page.wait_for_url("**/office/**")
        return self.windows[who]

    def act(self, page: Page, act: str) -> None:
        """Do one thing on a page."""
        verb, _, rest = act.partition(" ")
        if verb == "open":
            page.goto(self.address + rest)
        elif verb == "follow":
            *_, number, code = next(one for one in self.about["followed"] if rest in one[0])
            page.goto(f"{self.address}/apply/status/")
            page.fill("[name=number]", number)
            page.fill("[name=code]", code)
            page.click("main button[type=submit]")
        else:
            ACTS[verb](page, rest)


def click(page: Page, selector: str) -> None:
    """``click SELECTOR``."""
    page.locator(selector).first.click()


def select(page: Page, selector: str) -> None:
    """``select SELECTOR``: a whole paragraph of a text."""
    page.locator(selector).first.click(click_count=3)


def tick(page: Page, selector: str) -> None:
    """``tick SELECTOR``: every box in it."""
    for box in page.locator(selector).locator("input[type=checkbox]").all():
        box.check()


def upload(page: Page, words: str) -> None:
    """``upload NAME = FILE`` of ``tools/handbook_files``."""
    name, _, file = words.partition(" = ")
    page.locator(f"[name='{name}']").first.set_input_files(FILES / file)


def fill(page: Page, words: str) -> None:
    """``fill NAME = VALUE``, ``#ID`` where a name is used twice: a text, a choice or button by its value."""
    name, _, value = words.partition(" = ")
    control = page.locator(name if name.startswith("#") else f"[name='{name}']")
    kind = control.first.evaluate("(node) => node.type || node.localName")
    if kind.startswith("select"):
        control.first.select_option(value)
    elif kind in {"radio", "checkbox"}:
        (control.and_(page.locator(f"[value='{value}']")) if value else control).first.check()
    else:
        control.first.fill(value)


def work(page: Page, _: str) -> None:
    """``work``: what a worker would do behind the screens."""
    thread = threading.Thread(target=_drain)  # The loop of the browser stands in the way of Django in this one.
    thread.start()
    thread.join()
    page.reload()


def _drain() -> None:
    from gongkai.jobs.domain import presence, queue  # noqa: PLC0415 -- Django runs by now

    worker = presence.arrive(queues=("default",), seat=None)
    while queue.run_next(worker=worker, queues=("default",)):
        pass
    presence.leave(worker)


ACTS: dict[str, Callable[[Page, str], None]] = {
    "click": click,
    "fill": fill,
    "press": lambda page, key: page.keyboard.press(key),
    "select": select,
    "tick": tick,
    "type": lambda page, words: page.keyboard.insert_text(words),
    "upload": upload,
    "work": work,
}
"""What may stand in ``do``, besides ``open ADDRESS`` and ``follow WORDS``: the application of which they tell."""


def enclosing(page: Page, shot: Shot) -> dict[str, float]:
    """Return the rectangle around what is to be shown, with a margin, in the coordinates of the whole page."""
    boxes: list[dict[str, Any]] = []
    for selector in shot.show:
        box = page.locator(selector).first.bounding_box()
        if box is None:
            raise SystemExit(f"{shot.name}: {selector} is not to be seen")
        boxes.append(box | {"y": box["y"] + page.evaluate("window.scrollY")})
    left = max(min(box["x"] for box in boxes) - MARGIN, 0)
    top = max(min(box["y"] for box in boxes) - MARGIN, 0)
    right = min(max(box["x"] + box["width"] for box in boxes) + MARGIN, shot.width)
    bottom = max(box["y"] + box["height"] for box in boxes) + MARGIN
    if shot.tall:
        bottom = min(bottom, top + shot.tall)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def compact(png: bytes) -> bytes:
    """Return a picture with few colours: text and areas lose nothing by it."""
    from PIL import Image  # noqa: PLC0415 -- only where a picture is made

    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def main(arguments: list[str]) -> int:
    """Take the pictures; return 1 if one could not be taken."""
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 -- a tool for developers only

    parser = argparse.ArgumentParser(description="Make the pictures of the handbooks.")
    parser.add_argument("--only", nargs="+", default=[""], metavar="PREFIX")
    parser.add_argument("--serve", type=int, metavar="PORT")
    parser.add_argument("--to", type=Path, default=PICTURES, metavar="FOLDER")
    parser.add_argument("--day")
    chosen = parser.parse_args(arguments)
    wanted = tuple(chosen.only)
    days = sorted({shot.day for shot in shots() if shot.name.startswith(wanted)})
    if not (chosen.day or chosen.serve):
        # One process can hold one city: the settings are read once.
        each = [subprocess.run([sys.executable, __file__, *arguments, "--day", one], check=False) for one in days]  # noqa: S603 -- this program itself
        return max((one.returncode for one in each), default=0)
    day, failed = chosen.day or DAY, 0
    with city(day, chosen.serve or 0) as (address, about):
        if chosen.serve:
            input(f"{address}/office/  {about['password']}  (Enter ends)\n")
            return 0
        chosen.to.mkdir(parents=True, exist_ok=True)
        # The browser comes after the database: its loop stands in the way of Django in the same thread.
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM,
                args=["--no-sandbox", "--disable-gpu"],
                env={**os.environ, "LANGUAGE": "zh_CN"},
            )
            looker = Looker(browser, address, about)
            for shot in (one for one in shots() if one.day == day):
                try:
                    png = compact(looker.take(shot))
                except Error as error:
                    failed += 1
                    print(f"{shot.name}: {error}", file=sys.stderr)
                    continue
                if shot.name.startswith(wanted):
                    (chosen.to / f"{shot.name}.png").write_bytes(png)
                    print(f"{shot.name}: {len(png):,} bytes")
            browser.close()
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
