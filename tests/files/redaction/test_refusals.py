"""What cannot be redacted is refused: what, why, and what to do instead."""

import io
import math
import random

import pikepdf
import pytest
from PIL import Image

from builders import hiding
from gongkai.files.redaction import making, original
from gongkai.files.redaction.boxes import Box, Rect
from gongkai.files.redaction.errors import (
    BoxError,
    NameCarriesError,
    NotRedactableError,
    RedactionError,
    RemainingError,
)
from gongkai.files.redaction.making import make, named
from gongkai.files.redaction.original import open_original
from gongkai.files.redaction.reasons import REASONS
from gongkai.law import outcomes

from .conftest import found

SOMEWHERE = Rect(0.1, 0.1, 0.5, 0.2)


def box(page=1, rect=SOMEWHERE, reason="N5", note=""):
    return Box(page, rect, reason, note)


def pages(count, size=(595, 842)):
    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=size)
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"this is no PDF", "pdf", "不是完整的 PDF，无法打开.*重新导出"),
        (b"%PDF-1.7\n" + bytes(300), "pdf", "不是完整的 PDF"),
        (b"", "pdf", "不是完整的 PDF"),
        (hiding.locked(), "pdf", "打开密码.*取消密码后另存"),
        (pages(0), "pdf", "没有页面.*核对文件"),
        (pages(1, (14_400, 14_400)), "pdf", "508 × 508 厘米，过大.*缩印到 A0"),
        (b"PK", "docx", "修订、批注.*另存为 PDF"),
        (b"PK", "xlsx", "隐藏的行列.*另存为 PDF"),
        (b"\xd0\xcf", "doc", "另存为 PDF"),
        (b"PK", "ofd", "导出为 PDF"),
        ("甲".encode(), "text", "打印为 PDF"),
        (b"PK", "zip", "转换为 PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "png", "图片已损坏"),
        (b"\xff\xd8\xff\xe0", "jpeg", "图片已损坏"),
    ],
)
def test_a_file_that_cannot_be_redacted_is_refused_with_what_to_do(data, kind, words):
    with pytest.raises(NotRedactableError, match=words):
        make(data, kind, boxes=[box()])


def test_a_file_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(original, "MAX_PAGES", 3)
    with pytest.raises(NotRedactableError, match="有 4 页，超过 3 页的上限。请拆分"):
        make(pages(4), "pdf", boxes=[box()])


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch):
    stream = io.BytesIO()
    Image.new("1", (2000, 2000)).save(stream, "PNG")
    monkeypatch.setattr(original, "MAX_PIXELS", 1_000_000)
    with pytest.raises(NotRedactableError, match=r"2000 × 2000 像素.*缩小后再上传"):
        make(stream.getvalue(), "png", boxes=[box()])


def test_a_copy_that_grows_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(making, "MAX_BYTES", 100)
    with pytest.raises(NotRedactableError, match="上限。请把原件拆分"):
        make(hiding.letter(), "pdf", boxes=[box()])


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ([], "没有遮盖框.*直接提供原件"),
        ([box(page=3)], "第 3 页的遮盖框不在文件内：文件只有 2 页"),
        ([box(page=0)], "不在文件内"),
        ([box(rect=Rect(0.9, 0.1, 1.2, 0.2))], "超出页面边缘"),
        ([box(rect=Rect(-0.1, 0.1, 0.2, 0.2))], "超出页面边缘"),
        ([box(rect=Rect(math.nan, 0.1, 0.2, 0.2))], "超出页面边缘"),
        ([box(rect=Rect(0.1, 0.1, math.inf, 0.2))], "超出页面边缘"),
        ([box(rect=Rect(0.5, 0.1, 0.2, 0.2))], "没有面积"),
        ([box(rect=Rect(0.1, 0.2, 0.2, 0.2))], "没有面积"),
        ([box(reason="")], "没有写明理由"),
        ([box(reason="N1")], "“N1”不在条例所列之内"),
        ([box(note="甲" * 201)], "备注超过 200 字"),
        ([box()] * 2_001, "2001 个，超过 2000 个"),
    ],
)
def test_boxes_that_are_none_are_refused(boxes, words):
    with pytest.raises(BoxError, match=words):
        make(hiding.letter(), "pdf", boxes=boxes)


@pytest.mark.parametrize("given", [{}, {"page": "x"}, {"page": 1, "x0": None}, {"page": 1e400, "x0": 0}])
def test_box_data_that_is_not_whole_is_refused(given):
    with pytest.raises(BoxError, match="不完整或不是数字"):
        Box.of(given)


def test_a_box_comes_back_from_plain_data():
    one = box(note="身份证号")
    assert Box.of(one.to_json()) == one


def test_points_are_fractions_of_the_page_as_it_is_seen():
    assert Box.in_points(2, (40, 30, 200, 60), (400, 300), "N5").rect == Rect(0.1, 0.1, 0.5, 0.2)


def test_an_unknown_style_is_refused():
    with pytest.raises(BoxError, match="遮盖样式"):
        make(hiding.letter(), "pdf", boxes=[box()], style="pink")


def test_a_word_that_stands_elsewhere_is_told_with_its_pages():
    data = hiding.typeset(f"申请人{hiding.SECRET}", f"经查，{hiding.SECRET}的申请", "无关")
    first = found(data, hiding.SECRET)[:1]
    with pytest.raises(RemainingError, match=f"“{hiding.SECRET}”见第 2 页.*一并遮盖，或确认") as caught:
        make(data, "pdf", boxes=first)
    assert [(one.word, one.pages, one.count) for one in caught.value.remaining] == [(hiding.SECRET, (2,), 1)]
    copy = make(data, "pdf", boxes=first, may_remain=True)
    assert copy.report["words_remaining"] == 1
    assert hiding.texts(copy.data)["pdfium"].count(hiding.SECRET) == 1
    assert hiding.where(copy.data, [hiding.SECRET]) == {"pdfium", "pdfplumber"}


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("", "区分处理件"),
        ("关于张三申请的答复", "关于张三申请的答复"),
        ("../../etc/passwd", "etc passwd"),
        ('a"b<c>d|e?f*g:h\\i\x00j\u202ek', "a b c d e f g h i j k"),
        (" .. ", "区分处理件"),
        ("甲" * 200, "甲" * 80),
    ],
)
def test_the_name_of_the_copy_is_made_harmless(name, right):
    with open_original(hiding.letter(), "pdf") as opened:
        assert named(name, making.plan(opened, [box(rect=Rect(0.8, 0.8, 0.9, 0.9))])) == right


@pytest.mark.parametrize(
    "name", [hiding.SECRET, f"关于{hiding.SECRET}的答复", "欧阳 慕容", f"附件 {hiding.NUMBER.lower()}"]
)
def test_a_name_that_says_what_was_covered_is_refused(name):
    with pytest.raises(NameCarriesError, match=r"公开文件名等于公开内容.*换一个名称") as caught:
        make(hiding.letter(), "pdf", boxes=found(hiding.letter(), hiding.SECRET, hiding.NUMBER), name=name)
    assert hiding.SECRET not in str(caught.value)


def test_the_neutral_name_gives_way_where_it_is_what_was_covered():
    data = hiding.typeset("申请区分处理件一份")
    assert make(data, "pdf", boxes=found(data, "区分处理件")).name == "遮盖件.pdf"


def test_every_mistake_has_a_code_of_its_own():
    kinds = RedactionError.__subclasses__()
    assert len({kind.code for kind in kinds} | {RedactionError.code}) == len(kinds) + 1


def test_every_ground_is_one_of_the_law():
    """Each ground is an outcome of the regulation with the same article; personal information has a law of its own."""
    known = {outcome.code: outcome.articles for outcome in outcomes.outcomes()}
    for code, reason in REASONS.items():
        if code != "PI":
            assert any(article.endswith(reason.citation.partition("（")[0]) for article in known[code.split("-")[0]]), (
                code
            )


@pytest.mark.parametrize("seed", range(24))
def test_a_damaged_file_is_redacted_or_refused_in_words(seed):
    chance = random.Random(seed)
    data = bytearray(chance.choice([hiding.letter(), hiding.in_a_field(), hiding.in_drawn_letters(), hiding.revised()]))
    for _ in range(chance.choice([1, 5, 30])):
        at = chance.randrange(len(data))
        way = chance.randrange(3)
        if way == 0:
            data[at] = chance.randrange(256)
        elif way == 1:
            del data[at : at + chance.randrange(1, 30)]
        else:
            data[at:at] = data[at : at + chance.randrange(1, 50)]
    try:
        outcome = make(bytes(data), "pdf", boxes=[box()], may_remain=True).report["pages"]
    except NotRedactableError as error:
        outcome = str(error)
    assert outcome in {1, 2} or "请" in outcome
