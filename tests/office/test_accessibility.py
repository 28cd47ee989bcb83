"""axe finds nothing serious on the main pages, wide and narrow, and the keyboard reaches what matters first.

Runs in Debian's chromium; without it the tests are skipped.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.journal.domain.entry import SYSTEM
from gongkai.units.domain import structure
from gongkai.units.domain.guides import set_guide
from gongkai.units.models import Kind

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PAGES = (
    "/office/",
    "/office/units/",
    "/office/units/{bureau}/",
    "/office/units/{bureau}/rename/",
    "/office/units/establish/",
    "/office/units/reporters/",
    "/office/units/{bureau}/guide/",
    "/office/people/",
    "/office/people/{officer}/",
    "/office/people/register/",
    "/office/journal/",
    "/office/review/",
    "/office/review/chains/",
    "/office/records/",
    "/office/records/new/",
    "/office/records/counts/",
    "/office/records/secret-counts/",
    "/office/records/normative/",
    "/office/records/normative/clean-ups/",
    "/office/records/normative/old-files/",
    "/office/records/hand-overs/",
    "/office/records/hand-overs/days/",
    "/office/records/gazette/",
    "/office/records/items/",
    "/office/records/items/new/",
    "/office/decisions/",
    "/office/decisions/counts/",
    "/office/decisions/imports/",
    "/office/decisions/imports/new/",
    "/office/decisions/charges/",
    "/office/decisions/charges/new/",
    "/office/decisions/procurement/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/sessions/",
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture
def city():
    root = unit("HL-000", "海岚市人民政府", kind=Kind.GOVERNMENT)
    bureau = unit("HL-010", "海岚市经济和信息化局", root)
    contact = {"office": "公开办", "address": "滨海路 1 号", "hours": "工作日", "telephone": "0590-7654321"}
    set_guide(unit=bureau, day=date(2024, 1, 2), actor=SYSTEM, **contact)
    structure.rename(
        unit=bureau,
        name="海岚市工业和信息化局",
        short_name="工信局",
        day=date(2025, 3, 1),
        document="岚委办〔2025〕3号",
        actor=SYSTEM,
    )
    officer = person("lin", bureau, Role.HANDLER, name="林一诺")
    roles = (Role.COMPETENT, Role.AUDITOR, Role.OFFICE_HEAD, Role.HANDLER)
    chief = person("zhou", root, *roles, name="周政宁", with_subtree=True)
    return {"bureau": bureau.pk, "officer": officer.pk, "chief": chief}


@pytest.fixture
def ticket(city, live_server):
    """Sign the chief on and return the cookie."""
    client = Client()
    client.force_login(city["chief"])
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


def opened(browser, width, *cookies):
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies(list(cookies))
    return context.new_page()


def serious(page):
    """Run axe through the debugger's door: the page's own policy would refuse the script."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        (one["id"], [(node["html"][:100], node["any"][0]["message"] if node["any"] else "") for node in one["nodes"]])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def problems_of(page, address):
    answer = page.goto(address)
    found = [] if answer.status == 200 else [answer.status]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("wider than the screen")
    return found + serious(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(in_browser, live_server, city, ticket, width):
    def look(browser):
        page = opened(browser, width, ticket)
        found = {address: problems_of(page, live_server.url + address.format(**city)) for address in PAGES}
        page.context.close()
        return {address: problems for address, problems in found.items() if problems}

    assert in_browser(look) == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious_before_the_sign_on(in_browser, live_server, width):
    def look(browser):
        page = opened(browser, width)
        found = problems_of(page, f"{live_server.url}/account/login/")
        page.context.close()
        return found

    assert in_browser(look) == []


def test_the_keyboard_comes_to_the_text_in_two_strokes(in_browser, live_server, ticket):
    def look(browser):
        page = opened(browser, 1280, ticket)
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
