"""Every kind of public page in the browser: nothing breaks the policy or is wider than the screen, axe is content.

So it is in large type and in high contrast, and with the page magnified to 200 %.
"""

import pytest
from django.test import Client
from django.urls import reverse

from builders.axe import serious
from builders.browser import NARROW, WIDE, in_browser, until, visitors  # noqa: F401 -- a fixture
from builders.city import unit
from gongkai.indexing import building
from gongkai.records.models import Category, GazetteEntry, GazetteIssue, ServiceItem, Stage, Validity
from gongkai.windows import laying
from portal.conftest import DAY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paths(make, bureau):
    """One address of every kind of page, filled."""
    laying.lay()
    unit("HL-011", "海岚市教育局")
    document = make(
        "海岚市水利局关于印发《海岚市农村供水工程运行管理办法》的通知",
        category=Category.NORMATIVE,
        document_number="岚水规〔2024〕1号",
        subject="水利、水务",
        scope_item="20.01",
        summary="规定农村供水工程的管理主体、水质检测和收费办法。",
        body="<p class='flush'>各镇人民政府：</p><h2>第一章 总则</h2><p>甲。</p>"
        "<table><tr><th>镇</th><th>户数</th></tr>"
        "<tr><td>澜江镇</td><td>1024</td></tr></table>",
    )
    old = make(
        "旧办法", category=Category.NORMATIVE, validity=Validity.REPEALED, validity_since=DAY, superseded_by=document
    )
    make("《办法》政策解读", category=Category.INTERPRETATION, interprets=document)
    gone = make("撤下的", stage=Stage.WITHDRAWN, withdrawn_reason="内容有误，更正后重新公开。")
    for number in range(25):
        make(f"停水公告{number}", category=Category.NOTICE)
    issue = GazetteIssue.objects.create(
        unit=bureau, title="海岚市人民政府公报", year=2024, number=3, published_on=DAY, digest="0"
    )
    GazetteEntry.objects.create(issue=issue, position=1, record=document, title=document.title)
    ServiceItem.objects.create(unit=bureau, kind="permit", name="取水许可", begins_on=DAY)
    building.rebuild()
    return [
        *("/", "/open/", "/open/items/20.01/", "/policies/", "/policies/?page=2&year=2024", "/normative/"),
        *("/interpretations/", "/gazette/", reverse("portal:issue", args=[issue.pk]), "/decisions/", "/units/"),
        *("/units/HL-010/", "/units/HL-010/items/", "/units/HL-011/", "/feeds/", "/sitemap/", "/accessibility/"),
        *("/nowhere/", "/search/?q=供水", "/search/?q=办法", "/search/", "/api/"),
        *(reverse("portal:record", args=[one.pk]) for one in (document, old, gone)),
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_public_pages_hold_on_every_screen(in_browser, live_server, paths, width):  # noqa: F811 -- the fixture
    with visitors(in_browser, live_server.url) as enter:
        visitor = enter("市民", width=width)
        for path in paths:
            visitor.opens(path)
            assert visitor._run(lambda _: serious(visitor._page)) == [], path


@pytest.mark.parametrize("mode", ["elder", "contrast"])
def test_the_other_ways_of_reading_hold_too(in_browser, live_server, paths, mode):  # noqa: F811 -- the fixture
    with visitors(in_browser, live_server.url) as enter:
        visitor = enter("长者", width=NARROW)
        visitor.opens("/")

        def switch(_):
            visitor._page.locator(f"[data-reading={mode}]").click()
            until(visitor._page, f"document.documentElement.classList.contains('{mode}')")

        visitor._run(switch)
        for path in paths:
            visitor.opens(path)  # The choice is kept from page to page.
            assert visitor._run(lambda _: visitor._page.evaluate("document.documentElement.className")) == mode
            assert visitor._run(lambda _: serious(visitor._page)) == [], path


def test_the_first_key_leads_to_the_text_and_every_stop_can_be_seen(
    in_browser,  # noqa: F811 -- the fixture
    live_server,
    paths,
):
    with visitors(in_browser, live_server.url) as enter:
        visitor = enter("键盘用户")
        visitor.opens(paths[-3])

        def walk(_):
            page, met = visitor._page, []
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent") == "跳到正文"
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "main"
            for _ in range(6):
                page.keyboard.press("Tab")
                met.append(
                    page.evaluate(
                        "(() => { const s = getComputedStyle(document.activeElement);"
                        " const words = document.activeElement.textContent.trim().slice(0, 20);"
                        " return [words, s.outlineStyle, s.outlineWidth]; })()"
                    )
                )
            return met

        met = visitor._run(walk)
        assert all(style == "solid" and width == "3px" for _, style, width in met if _), met
        assert any("政策解读" in words for words, *_ in met)


def test_a_page_magnified_to_twice_its_size_needs_no_sideways_scrolling(in_browser, live_server, paths):  # noqa: F811
    with visitors(in_browser, live_server.url) as enter:
        visitor = enter("放大", width=WIDE // 2)  # What a screen of 1280 holds at 200 %.
        for path in paths:
            visitor.opens(path)


def test_a_phone_shows_the_page_and_not_only_its_head(in_browser, live_server, paths):  # noqa: F811 -- the fixture
    with visitors(in_browser, live_server.url) as enter:
        visitor = enter("手机用户", width=NARROW)

        def measured(selector):
            return visitor._run(lambda _: visitor._page.locator(selector).first.bounding_box())

        visitor.opens("/units/")
        assert measured(".top")["height"] < 220
        shown = measured(".menu [aria-current]")
        assert 0 <= shown["x"] < shown["x"] + shown["width"] <= NARROW
        visitor.opens("/search/?q=办法")
        assert measured(".narrowing")["y"] < measured(".results")["y"] < 450
        assert not visitor._run(lambda _: visitor._page.locator(".facet").first.is_visible())
        visitor.unfolds("缩小范围")
        assert visitor._run(lambda _: visitor._page.locator(".facet").first.is_visible())


def test_a_wide_screen_shows_beside_the_results_how_to_narrow_them(in_browser, live_server, paths):  # noqa: F811
    with visitors(in_browser, live_server.url) as enter:
        visitor = enter("市民").opens("/search/?q=办法")
        assert visitor._run(lambda _: visitor._page.locator(".facet a").first.is_visible())
        assert not visitor._run(lambda _: visitor._page.locator(".narrowing summary").is_visible())


def test_the_address_of_a_record_is_copied(in_browser, live_server, paths):  # noqa: F811 -- the fixture
    with visitors(in_browser, live_server.url) as enter:
        visitor = enter("市民").opens(paths[-3]).presses_here("复制链接")
        visitor._run(lambda _: until(visitor._page, "document.querySelector('[data-share] [role=status]').textContent"))
        assert visitor._run(lambda _: visitor._page.get_by_text("链接已复制").is_visible())
        can_send = visitor._run(lambda _: visitor._page.evaluate("Boolean(navigator.share)"))
        assert visitor._run(lambda _: visitor._page.locator("[data-send]").is_visible()) == can_send


def test_without_scripts_everything_is_there(in_browser, live_server, paths):  # noqa: F811 -- the fixture
    words = Client().get(paths[-3]).content.decode()
    assert "跳到正文" in words
    assert '<div class="reading" hidden>' in words


@pytest.mark.parametrize(("path", "field"), [("/", "home-seek"), ("/units/", "seek")])
def test_titles_suggested_by_pinyin_are_shown_and_taken_by_the_keyboard(
    in_browser,  # noqa: F811 -- the fixture
    live_server,
    paths,
    path,
    field,
):
    with visitors(in_browser, live_server.url) as enter:
        visitor = enter("市民", width=NARROW)
        visitor.opens(path)

        def take(_):
            page = visitor._page
            page.locator(f"#{field}").press_sequentially("jyj")
            until(page, f"document.querySelector('#{field}').getAttribute('aria-expanded') === 'true'")
            shown = page.get_by_role("option", name="海岚市教育局")
            assert shown.first.is_visible()
            assert serious(page) == []
            page.keyboard.press("ArrowDown")
            assert page.locator("[aria-selected=true]").inner_text() == "海岚市教育局"
            page.keyboard.press("Enter")
            page.wait_for_url("**/search/?q=*")
            assert page.locator("#seek").input_value() == "海岚市教育局"

        visitor._run(take)
