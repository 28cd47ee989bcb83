"""A text is written in the browser as it will be published: by hand, by the keyboard, from Word, without scripts."""

import shutil
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from builders.browser import until
from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.records.domain import draft
from gongkai.records.models import Attribute, Category, Record

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed (apt-get install chromium)"),
]

FROM_WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style></head><body>
<h1 style='mso-x:1'><span lang=EN-US>一、</span>总体要求<o:p></o:p></h1>
<p class=MsoNormal style='text-indent:32pt'><span style='font-size:16pt'>　　规范<b>采砂</b>。</span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>
&nbsp;</span></span><![endif]>第一点</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>第二点</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.</span>甲</p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><span style='mso-list:Ignore'>（一）</span>乙</p>
<table border=1 style='border-collapse:collapse'><tr><td colspan=2 width=200><p align=center>项目</p></td></tr>
<tr><td><p class=MsoNormal>1</p></td><td>2</td></tr></table>
<p class=MsoNormal style='text-align:right'>海岚市水利局</p><img src="https://elsewhere.example/a.png">
<script>window.ran = true</script></body></html>
"""
PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.querySelector(".ProseMirror").dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def bench(live_server):
    """A bureau's draft, and what its handler sees of it."""
    bureau = unit("HL-010", "水利局", unit("HL-000", "海岚市"))
    handler = person("lin", bureau, Role.HANDLER)
    record = draft.draft(
        unit=bureau,
        author=handler,
        category=Category.DOCUMENT,
        title="关于做好防汛工作的通知",
        made_on=date(2024, 6, 3),
        attribute=Attribute.PROACTIVE,
        body="<p>第一段</p><p>1 &lt; 2</p>",
    )
    client = Client()
    client.force_login(handler)
    ticket = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    return SimpleNamespace(record=record, ticket=ticket, address=f"{live_server.url}/office/records/{record.pk}/edit/")


@pytest.fixture
def written(in_browser, bench):
    """Edit the draft with ``hand`` and save it; return the body that was kept and what the browser complained of."""

    def write(hand, **context):
        def look(browser):
            page = browser.new_context(viewport={"width": 1280, "height": 900}, **context).new_page()
            page.context.add_cookies([bench.ticket])
            complaints = []
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(bench.address)
            hand(page)
            page.click("text=保存草稿")
            page.wait_for_url("**/records/*/")
            shown = page.inner_html(".document").strip()
            page.context.close()
            return shown, complaints

        shown, complaints = in_browser(look)
        kept = Record.objects.get(pk=bench.record.pk).body
        assert shown == kept
        return kept, complaints

    return write


def text_of(page):
    return page.locator(".ProseMirror")


def to_the_end(page):
    """Move the cursor, and wait for the editor to hear of it, as the pace of a person does."""
    # The editor puts its own cursor back 20 ms after it is given the focus; a key before that would be lost.
    page.evaluate("() => new Promise((done) => setTimeout(done, 40))")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    until(
        page,
        "() => {const {state} = document.querySelector('.ProseMirror').editor;"
        " return state.selection.from === state.doc.content.size - 1;}",
    )


def test_what_is_typed_is_kept_with_its_headings_and_tables(written):
    def hand(page):
        text_of(page).click()
        to_the_end(page)
        page.keyboard.press("Enter")
        page.click("[data-verb=heading1]")
        page.keyboard.type("总则")
        page.keyboard.press("Enter")
        page.click("[data-verb=table]")
        page.keyboard.type("项目")
        page.keyboard.press("Tab")
        page.keyboard.type("数量")
        page.click("[data-verb=columnOff]")

    kept, complaints = written(hand)
    head, rest = kept.split("<table>")
    assert head == "<p>第一段</p><p>1 &lt; 2</p><h2>总则</h2>"
    assert rest.startswith("<tbody><tr><th><p>项目</p></th><th></th></tr><tr><td></td><td></td></tr>")
    assert complaints == []


def test_the_buttons_are_reached_and_used_by_the_keyboard(written):
    def hand(page):
        page.focus("[name=summary]")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "正文段"
        page.keyboard.press("Tab")
        to_the_end(page)
        page.keyboard.press("Alt+F10")
        for _ in range(7):
            page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.textContent") == "居右"
        page.keyboard.press("Enter")
        assert page.get_attribute("[data-verb=right]", "aria-pressed") == "true"
        page.keyboard.type("。")

    kept, complaints = written(hand)
    assert kept == '<p>第一段</p><p class="right">1 &lt; 2。</p>'
    assert complaints == []


def test_a_text_from_word_keeps_its_structure_and_nothing_else(written):
    def hand(page):
        text_of(page).click()
        page.keyboard.press("Control+A")
        page.evaluate(PASTE, FROM_WORD)
        assert page.evaluate("window.ran") is None

    kept, complaints = written(hand)
    assert kept == (
        "<h2>一、总体要求</h2><p>规范<strong>采砂</strong>。</p>"
        "<ul><li><p>第一点</p></li><li><p>第二点</p></li></ul>"
        '<ol start="2"><li><p>甲</p></li></ol><p>（一）乙</p>'
        '<table><tbody><tr><td colspan="2"><p class="centre">项目</p></td></tr>'
        '<tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table><p class="right">海岚市水利局</p>'
    )
    assert complaints == []


def test_a_link_is_asked_for_in_chinese(written):
    def hand(page):
        text_of(page).click()
        page.keyboard.press("Control+A")
        page.click("[data-verb=link]")
        dialog = page.locator("dialog")
        assert [label.text_content() for label in dialog.locator("label, button").all()] == [
            "网址",
            "说明",
            "确定",
            "取消",
        ]
        dialog.locator("input").first.fill("https://www.hailan.example/")
        dialog.locator("text=确定").click()

    kept, complaints = written(hand)
    assert kept.count('<a href="https://www.hailan.example/" rel="noopener noreferrer">') == 2
    assert complaints == []


def test_a_text_nobody_touched_stays_as_it_was(written):
    kept, complaints = written(lambda page: page.fill("[name=keywords]", "防汛"))
    assert kept == "<p>第一段</p><p>1 &lt; 2</p>"
    assert complaints == []


def test_without_scripts_the_text_is_typed_line_by_line(written):
    def hand(page):
        assert page.input_value("[name=body]") == "第一段\n1 < 2"
        assert not page.locator(".rich-bar").is_visible()
        page.fill("[name=body]", "第一段\n\n第二段 & 三")

    kept, _ = written(hand, java_script_enabled=False)
    assert kept == "<p>第一段</p><p>第二段 &amp; 三</p>"
