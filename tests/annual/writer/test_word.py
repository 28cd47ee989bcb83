"""Word documents: page and type, heads that repeat, rows that hold together."""

from __future__ import annotations

import io
import random
import zipfile

import docx
import pytest
from docx.shared import Mm, Pt
from lxml import etree

from builders.reports import valid_report
from gongkai.annual.report import Report, Section
from gongkai.annual.writer import Publication, write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def report():
    return valid_report(random.Random(20), "2021", size="medium").report


def opened(report, publication=None):
    return docx.Document(io.BytesIO(write(report, "docx", publication)))


def near(length, expected):
    return abs(length - expected) < Mm(0.2)


def test_the_page_is_that_of_official_documents(report):
    section = opened(report).sections[0]
    expected = {"page_width": 210, "page_height": 297, "top_margin": 37, "bottom_margin": 35, "left_margin": 28}
    expected["right_margin"] = 26
    assert [name for name, mm in expected.items() if not near(getattr(section, name), Mm(mm))] == []


def test_styles_name_the_faces_an_office_has(report):
    styles = opened(report).styles
    faces = {
        name: styles[name].element.find(f".//{W}rFonts").get(f"{W}eastAsia")
        for name in ("Title", "heading 1", "heading 2", "Table Text")
    }
    assert faces == {"Title": "方正小标宋简体", "heading 1": "黑体", "heading 2": "楷体_GB2312", "Table Text": "宋体"}
    assert styles["Title"].font.size == Pt(22)
    default = styles.element.find(f"{W}docDefaults")
    assert default.find(f".//{W}rFonts").get(f"{W}eastAsia") == "仿宋_GB2312"
    assert default.find(f".//{W}sz").get(f"{W}val") == "32"
    assert default.find(f".//{W}spacing").attrib == {
        f"{W}before": "0",
        f"{W}after": "0",
        f"{W}line": "560",
        f"{W}lineRule": "exact",
    }


def test_every_face_names_free_ones_in_its_stead(report):
    with zipfile.ZipFile(io.BytesIO(write(report, "docx"))) as package:
        fonts = etree.fromstring(package.read("word/fontTable.xml"))
    names = {font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val").split(",")[-1] for font in fonts}
    assert names["仿宋_GB2312"] == "Noto Serif CJK SC"
    assert set(names) == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "Times New Roman"}


def test_pages_are_numbered_outside(report):
    document = opened(report)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    assert [foot.paragraphs[0].text for foot in (section.footer, section.even_page_footer)] == ["— 1 —", "— 1 —"]
    assert [foot.paragraphs[0].alignment.name for foot in (section.footer, section.even_page_footer)] == [
        "RIGHT",
        "LEFT",
    ]


def test_heads_repeat_and_rows_do_not_split(report):
    rows = list(opened(report).tables[1]._tbl.iter(f"{W}tr"))
    assert [row.find(f".//{W}tblHeader") is not None for row in rows] == [True] * 3 + [False] * 25
    assert {row.find(f".//{W}cantSplit") is not None for row in rows} == {True}
    kept = [all(paragraph.find(f".//{W}keepNext") is not None for paragraph in row.iter(f"{W}p")) for row in rows]
    assert kept == [True] * 27 + [False]


def test_a_long_list_may_run_over_pages():
    rows = list(opened(valid_report(random.Random(1), "2014").report).tables[0]._tbl.iter(f"{W}tr"))
    assert [row for row in rows if row.find(f".//{W}keepNext") is not None] == []


def test_the_tables_fill_the_width_of_the_text(report):
    widths = [
        sum(int(column.get(f"{W}w")) for column in table._tbl.tblGrid.iter(f"{W}gridCol"))
        for table in opened(report).tables
    ]
    assert [width for width in widths if not 8820 <= width <= 8845] == []


def test_headings_have_their_styles():
    text = "（一）主动公开情况\n1.加强公开。发布一件。\n2.提质增效\n正文。"
    document = opened(Report("2021", {}, title="年报", sections=(Section(1, "总体情况", text),)))
    assert [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs] == [
        ("Title", "年报"),
        ("Heading 1", "一、总体情况"),
        ("Heading 2", "（一）主动公开情况"),
        ("Normal", "1.加强公开。发布一件。"),
        ("Heading 3", "2.提质增效"),
        ("Normal", "正文。"),
    ]
    styles = [(run.text, run.element.find(f".//{W}rStyle")) for run in document.paragraphs[3].runs]
    assert [(text, None if style is None else style.get(f"{W}val")) for text, style in styles] == [
        ("1.加强公开。", "Strong"),
        ("发布一件。", None),
    ]


def test_title_and_source_are_properties_of_the_file(report):
    properties = opened(report, Publication(source="县政府办公室")).core_properties
    assert (properties.title, properties.author) == (report.title, "县政府办公室")


def test_prose_cannot_become_markup():
    hostile = "</w:t><w:br/> & <b> \x0b\ud800"
    document = opened(Report("2021", {}, title=hostile, sections=(Section(1, hostile, hostile),)))
    assert [paragraph.text for paragraph in document.paragraphs][-1] == "</w:t><w:br/> & <b> "
