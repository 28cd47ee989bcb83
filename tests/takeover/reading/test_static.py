"""One old page: whatever system wrote it, its title, number, unit, days and text are found, or named as missing."""

from datetime import date

import pytest

from builders.old_site import HOST, STYLES, UNIT, Piece, ordinary, page_of
from gongkai.takeover.addresses import Address, normalise
from gongkai.takeover.errors import UnreadablePageError
from gongkai.takeover.reading import static
from gongkai.takeover.reading.page import Shape

BASE = f"http://{HOST}/zwgk/t1.html"


def read(data, base=BASE):
    data = data if isinstance(data, bytes) else data.encode()
    return static.read(data, address=normalise(base), base=base, place="t1.html")


def whole(body, head=""):
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


WORDS = "各镇街应当于每月五日前报送进展情况，逾期不报的予以通报。" * 3


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("number", [7, 40])
def test_every_style_gives_the_same_piece(style, number):
    piece = ordinary(number, style=style)
    page = read(page_of(piece))
    assert (page.shape, page.title, page.document_number, page.unit) == (
        Shape.ARTICLE,
        piece.title,
        piece.document_number,
        UNIT,
    )
    assert (page.made_on, page.published_on) == (piece.made_on, piece.published_on)
    assert page.column[-1] == "通知公告"
    for words in piece.paragraphs:
        assert words in page.body
    for foreign in ("栏目1", "版权", "联系我们", "当前位置", "不是正文", "margin", "浏览次数", "首页"):
        assert foreign not in page.body


@pytest.mark.parametrize("style", STYLES)
def test_what_a_page_does_not_say_is_missing_and_not_made_up(style):
    piece = Piece(1, "关于清淤的通知", made_on=None, published_on=None, paragraphs=(WORDS,), style=style)
    page = read(page_of(piece))
    assert (page.made_on, page.published_on, page.document_number, page.index_number) == (None, None, "", "")


def test_it_is_said_where_a_thing_was_found():
    page = read(page_of(ordinary(7, style="meta")))
    assert page.found["title"] == page.found["published_on"] == "meta"
    assert page.found["made_on"] == "落款"
    assert page.notes == ()
    assert read(page_of(ordinary(7, style="broken"))).notes == ("正文按文字密度找到，请抽查是否完整",)


def test_a_day_from_the_address_is_one_to_look_at():
    page = read(whole(f"<h1>关于清淤的通知</h1><div id='zoom'>{WORDS}</div>"), f"http://{HOST}/tz/t20190305_12.html")
    assert page.published_on == date(2019, 3, 5)
    assert "发布日期取自网页地址，请核对" in page.notes


def test_a_list_of_links_is_no_information():
    items = "".join(f"<li><a href='/t{n}.html'>关于第{n}批灌区改造项目的通知</a> 2019-03-05</li>" for n in range(20))
    page = read(whole(f"<ul>{items}</ul>", "<meta name='ColumnName' content='通知公告'>"))
    assert (page.shape, page.column) == (Shape.LISTING, ("通知公告",))
    assert read(whole("<p>无</p>")).shape is Shape.EMPTY


def test_links_are_spelt_anew_and_pictures_become_files():
    body = f"""<div id="zoom"><p>{WORDS}</p><p>
    <a onclick="x()" title="办法" href="../b/index.html?utm_source=x">办法</a>
    <a href="javascript:alert(1)">脚本</a> <a href="http://www.other.example.cn/x">别处</a>
    <a href="/f/%B8%BD%BC%FE.pdf">下载</a><img src="p.jpg" alt="现场"><img src="/icons/pdf.gif"></p></div>"""
    page = read(whole(body, "<meta name='ArticleTitle' content='通知'>"))
    assert f'<a href="http://{HOST}/b" title="办法">办法</a>' in page.body
    assert "<a>脚本</a>" in page.body
    assert 'href="http://www.other.example.cn/x"' in page.body
    assert [(one.name, one.is_picture) for one in page.files] == [("现场.jpg", True), ("附件.pdf", False)]
    assert "<img" not in page.body
    assert "onclick" not in page.body


def test_attachments_listed_below_the_text_come_with_it():
    body = f"""<div class="main"><div id="zoom"><p>{WORDS}</p></div>
    <ul class="fj"><li><a href="/f/1.docx">申报表</a></li></ul>
    <div class="right"><a href="/f/ad.pdf">宣传册</a></div></div>"""
    page = read(whole(body, "<meta name='ArticleTitle' content='通知'>"))
    assert [one.name for one in page.files] == ["申报表.docx"]


def test_a_table_of_data_keeps_the_text_beside_it():
    rows = "".join(
        f"<tr><td>灌区{n}</td><td>渠道衬砌工程第{n}标段施工及监理</td><td>{n}00万元</td></tr>" for n in range(30)
    )
    page = read(
        whole(f"<div><p>现将计划下达如下：</p><table>{rows}</table></div>", "<title>关于下达计划的通知</title>")
    )
    assert "现将计划下达如下" in page.body
    assert page.body.count("<tr>") == 30


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"  ", "空文件"),
        (bytes(range(128, 256)) * 40, "乱码"),
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(90_000)) + b">", "属性异常"),
        (b"<b>" * 600_000, "异常"),
        (b"<div>" * 5_000 + "正文".encode(), "嵌套过深"),
        (b"<p>" + b"a" * (9 << 20), "上限"),
    ],
)
def test_a_page_built_to_exhaust_the_reader_is_refused_in_words(data, words):
    with pytest.raises(UnreadablePageError, match=words):
        read(data)


def test_no_entity_is_resolved_and_nothing_outside_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("机要内容")
    data = f"""<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y "机要内容">]>
    <html><body><div id="zoom"><p>{WORDS}&x;&y;</p></div></body></html>"""
    page = read(data)
    assert "机要内容" not in page.body


def test_an_address_without_a_host_is_of_the_site():
    assert normalise("/a", f"http://{HOST}/") == Address(HOST, "/a")
