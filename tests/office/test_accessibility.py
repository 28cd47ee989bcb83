"""axe finds nothing serious on any page, wide and narrow, and the keyboard reaches what matters first.

The pages are those of the permission matrix: a new address is looked at without being named here.
"""

from collections import Counter

import pytest
from django.utils import timezone

from builders.axe import serious
from builders.browser import NARROW, WIDE, cookie_of, until
from builders.cases import CASE_STATES
from builders.matrix import MATRIX, address_of
from builders.relations import REVIEWED, STATES, build
from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.journal.domain.entry import SYSTEM

BEFORE = ("account_login", "account_inactive", "socialaccount_login_cancelled")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings, tmp_path):
    """Objects in every state at one unit."""
    settings.HOME = tmp_path
    return build(timezone.localdate(), relations=("own",))


@pytest.fixture
def session(world, live_server):
    """Sign somebody on who has every role, and return the cookie."""
    user = User.objects.create_user("alles", password="right-Password-1", name="周全")
    unit, day = world.units["own"], timezone.localdate()
    officer = people.register(user=user, unit=unit, position="主任", telephone="0000", day=day, actor=SYSTEM)
    people.record_training(officer=officer, day=day, training="跟岗", actor=SYSTEM)
    for role in Role.values:
        people.grant(user=user, role=role, unit=unit, day=day, actor=SYSTEM, with_subtree=True)
    return {"name": "sessionid", "value": cookie_of(user), "url": live_server.url}


def visited(world):
    """Return the addresses of all pages for people who signed on, those of a record and its review in every state."""
    states = {"record": STATES, "attachment": STATES[:1], "review": REVIEWED, "application": CASE_STATES}
    return [
        address_of(world, name, "own", state)
        for name, page in sorted(MATRIX.items())
        if page.method == "get" and name != "account_logout" and page.anonymous == frozenset({302})
        for state in states.get(page.subject, ("",))
    ]


def opened(browser, *cookies):
    # Nothing may still be moving when axe looks.
    context = browser.new_context(viewport={"width": WIDE, "height": 900}, reduced_motion="reduce")
    context.add_cookies(list(cookies))
    return context.new_page()


def problems_of(page, address, seen):
    """Look at one page, if it is one, wide and narrow; ``seen`` counts the titles."""
    from playwright.sync_api import Error  # noqa: PLC0415 -- it may not be installed

    try:
        answer = page.goto(address, wait_until="domcontentloaded")
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return []  # a file is no page
    if answer.status == 404:
        return []
    if not page.locator("h1").count():
        return []  # a part of a page
    seen[page.title()] += 1
    # 422: a page that says why the thing it is about cannot be done, a text file that cannot be redacted, say.
    found = [] if answer.status in {200, 401, 422} else [f"answers {answer.status}"]
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        until(page, f"innerWidth === {width}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"wider than the screen of {width}")
        found += [f"at {width}: {problem}" for problem in serious(page)]
    page.set_viewport_size({"width": WIDE, "height": 900})
    return found


def test_axe_finds_nothing_serious(in_browser, live_server, world, session):
    seen = Counter()

    def look(browser):
        page = opened(browser, session)
        found = {address: problems_of(page, live_server.url + address, seen) for address in visited(world)}
        page.context.close()
        return [f"{address} {problem}" for address, problems in found.items() for problem in problems]

    found = in_browser(look)
    assert not found, "\n".join(found)
    assert len(seen) > 40, seen


def test_axe_finds_nothing_serious_before_the_sign_on(in_browser, live_server):
    def look(browser):
        page = opened(browser)
        found = [problems_of(page, live_server.url + address_of(None, name), Counter()) for name in BEFORE]
        page.context.close()
        return found

    assert in_browser(look) == [[]] * len(BEFORE)


def test_the_keyboard_comes_to_the_text_in_two_strokes(in_browser, live_server, session):
    def look(browser):
        page = opened(browser, session)
        page.goto(f"{live_server.url}/office/units/establish/")
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        walked = [first, page.evaluate("document.activeElement.id")]
        while walked[-1] != "取消" and len(walked) < 20:
            page.keyboard.press("Tab")
            name = page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
            walked += [name] if name != walked[-1] else []  # a date has a stop for each of its parts
        page.context.close()
        return walked

    fields = ["code", "kind", "name", "short_name", "parent", "position", "day", "document"]
    assert in_browser(look) == ["跳到正文", "main", *fields, "登记设立", "取消"]
