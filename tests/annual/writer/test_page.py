"""Web pages: labels, semantics, escaping."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from builders.blemishes import with_run_together
from builders.reports import valid_report
from gongkai.annual.report import Report, Section
from gongkai.annual.writer import Publication, write
from gongkai.annual.writer.page import article

FULL = Publication(
    site_name="岚溪县人民政府",
    site_domain="www.lanxi.example.gov.cn",
    site_id_code="3500000001",
    published=date(2026, 1, 28),
    source="县政府办公室",
)


@pytest.fixture
def report():
    return valid_report(random.Random(20), "2021", size="medium").report


def page(report, publication=None):
    return html.document_fromstring(write(report, "html", publication).decode())


def labels(tree):
    return {meta.get("name"): meta.get("content") for meta in tree.iter("meta") if meta.get("name")}


def test_the_page_carries_the_labels_of_government_sites(report):
    assert labels(page(report, FULL)) == {
        "viewport": "width=device-width, initial-scale=1",
        "SiteName": "岚溪县人民政府",
        "SiteDomain": "www.lanxi.example.gov.cn",
        "SiteIDCode": "3500000001",
        "ColumnName": "政府信息公开年报",
        "ColumnType": "政府信息公开",
        "ArticleTitle": report.title,
        "PubDate": "2026-01-28",
        "ContentSource": "县政府办公室",
    }


def test_what_is_not_known_is_not_claimed(report):
    assert sorted(labels(page(replace(report, body=None)))) == ["ArticleTitle", "ColumnName", "ColumnType", "viewport"]


@pytest.mark.parametrize(
    ("publication", "line"),
    [
        (FULL, ["来源：县政府办公室", "发布日期：2026-01-28"]),
        (Publication(published=date(2026, 1, 28)), ["来源：{body}", "发布日期：2026-01-28"]),
        (Publication(source="县政府办公室"), ["来源：县政府办公室"]),
        (Publication(), []),
    ],
)
def test_source_and_date_stand_below_the_title(report, publication, line):
    found = [span.text_content() for span in page(report, publication).xpath("//p[@class='published']/span")]
    assert found == [text.format(body=report.body) for text in line]


def test_every_head_has_a_scope_and_every_table_a_name(report):
    tree = page(report)
    assert [head.get("scope") for head in tree.iter("th") if not head.get("scope")] == []
    assert [table.get("aria-label") for table in tree.iter("table")] == [
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
    ]
    assert {head.get("scope") for head in tree.iter("th")} == {"col", "colgroup", "row", "rowgroup"}


def test_a_long_list_may_break_between_pages():
    tree = page(valid_report(random.Random(1), "2014").report)
    assert [frame.get("class") for frame in tree.xpath("//div[@role='region']")] == ["frame long"]
    assert {head.get("class") for head in tree.iter("th")} >= {"left", "left level-1", "left level-2", "left level-3"}


def test_headings_run_from_the_title_down():
    text = "（一）主动公开情况\n（二）依申请公开情况。收到申请一件。\n正文。"
    tree = page(Report("2021", {}, title="年报", sections=(Section(1, "总体情况", text),)))
    outline = [(element.tag, element.text_content()) for element in tree.iter("h1", "h2", "h3", "b")]
    assert outline == [
        ("h1", "年报"),
        ("h2", "一、总体情况"),
        ("h3", "（一）主动公开情况"),
        ("b", "（二）依申请公开情况。"),
    ]


def test_an_unread_cell_says_so(report):
    report = with_run_together(report, "requests.received", ("natural_person", "commercial"))
    cells = page(report).xpath("//td[@class='unreadable']")
    assert [(cell.text, cell.get("title")) for cell in cells] == [
        (f"�〔{report.unreadable['requests.received'].printed}〕", "未能识读，照录原文"),
        ("�", "未能识读，照录原文"),
    ]


def test_the_article_alone_is_the_same_without_any_style(report):
    whole = html.document_fromstring(write(report, "html", FULL).decode()).xpath("//article")[0]
    for columns in whole.xpath(".//colgroup"):
        columns.drop_tree()
    alone = html.fragment_fromstring(article(report, FULL), create_parent="article")
    assert "style" not in article(report, FULL)
    assert whole.text_content().split() == alone.text_content().split()
    assert [one.tag for one in whole.iter()] == [one.tag for one in alone.iter()]


def test_prose_cannot_become_markup():
    hostile = "<script>alert(1)</script> & \"quoted\" 'x'"
    report = Report("2021", {}, title=hostile, body=hostile, sections=(Section(1, hostile, hostile),))
    tree = page(report, replace(FULL, site_name=hostile, source=None))
    assert [element.tag for element in tree.iter("script")] == []
    assert tree.xpath("//h1")[0].text_content() == hostile
    assert labels(tree)["SiteName"] == hostile


def test_the_page_loads_nothing_from_elsewhere(report):
    source = write(report, "html").decode()
    assert [word for word in ("http:", "https:", "src=", "<link", "@import", "url(") if word in source] == []
