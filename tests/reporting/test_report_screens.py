"""The pages of a report in a browser, wide and narrow: axe, the width, the keyboard, and saving while typing."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from builders.axe import serious
from builders.browser import NARROW, WIDE, cookie_of, in_browser, until
from gongkai.accounts.models import Role
from gongkai.annual.writer import write
from gongkai.reporting.domain import facts, filling
from gongkai.reporting.models import Checker, Scope, Submission
from gongkai.reporting.queries.report import report_of

from .conftest import accepted, grounds, report, signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visits(campaign, city, settings, tmp_path):
    """Addresses in every state, each with who looks."""
    settings.HOME = tmp_path
    today, place = timezone.localdate(), "reporting:"
    mine, other = report(campaign, city.bureau), report(campaign, city.office)
    acting = {"submission": mine, "user": city.people["bureau", Role.HANDLER], "today": today}
    filling.override(key="requests.granted.natural_person", value=Decimal(3), reason="漏登", **acting)
    facts.enter(key="interpretations.pictures", value=Decimal(40), grounds=grounds(), **acting)
    Checker.objects.create(campaign=campaign, aspect="decisions", unit=city.finance)
    penalties = {"key": "proactive.penalties.decisions", "value": Decimal(7), "grounds": grounds()}
    user = city.people["town", Role.HANDLER]
    facts.enter(submission=report(campaign, city.town), user=user, today=today, **penalties)
    signed(city, report(campaign, city.town), today)
    accepted(city, report(campaign, city.district), today)
    clerk = city.people["office", Role.HANDLER]
    filling.upload(submission=other, data=write(report_of(other), "docx"), name="年报.docx", user=clerk, today=today)
    read = Submission.objects.get(pk=other.pk).uploaded
    read["cells"]["requests.received.total"] = None
    Submission.objects.filter(pk=other.pk).update(uploaded=read)
    whole = report(campaign, city.district, Scope.WHOLE)
    names = ("submission", "text", "facts", "findings", "comparison", "late", "upload")
    found = [("bureau", Role.HANDLER, reverse(place + name, args=[mine.pk])) for name in names]
    keys = ("requests.granted.natural_person", "requests.received.total")
    found += [("bureau", Role.HANDLER, reverse("reporting:cell", args=[mine.pk, key])) for key in keys]
    found += [("office", Role.HANDLER, reverse(place + name, args=[other.pk])) for name in ("submission", "upload")]
    found += [
        ("district", Role.COMPETENT, reverse("reporting:submission", args=[whole.pk])),
        ("district", Role.COMPETENT, reverse("reporting:cell", args=[whole.pk, "requests.received.total"])),
        ("district", Role.COMPETENT, reverse("reporting:submission", args=[report(campaign, city.town).pk])),
        ("finance", Role.HANDLER, reverse("reporting:checks")),
        ("finance", Role.HANDLER, reverse("reporting:check", args=[campaign.pk, "decisions"])),
    ]
    return [(cookie_of(city.people[who, role]), address) for who, role, address in found]


def enter(browser, live_server, cookie, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return context.new_page()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_screen(in_browser, live_server, visits, width):
    def look(browser):
        found = []
        for cookie, address in visits:
            page = enter(browser, live_server, cookie, width)
            answer = page.goto(live_server.url + address, wait_until="domcontentloaded")
            if answer.status != 200:
                found.append(f"{address} answers {answer.status}")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{address} is wider than the screen")
            found += [f"{address} {one}" for one in serious(page)]
            page.context.close()
        return found

    found = in_browser(look)
    assert not found, "\n".join(found)


def test_on_a_phone_the_captions_of_table_three_stay_in_sight(in_browser, live_server, visits):
    cookie, address = visits[0]

    def look(browser):
        page = enter(browser, live_server, cookie, NARROW)
        page.goto(live_server.url + address)
        region = page.get_by_role("region", name="三、收到和处理政府信息公开申请情况，可左右滚动")
        region.focus()
        region.evaluate("element => { element.scrollLeft = 10000; }")
        left = region.evaluate("element => element.getBoundingClientRect().left")
        places = [
            page.locator(f"th.stub span:text-is('{words}')").last.bounding_box()["x"] - left
            for words in ("一、本年新收政府信息公开申请数量", "（一）予以公开", "1.属于国家秘密")
        ]
        total = page.locator("a[aria-label^='四、结转下年度继续办理 · 总计']").bounding_box()
        page.context.close()
        return places, total["x"] + total["width"]

    places, right = in_browser(look)
    assert all(0 <= place < 20 for place in places), places
    assert right <= NARROW


def test_a_part_is_saved_when_the_cursor_leaves_it(in_browser, live_server, visits, campaign, city):
    cookie, address = visits[1]

    def look(browser):
        page = enter(browser, live_server, cookie, WIDE)
        said = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto(live_server.url + address)
        for words in ("公开目录更新不够及时。", "公开目录更新不够及时，已安排专人。"):
            version = page.locator("#seen").input_value()
            page.get_by_role("textbox", name="存在的主要问题及改进情况").fill(words)
            page.keyboard.press("Tab")
            until(page, f"document.querySelector('#seen').value !== '{version}'")
        text = page.locator("#saved").inner_text()
        page.context.close()
        return text, said

    text, said = in_browser(look)
    assert "已保存" in text
    assert said == []
    sections = {number: words for number, _, words in report(campaign, city.bureau).sections}
    assert sections[5] == "公开目录更新不够及时，已安排专人。"


__all__ = ["in_browser"]
