"""Redacting in the browser: by word, by mouse, by finger and by keyboard, under the site's own policy.

Runs in Debian's chromium; without it the tests are skipped.
"""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from builders import desk, hiding
from builders.browser import PICTURES, cookie_of, until
from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.files import tasks
from gongkai.files.domain import store
from gongkai.files.models import Redaction
from gongkai.files.views.redaction import Redactable

from .test_accessibility import serious

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("builders.desk"),
]


@pytest.fixture
def ticket(settings, tmp_path, live_server):
    settings.HOME, settings.CLAMD_SOCKET = tmp_path, ""
    bureau = unit("HL-010", "海岚市住房和城乡建设局")
    original = store.keep(data=hiding.letter(), name="答复.pdf")
    desk.FILES[1] = Redactable(original, "room.file:1", bureau, "答复材料", "/office/")
    session = cookie_of(person("lin", bureau, Role.HANDLER, name="林一诺"))
    yield {"name": "sessionid", "value": session, "url": live_server.url}
    desk.FILES.clear()


@pytest.fixture
def opened(ticket, live_server):
    """Open the desk in a new window, and note what the browser complains of."""

    def visit(browser, width=1280, *, touch=False):
        context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=touch, is_mobile=touch)
        context.add_cookies([ticket])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_server.url + reverse("room:redaction", args=(1,)))
        until(page, "document.getElementById('picture').naturalWidth > 0")
        return page

    return visit


def photographed(page, name):
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def places(page):
    return page.eval_on_selector_all(
        ".redaction-box",
        "all => all.map(one => ({...one.box})).map(({page, x0, y0, x1, y1}) => [page, x0, y0, x1, y1])",
    )


def sheet_of(page):
    return page.locator("#sheet").bounding_box()


def drag(page, start, end):
    sheet = sheet_of(page)
    for index, (x, y) in enumerate((start, end)):
        page.mouse.move(sheet["x"] + x * sheet["width"], sheet["y"] + y * sheet["height"], steps=4)
        page.mouse.down() if index == 0 else page.mouse.up()


def near(one, other, most=0.01):
    return all(abs(left - right) <= most for left, right in zip(one, other, strict=True))


def test_a_word_is_found_covered_checked_and_made(in_browser, opened):
    def look(browser):
        page = opened(browser)
        page.fill("#wanted", "欧阳 慕容")
        page.click("#search button")
        page.click("text=全部加框")
        page.fill("#wanted", hiding.NUMBER)
        page.click("#search button")
        page.wait_for_selector(f"#hits >> text=“{hiding.NUMBER}”共 1 处")
        page.click("text=全部加框")
        page.click("#check")
        page.wait_for_selector("text=框内的文字在别处没有再出现")
        said = page.inner_text("#checked")
        photographed(page, "desk-1280")
        page.click("#preview")
        photographed(page, "desk-preview-1280")
        found = [serious(page), page.complaints, said, page.inner_text("#count")]
        page.click("text=制作遮盖件")
        page.wait_for_selector("text=正在逐页制作")
        photographed(page, "waiting-1280")
        found.append(page.url)
        page.context.close()
        return found

    violations, complaints, said, count, url = in_browser(look)
    assert (violations, complaints, count) == ([], [], "2 个")
    assert hiding.SECRET in said
    order = Redaction.objects.get()
    assert url.endswith(reverse("room:redaction-made", args=(1, order.pk)))
    tasks.make_copy.func(order.pk)
    order.refresh_from_db()
    assert hiding.where(store.read(order.copy), [hiding.SECRET, hiding.NUMBER]) == set()


def test_the_mouse_draws_moves_stretches_and_the_panel_deletes(in_browser, opened):
    def look(browser):
        page = opened(browser)
        seen = []
        drag(page, (0.2, 0.5), (0.5, 0.6))
        seen.append(places(page))
        drag(page, (0.3, 0.55), (0.4, 0.75))
        seen.append(places(page))
        (_, _, _, right, bottom) = places(page)[0]
        drag(page, (right - 0.004, bottom - 0.006), (0.8, 0.9))
        seen.append(places(page))
        # From a corner to one above it, and over the edge of the page.
        drag(page, (0.3, 0.3), (0.1, 0.2))
        drag(page, (0.9, 0.1), (1.3, 0.15))
        seen.append(places(page))
        page.select_option("#chosen-reason", "N6")
        page.fill("#note", "讨论记录")
        seen.append(page.inner_text("#list"))
        page.click("#remove")
        seen.extend((page.inner_text("#count"), page.inner_text("#said"), page.complaints))
        page.context.close()
        return seen

    drawn, moved, stretched, three, listed, count, said, complaints = in_browser(look)
    assert near(drawn[0], (1, 0.2, 0.5, 0.5, 0.6))
    assert near(moved[0], (1, 0.3, 0.7, 0.6, 0.8))
    assert near(stretched[0], (1, 0.3, 0.7, 0.8, 0.9), 0.015)
    assert len(three) == 3
    assert all(0 <= value <= 1 for box in three for value in box[1:])
    assert "第十六条第二款 过程性信息（讨论记录）" in listed
    assert (count, complaints) == ("2 个", [])
    assert "已删除" in said


def test_the_keyboard_alone_adds_moves_stretches_and_deletes(in_browser, opened):
    def look(browser):
        page = opened(browser)
        page.focus("#add")
        page.keyboard.press("Enter")
        seen = [places(page)[0], page.evaluate("document.activeElement.getAttribute('aria-label')")]
        for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
            page.keyboard.press(key)
        seen.append(places(page)[0])
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Shift+ArrowUp")
        seen.extend((places(page)[0], page.get_attribute(".redaction-box", "aria-pressed")))
        page.keyboard.press("Delete")
        seen.extend((places(page), page.evaluate("document.activeElement.id"), page.complaints))
        page.context.close()
        return seen

    first, label, moved, stretched, pressed, left, focus, complaints = in_browser(look)
    assert label == "第 1 页第 1 个框，第十五条 个人隐私"
    assert near(moved, (1, first[1] + 0.005, first[2] + 0.01, first[3] + 0.005, first[4] + 0.01), 1e-6)
    assert near(stretched, (*moved[:3], moved[3] + 0.005, moved[4] - 0.005), 1e-6)
    assert (pressed, left, focus, complaints) == ("true", [], "add", [])


def test_a_finger_scrolls_until_it_is_told_to_draw(in_browser, opened):
    def look(browser):
        page = opened(browser, 768, touch=True)
        seen = [page.get_attribute("#draw", "aria-pressed"), page.evaluate("getComputedStyle(sheet).touchAction")]
        # Buttons are clicked: on a busy machine a tap can last long enough for the browser to hold it for a long press.
        page.click("#draw")
        seen += [page.get_attribute("#draw", "aria-pressed"), page.evaluate("getComputedStyle(sheet).touchAction")]
        # What a finger does is decided by what was drawn last, not by what was just said.
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        around = sheet_of(page)
        protocol = page.context.new_cdp_session(page)
        for kind, x, y in (
            ("touchStart", 0.2, 0.2),
            ("touchMove", 0.4, 0.3),
            ("touchMove", 0.6, 0.4),
            ("touchEnd", 0, 0),
        ):
            at = {"x": around["x"] + x * around["width"], "y": around["y"] + y * around["height"]}
            points = [] if kind == "touchEnd" else [at]
            protocol.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        # The box is there while the finger still moves; once it is lifted the list grows and #add moves down.
        until(page, "document.getElementById('said').textContent.startsWith('已加')")
        seen.append(places(page))
        page.click("#add")
        until(page, "document.querySelectorAll('.redaction-box').length === 2")
        seen.extend((len(places(page)), page.complaints))
        photographed(page, "desk-768")
        page.context.close()
        return seen

    before, scrolls, after, draws, drawn, count, complaints = in_browser(look)
    assert (before, scrolls, after, draws) == ("false", "auto", "true", "none")
    assert near(drawn[0], (1, 0.2, 0.2, 0.6, 0.4), 0.02)
    assert (count, complaints) == (2, [])


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_screen(in_browser, opened, width):
    def look(browser):
        page = opened(browser, width)
        page.click("#add")
        page.fill("#wanted", hiding.SECRET)
        page.click("#search button")
        page.wait_for_selector("text=全部加框")
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found = [serious(page), wide, page.complaints]
        photographed(page, f"desk-{width}-search")
        page.context.close()
        return found

    assert in_browser(look) == [[], False, []]


def test_pages_turn_and_boxes_stay_where_they_belong(in_browser, opened):
    def look(browser):
        page = opened(browser)
        page.click("#add")
        page.click("#next")
        seen = [places(page), page.input_value("#page"), page.is_disabled("#next"), page.is_visible("#chosen")]
        page.click("#add")
        page.click("#list button >> nth=0")
        seen += [page.input_value("#page"), len(places(page)), page.complaints]
        page.context.close()
        return seen

    assert in_browser(look) == [[], "2", True, False, "1", 1, []]


def test_without_boxes_nothing_is_sent_and_a_lost_connection_is_told(in_browser, opened):
    def look(browser):
        page = opened(browser)
        page.click("text=制作遮盖件")
        seen = [page.inner_text("#checked")]
        page.click("#add")
        page.context.set_offline(True)
        page.click("#check")
        page.wait_for_selector("text=连不上服务器")
        seen.append(len(places(page)))
        page.context.close()
        return seen

    words, count = in_browser(look)
    assert "还没有遮盖框" in words
    assert count == 1
    assert not Redaction.objects.exists()


def test_boxes_that_were_refused_are_there_again(in_browser, opened):
    def look(browser):
        page = opened(browser)
        page.click("#add")
        page.evaluate("document.getElementById('name').removeAttribute('maxlength')")
        page.fill("#name", "甲" * 81)
        page.click("text=制作遮盖件")
        page.wait_for_selector("[role=alert] >> text=名称")
        until(page, "document.querySelectorAll('.redaction-box').length === 1")
        found = json.loads(page.evaluate("JSON.stringify(document.querySelector('.redaction-box').box)"))
        page.context.close()
        return found

    assert in_browser(look)["reason"] == "N4-privacy"
